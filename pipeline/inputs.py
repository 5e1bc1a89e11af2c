"""Input paths walked into a sorted list of files, with what was skipped."""

import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from pipeline.parse import media_type
from pipeline.records import Record


class UsageError(Exception):
    """Something the user asked for cannot be done; one clear line."""


class Input(Record, frozen=True, kw_only=True):
    """A file to ingest: where it is and the path under which it is listed."""

    file: Path
    path: str


class Inputs(Record, frozen=True, kw_only=True):
    """The files of a run and how many were skipped, by ending."""

    files: list[Input]
    skipped: dict[str, int]


def collect(paths: Sequence[str], out: Path) -> Inputs:
    """Walk paths into input files, sorted by listed path.

    In a walked folder, files of an unsupported kind, hidden files, links that lead out of it and the
    output folder are skipped and counted.

    Args:
        paths: files and folders as the user gave them.
        out: the output folder, never an input.

    Raises:
        UsageError: a path does not exist, or there is no input at all.
    """
    files: dict[str, Input] = {}
    skipped: Counter[str] = Counter()
    for given in paths:
        root = Path(given)
        if not os.path.lexists(root):
            raise UsageError(f"{shown(given)}: no such file or folder")
        prefix = given.rstrip("/") if len(paths) > 1 else ""
        if root.is_dir():
            for file, path in _walk(root, out.resolve(), skipped):
                listed = f"{prefix}/{path}" if prefix else path
                files.setdefault(shown(listed), Input(file=file, path=shown(listed)))
        else:
            listed = shown(prefix or root.name)
            files.setdefault(listed, Input(file=root, path=listed))
    if not files:
        count = sum(skipped.values())
        raise UsageError(
            f"no input found in {', '.join(map(shown, paths))}"
            + (f" ({count} files skipped)" if count else "")
        )
    return Inputs(files=[files[p] for p in sorted(files)], skipped=dict(sorted(skipped.items())))


def shown(path: str) -> str:
    """Return a path as text that is valid in any output: bytes that are not UTF-8 are escaped."""
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text).replace(os.sep, "/")


def _walk(root: Path, out: Path, skipped: Counter[str]) -> list[tuple[Path, str]]:
    found: list[tuple[Path, str]] = []
    top = root.resolve()
    for folder, names, files in os.walk(root):
        here = Path(folder)
        names[:] = sorted(n for n in names if not n.startswith(".") and (here / n).resolve() != out)
        for name in sorted(files):
            file = here / name
            ending = shown(file.suffix.lower()) or "(none)"
            if name.startswith("."):
                skipped["(hidden)"] += 1
            elif media_type(name) is None or not file.is_file():
                skipped[ending] += 1
            elif file.is_symlink() and not file.resolve().is_relative_to(top):
                skipped["(link)"] += 1
            else:
                found.append((file, str(file.relative_to(root))))
    return found
