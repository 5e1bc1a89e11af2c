"""Running headers, footers and page numbers: what repeats over pages at the same height."""

import re
from collections.abc import Sequence

import msgspec

from pipeline.parse.lines import line_text
from pipeline.parse.pdf_captions import parse_caption
from pipeline.parse.pdf_model import Line, RawPage, layout_size

_ZONE = 0.14
"""The share of a page's height, at its top and foot, in which headers and footers stand."""
_MOST_LINES = 5
_PAGE_NUMBER = re.compile(
    r"(?:[-—–―·•|~\s]*(?:page|p\.|第)?\s*(?:\d{1,4}|[ivxlc]{1,6}|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩIVX]{1,6})\s*(?:页)?[\s,，、]*"
    r"(?:(?:/|of|共|总)\s*(?:\d{1,4}|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩIVX]{1,6})\s*(?:页)?)?[-—–―·•|~\s]*)",
    re.I,
)


def page_number(text: str) -> bool:
    """Say whether a line is nothing but a page number.

    >>> page_number("— 3 —"), page_number("第 2 页 共 20 页"), page_number("3 Plans")
    (True, True, False)
    """
    return _PAGE_NUMBER.fullmatch(text) is not None and any(c.isalnum() for c in text)


class Edge(msgspec.Struct):
    """A line near the top or foot of its page, which may be a header or footer."""

    index: int
    kind: str
    text: str
    """Without spaces, numbers as ``#``."""
    base: float
    number: bool
    """It is nothing but a page number."""
    isolated: bool
    apart: bool
    ruled: bool
    """It carries a number and a rule parts it from the text."""


def edge_lines(page: RawPage, lines: list[Line]) -> list[Edge]:
    """The lines near the top and the foot of a page, with what the page itself says of them.

    Args:
        page: the page.
        lines: its lines outside tables, from top to bottom.
    """
    out = []
    for index, kind in _edges(page, lines):
        line = lines[index]
        text = line_text(line)
        if parse_caption(text):
            continue
        plain = re.sub(r"\d+|\b[ivxlc]+\b|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]+", "#", text)
        out.append(
            Edge(
                index=index, kind=kind, text=re.sub(r"\s+", "", plain), base=line.base,
                number=page_number(text), isolated=_isolated(page, lines, index, kind),
                apart=_set_apart(page, lines, index, kind),
                ruled=_numbered(text) and _ruled_off(page, line, kind),
            )
        )  # fmt: skip
    return out


def choose_furniture(pages: Sequence[list[Edge]]) -> list[dict[int, str]]:
    """For each page, which of its lines (by index) are a ``header`` or a ``footer``.

    A line is one where the same words (numbers aside) stand at the same height on another page; or
    where lines stand at that height on many pages and it is set apart by a rule or carries the
    page's number; or where it is a page number, alone at the edge.

    Args:
        pages: what ``edge_lines`` says of each page of the document.
    """
    seen: dict[tuple[str, str], list[tuple[int, float]]] = {}
    heights: dict[str, list[float]] = {"header": [], "footer": []}
    for number, edges in enumerate(pages):
        for edge in edges:
            seen.setdefault((edge.kind, edge.text), []).append((number, edge.base))
            if edge.apart:
                heights[edge.kind].append(edge.base)
    out: list[dict[int, str]] = []
    for number, edges in enumerate(pages):
        kinds: dict[int, str] = {}
        for edge in edges:
            twins = sum(abs(y - edge.base) <= 3 and n != number for n, y in seen[(edge.kind, edge.text)])
            if edge.number:
                found = edge.isolated or twins > 0
            elif twins >= (2 if len(pages) > 8 else 1):
                found = edge.isolated
            elif len(pages) < 3:
                found = edge.apart and edge.kind == "footer" and edge.ruled
            else:
                level = sum(abs(y - edge.base) <= 2 for y in heights[edge.kind])
                found = edge.apart and level >= max(3, 0.3 * len(pages))
            if found:
                kinds[edge.index] = edge.kind
        out.append(kinds)
    return out


def _edges(page: RawPage, lines: list[Line]) -> list[tuple[int, str]]:
    """Lines near the top and the foot of a page."""
    height = layout_size(page)[1]
    order = sorted(range(len(lines)), key=lambda i: lines[i].top)
    top = [i for i in order if lines[i].bottom < _ZONE * height][:_MOST_LINES]
    foot = [i for i in order if lines[i].top > (1 - _ZONE) * height][-_MOST_LINES:]
    return [(i, "header") for i in top] + [(i, "footer") for i in foot if i not in top]


def _set_apart(page: RawPage, lines: list[Line], index: int, kind: str) -> bool:
    """Say whether a line looks like a header: outermost, isolated, with a number or ruled off."""
    line = lines[index]
    return (
        _outermost(lines, index, kind)
        and _isolated(page, lines, index, kind)
        and (_numbered(line_text(line)) or _ruled_off(page, line, kind))
    )


def _outermost(lines: list[Line], index: int, kind: str) -> bool:
    """Say whether nothing stands between a line and the edge of the page."""
    line = lines[index]
    if kind == "header":
        return not any(o.base < line.base - 0.5 * line.size for o in lines)
    return not any(o.base > line.base + 0.5 * line.size for o in lines)


def _numbered(text: str) -> bool:
    return re.match(r"\d{1,4}\b", text) is not None or re.search(r"(?<![\d.,])\d{1,4}$", text) is not None


def _ruled_off(page: RawPage, line: Line, kind: str) -> bool:
    """Say whether a rule parts a line from the text."""
    for rule in page.horizontal:
        if rule.x1 - rule.x0 < 0.25 * layout_size(page)[0]:
            continue
        if kind == "header" and -2 <= rule.top - line.bottom <= 20:
            return True
        if kind == "footer" and -2 <= line.top - rule.top <= 20:
            return True
    return False


def _isolated(page: RawPage, lines: list[Line], index: int, kind: str) -> bool:
    """Say whether white space, or a rule, is between a line and the text of the page."""
    line = lines[index]
    if _ruled_off(page, line, kind):
        return True
    if kind == "header":
        beyond = [
            o.top - line.bottom for o in lines if o.top > line.bottom - 0.3 * line.size and o is not line
        ]
    else:
        beyond = [
            line.top - o.bottom for o in lines if o.bottom < line.top + 0.3 * line.size and o is not line
        ]
    if not beyond:
        return True
    gap = min(beyond)
    # Rows of a table that is repeated at the top of its pages stand close to the next row.
    return gap >= 1.0 * line.size or (
        gap >= 0.3 * line.size and len(line.words) < 3 and page_number(line_text(line))
    )


def with_neighbours(kinds: dict[int, str], lines: list[Line]) -> dict[int, str]:
    """``kinds`` and what stands on the same line as a header or footer."""
    out = dict(kinds)
    for index, line in enumerate(lines):
        for other, kind in kinds.items():
            if index not in kinds and abs(lines[other].base - line.base) < 0.4 * line.size:
                out[index] = kind
    return out
