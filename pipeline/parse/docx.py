"""A Word document becomes one page: headings, paragraphs, items, tables, footnotes; changes accepted."""

import re
from xml.etree.ElementTree import Element

from pipeline.parse.content import Content, GridCell, Writer
from pipeline.parse.docx_numbers import Numbering
from pipeline.parse.docx_runs import Runs
from pipeline.parse.docx_styles import Styles, W, attribute, flag, integer
from pipeline.parse.errors import ParseError
from pipeline.parse.grids import header_rows
from pipeline.parse.packages import Package, core_properties
from pipeline.records import BlockKind

_TRANSPARENT = frozenset(
    f"{W}{name}"
    for name in ("sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml", "hyperlink", "subDoc", "body")
)
_POOR_TITLE = re.compile(
    r"(?:untitled|无标题|标题|文档\s*\d*|document\s*\d*|microsoft word.*|.*\.(?:docx?|wps|pdf)|word document|\W*)",
    re.I,
)


def parse_docx(data: bytes, document: str) -> Content:
    """Parse a Word document (.docx).

    Tracked insertions are kept and deletions dropped, as if all changes had been accepted. Footnotes and
    endnotes follow at the end, their marks are the page's notes. Comments and hidden text are left out.

    Args:
        data: the file.
        document: the document's id.

    Raises:
        ParseError: ``damaged``, ``encrypted``, ``wrong_format`` or ``limit``.
    """
    package = Package(data, "Word document")
    name = next((n for n in package.names if re.fullmatch(r"word/document\d*\.xml", n)), None)
    root = package.xml(name) if name else None
    if root is None:
        parts = {n.partition("/")[0] for n in package.names}
        other = "an Excel workbook" if "xl" in parts else "a presentation" if "ppt" in parts else None
        raise ParseError(
            "wrong_format",
            f"not a Word document: its content is {other}"
            if other
            else "not a Word document: it has no text part",
        )
    writer = Writer(document)
    styles = Styles(package.xml("word/styles.xml"))
    body = _Body(writer, styles, Numbering(package.xml("word/numbering.xml"), styles))
    for kind, label in _furniture(package, styles):
        if kind == "header":
            writer.add_furniture("header", label)
    for story in root:
        if story.tag == f"{W}body":
            body.run(story)
    for part, item in (("footnotes", "footnote"), ("endnotes", "endnote")):
        notes = package.xml(f"word/{part}.xml")
        if notes is not None:
            body.notes(notes, item)
    for kind, label in _furniture(package, styles):
        if kind == "footer":
            writer.add_furniture("footer", label)
    properties = core_properties(package)
    title = properties.get("title", "")
    page = writer.finish()
    return Content(
        pages=[page], tables=writer.tables,
        title=body.title or (None if _POOR_TITLE.fullmatch(title) else title or None),
    )  # fmt: skip


class _Body:
    """Writes paragraphs and tables in document order."""

    def __init__(self, writer: Writer, styles: Styles, numbering: Numbering) -> None:
        self._writer = writer
        self._styles = styles
        self._numbering = numbering
        self._marks: dict[str, str] = {}
        self.title: str | None = None
        """The paragraph in the style ``Title``, else the first heading."""
        self._titled = False

    def run(self, story: Element) -> None:
        """Write the blocks under an element."""
        for child in story:
            if child.tag == f"{W}p":
                self._paragraph(child)
            elif child.tag == f"{W}tbl":
                self._table(child)
            elif child.tag in _TRANSPARENT:
                self.run(child)

    def notes(self, root: Element, item: str) -> None:
        """Write the footnotes or endnotes that the text refers to, in the order of their marks."""
        found = {
            attribute(n, "id"): n
            for n in root
            if n.tag == f"{W}{item}" and attribute(n, "type") in (None, "normal")
        }
        for key, label in list(self._marks.items()):
            kind, _, number = key.partition(":")
            note = found.get(number) if kind == item else None
            if note is not None:
                texts = [self._runs(p).text.strip() for p in note.iter(f"{W}p")]
                text = " ".join(filter(None, texts))
                if text:
                    self._writer.add("footnote", f"{label} {text}")

    def _runs(self, paragraph: Element) -> Runs:
        return Runs(paragraph, self._styles, self._marks)

    def _paragraph(self, paragraph: Element) -> None:
        runs = self._runs(paragraph)
        text = runs.text
        if not text.strip():
            for box in runs.boxes:
                self.run(box)
            return
        properties = paragraph.find(f"{W}pPr")
        style = self._styles.of_paragraph(properties)
        level = self._styles.level(properties)
        mark = self._numbering.mark(properties)
        kind: BlockKind = "paragraph"
        if level is not None or style == "title":
            kind = "heading"
        elif style == "caption":
            kind = "caption"
        elif mark is not None:
            kind = "list_item"
        lead = ""
        if mark and not text.lstrip().startswith(mark.strip()):
            lead = mark if mark.endswith(("、", "）", ")", "　", " ")) else mark + " "
        stripped = len(text) - len(text.lstrip())
        text = lead + text.lstrip()
        shift = len(lead) - stripped
        notes = [(at + shift, label) for at, label in runs.notes]
        bold = [(max(0, s + shift), e + shift) for s, e in runs.bold]
        self._writer.add(kind, text, level=1 if style == "title" else level, notes=notes, bold=bold)
        whole = " ".join(text.split())
        if style == "title" and not self._titled:
            self.title, self._titled = whole, True
        elif kind == "heading" and self.title is None:
            self.title = whole
        for box in runs.boxes:
            self.run(box)

    def _table(self, table: Element) -> None:
        rows = [r for r in _children(table, "tr") if not _gone(r)]
        if not rows:
            return
        grid: list[GridCell] = []
        open_: dict[int, int] = {}  # grid column -> index of the cell that is merged downwards there
        heads = 0
        for index, row in enumerate(rows):
            properties = row.find(f"{W}trPr")
            column = 0
            if properties is not None:
                before = properties.find(f"{W}gridBefore")
                column = min(integer(attribute(before, "val")), 100) if before is not None else 0
                if flag(properties, "tblHeader") and index == heads:
                    heads += 1
            for cell in _children(row, "tc"):
                column = self._cell(cell, index, column, grid, open_)
        if len(grid) == 1 or (len(rows) == 1 and max((len(c.text) for c in grid), default=0) > 600):
            for row in rows:  # a frame around text, not a table
                for cell in _children(row, "tc"):
                    self.run(cell)
            return
        if not 0 < heads < len(rows):
            heads = header_rows(grid)
        self._writer.add_table(grid, header_rows=heads)

    def _cell(self, cell: Element, row: int, column: int, grid: list[GridCell], open_: dict[int, int]) -> int:
        """Place a cell, with the text of tables inside it; return the next column."""
        properties = cell.find(f"{W}tcPr")
        span, merge = 1, None
        if properties is not None:
            wide = properties.find(f"{W}gridSpan")
            span = max(1, min(integer(attribute(wide, "val")), 200)) if wide is not None else 1
            down = properties.find(f"{W}vMerge")
            merge = None if down is None else attribute(down, "val") or "continue"
        if merge == "continue" and column in open_:
            above = grid[open_[column]]
            grid[open_[column]] = GridCell(
                row=above.row, column=above.column, text=above.text, rows=row - above.row + 1, columns=above.columns,
                bold=above.bold, notes=above.notes,
            )  # fmt: skip
            return column + above.columns
        parts: list[str] = []
        notes: list[tuple[int, str]] = []
        bold = True
        for paragraph in cell.iter(f"{W}p"):
            runs = self._runs(paragraph)
            text = " ".join(runs.text.split())
            if text:
                at = len(" ".join(parts)) + (1 if parts else 0)
                notes += [(min(at + offset, at + len(text)), label) for offset, label in runs.notes]
                parts.append(text)
                bold = bold and runs.all_bold
        for c in range(column, column + span):
            open_.pop(c, None)
        if merge == "restart":
            open_[column] = len(grid)
        grid.append(
            GridCell(
                row=row,
                column=column,
                text=" ".join(parts),
                columns=span,
                bold=bold and bool(parts),
                notes=notes,
            )
        )
        return column + span


def _children(element: Element, name: str) -> list[Element]:
    """Return the child elements of a name, looking through content controls."""
    found: list[Element] = []
    for child in element:
        if child.tag == f"{W}{name}":
            found.append(child)
        elif child.tag in _TRANSPARENT:
            found += _children(child, name)
    return found


def _gone(row: Element) -> bool:
    """Say whether a table row was deleted with changes tracked."""
    properties = row.find(f"{W}trPr")
    return properties is not None and properties.find(f"{W}del") is not None


def _furniture(package: Package, styles: Styles) -> list[tuple[str, str]]:
    """Return the texts of headers and footers, each once."""
    found: list[tuple[str, str]] = []
    for name in package.names:
        match = re.fullmatch(r"word/(header|footer)\d*\.xml", name)
        if match is None:
            continue
        try:
            root = package.xml(name)
        except ParseError:
            continue
        if root is not None:
            text = " ".join(
                filter(None, (" ".join(Runs(p, styles, {}).text.split()) for p in root.iter(f"{W}p")))
            )
            if text and (match.group(1), text) not in found:
                found.append((match.group(1), text))
    return found
