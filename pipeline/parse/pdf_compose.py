"""Blocks become ``page.text``, with the place of every glyph, note and table cell."""

import math
from array import array

import msgspec
import numpy as np

from pipeline.parse.hyphens import Vocabulary, join_lines
from pipeline.parse.lines import CLOSING, line_spaces, line_text
from pipeline.parse.pdf_chars import Column
from pipeline.parse.pdf_model import Draft, Line, RawCell, RawPage, RawTable, displayed
from pipeline.parse.pdf_words import note_labels
from pipeline.records import Block, BlockKind, Box, Glyphs, Note, Page, ParsedPage

_NOWHERE = array("f", [math.nan] * 4).tobytes()


class CellSpan(msgspec.Struct):
    """Where a cell's text stands in its page's text."""

    cell: RawCell
    start: int
    end: int
    bbox: Box
    bold: bool


class Composer:
    """Writes the text of one page; every code point gets its box and its printed line."""

    def __init__(self, page: RawPage, words: Vocabulary) -> None:
        self._page = page
        self._words = words
        self._text: list[str] = []
        self._boxes = array("f")
        self._lines = array("i")
        self._printed = -1
        self._bold: list[tuple[int, int]] = []
        self._notes: list[Note] = []
        self._blocks: list[Block] = []
        self.tables: list[tuple[RawTable, list[CellSpan]]] = []

    def add(self, draft: Draft) -> None:
        """Add a block at the end of the page."""
        if self._text:
            self._put("\n")
        start = len(self._text)
        if draft.table is not None:
            self._table(draft.table)
        else:
            self._paragraph(draft.lines)
        end = len(self._text)
        if end == start:
            if start:
                self._pop()
            return
        words = [w for line in draft.lines for w in line.words]
        bbox = self._on_page(displayed(words) if draft.table is None else shown_box(draft.box, self._page))
        self._blocks.append(Block(kind=draft.kind, start=start, end=end, bbox=bbox, level=draft.level))

    def add_furniture(self, kind: str, line: Line) -> None:
        """Add a header or footer: its words are no part of the text."""
        text = line_text(line)
        if text:
            block_kind: BlockKind = "header" if kind == "header" else "footer"
            self._blocks.append(Block(kind=block_kind, bbox=self._on_page(displayed(line.words)), text=text))

    def finish(self, document: str, runs_on: bool) -> ParsedPage:
        """The page, complete."""
        page = self._page
        record = Page(
            document=document, page=page.number, width=round(page.width, 1), height=round(page.height, 1),
            text="".join(self._text), blocks=self._blocks, notes=sorted(self._notes, key=lambda n: n.at),
        )  # fmt: skip
        glyphs = Glyphs(boxes=self._cut(), lines=self._lines.tobytes())
        return ParsedPage(page=record, glyphs=glyphs, runs_on=runs_on, bold=self._bold)

    def _cut(self) -> bytes:
        """The glyphs' boxes; what is drawn over the page's edge is cut off."""
        boxes: Column = np.array(self._boxes, np.float32).reshape(-1, 4)
        limits = np.array([self._page.width, self._page.height] * 2)
        with np.errstate(invalid="ignore"):
            low, high = boxes < 0, boxes > limits
        boxes[low] = 0.0
        if high.any():
            boxes = np.where(high, limits, boxes).astype(np.float32)
        return boxes.tobytes()

    def _put(self, char: str) -> None:
        """Write a character that is not drawn: it has no place."""
        self._text.append(char)
        self._boxes.frombytes(_NOWHERE)
        self._lines.append(-1)

    def _pop(self) -> None:
        self._text.pop()
        del self._boxes[-4:]
        self._lines.pop()
        at = len(self._text)
        if self._bold and self._bold[-1][1] > at:
            start, _ = self._bold.pop()
            if start < at:
                self._bold.append((start, at))

    def _paragraph(self, lines: list[Line]) -> None:
        """Write printed lines one after another, joined as running text."""
        start = len(self._text)
        for line in lines:
            text = line_text(line)
            if text and len(self._text) > start:
                left = "".join(self._text[max(start, len(self._text) - 120) :])
                drop, between = join_lines(left, text, self._words)
                for _ in range(drop):
                    self._pop()
                if between:
                    self._put(between)
            self._line(line)

    def _line(self, line: Line) -> None:
        self._printed += 1
        printed, written, boxes, lines = self._printed, self._text, self._boxes, self._lines
        pending, begun = "", False
        for word, space in zip(line.words, line_spaces(line), strict=True):
            if word.kind == "note":
                pending = pending or (space if begun else "")
                bbox = self._on_page(displayed([word]))
                for label in note_labels(word.text):
                    self._notes.append(Note(at=len(self._text), label=label, bbox=bbox))
                continue
            if begun:
                # A note mark may stand between a word and its comma.
                gap = "" if pending and not space and word.text[0] in CLOSING else pending or space
                if gap:
                    self._put(gap)
            start = len(written)
            written.extend(word.text)
            boxes.frombytes(word.boxes)
            lines.extend([printed] * len(word.text))
            if word.bold:
                self._embolden(start)
            pending, begun = "", True

    def _embolden(self, start: int) -> None:
        """Note that what was written since ``start`` is bold."""
        if self._bold and start - self._bold[-1][1] <= 1:
            start = self._bold.pop()[0]
        self._bold.append((start, len(self._text)))

    def _table(self, table: RawTable) -> None:
        """Write a table, a line a row; a merged cell's text stands in its first place only."""
        spans: list[CellSpan] = []
        at = {(cell.row, cell.column): cell for cell in table.cells}
        for row in range(table.rows):
            if row:
                self._put("\n")
            for column in range(table.columns):
                if column:
                    self._put("\t")
                cell = at.get((row, column))
                if cell is None:
                    continue
                start = len(self._text)
                self._paragraph(cell.lines)
                words = [w for line in cell.lines for w in line.words if w.kind != "note"]
                spans.append(
                    CellSpan(
                        cell=cell, start=start, end=len(self._text),
                        bbox=self._clipped(shown_box(cell.box, self._page)),
                        bold=bool(words) and all(w.bold for w in words),
                    )
                )  # fmt: skip
        self.tables.append((table, spans))

    def _on_page(self, box: Box | None) -> Box | None:
        return None if box is None else self._clipped(box)

    def _clipped(self, box: Box) -> Box:
        """The part of a displayed rectangle that lies on the page; glyphs may be drawn over its edge."""
        right, low = self._page.width, self._page.height
        x0, top, x1, bottom = box
        return (
            round(min(max(x0, 0.0), right), 1), round(min(max(top, 0.0), low), 1),
            round(min(max(x1, 0.0), right), 1), round(min(max(bottom, 0.0), low), 1),
        )  # fmt: skip

    def slice(self, start: int, end: int) -> str:
        """A part of the text written so far."""
        return "".join(self._text[start:end])


def shown_box(box: Box, page: RawPage) -> Box:
    """A rectangle of the layout in displayed coordinates."""
    x0, top, x1, bottom = box
    if page.turn == 90:
        return top, page.height - x1, bottom, page.height - x0
    if page.turn == 270:
        return page.width - bottom, x0, page.width - top, x1
    if page.turn == 180:
        return page.width - x1, page.height - bottom, page.width - x0, page.height - top
    return box
