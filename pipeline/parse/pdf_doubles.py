"""Glyphs that are drawn more than once at one place."""

import numpy as np

from pipeline.parse.pdf_chars import Column
from pipeline.parse.pdf_glyphs import Glyphs
from pipeline.parse.pdf_model import Glyph

_FAR = 1e12
"""Points; no page reaches so far."""


def drop_duplicates(glyphs: Glyphs) -> Glyphs:
    """Keep one of the glyphs that are drawn on top of each other, and make it bold.

    Fake bold draws text two to five times, each a fraction of a point beside the last; shadows and
    careless producers draw whole strings again. Only glyphs that have an equal one near are looked
    at one by one, in a grid of small squares, so the cost grows with the number of glyphs only.
    """
    near = _crowded(glyphs)
    if not near.any():
        return glyphs
    flagged = np.flatnonzero(near)
    rows = dict(zip(flagged.tolist(), glyphs.take(flagged).rows(), strict=True))
    grid: dict[tuple[str, int, int], list[int]] = {}
    places: list[int] = []
    doubled: set[int] = set()
    for place in range(len(glyphs)):
        glyph = rows.get(place)
        if glyph is None:
            places.append(place)
            continue
        text, x0, top, x1 = glyph.text, glyph.x0, glyph.top, glyph.x1
        near_x = min(0.4 * (x1 - x0), max(1.0, 0.12 * glyph.size))
        near_y = min(0.4 * (glyph.bottom - top), max(1.0, 0.12 * glyph.size))
        column, row = int(x0 // 2), int(top // 2)
        reach_x, reach_y = int(near_x // 2) + 1, int(near_y // 2) + 1
        twin = -1
        for i in range(column - reach_x, column + reach_x + 1):
            for j in range(row - reach_y, row + reach_y + 1):
                for index in grid.get((text, i, j), ()):
                    other = rows[places[index]]
                    # A ligature's letters share one box, so ``ff`` must not lose a letter.
                    if (
                        abs(other.x0 - x0) <= near_x and abs(other.top - top) <= near_y
                        and abs(other.size - glyph.size) <= 0.15 * glyph.size
                        and not _shared(glyphs, places, index, glyph)
                    ):  # fmt: skip
                        twin = index
        if twin >= 0:
            doubled.add(twin)
            continue
        grid.setdefault((text, column, row), []).append(len(places))
        places.append(place)
    if not doubled:
        return glyphs
    out = glyphs.take(np.array(places, np.int64))
    # A page that is drawn twice as a whole (layers) says nothing about weight.
    if len(doubled) <= 0.8 * len(places):
        out.bold[sorted(doubled)] = True
    return out


def _crowded(glyphs: Glyphs) -> Column:
    """Say of each glyph whether an equal one may be as near as a copy is; spaces have no copies.

    Glyphs are sorted by text, band of height and place; of two copies, all that stand between them
    in that order are near each other too. Two sets of bands, so that no border parts a pair.
    """
    crowded = np.zeros(len(glyphs), bool)
    places = np.flatnonzero(glyphs.codes != 32)
    if len(places) < 2:
        return crowded
    x0, top, size = glyphs.x0[places], glyphs.top[places], glyphs.size[places]
    nearest = np.maximum(1.0, 0.12 * size)
    reach_x = float(np.minimum(0.4 * (glyphs.x1[places] - x0), nearest).max())
    reach_y = float(np.minimum(0.4 * (glyphs.bottom[places] - top), nearest).max())
    band = max(2.0, 2.0 * reach_y + 0.01)
    x0, top = np.clip(x0, -_FAR, _FAR), np.clip(top, -_FAR, _FAR)  # what no number of 64 bits holds
    column = np.floor(x0 * 8).astype(np.int64) + (1 << 21)
    step = int(reach_x * 8) + 2
    texts = glyphs.codes[places] << 42
    for shift in (0.0, band / 2):
        row = np.floor((top + shift) / band).astype(np.int64) + (1 << 17)
        key = texts + (row << 22) + column
        # Sorting alone is much faster than finding the order too, and most pages have no copies.
        if not (np.diff(np.sort(key)) <= step).any():
            continue
        order = np.argsort(key, kind="stable")
        close = np.diff(key[order]) <= step
        crowded[places[order[1:][close]]] = True
        crowded[places[order[:-1][close]]] = True
    return crowded


def _shared(glyphs: Glyphs, places: list[int], index: int, glyph: Glyph) -> bool:
    """Say whether ``glyph`` is a later letter of the ligature that the glyph at ``places[index]`` begins."""
    return index >= len(places) - 2 and all(
        (glyphs.x0[p], glyphs.top[p], glyphs.x1[p], glyphs.bottom[p]) == glyph[1:5] for p in places[index:]
    )
