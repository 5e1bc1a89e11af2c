"""The gazetteers' binary index: written once, then memory-mapped by every worker.

One file holds the automaton and, as msgpack records reached through tables of offsets, the entries,
surfaces and patterns. Opening it reads the automaton and maps the rest; a record is decoded when it is
asked for, so that workers pay for the names that they meet, not for those that there are, and share the
pages that they touch.

Layout: ``MAGIC``, the length of a msgpack header as 8 bytes, the header (sections by name with offset
and length, and the automaton's CRC-32), then the sections.
"""

import array
import mmap
import operator
import os
import tempfile
import zlib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Generic, TypeVar, overload

import daachorse
import msgspec

from pipeline.match.entries import Entry
from pipeline.records import Record

T = TypeVar("T")
MAGIC = b"zhen gazetteer 1\n"
_KEPT_RECORDS = 1 << 16
"""Decoded records kept of each kind, so that memory stays bounded."""


class DamagedIndex(Exception):
    """The file is no index that this version can read."""


class _Header(Record, frozen=True, kw_only=True):
    version: str
    sections: dict[str, tuple[int, int]]
    crc: int


class Automaton:
    """All patterns, ready to be looked for in lower-case normalised text.

    A double-array Aho-Corasick automaton over characters (Kanda, Akabe and Oda, Engineering faster
    double-array Aho-Corasick automata, Software: Practice and Experience 53 (2023)), which can be
    stored and loaded as it is.
    """

    def __init__(self, made: "daachorse.CharwiseDoubleArrayAhoCorasick | None") -> None:
        self._made = made

    @classmethod
    def build(cls, patterns: Sequence[str]) -> "Automaton":
        """Build the automaton of patterns, which are distinct and not empty."""
        return cls(daachorse.CharwiseDoubleArrayAhoCorasick(list(patterns)) if patterns else None)

    def find_matches_as_indexes(self, text: str, overlapping: bool = True) -> list[tuple[int, int, int]]:
        """Return all matches, also overlapping ones, as ``(pattern, start, end)``, by their end."""
        if self._made is None:
            return []
        return [(pattern, start, end) for start, end, pattern in self._made.find_overlapping(text)]

    def find_whole(self, text: str) -> int | None:
        """Return the pattern that a text equals, or None."""
        found = self._made.find_overlapping(text) if self._made is not None else ()
        return next((p for start, end, p in found if end - start == len(text)), None)

    def dump(self) -> bytes:
        """Return the automaton as bytes."""
        return bytes(self._made.serialize()) if self._made is not None else b""

    @classmethod
    def load(cls, data: bytes) -> "Automaton":
        """Return what ``dump`` gave; the bytes must be intact."""
        return cls(daachorse.CharwiseDoubleArrayAhoCorasick.deserialize(data) if data else None)


class Records(Sequence[T], Generic[T]):
    """Records in a mapped file, decoded one by one when asked for."""

    def __init__(self, data: memoryview, offsets: memoryview, kind: type[T]) -> None:
        self._data = data
        self._offsets = offsets
        self._decoder = msgspec.msgpack.Decoder(kind)
        self._kept: dict[int, T] = {}

    def __len__(self) -> int:
        return len(self._offsets) - 1

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> list[T]: ...
    def __getitem__(self, index: int | slice) -> T | list[T]:
        if not isinstance(index, int):
            return [self[i] for i in range(*index.indices(len(self)))]
        kept = self._kept.get(index)
        if kept is None:
            if index < 0:
                index += len(self)
            if not 0 <= index < len(self):
                raise IndexError(index)
            kept = self._decoder.decode(self._data[self._offsets[index] : self._offsets[index + 1]])
            if len(self._kept) >= _KEPT_RECORDS:
                self._kept.clear()
            self._kept[index] = kept
        return kept

    def __eq__(self, other: object) -> bool:
        """Compare with any sequence, as a list compares with a list."""
        return isinstance(other, Sequence) and len(self) == len(other) and all(map(operator.eq, self, other))

    def __iter__(self) -> Iterator[T]:
        data, offsets, decode = self._data, self._offsets, self._decoder.decode
        for index in range(len(self)):
            yield decode(data[offsets[index] : offsets[index + 1]])


class Owners(Sequence[Sequence[int]]):
    """For each pattern the surfaces that it stands for."""

    def __init__(self, flat: memoryview, offsets: memoryview) -> None:
        self._flat = flat
        self._offsets = offsets

    def __len__(self) -> int:
        return len(self._offsets) - 1

    @overload
    def __getitem__(self, index: int) -> list[int]: ...
    @overload
    def __getitem__(self, index: slice) -> list[list[int]]: ...
    def __getitem__(self, index: int | slice) -> list[int] | list[list[int]]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        if not 0 <= index < len(self):
            raise IndexError(index)
        found: list[int] = self._flat[self._offsets[index] : self._offsets[index + 1]].tolist()
        return found


class ByKey(Mapping[str, Entry]):
    """Entries by full id, found by bisection: entries are sorted by it."""

    def __init__(self, entries: Records[Entry], keys: Records[str]) -> None:
        self._entries = entries
        self._keys = keys

    def place(self, key: str) -> int | None:
        """Return the index of an entry, or None."""
        at = bisect_left(self._keys, key)
        return at if at < len(self._keys) and self._keys[at] == key else None

    def __getitem__(self, key: str) -> Entry:
        at = self.place(key)
        if at is None:
            raise KeyError(key)
        return self._entries[at]

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self.place(key) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._entries)


class Index:
    """An index file, mapped.

    Args:
        path: the file.

    Raises:
        DamagedIndex: it is no index, or was damaged.
        OSError: it cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        with open(path, "rb") as file:
            try:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            except ValueError:
                raise DamagedIndex(f"{path}: empty") from None
        view = memoryview(self._map)
        start = len(MAGIC) + 8
        if bytes(view[: len(MAGIC)]) != MAGIC:
            raise DamagedIndex(f"{path}: no gazetteer index of this version")
        length = int.from_bytes(view[len(MAGIC) : start], "little")
        try:
            self._header = msgspec.msgpack.decode(view[start : start + length], type=_Header)
        except msgspec.MsgspecError as problem:
            raise DamagedIndex(f"{path}: damaged: {problem}") from None
        self._view = view
        self._base = start + length
        automaton = self._section("automaton")
        # the automaton is read as it is: it must be whole
        whole = self._base + sum(n for _, n in self._header.sections.values())
        if len(view) != whole or zlib.crc32(automaton) != self._header.crc:
            raise DamagedIndex(f"{path}: damaged")
        self.version = self._header.version
        self.automaton = Automaton.load(bytes(automaton))

    def _section(self, name: str) -> memoryview:
        at, length = self._header.sections[name]
        return self._view[self._base + at : self._base + at + length]

    def records(self, name: str, kind: type[T]) -> Records[T]:
        """Return the records of a section."""
        return Records(self._section(name), self._section(f"{name}@").cast("Q"), kind)

    def owners(self) -> Owners:
        """Return the owners of patterns."""
        return Owners(self._section("owners").cast("I"), self._section("owners@").cast("Q"))

    def numbers(self, name: str) -> memoryview:
        """Return a section of 32-bit numbers."""
        return self._section(name).cast("I")

    def text(self, name: str) -> str:
        """Return a section of text."""
        return str(self._section(name), "utf-8")


def write_index(
    path: Path,
    version: str,
    patterns: Sequence[str],
    owners: Sequence[Sequence[int]],
    records: Mapping[str, Iterable[object]],
    numbers: Mapping[str, Sequence[int]],
    texts: Mapping[str, str],
) -> None:
    """Write an index, whole or not at all.

    Args:
        path: the file.
        version: the hash of what it was made from.
        patterns: distinct, not empty.
        owners: the surfaces of each pattern.
        records: sections of records.
        numbers: sections of 32-bit numbers.
        texts: sections of text.

    Raises:
        OSError: it cannot be written.
    """
    sections: dict[str, bytes] = {"automaton": Automaton.build(patterns).dump()}
    for name, items in {"patterns": patterns, **records}.items():
        sections[name], sections[f"{name}@"] = _encoded(items)
    flat, offsets = array.array("I"), array.array("Q", [0])
    for owner in owners:
        flat.extend(owner)
        offsets.append(len(flat))
    sections["owners"], sections["owners@"] = flat.tobytes(), offsets.tobytes()
    for name, values in numbers.items():
        sections[name] = array.array("I", values).tobytes()
    for name, text in texts.items():
        sections[name] = text.encode()
    places: dict[str, tuple[int, int]] = {}
    at = 0
    for name, data in sections.items():
        places[name] = (at, len(data))
        at += len(data)
    header = msgspec.msgpack.encode(
        _Header(version=version, sections=places, crc=zlib.crc32(sections["automaton"]))
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(MAGIC + len(header).to_bytes(8, "little") + header)
            for data in sections.values():
                file.write(data)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def _encoded(items: Iterable[object]) -> tuple[bytes, bytes]:
    encoder = msgspec.msgpack.Encoder()
    data = bytearray()
    offsets = array.array("Q", [0])
    for item in items:
        encoder.encode_into(item, data, -1)
        offsets.append(len(data))
    return bytes(data), offsets.tobytes()
