"""Painted paths and pictures, as pdfminer and pdfplumber describe them."""

import re
from collections.abc import Sequence
from typing import Any

from pdfminer.utils import MATRIX_IDENTITY, apply_matrix_pt, apply_matrix_rect, get_bound, mult_matrix

_SUBPATH = re.compile(r"m[^m]+")
Segment = tuple[Any, ...]
"""An operator (``m``, ``l``, ``c``, ``v``, ``y``) and the point that it reaches; or ``("h",)``."""


class Drawings:
    """The lines, rectangles, curves and pictures of a page, with what the parser reads of each."""

    def __init__(self, page: Any, most: int) -> None:
        self._most = most
        self.items: list[dict[str, Any]] = []
        self._left, self._top = page.mediabox[0], page.mediabox[1]
        self._height = page.height

    def paint(self, path: Sequence[Segment], ctm: Any, stroke: bool, fill: bool, colour: Any) -> None:
        """Add a path; see pdfminer's ``PDFLayoutAnalyzer.paint_path``."""
        shape = "".join([segment[0] for segment in path])
        if shape[:1] != "m":
            return
        if shape.count("m") > 1:
            for match in _SUBPATH.finditer(shape):
                self.paint(path[match.start() : match.end()], ctm, stroke, fill, colour)
            return
        start = path[0][1:]
        points = [apply_matrix_pt(ctm, segment[1:] or start) for segment in path]
        if len(shape) > 3 and shape[-2:] == "lh" and points[-2] == points[0]:
            shape = shape[:-2] + "h"
            points.pop()
        kind = "curve"
        if shape in ("mlh", "ml"):
            kind, points = "line", points[:2]
        elif shape in ("mlllh", "mllll"):
            (x0, y0), (x1, y1), (x2, y2), (x3, y3), last = points
            square = (x0 == x1 and y1 == y2 and x2 == x3 and y3 == y0) or (
                y0 == y1 and x1 == x2 and y2 == y3 and x3 == x0
            )
            if points[0] == last and square:
                kind, points = "rect", [(x0, y0), (x2, y0), (x2, y2), (x0, y2)]
        self._add(kind, get_bound(points), points, stroke, fill, colour)

    def image(self, ctm: Any) -> None:
        """Add a picture: it fills the unit square."""
        x0, y0, x1, y1 = apply_matrix_rect(mult_matrix(MATRIX_IDENTITY, ctm), (0, 0, 1, 1))
        self._add("image", (x0, y0, x1, y1), [], False, False, None)

    def _add(self, kind: str, box: Any, points: Any, stroke: bool, fill: bool, colour: Any) -> None:
        if kind != "image" and len(self.items) >= self._most:
            return  # nobody reads on
        left, top, height = self._left, self._top, self._height
        x0, y0, x1, y1 = box
        self.items.append(
            {
                "object_type": kind, "x0": x0 + left if left != 0 else x0, "x1": x1 + left if left != 0 else x1,
                "top": (height - y1) + top, "bottom": (height - y0) + top,
                "pts": [(left + x, top + height - y) for x, y in points],
                "stroke": stroke, "fill": fill, "non_stroking_color": colour,
            }
        )  # fmt: skip
