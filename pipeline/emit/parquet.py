"""A run's line files as Parquet, with the types of the contract, for pandas, DuckDB, Spark or R."""

import types
import typing
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.emit.jsonl import FILES, read_lines
from pipeline.emit.loaded import replaced
from pipeline.records import Record

_BATCH = 20_000


def export_parquet(run: Path, target: Path) -> dict[str, int]:
    """Write ``documents.parquet`` and so on and return their counts of rows.

    Args:
        run: a folder that ``zhen ingest`` wrote.
        target: the folder for the files; made when missing.
    """
    counts: dict[str, int] = {}
    for name, kind in FILES.items():

        def write(part: Path, name: str = name, kind: type[Record] = kind) -> None:
            counts[f"{name}.parquet"] = _write(part, read_lines(run / f"{name}.jsonl", kind), kind)

        replaced(target / f"{name}.parquet", write)
    return counts


def _write(part: Path, records: Iterator[Record], kind: type[Record]) -> int:
    layout = pa.schema(_fields(kind))
    count = 0
    with pq.ParquetWriter(part, layout, compression="zstd") as writer:
        while batch := list(islice(records, _BATCH)):
            rows = [msgspec.to_builtins(record) for record in batch]
            writer.write_table(pa.Table.from_pylist(rows, schema=layout))
            count += len(rows)
        if not count:
            writer.write_table(layout.empty_table())
    return count


def _fields(kind: type[Record]) -> list[pa.Field]:
    hints = typing.get_type_hints(kind)
    return [pa.field(f.encode_name, arrow_type(hints[f.name])) for f in msgspec.structs.fields(kind)]


def arrow_type(hint: Any) -> pa.DataType:
    """Return the Arrow type for a record's field; what may be null or absent is nullable in any case.

    Raises:
        TypeError: no Arrow type is known for it.
    """
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        kept = [a for a in inner if a not in (type(None), msgspec.UnsetType)]
        return arrow_type(kept[0])
    if origin is typing.Literal or hint is str:
        return pa.string()
    if hint is bool:
        return pa.bool_()
    if hint is int:
        return pa.int64()
    if hint is float:
        return pa.float64()
    if origin in (list, tuple):
        return pa.list_(arrow_type(inner[0]))
    if origin is dict:
        return pa.map_(arrow_type(inner[0]), arrow_type(inner[1]))
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return pa.struct(_fields(hint))  # type: ignore[arg-type]
    raise TypeError(f"no Arrow type for {hint}")
