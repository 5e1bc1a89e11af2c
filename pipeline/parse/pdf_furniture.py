"""Running headers, footers and page numbers: what repeats over pages at the same height."""

import re
from collections.abc import Sequence

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


def find_furniture(pages: Sequence[RawPage], lines: Sequence[list[Line]]) -> list[dict[int, str]]:
    """For each page, which of its lines (by index) are a ``header`` or a ``footer``.

    A line is one where the same words (numbers aside) stand at the same height on another page; or
    where lines stand at that height on many pages and it is set apart by a rule or carries the
    page's number; or where it is a page number, alone at the edge.

    Args:
        pages: all pages of the document.
        lines: each page's lines outside tables, from top to bottom.
    """
    candidates: list[list[tuple[int, str, str]]] = []
    seen: dict[tuple[str, str], list[tuple[int, float]]] = {}
    heights: dict[str, list[tuple[int, float]]] = {"header": [], "footer": []}
    for number, (page, own) in enumerate(zip(pages, lines, strict=True)):
        found = []
        for index, kind in _edges(page, own):
            if parse_caption(line_text(own[index])):
                continue
            text = re.sub(r"\d+|\b[ivxlc]+\b|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]+", "#", line_text(own[index]))
            text = re.sub(r"\s+", "", text)
            found.append((index, kind, text))
            seen.setdefault((kind, text), []).append((number, own[index].base))
            if _outermost(own, index, kind):
                heights[kind].append((number, own[index].base))
        candidates.append(found)
    out: list[dict[int, str]] = []
    for number, (page, own, found) in enumerate(zip(pages, lines, candidates, strict=True)):
        kinds: dict[int, str] = {}
        for index, kind, text in found:
            line = own[index]
            level = sum(abs(y - line.base) <= 2 for _, y in heights[kind])
            twins = sum(abs(y - line.base) <= 3 and n != number for n, y in seen[(kind, text)])
            isolated = _isolated(page, own, index, kind)
            if page_number(line_text(line)):
                if isolated or twins:
                    kinds[index] = kind
            elif (
                (twins and isolated)
                or (
                    isolated
                    and len(pages) < 3
                    and kind == "footer"
                    and _outermost(own, index, kind)
                    and _numbered(line_text(line))
                    and _ruled_off(page, line, kind)
                )
                or (
                    isolated
                    and level >= max(3, 0.3 * len(pages))
                    and _outermost(own, index, kind)
                    and (_numbered(line_text(line)) or _ruled_off(page, line, kind))
                )
            ):
                kinds[index] = kind
        _extend(kinds, own)
        out.append(kinds)
    return out


def _edges(page: RawPage, lines: list[Line]) -> list[tuple[int, str]]:
    """Lines near the top and the foot of a page."""
    height = layout_size(page)[1]
    order = sorted(range(len(lines)), key=lambda i: lines[i].top)
    top = [i for i in order if lines[i].bottom < _ZONE * height][:_MOST_LINES]
    foot = [i for i in order if lines[i].top > (1 - _ZONE) * height][-_MOST_LINES:]
    return [(i, "header") for i in top] + [(i, "footer") for i in foot if i not in top]


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


def _extend(kinds: dict[int, str], lines: list[Line]) -> None:
    """What stands beside a header or beyond it (a logo's words) belongs to it."""
    for index, line in enumerate(lines):
        if index in kinds:
            continue
        for other, kind in list(kinds.items()):
            same = abs(lines[other].base - line.base) < 0.4 * line.size
            if same:
                kinds[index] = kind
                break
