"""Tables for spreadsheets: mentions, entities and relations as CSV whose cells no spreadsheet executes."""

import csv
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.emit.jsonl import read_lines
from pipeline.records import Document, Entity, Mention, Relation

_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%")


def safe(value: object) -> str:
    """Return a cell's text on one line, with an apostrophe before what a spreadsheet would take for a formula."""
    if value is None:
        return ""
    if isinstance(value, (int, float)):
        return str(value)
    text = "".join(c if c.isprintable() else " " for c in str(value))
    return f"'{text}" if text.lstrip().startswith(_RISKY) else text


def sheets(run: Path) -> dict[str, tuple[tuple[str, ...], Iterable[tuple[object, ...]]]]:
    """Return the tables of a run by name, each its header and its rows."""
    paths = {d.id: d.path for d in read_lines(run / "documents.jsonl", Document)}
    entities = {e.id: e for e in read_lines(run / "entities.jsonl", Entity)}
    return {
        "mentions": (_MENTIONS, _mentions(run, paths, entities)),
        "entities": (_ENTITIES, _entities(entities.values())),
        "relations": (_RELATIONS, _relations(run, paths, entities)),
    }


def export_csv(run: Path, target: Path) -> dict[str, int]:
    """Write ``mentions.csv``, ``entities.csv`` and ``relations.csv`` and return their row counts.

    Files are UTF-8 with a byte-order mark, which Excel needs to read Chinese.

    Args:
        run: a folder that ``zhen ingest`` wrote.
        target: the folder for the CSV files; made when missing.
    """
    target.mkdir(parents=True, exist_ok=True)
    return {
        name: write_csv(target / f"{name}.csv", header, rows) for name, (header, rows) in sheets(run).items()
    }


_MENTIONS = (
    "id", "document", "page", "start", "end", "text", "language", "type", "entity", "en", "zh", "method", "score",
    "x0", "top", "x1", "bottom",
)  # fmt: skip
_ENTITIES = ("id", "type", "en", "zh", "names", "gazetteer", "mentions", "documents")
_RELATIONS = (
    "id", "type", "subject", "subject_name", "object", "object_name", "document", "page", "evidence", "table", "method",
    "score", "date", "title", "role", "item", "modality", "amount", "statement",
)  # fmt: skip


def _mentions(run: Path, paths: dict[str, str], entities: dict[str, Entity]) -> Iterator[tuple[object, ...]]:
    for m in read_lines(run / "mentions.jsonl", Mention):
        entity = entities[m.entity]
        box: tuple[object, ...] = m.bboxes[0] if m.bboxes else ("",) * 4
        yield (m.id, paths[m.document], m.page, m.start, m.end, m.text, m.language, m.type, m.entity, entity.en,
               entity.zh, m.method, m.score, *box)  # fmt: skip


def _entities(entities: Iterable[Entity]) -> Iterator[tuple[object, ...]]:
    for e in entities:
        names = " | ".join(n.text for n in e.names)
        yield e.id, e.type, e.en, e.zh, names, "yes" if e.gazetteer else "no", e.mentions, len(e.documents)


def _relations(run: Path, paths: dict[str, str], entities: dict[str, Entity]) -> Iterator[tuple[object, ...]]:
    def name(key: str) -> str | None:
        return entities[key].en or entities[key].zh

    for r in read_lines(run / "relations.jsonl", Relation):
        q = r.qualifiers
        yield (r.id, r.type, r.subject, name(r.subject), r.object, name(r.object), paths[r.document], r.page, r.evidence,
               r.table, r.method, r.score, q.date, q.title, q.role, q.item, q.modality,
               q.amount.text if q.amount else None, r.statement)  # fmt: skip


def write_csv(
    path: Path, header: tuple[str, ...], rows: Iterable[tuple[object, ...]], *, encoding: str = "utf-8-sig"
) -> int:
    """Write a CSV file with safe cells, whole or not at all, and return its count of rows."""
    temporary = path.with_name(path.name + ".part")
    count = 0
    with open(temporary, "w", encoding=encoding, newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        for row in rows:
            writer.writerow([safe(cell) for cell in row])
            count += 1
    os.replace(temporary, path)
    return count
