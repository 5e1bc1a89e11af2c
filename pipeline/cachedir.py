"""A per-user cache of compiled data; everything in it can be made again."""

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec

T = TypeVar("T")
_KEPT = 4
"""Values that stay in the cache, the newest of each kind of thing."""


def folder() -> Path:
    """Return the cache folder: ``$ZHEN_CACHE``, else ``zhen`` under the XDG cache folder."""
    if named := os.environ.get("ZHEN_CACHE"):
        return Path(named)
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return Path(base) / "zhen"


def load(name: str, kind: type[T]) -> T | None:
    """Return a cached value, or None when there is none that can be read."""
    try:
        return msgspec.msgpack.decode((folder() / f"{name}.msgpack").read_bytes(), type=kind)
    except (OSError, msgspec.MsgspecError):
        return None


def store(name: str, value: object, newest: int | None = None) -> None:
    """Keep a value; a cache that cannot be written is done without.

    Args:
        name: what it is called; up to the last hyphen, the kind of thing that it is.
        value: the value.
        newest: of its kind only so many are kept; None: all.
    """
    with contextlib.suppress(OSError):
        folder().mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=folder(), prefix=name)
        with os.fdopen(handle, "wb") as file:
            file.write(msgspec.msgpack.encode(value))
        os.replace(temporary, folder() / f"{name}.msgpack")
        if newest is not None:
            alike = sorted(
                folder().glob(f"{name.rpartition('-')[0]}-*.msgpack"),
                key=lambda p: p.stat().st_mtime,
                reverse=True,
            )
            for old in alike[newest:]:
                old.unlink(missing_ok=True)


def made(name: str, of: Sequence[str], kind: type[T], make: Callable[[], T]) -> T:
    """Return a value as it was kept or, where it was not, make and keep it.

    Args:
        name: the kind of thing that it is.
        of: everything that the value depends on.
        kind: the value's type.
        make: makes it.

    Raises:
        Exception: what ``make`` raises; nothing is kept then.
    """
    digest = hashlib.sha256(repr(list(of)).encode("utf-8", "surrogatepass")).hexdigest()
    place = f"{name}-{digest[:16]}"
    value = load(place, kind)
    if value is None:
        value = make()
        store(place, value, newest=_KEPT)
    return value


def code(*files: str | Path) -> str:
    """Return a digest of program files, by their paths, for values that depend on what the program does."""
    return hashlib.sha256(b"".join(Path(file).read_bytes() for file in files)).hexdigest()[:16]
