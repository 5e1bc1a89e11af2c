"""What the steps of the PDF parser hand to each other.

All coordinates are PDF points from the top left of the page as displayed. Text that runs in
another direction (rotated, or vertical Chinese) is laid out in a turned copy of that system, in
which its lines run from left to right and follow each other downwards; the boxes of its glyphs
(``Word.boxes``) always stay in the displayed system.
"""

from array import array
from typing import NamedTuple

import msgspec

from pipeline.records import BlockKind, Box


class Glyph(NamedTuple):
    """One code point as drawn; what a faster engine would have to deliver."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    """Height of the baseline; a rise (superscript) is part of it."""
    size: float
    font: str
    bold: bool
    turn: int
    """Degrees that the reading direction is turned counter-clockwise: 0, 90, 180, 270; 1: skewed."""


class Rule(NamedTuple):
    """A straight horizontal (``top`` is ``bottom``) or vertical line."""

    x0: float
    top: float
    x1: float
    bottom: float


class Word(msgspec.Struct, gc=False, array_like=True):
    """Glyphs of one style that follow each other without a gap.

    ``boxes`` is an ``array('f')`` of four numbers a code point, displayed coordinates; the other
    coordinates are those of the layout. ``kind`` is ``text``, ``note`` (a raised note mark) or
    ``raised`` (a raised or lowered part of a word, such as an exponent).
    """

    text: str
    boxes: bytes
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    size: float
    font: str
    bold: bool
    space_before: str = ""
    space_after: str = ""
    kind: str = "text"


class Line(msgspec.Struct, array_like=True):
    """Words on one baseline that belong together, in reading order."""

    words: list[Word]
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    size: float
    font: str
    bold: bool
    spaces: list[str] | None = None
    """What comes before each word; None until asked for (``lines.line_spaces``)."""
    text: str | None = None
    """The text without note marks; None until asked for (``lines.line_text``)."""


class RawCell(msgspec.Struct, array_like=True):
    """A cell of a table on one page; ``rows`` and ``columns`` count what it covers."""

    row: int
    column: int
    rows: int
    columns: int
    box: Box
    lines: list[Line]


class RawTable(msgspec.Struct, array_like=True):
    """A table, or the part of one that stands on one page."""

    page: int
    box: Box
    rows: int
    columns: int
    cells: list[RawCell]
    header_rows: int
    edges: list[float]
    """The x coordinates of the columns' borders, one more than there are columns."""
    style: str
    """``grid`` (rules both ways), ``rules`` (horizontal rules or stripes), ``open`` (none)."""
    caption: list[Line] = []
    number: str | None = None


class RawPage(msgspec.Struct, array_like=True):
    """A page as read: words and drawings, nothing decided yet."""

    number: int
    width: float
    height: float
    words: list[Word]
    turned: list[list[Word]]
    """Words of the directions that are not the page's main one, one list a direction."""
    horizontal: list[Rule]
    vertical: list[Rule]
    fills: list[Box]
    """Coloured rectangles."""
    frames: list[Box]
    """Stroked rectangles."""
    drawings: list[Box]
    """Boxes of curves, slanted lines and images: where figures are."""
    images: bool
    unmapped: int
    """How many glyphs have no Unicode value."""
    turn: int = 0
    """The direction in which the page's main text runs (see ``Glyph.turn``)."""


class Draft(msgspec.Struct, array_like=True):
    """A block before its text is composed: what it is and the lines (or the table) in it."""

    kind: BlockKind
    lines: list[Line]
    box: Box
    column: int = 0
    level: int | None = None
    table: RawTable | None = None
    body: bool = False
    """Running text, which may go on over columns and pages."""


class Style(msgspec.Struct):
    """How a document sets its running text."""

    size: float
    font: str
    pitches: dict[float, float]
    """The usual distance of baselines, by size of type (rounded to half points)."""


def layout_size(page: RawPage) -> tuple[float, float]:
    """Width and height of the system that ``page`` is laid out in."""
    return (page.height, page.width) if page.turn in (90, 270) else (page.width, page.height)


def union(boxes: list[Box]) -> Box:
    """The smallest rectangle around ``boxes`` (at least one)."""
    return (
        min(b[0] for b in boxes), min(b[1] for b in boxes),
        max(b[2] for b in boxes), max(b[3] for b in boxes),
    )  # fmt: skip


def displayed(words: list[Word]) -> Box | None:
    """The rectangle around the glyphs of ``words`` in displayed coordinates; None for no words."""
    values = array("f", b"".join([word.boxes for word in words]))
    if not values:
        return None
    return (
        round(min(values[0::4]), 1), round(min(values[1::4]), 1),
        round(max(values[2::4]), 1), round(max(values[3::4]), 1),
    )  # fmt: skip
