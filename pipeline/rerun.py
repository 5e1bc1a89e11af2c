"""A run over unchanged inputs: nothing is done when what the last one wrote is still there, byte for byte."""

import hashlib
import os
from pathlib import Path

import msgspec

from pipeline.records import Record
from pipeline.run import RunFolder, RunSummary


class _Last(Record, frozen=True, kw_only=True):
    """What the last finished run was made of, and the size and SHA-256 of each file that it wrote."""

    made_of: str
    files: dict[str, tuple[int, str]]
    summary: RunSummary


def _place(folder: RunFolder) -> Path:
    return folder.inner / "last.json"


def unchanged(folder: RunFolder, made_of: str) -> RunSummary | None:
    """Return the last run's summary if it was made of the same and all that it wrote is still there, else None.

    Args:
        folder: the run's folder.
        made_of: a digest of everything that decides the output: inputs, gazetteers, settings, program.
    """
    try:
        last = msgspec.json.decode(_place(folder).read_bytes(), type=_Last)
        if last.made_of != made_of or not (folder.path / "run.json").is_file():
            return None
        # sizes first: they tell most changes at no cost
        if any((folder.path / name).stat().st_size != size for name, (size, _) in last.files.items()):
            return None
        if any(_digest(folder.path / name) != digest for name, (_, digest) in last.files.items()):
            return None
    except (OSError, msgspec.MsgspecError):
        return None
    return last.summary


def written_files(folder: RunFolder) -> dict[str, tuple[int, str]]:
    """Return size and SHA-256 of each finished file that waits to be published, without run.json."""
    return {
        path.relative_to(folder.new).as_posix(): (path.stat().st_size, _digest(path))
        for path in sorted(folder.new.rglob("*"))
        if path.is_file() and path.name != "run.json"
    }


def remember(folder: RunFolder, made_of: str, files: dict[str, tuple[int, str]], summary: RunSummary) -> None:
    """Note what the run that was just published was made of and what it wrote.

    Raises:
        OSError: it cannot be written.
    """
    part = folder.scratch / "last.json"
    part.write_bytes(msgspec.json.encode(_Last(made_of=made_of, files=files, summary=summary)))
    os.replace(part, _place(folder))


def _digest(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
