"""A run's folder: its marker and lock, what is kept of finished documents, and the summary of the run."""

import contextlib
import fcntl
import os
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

from pipeline.inputs import UsageError
from pipeline.records import Record

T = TypeVar("T")


class FolderError(Exception):
    """The output folder cannot be used: locked by another run, not writable, or the disk is full."""


class RunSummary(Record, frozen=True, kw_only=True):
    """run.json: what was run, on what, and what came out."""

    contract: str
    program: str
    gazetteers: str | None
    settings: dict[str, bool | int | list[str]]
    counts: dict[str, int]
    entities: dict[str, int]
    """Entities by type."""
    skipped: dict[str, int]
    """Files skipped in walked folders, by ending."""
    seconds: dict[str, float]
    """Seconds by stage, added over workers; ``total`` is wall time."""


class RunFolder:
    """An output folder while a run has it.

    Args:
        path: the folder; made when missing.

    Raises:
        UsageError: it exists and is no zhen run.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.inner = path / ".zhen"
        self.scratch = self.inner / "part"
        if path.exists() and not path.is_dir():
            raise UsageError(f"{path}: not a folder")
        if path.is_dir() and not self.inner.is_dir() and any(path.iterdir()):
            raise UsageError(f"{path}: exists and is no zhen run; name a new folder or an earlier run")

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the folder's lock; what an interrupted run left half-written is removed.

        Raises:
            FolderError: another run holds it, or the folder cannot be written.
        """
        try:
            self.scratch.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.inner / "lock", os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as problem:
            raise FolderError(f"{self.path}: cannot be written: {problem.strerror}") from None
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise FolderError(
                    f"{self.path}: another zhen run is writing there; wait for it or name another folder"
                ) from None
            for left in self.scratch.iterdir():
                left.unlink()
            yield
        except OSError as problem:
            raise FolderError(f"{self.path}: cannot be written: {problem.strerror or problem}") from None
        finally:
            os.close(handle)

    def has(self, key: str) -> bool:
        """Say whether something is kept under a key."""
        return (self.inner / "kept" / key).is_file()

    def kept(self, key: str, kind: type[T]) -> T | None:
        """Return what was kept under a key, or None."""
        try:
            packed = zlib.decompress((self.inner / "kept" / key).read_bytes())
            return msgspec.msgpack.decode(packed, type=kind)
        except (OSError, zlib.error, msgspec.MsgspecError):
            return None

    def keep(self, key: str, value: object) -> None:
        """Keep a value under a key, atomically."""
        folder = self.inner / "kept"
        folder.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=self.scratch)
        with os.fdopen(handle, "wb") as file:
            file.write(zlib.compress(msgspec.msgpack.encode(value), 1))
        os.replace(temporary, folder / key)

    def forget_all_but(self, keys: set[str]) -> None:
        """Remove what is kept under other keys than these."""
        with contextlib.suppress(FileNotFoundError):
            for file in (self.inner / "kept").iterdir():
                if file.name not in keys:
                    file.unlink()
