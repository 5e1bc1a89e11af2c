"""Captions of tables and figures: which lines they are, and the number that they give."""

import re
from collections.abc import Sequence

import msgspec

from pipeline.parse.lines import gaps, line_text, make_line
from pipeline.parse.pdf_model import Line, union
from pipeline.records import Box

_NUMBER = r"(?P<number>(?:[A-Z]{1,2}[-–.]?)?\d+(?:[-–.]\d+)*[a-z]?(?![.\d]?\d)(?!\s*[。，；,;])|[一二三四五六七八九十]{1,3}|[IVX]{1,5})"
_CAPTION = re.compile(
    r"(?P<word>Table|TABLE|Tab\.|Figure|FIGURE|Fig\.|FIG\.|Chart|CHART|Exhibit|Box|BOX|附表|续表|图表|表|附图|图)"
    rf"\s*{_NUMBER}(?P<after>\s*[:：.．、|—–-]|\s+|$|(?=[\u4e00-\u9fff（(]))"
)
# ``title of the table ......... 表 1.4.4``: the number stands at the right.
_NUMBER_LAST = re.compile(rf"\S.*?\s{{1,}}(?P<word>Table|表)\s*{_NUMBER}\s*$")
_BARE = re.compile(rf"(?:Table|表)\s*{_NUMBER}\s*")
SOURCE = re.compile(
    r"\s*(?:sources?|notes?|data sources?|资料来源|数据来源|来源|注释?|备注|说明|\*)\s*[:：]", re.I
)


class Caption(msgspec.Struct):
    """A caption: its lines, whether it names a table, and the number without its word."""

    lines: list[Line]
    table: bool
    number: str
    box: Box


def parse_caption(text: str) -> tuple[bool, str] | None:
    """Whether a caption names a table, and its number; None when the text begins like no caption.

    >>> parse_caption("Table 3-2: Plans"), parse_caption("图2 国家队"), parse_caption("Tables show")
    ((True, '3-2'), (False, '2'), None)
    """
    match = _CAPTION.match(text)
    if match is None:
        return None
    return match["word"].casefold().rstrip(".") in ("table", "tab", "附表", "续表", "表"), match["number"]


def find_captions(
    lines: Sequence[Line], body: tuple[float, str], tables: Sequence[Box], shapes: Sequence[Box]
) -> list[Caption]:
    """The captions among the lines of a page.

    A line of running text may begin with ``Table 2 shows``: a caption is set in another style than
    the text, or stands apart, next to a table or a figure.

    Args:
        lines: the page's lines from top to bottom, without those of tables.
        body: size and font of the document's running text.
        tables, shapes: the boxes of tables found so far, and of drawings.
    """
    captions: list[Caption] = []
    used: set[int] = set()
    for i, line in enumerate(lines):
        if i in used:
            continue
        text = line_text(line)
        parsed = parse_caption(text)
        if parsed is not None and _BARE.fullmatch(text) and _touches(line, tables, 14):
            # The title stands at the left or in the middle, the number at the right end of the line.
            beside = [
                j for j, o in enumerate(lines)
                if j != i and j not in used and abs(o.base - line.base) < 0.4 * line.size and o.x1 < line.x0
            ]  # fmt: skip
            if beside:
                used.update([i, *beside])
                whole = make_line([w for j in [*beside, i] for w in lines[j].words])
                box = (whole.x0, whole.top, whole.x1, whole.bottom)
                captions.append(Caption(lines=[whole], table=parsed[0], number=parsed[1], box=box))
                continue
        if parsed is None:
            last = _NUMBER_LAST.fullmatch(text)
            if last is None or len(text) > 60 or not _touches(line, tables, 14):
                continue
            parsed = (True, last["number"])
        styled = line.bold or abs(line.size - body[0]) > 0.04 * body[0] or line.font != body[1]
        match = _CAPTION.match(text)
        marked = match is not None and match["after"].strip() != ""
        if not (
            _touches(line, tables, 30)
            or (styled and _apart(lines, i))
            or (marked and len(text) < 90 and _touches(line, shapes, 40) and _apart(lines, i))
        ):
            continue
        if not styled and not marked and text.rstrip()[-1:] in ".。,，;；" and len(text) > 40:
            continue
        group = [i]
        for j in range(i + 1, len(lines)):
            below, last_line = lines[j], lines[group[-1]]
            if below.x0 > last_line.x1 or below.x1 < line.x0:
                continue
            if not _goes_on(line, last_line, below) or parse_caption(line_text(below)):
                break
            if _has_neighbour(lines, below) and not _has_neighbour(lines, line):
                break
            group.append(j)
        used.update(group)
        members = [lines[k] for k in group]
        box = union([(m.x0, m.top, m.x1, m.bottom) for m in members])
        captions.append(Caption(lines=members, table=parsed[0], number=parsed[1], box=box))
    return captions


def _goes_on(first: Line, last: Line, below: Line) -> bool:
    """Say whether ``below`` is a further line of the caption that ``first`` begins."""
    same = abs(below.size - first.size) < 0.2 and below.bold == first.bold and below.font == first.font
    # A header row below has gaps between its columns.
    if gaps(below, 1.2 * below.size):
        return False
    return (
        same and 0 < below.base - last.base < 1.6 * first.size
        and abs(below.x0 - first.x0) < 40 and last.x1 - last.x0 > 0.5 * (below.x1 - below.x0)
    )  # fmt: skip


def _has_neighbour(lines: Sequence[Line], line: Line) -> bool:
    """Say whether text of the same style stands to the right of a line: a header's next column."""
    return any(
        o is not line
        and abs(o.base - line.base) < 0.3 * line.size
        and o.x0 > line.x1
        and abs(o.size - line.size) < 0.2
        and o.bold == line.bold
        for o in lines
    )


def _apart(lines: Sequence[Line], i: int) -> bool:
    """Say whether more space than usual, or another style, is above a line."""
    line = lines[i]
    for above in reversed(lines[:i]):
        if above.x0 < line.x1 and line.x0 < above.x1:
            other = abs(above.size - line.size) > 0.2 or above.bold != line.bold or above.font != line.font
            return other or line.base - above.base > 1.5 * line.size
    return True


def _touches(line: Line, boxes: Sequence[Box], distance: float) -> bool:
    """Say whether a box begins or ends within ``distance`` points of a line, above or below it."""
    return any(
        line.x0 < b[2] and b[0] < line.x1
        and (-4 <= b[1] - line.bottom <= distance or -4 <= line.top - b[3] <= distance)
        for b in boxes
    )  # fmt: skip
