"""Where finished results are kept by key: a folder of this machine, or one that several machines share.

Results of any run may lie in a shared one: what is kept under a key depends on the key alone.
"""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol


class Store(Protocol):
    """Bytes by key; it travels to workers, so it holds no open files. All methods may raise OSError."""

    shared: bool
    """Whether other runs may use it too: then nothing is removed but what a run made for itself."""

    def keys(self) -> set[str]:
        """Return all keys."""

    def has(self, key: str) -> bool:
        """Say whether something is kept under a key."""

    def read(self, key: str) -> bytes:
        """Return what is kept under a key."""

    def write(self, key: str, data: bytes) -> None:
        """Keep something under a key: whole, or not at all."""

    def remove(self, key: str) -> None:
        """Forget a key; one that is not there is none to forget."""


class FolderStore:
    """A folder; files appear in it whole.

    Args:
        folder: made when first written to.
        scratch: a folder on the same file system for unfinished files; None: one inside.
        shared: whether other runs use it too.
    """

    def __init__(self, folder: Path, scratch: Path | None = None, *, shared: bool = False) -> None:
        self.folder = folder
        self.scratch = scratch or folder / ".part"
        self.shared = shared

    def keys(self) -> set[str]:
        """Return all keys."""
        if not self.folder.is_dir():
            return set()
        return {entry.name for entry in os.scandir(self.folder) if entry.is_file()}

    def has(self, key: str) -> bool:
        """Say whether something is kept under a key."""
        return (self.folder / key).is_file()

    def read(self, key: str) -> bytes:
        """Return what is kept under a key."""
        return (self.folder / key).read_bytes()

    def write(self, key: str, data: bytes) -> None:
        """Keep something under a key, atomically."""
        if self.shared:
            self.scratch.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=self.scratch)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            os.replace(temporary, self.folder / key)
        except OSError:
            with contextlib.suppress(OSError):
                os.unlink(temporary)
            raise

    def remove(self, key: str) -> None:
        """Forget a key."""
        (self.folder / key).unlink(missing_ok=True)


class ObjectStore:
    """A place that fsspec knows, such as ``s3://bucket/results``; its objects appear whole by themselves.

    Args:
        url: the place; credentials are taken from where its client looks for them.

    Raises:
        OSError: fsspec, or the client for this kind of place, is not installed, or does not know the place.
    """

    shared = True

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self._connected()

    def _connected(self) -> tuple[Any, str]:
        try:
            import fsspec

            system, path = fsspec.core.url_to_fs(self.url)
        except ImportError as problem:
            raise OSError(f"needs zhen-pipeline[ray] and the client for {self.url}: {problem}") from None
        except ValueError as problem:
            raise OSError(str(problem)) from None
        return system, path

    def keys(self) -> set[str]:
        """Return all keys."""
        system, path = self._connected()
        with _told():
            system.invalidate_cache()
            try:
                return {name.rpartition("/")[2] for name in system.ls(path, detail=False)}
            except FileNotFoundError:
                return set()

    def has(self, key: str) -> bool:
        """Say whether something is kept under a key."""
        system, path = self._connected()  # fsspec keeps clients: one a process
        with _told():
            return bool(system.exists(f"{path}/{key}"))

    def read(self, key: str) -> bytes:
        """Return what is kept under a key."""
        system, path = self._connected()
        with _told():
            data: bytes = system.cat_file(f"{path}/{key}")
            return data

    def write(self, key: str, data: bytes) -> None:
        """Keep something under a key."""
        system, path = self._connected()
        with _told():
            system.pipe_file(f"{path}/{key}", data)

    def remove(self, key: str) -> None:
        """Forget a key."""
        system, path = self._connected()
        with _told(), contextlib.suppress(FileNotFoundError):
            system.rm_file(f"{path}/{key}")


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """Turn whatever a client raises (lost connections, refused credentials) into an OSError."""
    try:
        yield
    except OSError:
        raise
    except Exception as problem:
        raise OSError(f"{type(problem).__name__}: {problem}") from problem


def store_at(place: str) -> Store:
    """Return the shared store at a folder or URL.

    Raises:
        OSError: it cannot be used.
    """
    if "://" in place and not place.startswith("file://"):
        return ObjectStore(place)
    folder = Path(place.removeprefix("file://"))
    folder.mkdir(parents=True, exist_ok=True)
    return FolderStore(folder.resolve(), shared=True)
