"""The output files: one JSON object a line, keys in record order, lines sorted, written whole or not at all."""

import contextlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

from pipeline.records import Document, Entity, Mention, Page, Record, Relation, Table

R = TypeVar("R", bound=Record)

FILES: dict[str, type[Record]] = {
    "documents": Document,
    "pages": Page,
    "tables": Table,
    "mentions": Mention,
    "entities": Entity,
    "relations": Relation,
}
"""The line files of a run and the record that each line is."""


class LineWriter:
    """A JSON Lines file in the making; ``close`` gives it its name.

    Args:
        path: the final file.
        scratch: a folder on the same file system for the unfinished file.
    """

    def __init__(self, path: Path, scratch: Path) -> None:
        self.count = 0
        """Lines so far."""
        self._path = path
        self._temporary = scratch / f"{path.name}.part"
        self._encoder = msgspec.json.Encoder()
        self._buffer = bytearray()
        self._file = open(self._temporary, "wb")  # noqa: SIM115 - closed by close

    def write(self, record: Record) -> None:
        """Add a record as a line."""
        self._encoder.encode_into(record, self._buffer, -1)
        self._buffer += b"\n"
        self.count += 1
        if len(self._buffer) > 1 << 20:
            self._file.write(self._buffer)
            self._buffer.clear()

    def close(self) -> None:
        """Put the whole file in its place."""
        with self._file:
            self._file.write(self._buffer)
            self._file.flush()
            os.fsync(self._file.fileno())
        os.replace(self._temporary, self._path)

    def abandon(self) -> None:
        """Close a file that will not be finished; a finished one stays as it is."""
        with contextlib.suppress(OSError):
            self._file.close()


def write_lines(path: Path, records: Iterable[Record], scratch: Path) -> int:
    """Write records to a JSON Lines file, atomically, and return their count.

    Args:
        path: the final file.
        records: the records, sorted.
        scratch: a folder on the same file system for the unfinished file.
    """
    writer = LineWriter(path, scratch)
    try:
        for record in records:
            writer.write(record)
        writer.close()
    finally:
        writer.abandon()
    return writer.count


def write_json(path: Path, value: object, scratch: Path) -> None:
    """Write one indented JSON object, atomically."""
    temporary = scratch / f"{path.name}.part"
    temporary.write_bytes(msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n")
    os.replace(temporary, path)


def read_lines(path: Path, kind: type[R]) -> Iterator[R]:
    """Yield the records of a JSON Lines file."""
    decoder = msgspec.json.Decoder(kind)
    with open(path, "rb") as file:
        for line in file:
            yield decoder.decode(line)
