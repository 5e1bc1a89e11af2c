"""A run's folder: its marker and lock, what is kept of finished documents, and the summary of the run."""

import contextlib
import fcntl
import os
import shutil
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

from pipeline.inputs import UsageError
from pipeline.records import Record
from pipeline.store import FolderStore, Store

T = TypeVar("T")


class FolderError(Exception):
    """The output folder cannot be used: locked by another run, not writable, or the disk is full."""


class ProgramFault(Exception):
    """The program cannot work here at all, whatever the documents: a broken model, too little memory."""


class RunSummary(Record, frozen=True, kw_only=True):
    """run.json: what was run, on what, and what came out."""

    contract: str
    program: str
    gazetteers: str | None
    settings: dict[str, bool | int | str | list[str]]
    counts: dict[str, int]
    entities: dict[str, int]
    """Entities by type."""
    skipped: dict[str, int]
    """Files skipped in walked folders, by ending."""
    seconds: dict[str, float]
    """Seconds by stage, added over workers; ``total`` is wall time."""
    worked: int = 0
    """Documents that this command worked on; the others were reused."""


class RunFolder:
    """An output folder while a run has it.

    Args:
        path: the folder; made when missing.
        store: where finished results of documents are kept; None: in the folder.

    Raises:
        UsageError: it exists and is no zhen run.
    """

    def __init__(self, path: Path, store: Store | None = None) -> None:
        self.path = path
        self.inner = path / ".zhen"
        self.scratch = self.inner / "part"
        """For unfinished files."""
        self.new = self.inner / "new"
        """Finished files of this run, until all are there to be published."""
        self.store: Store = store or FolderStore(self.inner / "kept", self.scratch)
        """Finished results of documents."""
        try:
            there = os.path.lexists(path)
            if there and not path.is_dir():
                raise UsageError(f"{path}: not a folder")
            if there and not self.inner.is_dir() and any(path.iterdir()):
                raise UsageError(f"{path}: exists and is no zhen run; name a new folder or an earlier run")
        except OSError as problem:
            raise FolderError(f"{path}: cannot be used: {problem.strerror}") from None

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the folder's lock; what an interrupted run left half-written is removed.

        Raises:
            FolderError: another run holds it, or the folder cannot be written.
        """
        with self.writing():
            self.inner.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.inner / "lock", os.O_RDWR | os.O_CREAT, 0o644)
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise FolderError(
                    f"{self.path}: another zhen run is writing there; wait for it or name another folder"
                ) from None
            with self.writing():
                for folder in (self.scratch, self.new):
                    shutil.rmtree(folder, ignore_errors=True)
                    folder.mkdir(exist_ok=True)
                (self.inner / "kept").mkdir(exist_ok=True)
            yield
        finally:
            os.close(handle)

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Tell about whatever cannot be written as a fault of the folder.

        Raises:
            FolderError: a write failed.
        """
        try:
            yield
        except OSError as problem:
            raise FolderError(f"{self.path}: cannot be written: {problem.strerror or problem}") from None
        except sqlite3.Error as problem:  # of the merge: in effect always a full disk
            raise FolderError(f"{self.path}: cannot be written: {problem}") from None

    def has(self, key: str) -> bool:
        """Say whether something is kept under a key."""
        with self.writing():
            return self.store.has(key)

    def keys(self) -> set[str]:
        """Return the keys under which something is kept."""
        with self.writing():
            return self.store.keys()

    def kept(self, key: str, kind: type[T]) -> T | None:
        """Return what was kept under a key, or None."""
        try:
            return msgspec.msgpack.decode(zlib.decompress(self.store.read(key)), type=kind)
        except (OSError, zlib.error, msgspec.MsgspecError, UnicodeError):
            return None

    def keep(self, key: str, value: object) -> None:
        """Keep a value under a key, atomically.

        Raises:
            FolderError: it cannot be written.
            Exception: the value cannot be encoded (text with lone surrogates).
        """
        packed = zlib.compress(msgspec.msgpack.encode(value), 1)
        with self.writing():
            self.store.write(key, packed)

    def forget(self, keys: Iterable[str]) -> None:
        """Remove what is kept under keys."""
        with self.writing():
            for key in sorted(keys):
                self.store.remove(key)

    def publish(self) -> None:
        """Put the finished files of this run in place of an earlier run's, run.json last.

        While run.json is missing the folder is no finished run, so nobody takes some files of one run
        and some of another for a result.
        """
        with self.writing():
            files = sorted(self.new.iterdir(), key=lambda file: (file.name == "run.json", file.name))
            for file in files:
                _flush(file)
            (self.path / "run.json").unlink(missing_ok=True)
            for folder in {"report", *(file.name for file in files if file.is_dir())}:
                shutil.rmtree(self.path / folder, ignore_errors=True)
            for file in files:
                os.replace(file, self.path / file.name)
            _flush(self.path)


def _flush(path: Path) -> None:
    """Have the system write a file's or folder's content to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
