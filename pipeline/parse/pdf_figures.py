"""Figures: where drawings are, which words are labels in them, and which lines tell the source."""

from collections.abc import Sequence

from pipeline.parse.lines import gaps, line_text
from pipeline.parse.pdf_captions import SOURCE, Caption
from pipeline.parse.pdf_model import Line, RawPage, union
from pipeline.records import Box

_MOST_SHAPES = 600
"""Shapes above which a page is one drawing (a map, a plan)."""
_REACH = 20.0
"""Labels of axes stand within this distance (points) of what is drawn."""


def figure_areas(page: RawPage, taken: Sequence[Box]) -> list[Box]:
    """The areas of a page in which figures are drawn.

    An area is a picture, or several shapes close to each other. Frames and coloured boxes around
    text, rules, and backgrounds of the whole page are none.

    Args:
        page: the page.
        taken: boxes of tables, whose stripes and cell colours are no figures.
    """
    shapes = []
    drawn = set(page.drawings)
    for box in {*page.drawings, *page.fills, *page.frames}:
        area = (box[2] - box[0]) * (box[3] - box[1])
        if area > 0.6 * page.width * page.height or _within(box, taken):
            continue
        shapes.append(box)
    if len(shapes) > _MOST_SHAPES:
        return [union(shapes)]
    clusters: list[list[Box]] = []
    for box in sorted(shapes):
        near = [c for c in clusters if any(_related(box, other) for other in c)]
        merged = [box, *(b for c in near for b in c)]
        clusters = [c for c in clusters if c not in near] + [merged]
    out = []
    for cluster in clusters:
        area_box = union(cluster)
        big = area_box[2] - area_box[0] >= 40 and area_box[3] - area_box[1] >= 25
        if big and (len(cluster) >= 3 or any(b in drawn for b in cluster)):
            out.append(area_box)
    return out


def with_captions(areas: Sequence[Box], captions: Sequence[Caption]) -> list[Box]:
    """The areas, each grown to the caption above it: what stands between belongs to the figure."""
    out = list(areas)
    for caption in captions:
        if caption.table:
            continue
        below = [
            i for i, a in enumerate(out)
            if -4 <= a[1] - caption.box[3] <= 60 and a[0] < caption.box[2] and caption.box[0] < a[2]
        ]  # fmt: skip
        for i in below:
            out[i] = union([out[i], (caption.box[0], caption.box[3], caption.box[2], caption.box[3])])
    return out


def _within(box: Box, others: Sequence[Box]) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return any(o[0] - 4 <= x <= o[2] + 4 and o[1] - 4 <= y <= o[3] + 4 for o in others)


def _related(a: Box, b: Box) -> bool:
    """Say whether two shapes belong to one drawing: close to each other, or bars on one axis."""
    distance = _distance(a, b)
    standing = abs(a[3] - b[3]) < 1 < abs(a[1] - b[1])
    lying = abs(a[0] - b[0]) < 1 < abs(a[2] - b[2])
    return distance < (80 if standing or lying else 20)


def _distance(a: Box, b: Box) -> float:
    """How far two rectangles are apart; 0 where they touch."""
    return max(a[0] - b[2], b[0] - a[2], a[1] - b[3], b[1] - a[3], 0.0)


def source_lines(lines: Sequence[Line], tables: Sequence[Box], small: float) -> set[int]:
    """Indices of lines that tell a table's or figure's source, and of their further lines.

    Args:
        lines: lines that are in no table and no caption.
        tables: the boxes of tables; small print right below one is a note to it.
        small: the size below which type is small print.
    """
    out: set[int] = set()
    for i, line in enumerate(lines):
        note = (
            line.size < small
            and not gaps(line, 2 * line.size)
            and any(-3 <= line.top - b[3] <= 14 and b[0] < line.x1 and line.x0 < b[2] for b in tables)
        )
        if i in out or not (note or SOURCE.match(line_text(line))):
            continue
        out.add(i)
        last = line
        for j in range(i + 1, len(lines)):
            below = lines[j]
            if below.base - last.base > 1.7 * line.size:
                break
            if abs(below.x0 - line.x0) < 3 * line.size and abs(below.size - line.size) < 0.3:
                if below.base > last.base and (below.bold and not line.bold):
                    break
                out.add(j)
                last = below
    return out


def label_lines(areas: list[Box], lines: Sequence[Line], skip: set[int], body_size: float) -> list[list[int]]:
    """For each figure area, the indices of the lines that are labels in it.

    Small labels may stand beside what is drawn. Running text that a picture or frame lies under keeps
    its style, and is no label unless it is short.

    Args:
        areas: from ``figure_areas``; replaced by the grown areas.
        lines: the page's lines that are in no table.
        skip: indices of captions and sources.
        body_size: size of running text.
    """
    found: list[list[int]] = [[] for _ in areas]
    taken = set(skip)
    for k, area in enumerate(list(areas)):
        body = 0
        for i, line in enumerate(lines):
            if i in taken:
                continue
            box = (line.x0, line.top, line.x1, line.bottom)
            small = line.size < 0.94 * body_size
            within = _distance(box, area) == 0 and _contains(area, box)
            short = line.x1 - line.x0 < 0.6 * (area[2] - area[0])
            if (within and (small or short)) or (
                small and _distance(box, area) < max(_REACH, 3.2 * line.size)
            ):
                found[k].append(i)
            if within and not small and not short:
                body += 1
        found[k] += _more(lines, found[k], taken)
        # Text that a frame, a coloured ground or a picture lies under is text.
        if body > 2 and body > 0.2 * len(found[k]):
            found[k] = []
        taken.update(found[k])
        areas[k] = union(
            [area, *((lines[i].x0, lines[i].top, lines[i].x1, lines[i].bottom) for i in found[k])]
        )
    return found


def _more(lines: Sequence[Line], own: list[int], taken: set[int]) -> list[int]:
    """Further lines of labels: set directly below one, in its style."""
    more: list[int] = []
    for i, line in enumerate(lines):
        if i in taken or i in own:
            continue
        for j in own + more:
            last = lines[j]
            if (
                0 < line.base - last.base <= 1.5 * line.size and abs(line.x0 - last.x0) < 3
                and abs(line.size - last.size) < 0.2 and line.font == last.font
            ):  # fmt: skip
                more.append(i)
                break
    return more


def _contains(area: Box, box: Box) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return area[0] - 2 <= x <= area[2] + 2 and area[1] - 2 <= y <= area[3] + 2
