"""What a run was asked to do; together with the input's bytes this decides its output."""

from pathlib import Path

from pipeline.records import Record


class Settings(Record, frozen=True, kw_only=True):
    """Settings of a run that change what is found.

    ``gazetteers`` are further folders laid over the built-in ones; ``gazetteer`` false does without
    any; ``model`` false does without statistical models; ``ocr`` is ``auto`` (pages without usable text),
    ``always`` or ``never``.
    """

    gazetteers: list[Path] = []
    gazetteer: bool = True
    model: bool = True
    passwords: list[str] = []
    ocr: str = "auto"


class Limits(Record, frozen=True, kw_only=True):
    """What one document may take of a worker: seconds, and megabytes of address space (0: no limit)."""

    seconds: float = 600.0
    memory: int = 8192
