"""A finished run checked against the contract, as those who rely on it would: every line, every reference.

The checks read the files only; nothing of the program that wrote them is trusted. The first violation
is raised, with the file and the line.
"""

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import msgspec

from pipeline.emit.jsonl import FILES
from pipeline.normal import language_of
from pipeline.records import CONTRACT, Box, Document, Entity, Mention, Page, Record, Relation, Table
from pipeline.run import RunSummary

R = TypeVar("R", bound=Record)

_SLACK = 1.0
"""Points that a rectangle may reach over the page's edge: glyph boxes are higher than what is printed."""
_ID = re.compile(r"[a-z]+/(?:[a-z0-9]+(?:-[a-z0-9]+)*|~[0-9a-f]{12})")
_HEX = {n: re.compile(f"[0-9a-f]{{{n}}}") for n in (12, 64)}
_DAY = r"\d{4}(?:-\d\d(?:-\d\d)?)?"
_DATE = re.compile(_DAY)
_PERIOD = re.compile(f"{_DAY}(?:/{_DAY})?")


class Violation(Exception):
    """An invariant of the contract that does not hold; the message says where and what."""


def check(run: Path, before: Path | None = None) -> dict[str, int]:
    """Check a run and return how many lines each file has.

    Args:
        run: a folder that ``zhen ingest`` wrote.
        before: an earlier run over some of the same documents; each of its entities that is named in a
            document of both runs must be found, by its id or as a former id.

    Raises:
        Violation: the first thing that does not hold.
        OSError: a file cannot be read.
    """
    summary = _summary(run)
    documents = list(_lines(run, "documents", Document, lambda d: d.path))
    pages = list(_lines(run, "pages", Page, lambda p: (p.document, p.page)))
    tables = list(_lines(run, "tables", Table, _table_order))
    mentions = list(_lines(run, "mentions", Mention, lambda m: (m.document, m.page, m.start, m.end)))
    entities = list(_lines(run, "entities", Entity, lambda e: e.id))
    relations = list(_lines(run, "relations", Relation, lambda r: (r.document, r.page, r.start, r.id)))
    found: dict[str, list[Any]] = {
        "documents": documents, "pages": pages, "tables": tables, "mentions": mentions, "entities": entities,
        "relations": relations,
    }  # fmt: skip
    counts = {name: len(records) for name, records in found.items()}
    for name, count in counts.items():
        _hold(
            summary.counts.get(name) == count,
            "run.json",
            f"counts {summary.counts.get(name)} {name}, there are {count}",
        )
    for status in ("failed", "partial"):
        count = sum(d.status == status for d in documents)
        _hold(
            summary.counts.get(status) == count, "run.json", f"does not count {count} documents as {status}"
        )
    kinds = dict(sorted(Counter(e.type for e in entities).items()))
    _hold(
        dict(summary.entities) == kinds,
        "run.json",
        f"counts entities as {summary.entities}, there are {kinds}",
    )
    by_number = {(p.document, p.page): p for p in pages}
    _documents(documents, pages)
    _pages(pages)
    _tables(tables, by_number)
    _mentions(mentions, by_number, {e.id: e for e in entities})
    _entities(entities, mentions, relations)
    _relations(relations, by_number, {t.id: t for t in tables}, {e.id for e in entities})
    if before is not None:
        _earlier(before, documents, entities)
    return counts


def _hold(holds: object, where: str, what: str) -> None:
    if not holds:
        _broken(where, what)


def _broken(where: str, what: str) -> NoReturn:
    raise Violation(f"{where}: {what}")


def _summary(run: Path) -> RunSummary:
    path = run / "run.json"
    if not path.is_file():
        _broken("run.json", "missing: this is no finished run")
    data = path.read_bytes()
    try:
        version = msgspec.json.decode(data).get("contract")
        _hold(version == CONTRACT, "run.json", f"contract {version}; this program checks {CONTRACT}")
        return msgspec.json.decode(data, type=RunSummary)
    except (msgspec.MsgspecError, UnicodeError, AttributeError) as problem:
        _broken("run.json", _line(problem))


def _lines(run: Path, name: str, kind: type[R], order: Callable[[R], Any]) -> Iterator[R]:
    """Yield a file's records: valid, written as the contract says, in order, ids and places unique."""
    decoder = msgspec.json.Decoder(kind)
    encoder = msgspec.json.Encoder()
    path = run / f"{name}.jsonl"
    _hold(path.is_file(), path.name, "missing")
    _hold(FILES[name] is kind, path.name, "not a file of the contract")
    last: Any = None
    ids: set[str] = set()
    with open(path, "rb") as file:
        for number, line in enumerate(file, 1):
            where = f"{path.name} line {number}"
            _hold(line.endswith(b"\n"), where, "cut off: it does not end with a line end")
            try:
                record = decoder.decode(line)
                same = encoder.encode(record) + b"\n" == line
            except (msgspec.MsgspecError, UnicodeError, RecursionError) as problem:
                _broken(where, f"not valid by the schema: {_line(problem)}")
            _hold(same, where, "keys, their order or the form of values are not the contract's")
            key = order(record)
            _hold(last is None or last < key, where, f"not sorted, or twice: {key} after {last}")
            last = key
            identity = getattr(record, "id", None)
            if identity is not None:
                _hold(identity not in ids, where, f"the id {identity} is there twice")
                ids.add(identity)
            yield record


def _line(problem: BaseException) -> str:
    return " ".join(str(problem).split())[:200]


def _table_order(table: Table) -> tuple[str, int, int]:
    document, _, number = table.id.partition(":t")
    valid = document == table.document and number.isdecimal() and bool(table.pages)
    _hold(valid, f"tables.jsonl {table.id}", "the id is not its document's and a number, or it has no page")
    return table.document, table.pages[0], int(number)


def _documents(documents: Iterable[Document], pages: Iterable[Page]) -> None:
    count: Counter[str] = Counter()
    length: Counter[str] = Counter()
    for page in pages:
        count[page.document] += 1
        length[page.document] += len(page.text)
    paths: set[str] = set()
    for d in documents:
        where = f"documents.jsonl {d.path}"
        _hold(
            _HEX[64].fullmatch(d.sha256) and d.id == d.sha256[:16],
            where,
            "the id is not the begin of the SHA-256",
        )
        _hold(
            (d.status == "failed") == (d.error is not None), where, f"status {d.status} with error {d.error}"
        )
        _hold(
            d.error is None or "\n" not in d.error.message,
            where,
            "the error's message has more than one line",
        )
        _hold(d.status != "partial" or d.warnings, where, "partial, and no warning says why")
        _hold(d.pages == count[d.id], where, f"{d.pages} pages, {count[d.id]} in pages.jsonl")
        _hold(
            d.characters == length[d.id], where, f"{d.characters} characters, {length[d.id]} in pages.jsonl"
        )
        _hold(
            all(w.page is None or 1 <= w.page <= d.pages for w in d.warnings),
            where,
            "a warning on no page of it",
        )
        _hold(d.date is None or _DATE.fullmatch(d.date), where, f"the date {d.date} is not ISO 8601")
        _hold(d.copies == sorted(set(d.copies)), where, "copies are not sorted")
        for path in (d.path, *d.copies):
            _hold(path not in paths, where, f"the path {path} is listed twice")
            _hold(path.isprintable(), where, "a path with control characters")
            paths.add(path)
    stray = set(count) - {d.id for d in documents}
    _hold(not stray, "pages.jsonl", f"pages of documents that are not listed: {sorted(stray)[:1]}")


def _pages(pages: Iterable[Page]) -> None:
    for document, own in itertools.groupby(pages, key=lambda p: p.document):
        for number, p in enumerate(own, 1):
            where = f"pages.jsonl {document} page {p.page}"
            _hold(p.page == number, where, f"page {number} is missing")
            _hold((p.width is None) == (p.height is None), where, "one of width and height is missing")
            last = 0
            for block in p.blocks:
                _on_page(block.bbox, p, where)
                if block.kind in ("header", "footer"):
                    _hold(
                        isinstance(block.text, str) and not isinstance(block.start, int),
                        where,
                        f"a {block.kind} without text",
                    )
                    continue
                if not (isinstance(block.start, int) and isinstance(block.end, int)):
                    _broken(where, f"a {block.kind} without offsets")
                _hold(
                    last <= block.start <= block.end <= len(p.text),
                    where,
                    f"block {block.start}-{block.end} out of order",
                )
                last = block.end
            for note in p.notes:
                _hold(0 <= note.at <= len(p.text), where, f"note mark at {note.at}")
                _on_page(note.bbox, p, where)


def _on_page(box: Box | None, page: Page, where: str) -> None:
    if box is None:
        return
    if page.width is None or page.height is None:
        _broken(where, "a rectangle on a page without layout")
    x0, top, x1, bottom = box
    on = -_SLACK <= x0 <= x1 <= page.width + _SLACK and -_SLACK <= top <= bottom <= page.height + _SLACK
    _hold(on, where, f"rectangle {box} is not on the page of {page.width} by {page.height}")
    _hold(all(round(v, 1) == v for v in box), where, f"rectangle {box} has more than one decimal")


def _tables(tables: Iterable[Table], pages: dict[tuple[str, int], Page]) -> None:
    for t in tables:
        where = f"tables.jsonl {t.id}"
        _hold(t.pages == sorted(set(t.pages)), where, "its pages are not sorted")
        _hold(all(len(row) == len(t.header) for row in t.rows), where, "a row is not as wide as the table")
        for c in t.cells:
            page = pages.get((t.document, c.page))
            if page is None or c.page not in t.pages:
                _broken(where, f"a cell on page {c.page}, which it does not span")
            _hold(
                -1 <= c.row < len(t.rows) and 0 <= c.column < len(t.header),
                where,
                f"no place {c.row}, {c.column}",
            )
            _hold(
                0 <= c.start <= c.end <= len(page.text), where, f"cell {c.start}-{c.end} is not in the page"
            )
            text = page.text[c.start : c.end]
            _hold("\t" not in text and "\n" not in text, where, f"cell {c.row}, {c.column} goes over its row")
            _on_page(c.bbox, page, where)


def _mentions(
    mentions: list[Mention], pages: dict[tuple[str, int], Page], entities: dict[str, Entity]
) -> None:
    by_id = {m.id: m for m in mentions}
    last: tuple[tuple[str, int] | None, int] = (None, 0)
    for m in mentions:
        where = f"mentions.jsonl {m.id}"
        _hold(m.id == f"{m.document}:{m.page}:{m.start}-{m.end}", where, "the id is not its place")
        page = pages.get((m.document, m.page))
        if page is None:
            _broken(where, "there is no such page")
        _hold(0 <= m.start < m.end <= len(page.text), where, "not within the page's text")
        _hold(m.text == page.text[m.start : m.end], where, f"the text {m.text!r} is not the page's")
        _hold(last[0] != (m.document, m.page) or last[1] <= m.start, where, "overlaps the mention before it")
        last = ((m.document, m.page), m.end)
        _hold(
            m.language == language_of(m.text),
            where,
            f"the language of {m.text!r} is not {m.language}",
        )
        entity = entities.get(m.entity)
        if entity is None:
            _broken(where, f"there is no entity {m.entity}")
        _hold(entity.type == m.type, where, f"a {m.type}, its entity is a {entity.type}")
        _score(m.score, where)
        _hold(
            bool(m.bboxes) == (page.width is not None), where, "rectangles do not go with the page's layout"
        )
        for box in m.bboxes:
            _on_page(box, page, where)
        if m.continues is not None:
            before = by_id.get(m.continues)
            whole = before is not None and (before.document, before.page, before.entity) == (
                m.document,
                m.page - 1,
                m.entity,
            )
            _hold(whole, where, f"does not continue {m.continues}")


def _score(score: float, where: str) -> None:
    _hold(0 <= score <= 1 and round(score, 3) == score, where, f"score {score}")


def _entities(entities: list[Entity], mentions: list[Mention], relations: list[Relation]) -> None:
    owner = {m.id: m.entity for m in mentions}
    evidence = owner.keys() | {r.id for r in relations}
    count = Counter(m.entity for m in mentions if m.continues is None)
    documents: dict[str, set[str]] = {}
    for m in mentions:
        documents.setdefault(m.entity, set()).add(m.document)
    current = {e.id for e in entities}
    for e in entities:
        where = f"entities.jsonl {e.id}"
        _hold(_ID.fullmatch(e.id) and e.id.split("/")[0] == e.type, where, "not an id of its type")
        _hold(e.gazetteer == ("~" not in e.id), where, "the id is not that of a gazetteer entry, or is one")
        _hold(e.en or e.zh, where, "no name")
        _hold(e.mentions == count[e.id] > 0, where, f"{e.mentions} mentions, {count[e.id]} in mentions.jsonl")
        _hold(e.documents == sorted(documents[e.id]), where, "its documents are not those of its mentions")
        _hold(e.former_ids == sorted(set(e.former_ids)), where, "former ids are not sorted")
        _hold(current.isdisjoint(e.former_ids), where, "a former id is that of an entity")
        texts = {n.text for n in e.names}
        _hold(
            all(name is None or name in texts for name in (e.en, e.zh)),
            where,
            "a canonical name is not in its names",
        )
        for n in e.names:
            _hold(
                n.evidence is None or owner.get(n.evidence) == e.id,
                where,
                f"{n.text!r} has no mention {n.evidence}",
            )
        for name, values in e.properties.items():
            known = all(v.evidence is None or v.evidence in evidence for v in values)
            _hold(known, where, f"the evidence of {name} is not there")


def _relations(
    relations: Iterable[Relation],
    pages: dict[tuple[str, int], Page],
    tables: dict[str, Table],
    entities: set[str],
) -> None:
    for r in relations:
        where = f"relations.jsonl {r.id}"
        _hold(_HEX[12].fullmatch(r.id), where, "not an id")
        for end in (r.subject, r.object):
            _hold(end in entities, where, f"there is no entity {end}")
        _hold(r.subject != r.object, where, "between an entity and itself")
        page = pages.get((r.document, r.page))
        if page is None:
            _broken(where, "there is no such page")
        _hold(0 <= r.start < r.end <= len(page.text), where, "the evidence is not within the page's text")
        _hold(r.evidence == page.text[r.start : r.end], where, "the evidence is not the page's text")
        _hold(
            r.table is None or (r.table in tables and tables[r.table].document == r.document),
            where,
            f"no table {r.table}",
        )
        _hold(
            r.qualifiers.date is None or _PERIOD.fullmatch(r.qualifiers.date),
            where,
            f"date {r.qualifiers.date}",
        )
        _score(r.score, where)


def _earlier(before: Path, documents: list[Document], entities: list[Entity]) -> None:
    """Check that what an earlier run called an entity is still found under that id."""
    known = {i for e in entities for i in (e.id, *e.former_ids)}
    both = {d.id for d in documents}
    for e in _lines(before, "entities", Entity, lambda e: e.id):
        for old in (e.id, *e.former_ids):
            _hold(
                old in known or both.isdisjoint(e.documents),
                f"entities.jsonl {e.id}",
                f"the earlier id {old} is lost",
            )
