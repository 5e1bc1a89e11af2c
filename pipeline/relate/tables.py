"""What the rows of tables state, by their headers and the table's caption, and what they say of entities."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.align import Aligned
from pipeline.normal import key
from pipeline.records import Cell, Qualifiers, Record, RelationType, Table
from pipeline.relate.coordination import ORGANISATIONS
from pipeline.relate.dates import dates
from pipeline.relate.statements import Statement
from pipeline.relate.table_roles import CAPTIONS, column_roles
from pipeline.segment import Reading

_PROJECT = re.compile(r"project|项目|工程", re.IGNORECASE)
_URL = re.compile(
    r"(?:https?://|www\.)[^\s,;，；、]+|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|cn|org|net|edu|gov|ai|io|tech)(?:\.[a-z]{2})?(?:/[^\s,;]*)?",
    re.IGNORECASE,
)
_SUBJECTS: dict[RelationType, frozenset[str]] = {
    "member_of": ORGANISATIONS | {"person"}, "subordinate_to": frozenset({"government", "institution", "association"}),
    "owns": frozenset({"company"}), "partner_of": ORGANISATIONS, "implements": ORGANISATIONS,
}  # fmt: skip
_OBJECTS: dict[RelationType, frozenset[str]] = {
    "member_of": frozenset({"government", "association", "plan", "institution"}),
    "subordinate_to": frozenset({"government", "institution", "association"}), "owns": frozenset({"company"}),
    "partner_of": ORGANISATIONS, "implements": frozenset({"plan"}),
}  # fmt: skip
_SCORE = 0.85


class _Row(Record, frozen=True, kw_only=True):
    """A table row: its span on a page (page index, start, end), its cells' mentions and texts by column."""

    place: tuple[int, int, int]
    mentions: dict[int, list[int]]
    texts: dict[int, str]


class _Places:
    """Mentions by their place on a page."""

    def __init__(self, reading: Reading, aligned: Aligned) -> None:
        self.on: dict[int, list[tuple[int, int, int]]] = {}
        for i, named in enumerate(aligned.mentions):
            page, start, end = reading.parts(named.candidate.start, named.candidate.end)[0]
            self.on.setdefault(page, []).append((start, end, i))
        for spans in self.on.values():
            spans.sort()

    def inside(self, page: int, start: int, end: int) -> list[int]:
        """Return the mentions that lie in a stretch of a page."""
        spans = self.on.get(page, [])
        first = bisect_left(spans, (start, 0, 0))
        found = []
        for s, e, i in spans[first:]:
            if s >= end:
                break
            if e <= end:
                found.append(i)
        return found


def table_statements(reading: Reading, aligned: Aligned, tables: Sequence[Table]) -> Iterator[Statement]:
    """Yield what the rows of a document's tables state."""
    places = _Places(reading, aligned)
    for table in tables:
        roles = column_roles(table)
        rows = _rows(table, places)
        context = _context(reading, aligned, places, table)
        office, standing = _posts(table, roles, context)
        for row in rows:
            yield from _row(aligned, table, roles, row, context, office, standing)


def table_properties(
    reading: Reading, aligned: Aligned, tables: Sequence[Table]
) -> list[tuple[str, str, str, str]]:
    """Return what tables say of entities: ``(entity key, property, value, evidence mention id)``.

    Today the property ``website`` of what a row names.
    """
    from pipeline.align.entities import mention_id

    places = _Places(reading, aligned)
    found: list[tuple[str, str, str, str]] = []
    for table in tables:
        roles = column_roles(table)
        if "website" not in roles.values():
            continue
        for row in _rows(table, places):
            names = _names(aligned, roles, row)
            for column, text in row.texts.items():
                if roles.get(column) != "website" or not names:
                    continue
                for url in _URL.findall(text):
                    seen: set[str] = set()
                    for i in names:
                        named = aligned.mentions[i]
                        if named.entity not in seen:
                            seen.add(named.entity)
                            page, start, end = reading.parts(named.candidate.start, named.candidate.end)[0]
                            evidence = mention_id(table.document, page + 1, start, end)
                            found.append((named.entity, "website", url.rstrip("./"), evidence))
    return found


def _rows(table: Table, places: _Places) -> list[_Row]:
    by_row: dict[int, list[Cell]] = {}
    for cell in table.cells:
        if cell.row >= 0:
            by_row.setdefault(cell.row, []).append(cell)
    rows: list[_Row] = []
    printed = Counter((c.page, c.start, c.end) for c in table.cells)
    for _, cells in sorted(by_row.items()):
        # a merged cell stands in several rows, but is printed in one
        single = [c for c in cells if printed[c.page, c.start, c.end] == 1] or cells
        page = single[0].page
        own = [c for c in single if c.page == page]
        mentions: dict[int, list[int]] = {}
        for cell in cells:
            mentions.setdefault(cell.column, []).extend(places.inside(cell.page - 1, cell.start, cell.end))
        texts = {c.column: table.rows[c.row][c.column] for c in cells if c.column < len(table.rows[c.row])}
        place = (page - 1, min(c.start for c in own), max(c.end for c in own))
        rows.append(_Row(place=place, mentions=mentions, texts=texts))
    return rows


def _context(
    reading: Reading, aligned: Aligned, places: _Places, table: Table
) -> tuple[RelationType, int] | None:
    """Return the relation that a caption states for every row, and the mention of its object.

    The mention in the caption itself is taken, or one of the same name elsewhere in the document.
    """
    caption = key(table.caption)
    for kind, pattern in CAPTIONS:
        match = pattern.search(caption)
        if match is None:
            continue
        best: tuple[int, bool, int] | None = None
        for i, named in enumerate(aligned.mentions):
            c = named.candidate
            if c.type not in _OBJECTS[kind]:
                continue
            name = reading.normal.text[c.start : c.end]
            if len(name) < 3 or name not in caption:
                continue
            page = reading.parts(c.start, c.end)[0][0] + 1
            rank = (
                len(name),
                reading.stream.kind_at(reading.normal.starts[c.start]) == "caption" and page in table.pages,
                -i,
            )
            best = max(best, rank) if best else rank
        if best is not None:
            return kind, -best[2]
    return None


def _names(aligned: Aligned, roles: dict[int, str], row: _Row) -> list[int]:
    """Return the mentions of what a row is about: those of its name columns, or of its first named one."""
    columns = [
        c
        for c, role in sorted(roles.items())
        if role in ("name", "member", "group", "lead", "plan", "product")
    ]
    subject = ("plan",) if "plan" in roles.values() else ("name", "member")
    named = [c for c in columns if roles[c] in subject and row.mentions.get(c)]
    for column in named or [c for c in columns if row.mentions.get(c)] or sorted(row.mentions):
        found = row.mentions.get(column, [])
        if found:
            entities = {aligned.mentions[i].entity for i in found}
            if len(entities) == 1:
                others = [i for c in named if c != column for i in row.mentions[c]]
                return found + [i for i in others if aligned.mentions[i].entity in entities] or found
    return []


def _posts(
    table: Table, roles: dict[int, str], context: tuple[RelationType, int] | None
) -> tuple[int | None, int | None]:
    """Return the column of the post at a body, and that of the standing in the group that the caption names.

    Of several post columns the one whose header shares most words with the caption is the standing.
    """
    posts = [c for c, role in sorted(roles.items()) if role == "post"]
    if not posts:
        return None, None
    if context is None or context[0] != "member_of" or len(posts) == 1:
        return posts[0], None
    words = set(re.findall(r"\w+", key(table.caption).lower()))
    shared = [len(words & set(re.findall(r"\w+", key(table.header[c]).lower()))) for c in posts]
    standing = posts[shared.index(max(shared))]
    return next(c for c in posts if c != standing), standing


def _row(
    aligned: Aligned, table: Table, roles: dict[int, str], row: _Row, context: tuple[RelationType, int] | None,
    office: int | None, standing: int | None,
) -> Iterator[Statement]:  # fmt: skip
    names = _names(aligned, roles, row)[:1]

    def say(kind: RelationType, subject: int, target: int, **more: str | None) -> Statement:
        return Statement(
            type=kind, subject=subject, object=target, start=0, end=0, method="table", score=_SCORE, table=table.id,
            place=row.place, qualifiers=Qualifiers(**more),  # type: ignore[arg-type]
        )  # fmt: skip

    def kind(i: int) -> str:
        return aligned.mentions[i].candidate.type

    def bodies(column: int) -> list[int]:
        return [i for i in row.mentions.get(column, []) if kind(i) in ORGANISATIONS]

    for subject in names:
        if kind(subject) == "person" and office is not None:
            held = bodies(office) or [
                i for c, role in sorted(roles.items()) if role == "group" for i in bodies(c)
            ]
            for body in held[-1:]:
                yield say(
                    "holds_position", subject, body, title=_title(aligned, row.texts.get(office, ""), body)
                )
        for column, role in sorted(roles.items()):
            for i in row.mentions.get(column, []):
                if aligned.mentions[i].entity == aligned.mentions[subject].entity:
                    continue
                if role == "place" and kind(i) == "place" and kind(subject) in ORGANISATIONS | {"event"}:
                    yield say("located_in", subject, i)
                    break
                if role == "parent" and kind(i) == "company" and kind(subject) == "company":
                    yield say("owns", i, subject)
                elif role == "product" and kind(i) == "product" and kind(subject) in ORGANISATIONS:
                    yield say("develops", subject, i)
    date = next(
        (d for c, role in sorted(roles.items()) if role == "date" for d in dates(row.texts.get(c, ""))), None
    )
    plans = [
        i
        for c, r in sorted(roles.items())
        if r in ("plan", "name")
        for i in row.mentions.get(c, [])
        if kind(i) in ("plan", "publication")
    ]
    acting = {c: role for c, role in sorted(roles.items()) if role in ("lead", "issuer")}
    if not acting and any(r == "plan" and _PROJECT.search(table.header[c]) for c, r in roles.items()):
        acting = {
            c: "lead" for c, r in sorted(roles.items()) if r in ("name", "parent")
        }  # whose project it is
    for column, role in acting.items():
        for body in bodies(column):
            for plan in plans[:1]:
                if role == "issuer":
                    yield say(
                        "issued",
                        body,
                        plan,
                        date=date.iso if date else None,
                        date_text=date.text if date else None,
                    )
                elif kind(plan) == "plan":
                    yield say("implements", body, plan)
    if context is not None:
        relation, target = context
        for subject in names:
            if (
                kind(subject) not in _SUBJECTS[relation]
                or aligned.mentions[subject].entity == aligned.mentions[target].entity
            ):
                continue
            if relation == "owns":
                yield say("owns", target, subject)
            else:
                yield say(
                    relation, subject, target, role=row.texts.get(standing) if standing is not None else None
                )


def _title(aligned: Aligned, text: str, body: int) -> str | None:
    """Return the title in a cell without the body's name: ``Vice Premier`` of ``Vice Premier of the State Council``."""
    text = " ".join(key(text).split())
    names = sorted(
        (key(n.text) for e in aligned.entities if e.key == aligned.mentions[body].entity for n in e.names),
        key=len,
        reverse=True,
    )
    for name in names:
        at = text.find(name)
        if at >= 0:
            before = re.sub(r"(?:\s*(?:of|at|for|in),?)?(?:\s+the)?\s*$", "", text[:at])
            return before.strip(" ,、") or text[at + len(name) :].strip(" ,、") or text
    return re.sub(r"\b(Minister|Vice Minister|部长|副部长) of .*", r"\1", text) or None
