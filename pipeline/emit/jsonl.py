"""The output files: one JSON object a line, keys in record order, lines sorted, written whole or not at all."""

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


def write_lines(path: Path, records: Iterable[Record], scratch: Path) -> int:
    """Write records to a JSON Lines file, atomically, and return their count.

    Args:
        path: the final file.
        records: the records, sorted.
        scratch: a folder on the same file system for the unfinished file.
    """
    encoder = msgspec.json.Encoder()
    temporary = scratch / f"{path.name}.part"
    count = 0
    with open(temporary, "wb") as file:
        buffer = bytearray()
        for record in records:
            encoder.encode_into(record, buffer, -1)
            buffer += b"\n"
            count += 1
            if len(buffer) > 1 << 20:
                file.write(buffer)
                buffer.clear()
        file.write(buffer)
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, path)
    return count


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
