"""Rectangles of stretches of text, from the place of every glyph."""

import math
from array import array
from collections.abc import Sequence

from pipeline.records import Box, Glyphs

Placed = tuple[float, float, float, float] | None


def pack(boxes: Sequence[Placed], lines: Sequence[int]) -> Glyphs:
    """Pack one box (or None) and one printed-line number a code point into a record."""
    numbers = array("f")
    for box in boxes:
        numbers.extend(box if box is not None else (math.nan,) * 4)
    return Glyphs(boxes=numbers.tobytes(), lines=array("i", lines).tobytes())


def rectangles(
    glyphs: Glyphs | None, start: int, end: int, width: float | None = None, height: float | None = None
) -> list[Box]:
    """Return one rectangle a printed line around ``text[start:end]``, in points, one decimal.

    Rectangles are ``(x0, top, x1, bottom)`` from the top left of the displayed page, clipped to it when
    its width and height are given; none without layout.
    """
    if glyphs is None:
        return []
    numbers = array("f")
    numbers.frombytes(glyphs.boxes[start * 16 : end * 16])
    lines = array("i")
    lines.frombytes(glyphs.lines[start * 4 : end * 4])
    found: dict[int, list[float]] = {}
    if lines and lines[0] >= 0 and lines.count(lines[0]) == len(lines) and not math.isnan(sum(numbers)):
        left, high, far, low = (numbers[side::4] for side in range(4))
        found[lines[0]] = [min(left), min(high), max(far), max(low)]
        lines = lines[:0]
    for index, line in enumerate(lines):
        x0, top, x1, bottom = numbers[index * 4 : index * 4 + 4]
        if line < 0 or math.isnan(x0):
            continue
        box = found.setdefault(line, [x0, top, x1, bottom])
        box[0], box[1] = min(box[0], x0), min(box[1], top)
        box[2], box[3] = max(box[2], x1), max(box[3], bottom)
    right = math.inf if width is None else width
    lower = math.inf if height is None else height
    return [
        (_within(x0, right), _within(top, lower), _within(x1, right), _within(bottom, lower))
        for x0, top, x1, bottom in found.values()
    ]


def _within(value: float, most: float) -> float:
    return round(min(max(value, 0.0), most), 1) + 0.0  # never -0.0
