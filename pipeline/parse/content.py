"""What a format's parser returns, and the writer that layout-less formats compose their one page with."""

from collections.abc import Sequence

from pipeline.parse.numbering import caption_number, is_caption, numbered
from pipeline.records import Block, BlockKind, Cell, Note, Page, ParsedPage, Record, Table, Warning

MOST_CELLS = 2_000_000
"""Places of a document's tables that are kept; merged cells count for every place they cover."""


class Content(Record, frozen=True, kw_only=True):
    """What a format's parser returns.

    ``title``, ``date``, ``number`` and ``issuers`` are what the file itself says of them apart from
    its text (metadata); what the text says is read by ``notice.read_notice``.
    """

    pages: list[ParsedPage]
    tables: list[Table] = []
    title: str | None = None
    date: str | None = None
    number: str | None = None
    issuers: list[str] = []
    warnings: list[Warning] = []


class GridCell(Record, frozen=True, kw_only=True):
    """A cell of a table before its text has a place; ``rows`` and ``columns`` count what it covers."""

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1
    bold: bool = False
    notes: list[tuple[int, str]] = []
    """Note marks ``(offset in the cell's text, label)``."""


class Writer:
    """Composes the page of a document without layout: blocks a line each, tables a line a row.

    Args:
        document: the document's id.
        page: the page's number.
    """

    def __init__(self, document: str, page: int = 1) -> None:
        self._document = document
        self._number = page
        self._parts: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._notes: list[Note] = []
        self._bold: list[tuple[int, int]] = []
        self.tables: list[Table] = []

    def add(
        self,
        kind: BlockKind,
        text: str,
        *,
        level: int | None = None,
        notes: Sequence[tuple[int, str]] = (),
        bold: Sequence[tuple[int, int]] = (),
    ) -> None:
        """Add a block; a paragraph whose numbering makes it a heading or an item becomes one.

        Args:
            kind: what the format says that it is.
            text: its text, in one or more lines; an empty one adds nothing.
            level: of a heading, from 1.
            notes: note marks ``(offset in text, label)``.
            bold: stretches of ``text`` set in bold.
        """
        lead = len(text) - len(text.lstrip())
        text = text.strip()
        if not text:
            return
        if kind == "paragraph":
            kind, level = ("caption", None) if is_caption(text) else numbered(text) or (kind, level)
        start = self._open()
        self._write(text)
        self._blocks.append(Block(kind=kind, start=start, end=self._length, bbox=None, level=level))
        self._notes += [
            Note(at=start + min(max(at - lead, 0), len(text)), label=label, bbox=None) for at, label in notes
        ]
        for first, last in bold:
            first, last = max(first - lead, 0), min(last - lead, len(text))
            if first < last:
                self._bold.append((start + first, start + last))

    def add_furniture(self, kind: BlockKind, text: str) -> None:
        """Add a running header or footer: no part of the text."""
        if text.strip():
            self._blocks.append(Block(kind=kind, bbox=None, text=text.strip()))

    def add_table(self, cells: Sequence[GridCell], *, header_rows: int, caption: str = "") -> None:
        """Add a table, a line a row and a TAB between cells; a merged cell's text stands in its first place.

        Args:
            cells: the cells, none overlapping another.
            header_rows: how many rows at the top are the header.
            caption: the whole caption, which is a block of its own; by default a caption right before.
        """
        if not any(c.text for c in cells):
            return
        height = max(c.row + c.rows for c in cells)
        width = max(c.column + c.columns for c in cells)
        if height * width + sum(len(t.rows) * len(t.header) for t in self.tables) > MOST_CELLS:
            return
        at = {(c.row, c.column): c for c in cells}
        grid = [[""] * width for _ in range(height)]
        places: list[Cell] = []
        if not caption and self._blocks and self._blocks[-1].kind == "caption":
            caption = self._parts[-1]
        begin = self._open()
        for row in range(height):
            if row:
                self._write("\n")
            for column in range(width):
                if column:
                    self._write("\t")
                cell = at.get((row, column))
                if cell is None:
                    continue
                start = self._length
                self._write(" ".join(cell.text.split()))
                self._notes += [
                    Note(at=start + offset, label=label, bbox=None) for offset, label in cell.notes
                ]
                if cell.bold and cell.text:
                    self._bold.append((start, self._length))
                for r in range(cell.row, cell.row + cell.rows):
                    for c in range(cell.column, cell.column + cell.columns):
                        grid[r][c] = " ".join(cell.text.split())
                        if r >= header_rows or r == cell.row:
                            places.append(
                                Cell(
                                    row=max(r - header_rows, -1), column=c, page=self._number,
                                    start=start, end=self._length, bbox=None, bold=cell.bold,
                                )
                            )  # fmt: skip
        self._blocks.append(Block(kind="table", start=begin, end=self._length, bbox=None))
        places.sort(key=lambda c: (c.row, c.column, c.start))
        self.tables.append(
            Table(
                id=f"{self._document}:t{len(self.tables) + 1}", document=self._document, pages=[self._number],
                number=caption_number(caption), caption=caption,
                header=[_united([grid[r][c] for r in range(header_rows)]) for c in range(width)],
                rows=grid[header_rows:], cells=places,
            )
        )  # fmt: skip

    def finish(self) -> ParsedPage:
        """Return the page, complete."""
        page = Page(
            document=self._document, page=self._number, width=None, height=None, text="".join(self._parts),
            blocks=self._blocks, notes=sorted(self._notes, key=lambda n: n.at),
        )  # fmt: skip
        return ParsedPage(page=page, glyphs=None, runs_on=False, bold=self._bold)

    def _open(self) -> int:
        """Begin a block on a line of its own and return its offset."""
        if self._parts:
            self._write("\n")
        return self._length

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)


def _united(texts: Sequence[str]) -> str:
    """Return a column's header from its rows; what covers several of them counts once."""
    kept: list[str] = []
    for text in texts:
        if text and (not kept or kept[-1] != text):
            kept.append(text)
    return " ".join(kept)
