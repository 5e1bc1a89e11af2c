"""Input paths walked into a sorted list of files, with what was skipped."""

import errno
import hashlib
import os
import stat
from collections import Counter
from collections.abc import Sequence
from io import BufferedReader
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
    files = _Listed()
    skipped: Counter[str] = Counter()
    for given in paths:
        root = Path(given)
        if not os.path.lexists(root):
            raise UsageError(f"{shown(given)}: no such file or folder")
        prefix = given.rstrip("/") if len(paths) > 1 else ""
        if root.is_dir():
            for file, path in _walk(root, out.resolve(), skipped):
                listed = f"{prefix}/{path}" if prefix else path
                files.add(file, listed)
        else:
            files.add(root, prefix or root.name)
    if not files.inputs:
        count = sum(skipped.values())
        raise UsageError(
            f"no input found in {', '.join(map(shown, paths))}"
            + (f" ({count} files skipped)" if count else "")
        )
    return Inputs(
        files=[files.inputs[p] for p in sorted(files.inputs)], skipped=dict(sorted(skipped.items()))
    )


class _Listed:
    """Inputs by listed path: a file given twice is one, two files whose names look alike are two."""

    def __init__(self) -> None:
        self.inputs: dict[str, Input] = {}

    def add(self, file: Path, path: str) -> None:
        """Add a file under a path."""
        listed = shown(path)
        known = self.inputs.get(listed)
        if known is not None and os.path.abspath(known.file) != os.path.abspath(file):
            listed += f" ({hashlib.sha256(os.fsencode(path)).hexdigest()[:8]})"
        self.inputs.setdefault(listed, Input(file=file, path=listed))


def shown(path: str) -> str:
    """Return a path as text that is valid in any output: bytes that are not UTF-8 are escaped."""
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text).replace(os.sep, "/")


def read_file(path: Path) -> bytes:
    """Return a file's bytes.

    Raises:
        OSError: it cannot be opened, or is no regular file (a pipe or device would block, or never end).
    """
    with _opened(path) as file:
        return file.read()


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file.

    Raises:
        OSError: as ``read_file``.
    """
    with _opened(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _opened(path: Path) -> BufferedReader:
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(errno.EINVAL, "not a regular file")
    return os.fdopen(handle, "rb")


def _walk(root: Path, out: Path, skipped: Counter[str]) -> list[tuple[Path, str]]:
    found: list[tuple[Path, str]] = []
    top = root.resolve()
    if top == out:
        return found

    def unreadable(problem: OSError) -> None:
        skipped["(unreadable folder)"] += 1

    for folder, names, files in os.walk(root, onerror=unreadable):
        here = Path(folder)
        skipped["(link)"] += sum(not n.startswith(".") and (here / n).is_symlink() for n in names)
        names[:] = sorted(
            n for n in names if not n.startswith(".") and Path(os.path.realpath(here / n)) != out
        )
        for name in sorted(files):
            file = here / name
            ending = shown(file.suffix.lower()) or "(none)"
            if name.startswith("."):
                skipped["(hidden)"] += 1
            elif media_type(name) is None or not file.is_file():
                skipped[ending] += 1
            elif file.is_symlink() and not Path(os.path.realpath(file)).is_relative_to(top):
                skipped["(link)"] += 1
            else:
                found.append((file, str(file.relative_to(root))))
    skipped += Counter()  # nothing counted is nothing said
    return found
