"""Tables that go on over pages are brought together, and become records."""

import re
from collections.abc import Sequence

import msgspec

from pipeline.parse.hyphens import Vocabulary, join_lines
from pipeline.parse.pdf_compose import CellSpan
from pipeline.parse.pdf_model import Draft, RawCell, RawTable
from pipeline.parse.tables_headers import cell_text
from pipeline.records import Cell, Table

_CONTINUED = re.compile(r"续表|（续）|\(续\)|continued|cont[’']?d", re.I)
_ENDED = re.compile(r"[.。;；!！?？:：]$")


class Part(msgspec.Struct):
    """The part of a table on one page, before its text is composed."""

    block: Draft
    """The block that holds the table; it follows what becomes of ``table``."""
    table: RawTable
    caption: str
    first: bool
    """Nothing but headers is before it on its page."""
    last: bool
    """Nothing but footers and notes is after it on its page."""
    before: int = -1
    """Index of the part that this one continues, -1 for none."""
    repeated: int = 0
    """How many of its rows repeat the header."""


def chain(parts: list[Part]) -> None:
    """Find which parts continue which: sets ``before`` and ``repeated``.

    A part goes on where it is the first thing on its page, the part before is the last thing on
    the page before, and the columns agree; or where its caption says so.
    """
    for i in range(1, len(parts)):
        a, b = parts[i - 1], parts[i]
        if b.table.page != a.table.page + 1 and not (b.table.page == a.table.page and _renewed(a, b)):
            continue
        named = bool(b.caption) and (
            _CONTINUED.search(b.caption) is not None or b.caption == a.caption
        ) and (b.table.number == a.table.number or b.table.number is None)  # fmt: skip
        if b.caption and not named:
            continue
        if not named and not (b.first and a.last):
            continue
        head = _origin(parts, i - 1)
        repeated = _repeated(parts[head].table, b.table)
        mapped = _fit(parts, i - 1, b.table)
        if mapped is None:
            continue
        if not repeated and b.table.header_rows and not named and a.table.style != b.table.style:
            continue
        a = parts[i - 1]
        b.table = b.block.table = mapped
        b.before = i - 1
        b.repeated = repeated
        b.table.header_rows = repeated
        b.table.number, b.table.caption = a.table.number, a.table.caption


def _renewed(a: Part, b: Part) -> bool:
    """Say whether ``b`` stands in the next column of the page on which ``a`` ends."""
    return bool(b.caption) and _CONTINUED.search(b.caption) is not None


def _origin(parts: Sequence[Part], i: int) -> int:
    while parts[i].before >= 0:
        i = parts[i].before
    return i


def _rows(table: RawTable, count: int) -> list[list[str]]:
    return [[re.sub(r"\s+", "", cell_text(c)) for c in table.cells if c.row == r] for r in range(count)]


def _repeated(a: RawTable, b: RawTable) -> int:
    """How many rows at the top of ``b`` repeat the header of ``a``."""
    for count in range(min(max(a.header_rows, 1), b.rows), 0, -1):
        rows = _rows(b, count)
        if any(any(row) for row in rows) and rows == _rows(a, count):
            return count
    return 0


def _fit(parts: Sequence[Part], i: int, b: RawTable) -> RawTable | None:
    """``b`` in the columns of part ``i``; None when the columns do not agree.

    Pages with other margins shift a table; a part may lack borders that its page does not need:
    then the other part's columns hold for both.
    """
    a = parts[i].table
    if a.columns == b.columns:
        widths = [(y - x, v - u) for x, y, u, v in
                  zip(a.edges, a.edges[1:], b.edges, b.edges[1:], strict=False)]  # fmt: skip
        # Columns without rules are as wide as their words on this page.
        loose = 0.35 if a.style != "grid" else 0.06
        total = a.edges[-1] - a.edges[0]
        if all(abs(x - y) <= max(6, loose * total) for x, y in widths):
            return b
        return None
    if a.style != "grid" or b.style != "grid":
        return None
    if b.columns < a.columns:
        return _regrid(b, a.edges)
    members = [i]
    while parts[members[-1]].before >= 0:
        members.append(parts[members[-1]].before)
    wider = [_regrid(parts[m].table, b.edges) for m in members]
    if any(w is None for w in wider):
        return None
    for m, table in zip(members, wider, strict=True):
        assert table is not None
        parts[m].table = parts[m].block.table = table
    return b


def _regrid(table: RawTable, edges: list[float]) -> RawTable | None:
    """``table`` in more columns, whose ``edges`` must be near all of its own; None where they are not."""
    shift = edges[0] - table.edges[0]
    places = []
    for edge in table.edges:
        near = min(range(len(edges)), key=lambda k: abs(edges[k] - edge - shift))
        if abs(edges[near] - edge - shift) > 5:
            return None
        places.append(near)
    if len(set(places)) != len(places) or places[-1] != len(edges) - 1:
        return None
    cells = [
        msgspec.structs.replace(
            c, column=places[c.column], columns=places[c.column + c.columns] - places[c.column]
        ) for c in table.cells
    ]  # fmt: skip
    own = [e - shift for e in edges]
    return msgspec.structs.replace(table, columns=len(edges) - 1, edges=own, cells=cells)


class Placing(msgspec.Struct):
    """A part with where its cells stand in the text of its page."""

    part: Part
    spans: list[CellSpan]
    texts: list[str]


def build_table(document: str, number: int, placings: list[Placing], words: Vocabulary) -> Table:
    """Make the record of a table from its parts, in the order of the pages.

    Args:
        document: the document's id.
        number: which table of the document it is, from 1.
        placings: the table's parts.
        words: the vocabulary, to join cells that a page end cuts.
    """
    first = placings[0].part.table
    columns = first.columns
    header_rows: list[list[str]] = []
    rows: list[list[str]] = []
    cells: list[Cell] = []
    for index, placing in enumerate(placings):
        table = placing.part.table
        heads = table.header_rows
        offset = len(rows) - heads
        body = [s for s in placing.spans if s.cell.row >= heads]
        texts = {id(s): t for s, t in zip(placing.spans, placing.texts, strict=True)}
        grid: list[list[str]] = [[""] * columns for _ in range(table.rows)]
        for span in placing.spans:
            for r, c in _places(span.cell, table.rows, columns):
                grid[r][c] = texts[id(span)]
        if index == 0:
            header_rows = grid[:heads]
            for span in placing.spans:
                if span.cell.row < heads:
                    cells += [_cell(span, -1, c, table.page) for r, c in _places(span.cell, heads, columns)
                              if r == span.cell.row]  # fmt: skip
        merged = index > 0 and _cut_row(rows, grid[heads:], body, heads)
        filled = _open_cells(rows, body, heads) if index > 0 and not merged else set()
        if merged:
            offset -= 1
        for span in body:
            for r, c in _places(span.cell, table.rows, columns):
                cells.append(_cell(span, r + offset, c, table.page))
        new = grid[heads:]
        for column, count in filled:
            above = [c for c in cells if c.column == column and c.row == len(rows) - 1 and c.start < c.end]
            for r in range(count):
                new[r][column] = rows[-1][column]
                cells = [c for c in cells if not (c.row == len(rows) + r and c.column == column)]
                cells += [msgspec.structs.replace(c, row=len(rows) + r) for c in above]
        if merged:
            for c in range(columns):
                if new[0][c]:
                    rows[-1][c] = _joined(rows[-1][c], new[0][c], words)
            new = new[1:]
        rows += new
    header = [_several([row[c] for row in header_rows]) for c in range(columns)]
    cells.sort(key=lambda c: (c.row, c.column, c.page, c.start))
    return Table(
        id=f"{document}:t{number}", document=document, pages=sorted({p.part.table.page for p in placings}),
        number=first.number, caption=placings[0].part.caption, header=header, rows=rows, cells=cells,
    )  # fmt: skip


def _places(cell: RawCell, rows: int, columns: int) -> list[tuple[int, int]]:
    return [
        (r, c)
        for r in range(cell.row, min(cell.row + cell.rows, rows))
        for c in range(cell.column, min(cell.column + cell.columns, columns))
    ]


def _cell(span: CellSpan, row: int, column: int, page: int) -> Cell:
    return Cell(
        row=row, column=column, page=page, start=span.start, end=span.end, bbox=span.bbox, bold=span.bold
    )


def _several(texts: list[str]) -> str:
    """The header of a column from its rows; what covers several of them counts once."""
    out: list[str] = []
    for text in texts:
        if text and (not out or out[-1] != text):
            out.append(text)
    return " ".join(out)


def _cut_row(rows: list[list[str]], grid: list[list[str]], body: list[CellSpan], heads: int) -> bool:
    """Say whether a page end cuts a row in two: the first cell is empty, another one goes on."""
    if not rows or not grid or not rows[-1][0] or grid[0][0] or not any(grid[0]):
        return False
    first = next((s.cell for s in body if s.cell.row == heads and s.cell.column == 0), None)
    if first is None or first.rows > 1:
        return False
    going = [c for c, text in enumerate(grid[0]) if text]
    return all(rows[-1][c] and not _ENDED.search(rows[-1][c]) for c in going) or (
        len(going) == 1 and len(grid[0]) == 2 and rows[-1][going[0]] != ""
    )


def _open_cells(rows: list[list[str]], body: list[CellSpan], heads: int) -> set[tuple[int, int]]:
    """Merged cells that a page end cuts: (column, rows on the new page) of empty ones at its top."""
    if not rows:
        return set()
    out = set()
    for span in body:
        cell = span.cell
        if cell.row == heads and cell.rows > 1 and span.start == span.end and cell.columns == 1:
            out.add((cell.column, cell.rows))
    return out


def _joined(left: str, right: str, words: Vocabulary) -> str:
    if not left:
        return right
    drop, between = join_lines(left, right, words)
    return left[: len(left) - drop] + between + right
