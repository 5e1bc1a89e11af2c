"""What a run was asked to do; together with the input's bytes this decides its output."""

from collections.abc import Sequence
from pathlib import Path

from pipeline.inputs import UsageError
from pipeline.records import Record

LANGUAGES = ("zh", "en")


class Settings(Record, frozen=True, kw_only=True):
    """Settings of a run that change what is found.

    ``gazetteers`` are further folders laid over the built-in ones; ``gazetteer`` false does without
    any; ``model`` false does without statistical models; ``models`` names spaCy pipelines of the user's, by
    language (``zh``, ``en``), that are asked in place of the ones that ship; ``ocr`` is ``auto`` (pages without usable text),
    ``always`` or ``never``; ``parser`` is ``auto`` or ``pdfplumber`` (which reads all pages of PDFs; slower, with the same result).
    """

    gazetteers: list[Path] = []
    gazetteer: bool = True
    model: bool = True
    models: dict[str, str] = {}
    passwords: list[str] = []
    ocr: str = "auto"
    parser: str = "auto"


class Limits(Record, frozen=True, kw_only=True):
    """What one document may take of a worker: seconds, and megabytes of address space (0: no limit)."""

    seconds: float = 600.0
    memory: int = 8192


def parse_models(given: Sequence[str]) -> dict[str, str]:
    """Return ``LANG=PATH_OR_PACKAGE`` options as a table by language.

    Raises:
        UsageError: one is not of that form, its language is unknown, or a language stands twice.
    """
    models: dict[str, str] = {}
    for option in given:
        language, equals, name = option.partition("=")
        if not equals or not name or language not in LANGUAGES:
            raise UsageError(
                f"--model {option}: write LANG=PATH_OR_PACKAGE, where LANG is {' or '.join(LANGUAGES)}"
            )
        if language in models:
            raise UsageError(f"--model {option}: a model for {language} is named already")
        models[language] = name
    return models
