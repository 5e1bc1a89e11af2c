"""A page's drawings become rules, coloured and stroked rectangles, and other shapes."""

import itertools
import math
from typing import Any

from pipeline.parse.pdf_model import Rule
from pipeline.records import Box

MAX_DRAWINGS = 20_000
"""Drawings of a page that are looked at."""
_THIN = 2.5
"""A filled rectangle that is thinner (points) is a rule."""


def moved(item: dict[str, Any], left: float, top: float) -> Box:
    return item["x0"] - left, item["top"] - top, item["x1"] - left, item["bottom"] - top


def read_drawings(items: list[dict[str, Any]], left: float, top: float, width: float, height: float) -> (
    tuple[list[Rule], list[Box], list[Box], list[Box]]
):  # fmt: skip
    """Rules, filled rectangles, stroked rectangles and other shapes of a page, displayed coordinates."""
    rules: list[Rule] = []
    fills: list[Box] = []
    frames: list[Box] = []
    drawings: list[Box] = []
    for item in items[:MAX_DRAWINGS]:
        kind = item["object_type"]
        if kind not in ("line", "rect", "curve"):
            continue
        box = moved(item, left, top)
        x0, y0, x1, y1 = box
        if x1 < 0 or y1 < 0 or x0 > width or y0 > height or not all(map(math.isfinite, box)):
            continue
        if not (item.get("stroke") or item.get("fill")):
            continue
        if y1 - y0 <= _THIN and x1 - x0 > 2 * _THIN:
            rules.append(Rule(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2))
        elif x1 - x0 <= _THIN and y1 - y0 > 2 * _THIN:
            rules.append(Rule((x0 + x1) / 2, y0, (x0 + x1) / 2, y1))
        elif kind == "rect" or (kind == "curve" and _is_frame(item)):
            if item.get("stroke"):
                frames.append(box)
                rules += [
                    Rule(x0, y0, x1, y0),
                    Rule(x0, y1, x1, y1),
                    Rule(x0, y0, x0, y1),
                    Rule(x1, y0, x1, y1),
                ]
            if item.get("fill") and not _white(item):
                fills.append(box)
        else:
            drawings.append(box)
    return rules, fills, frames, drawings


def _is_frame(item: dict[str, Any]) -> bool:
    """Say whether a path is a rectangle that was drawn point by point."""
    points = item.get("pts") or []
    if not 4 <= len(points) <= 6:
        return False
    return all(
        abs(a[0] - b[0]) < 0.5 or abs(a[1] - b[1]) < 0.5 for a, b in itertools.pairwise(points)
    ) and all(
        min(abs(p[0] - item["x0"]), abs(p[0] - item["x1"])) < 0.5 for p in points
    )  # fmt: skip


def _white(item: dict[str, Any]) -> bool:
    colour = item.get("non_stroking_color")
    if isinstance(colour, int | float):
        colour = (colour,)
    if (
        not isinstance(colour, tuple | list)
        or not colour
        or not all(isinstance(c, int | float) for c in colour)
    ):
        return False
    return all(c <= 0.01 for c in colour) if len(colour) == 4 else all(c >= 0.99 for c in colour)


def merged(rules: list[Rule], upright: bool) -> list[Rule]:
    """Join rules that lie on each other or go on where another ends (cell borders drawn one by one)."""
    if upright:
        return sorted(
            Rule(r.top, r.x0, r.bottom, r.x1)
            for r in merged([Rule(r.top, r.x0, r.bottom, r.x1) for r in rules], False)
        )
    out: list[Rule] = []
    rows: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda r: (r.top, r.x0)):
        if rows and rule.top - rows[-1][0].top <= 1.5:
            rows[-1].append(rule)
        else:
            rows.append([rule])
    for row in rows:
        joined: list[Rule] = []
        for rule in sorted(row, key=lambda r: r.x0):
            if joined and rule.x0 <= joined[-1].x1 + 2:
                last = joined[-1]
                joined[-1] = Rule(last.x0, last.top, max(last.x1, rule.x1), last.top)
            else:
                joined.append(Rule(rule.x0, row[0].top, rule.x1, row[0].top))
        out += joined
    return sorted(out, key=lambda r: (r.top, r.x0))
