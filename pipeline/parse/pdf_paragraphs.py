"""Lines in reading order become paragraphs, headings, list items and footnotes."""

import re
from collections.abc import Sequence

from pipeline.normal import is_han
from pipeline.parse.lines import line_text
from pipeline.parse.pdf_model import Draft, Line, Style, union
from pipeline.parse.pdf_order import Placed
from pipeline.parse.pdf_style import pitch_of
from pipeline.records import Box

_BULLET = "•·▪▫●○◦■□◆◇➢❖✓‣⁃∙"
_ITEM = re.compile(
    rf"[{_BULLET}]\s*\S?|[-–—*]\s+\S|\(?\d{{1,3}}[.)](?!\d)\s*\S|[（(]\d{{1,3}}[)）]\s*\S|[（(][一二三四五六七八九十百]{{1,4}}[)）]"
    r"|[一二三四五六七八九十百]{1,4}、|\d{1,3}[、．]\s*\S|[①-⑳]|第[一二三四五六七八九十百零〇\d]{1,6}[章节条款编]\s?"
    r"|[(（]?[a-zA-Zivx]{1,4}[)）]\s+\S"
)
_NUMBERED_HEADING = re.compile(
    r"第[一二三四五六七八九十百零〇\d]{1,6}[章节编部]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）]|\d{1,2}(?:\.\d{1,2})*[.、．]?\s*\D"
    r"|(?:chapter|section|appendix|part|annex)\b|附[件录]",
    re.I,
)
_SENTENCE_END = re.compile(r"[.!?。！？；;:：…]['\"”’»)）》」』\]】]*$")
_LEADER = re.compile(r"(?:\.{4,}|…{2,}|(?:\. ){4,}|·{4,}|(?:… ?){2,})\s*[\divxIVX\-–—]*\s*$")
_FOOTNOTE = re.compile(r"(?:\d{1,3}|[*†‡§＊※①-⑳]|\[\d{1,3}\]|注\s*\d*[:：.])")
_NO_END = re.compile(r"[,，、;；.。]$")


class _Edges:
    """How far to the left and right the lines around a line reach."""

    def __init__(self, placed: Sequence[Placed], obstacles: Sequence[Box]) -> None:
        keys = []
        for item in placed:
            line = item.line
            beside = tuple(
                k for k, b in enumerate(obstacles)
                # Text keeps clear of a figure for a little more than its height.
                if min(b[3], line.bottom) - max(b[1], line.top) > -1.3 * line.size
                and (b[0] >= line.x1 - 1 or b[2] <= line.x0 + 1)
            )  # fmt: skip
            keys.append((item.column, beside))
        self.beside = [bool(k[1]) for k in keys]
        self.left: list[float] = []
        self.right: list[float] = []
        alike: dict[tuple[int, tuple[int, ...]], list[Line]] = {}
        for item, key in zip(placed, keys, strict=True):
            alike.setdefault(key, []).append(item.line)
        around = [(item.line, key) for item, key in zip(placed, keys, strict=True)]
        lefts = {key: min(p.x0 for p in peers) for key, peers in alike.items()}
        for i, item in enumerate(placed):
            line = item.line
            peers = alike[keys[i]]
            self.left.append(lefts[keys[i]])
            key, size, x0 = keys[i], line.size, line.x0
            near = [
                p for p, k in around[max(0, i - 8) : i + 9]
                if abs(p.x0 - x0) <= 1.5 and abs(p.size - size) < 0.3 and k == key
            ]  # fmt: skip
            column = [p for p in peers if abs(p.size - size) < 0.3]
            self.right.append(_right(near, column))


def _right(near: list[Line], column: list[Line]) -> float:
    """The right edge of a line's text, from lines of the same indent and of the whole column.

    An indented quotation has its own edge if its lines end together; a list of short lines has not.
    """
    edge, own = max(p.x1 for p in column), max(p.x1 for p in near)
    together = sum(p.x1 > own - 1.5 for p in near)
    if len(near) > 2 and (together >= max(2, 0.4 * len(near)) or edge - own < 1.0 * near[0].size):
        return own
    justified = sum(p.x1 > edge - 1.5 for p in column) >= max(2, 0.3 * len(column))
    return edge if justified or len(near) <= 2 else own


def build_blocks(
    placed: Sequence[Placed], style: Style, obstacles: Sequence[Box], page_height: float
) -> list[Draft]:
    """Group a page's lines, in reading order, to blocks.

    Args:
        placed: the lines and their columns.
        style: from ``StyleMeter``.
        obstacles: boxes of tables and figures that lines run beside or are parted by.
        page_height: height of the layout.
    """
    edges = _Edges(placed, obstacles)
    groups: list[list[int]] = []
    for i in range(len(placed)):
        if groups and _goes_on(placed, groups[-1], i, style, edges, obstacles):
            groups[-1].append(i)
        else:
            groups.append([i])
    foot = _foot(placed, style, page_height)
    blocks: list[Draft] = []
    for group in groups:
        lines = [placed[i].line for i in group]
        box = union([(x.x0, x.top, x.x1, x.bottom) for x in lines])
        draft = Draft(kind="paragraph", lines=lines, box=box, column=placed[group[0]].column)
        text = " ".join(map(line_text, lines))
        if group[0] in foot and _is_footnote(lines[0]):
            draft.kind = "footnote"
        elif _is_heading(lines, text, style, edges, group):
            draft.kind = "heading"
        elif _ITEM.match(text):
            draft.kind = "list_item"
        draft.body = draft.kind in ("paragraph", "list_item") and lines[0].size > 0.93 * style.size
        if blocks and blocks[-1].kind == "footnote" and draft.kind == "paragraph" and group[0] in foot:
            draft.kind = "footnote"
        blocks.append(draft)
    return blocks


def sentence_ends(text: str) -> bool:
    """Say whether a text ends as a sentence, a heading of a list or a clause does."""
    return _SENTENCE_END.search(text.rstrip()) is not None


def _goes_on(
    placed: Sequence[Placed], group: list[int], i: int, style: Style, edges: _Edges, obstacles: Sequence[Box]
) -> bool:
    """Say whether line ``i`` goes on the block of the lines ``group``."""
    k = group[-1]
    a, b = placed[k].line, placed[i].line
    first = placed[group[0]].line
    em = b.size
    near = 0.1 if a.font == b.font and a.bold == b.bold else 0.06
    if abs(a.size - b.size) > near * max(a.size, b.size):
        return False
    text_a, text_b = line_text(a), line_text(b)
    if not text_a or not text_b:
        return True
    if _LEADER.search(text_a):
        return False
    large = a.size > 1.07 * style.size
    whole = edges.right[k] - a.x1
    ended = sentence_ends(text_a)
    item = _ITEM.match(text_b) is not None
    dash = text_a[-1] in "-\u2010\u00ad"
    if text_b[0] in _BULLET and text_b[0] not in "·∙":
        return False
    if large and (a.font != b.font and a.bold != b.bold):
        return False
    if abs(a.base - b.base) <= 0.35 * em and a.x1 <= b.x0 and placed[k].column == placed[i].column:
        return True
    if b.base < a.base or b.x0 > a.x1 or a.x0 > b.x1:
        # Over to the next column: only unfinished text goes on.
        if item or large or a.bold != b.bold:
            return False
        indent = b.x0 - edges.left[i] > 0.8 * em
        return (not indent and (not ended or (whole < 0.5 * em and not _SENTENCE_END.search(text_a)))) or dash
    pitch = b.base - a.base
    usual = pitch_of(style, b)
    parted = any(
        o[1] >= a.top - 2 and o[3] <= b.bottom + 2 and o[0] < b.x1 and b.x0 < o[2] for o in obstacles
    )
    if parted and pitch > 1.3 * usual:
        if ended or item or large or a.bold != b.bold or a.x0 - edges.left[k] > 3 * em:
            return False
    elif pitch > 1.3 * usual and pitch > usual + 1.5:
        # Text that ran beside a figure may go on a little lower, over the full width.
        if (
            not (edges.beside[k] and not edges.beside[i] and pitch < 2.6 * usual and (dash or not ended))
            or item
        ):
            return False
    if a.bold != b.bold and (a.font != b.font) and whole > 2 * em:
        return False
    if b.bold and not a.bold and _NUMBERED_HEADING.match(text_b):
        return False
    if (
        a.bold
        and b.bold
        and not ended
        and whole < 2.5 * em
        and not item
        and not _NUMBERED_HEADING.match(text_b)
    ):
        return True
    listed = _ITEM.match(line_text(first)) is not None
    if item and (
        ended or whole > 2 * em or abs(b.x0 - a.x0) > 0.5 * em or (listed and abs(b.x0 - first.x0) < 0.6 * em)
    ):
        return False
    rel_a, rel_b = a.x0 - edges.left[k], b.x0 - edges.left[i]
    if large:
        return True
    centred = _centred(a, edges, k) and _centred(b, edges, i) and abs((a.x0 + a.x1) - (b.x0 + b.x1)) < em
    if centred and whole > 2 * em:
        return not ended
    if rel_b > rel_a + 0.8 * em and not dash:
        hanging = listed and b.x0 > first.x0 and (len(group) == 1 or abs(b.x0 - a.x0) < 0.5 * em)
        if not hanging and (
            len(group) > 1 or ended or whole > 3 * em or is_han(text_b[0]) or not _hangs(placed, i, em)
        ):
            return False
    if rel_b < rel_a - 0.8 * em and len(group) > 1 and not dash:
        return False
    if dash:
        return True
    # In Chinese documents every line that is indented by two characters begins a paragraph.
    chinese = is_han(text_a[0]) or is_han(text_b[0])
    if ended and chinese and 1.6 * em < rel_b < 2.6 * em and abs(rel_a - rel_b) < 0.5 * em and not listed:
        return False
    return whole < _first_width(b) + (0.6 if is_han(text_b[0]) else 0.45) * em


def _hangs(placed: Sequence[Placed], i: int, em: float) -> bool:
    """Say whether the two lines after ``i`` keep its indent: a hanging paragraph."""
    after = placed[i + 1 : i + 3]
    return len(after) == 2 and all(abs(p.line.x0 - placed[i].line.x0) < 0.3 * em for p in after)


def _centred(line: Line, edges: _Edges, i: int) -> bool:
    left, right = line.x0 - edges.left[i], edges.right[i] - line.x1
    return left > 2 * line.size and abs(left - right) < 2 * line.size


def _first_width(line: Line) -> float:
    """How much room the first word of a line would have needed at the end of the one before."""
    word = next((w for w in line.words if w.kind == "text"), line.words[0])
    if is_han(word.text[0]):
        # A sign that must not begin a line draws its neighbour along.
        return word.size * (2 if word.text[1:2] in "，。、；：？！）》”" and word.text[1:2] else 1)
    end = next((k for k, c in enumerate(word.text) if is_han(c)), len(word.text))
    width = (word.x1 - word.x0) * end / max(len(word.text), 1)
    right = word.x0 + width
    if end == len(word.text):
        for other in line.words[line.words.index(word) + 1 :]:
            if other.x0 - right > 0.17 * line.size or other.space_before:
                break
            right = other.x1
    return right - word.x0


def _is_heading(lines: list[Line], text: str, style: Style, edges: _Edges, group: list[int]) -> bool:
    if len(text) > 220 or not any(map(str.isalpha, text)) or _LEADER.search(text):
        return False
    first = lines[0]
    # Type that is hardly larger and fills its line is text (recognised from a scan, for instance).
    full = (
        edges.right[group[0]] - first.x1 < 2 * first.size
        and first.size < 1.25 * style.size
        and not first.bold
    )
    if all(x.size > 1.07 * style.size for x in lines) and not (full and len(text) > 15):
        return len(text) <= 160 and not (len(lines) > 3 and sentence_ends(text))
    if _NO_END.search(text.rstrip()) or len(lines) > 2 or first.size < 0.94 * style.size:
        return False
    if all(x.bold for x in lines):
        return len(text) <= 120
    short = edges.right[group[-1]] - lines[-1].x1 > 2 * first.size
    return (
        len(lines) == 1 and short and len(text) <= 40 and first.font != style.font and not first.bold
        and _NUMBERED_HEADING.match(text) is not None and not sentence_ends(text)
        and len({w.font for w in first.words if any(map(is_han, w.text))}) <= 1
    )  # fmt: skip


def _is_footnote(line: Line) -> bool:
    return line.words[0].kind == "note" or _FOOTNOTE.match(line_text(line)) is not None


def _foot(placed: Sequence[Placed], style: Style, height: float) -> set[int]:
    """Indices of small lines below all running text of their column, in the lower half of the page."""
    out = set()
    for i, item in enumerate(placed):
        line = item.line
        if line.size > 0.94 * style.size or line.top < 0.4 * height:
            continue
        if not any(
            p.line.top > line.top
            and p.line.size > 0.94 * style.size
            and p.line.x0 < line.x1
            and line.x0 < p.line.x1
            for p in placed
        ):
            out.add(i)
    return out
