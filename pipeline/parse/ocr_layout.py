"""What was read on an image becomes a page of words and rules, to be laid out as a digital PDF's."""

import math
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence

import msgspec
import numpy as np

from pipeline.parse.ocr import Image, OcrLine, OcrPage
from pipeline.parse.ocr_image import fills, ink, rules
from pipeline.parse.pdf_model import RawPage, Rule, Word

_DESCENDING = frozenset("gjpqyQ,;()[]{}|/$§@，；（）")
_ASCENDING = frozenset("bdfhijkltßABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789()[]{}|/$§@'\"“”‘’!?%&*#")


def raw_page(read: OcrPage, number: int, dpi: float, width: float, height: float) -> RawPage:
    """Return what was read as a page of words and rules, in points.

    Args:
        read: lines in pixels of the straightened image.
        number: the page's number.
        dpi: resolution of the image.
        width, height: size of the page as displayed, in points.
    """
    scale = 72 / dpi
    dark = ink(read.image)
    words: list[Word] = []
    for line in read.lines:
        words += _words(line, _measure(line, dark), dark, read, scale, (width, height))
    across, down = rules(read.image, dpi)
    flat = read.quarter % 2 == 1
    return RawPage(
        number=number, width=width, height=height, words=words, turned=[],
        horizontal=[Rule(b[0] * scale, (b[1] + b[3]) / 2 * scale, b[2] * scale, (b[1] + b[3]) / 2 * scale) for b in across],
        vertical=[Rule((b[0] + b[2]) / 2 * scale, b[1] * scale, (b[0] + b[2]) / 2 * scale, b[3] * scale) for b in down],
        fills=[(b[0] * scale, b[1] * scale, b[2] * scale, b[3] * scale) for b in fills(read.image, dpi)], frames=[], drawings=[], images=True, unmapped=0, turn=90 if flat else 0,
    )  # fmt: skip


class _Type(msgspec.Struct):
    """How a line is set, in pixels."""

    top: float
    bottom: float
    base: float
    size: float


def _measure(line: OcrLine, dark: Image) -> _Type:
    """Measure a line's ink. The baseline of small letters is where the ink ends all at once."""
    top, bottom = _extent(line, dark)
    size, base = _type(line.text, top, bottom)
    if sum(c.islower() for c in line.text) >= max(8, 0.5 * len(line.text)):
        rows = _ink(dark, top, bottom, line.box[0], line.box[2] + 1).sum(axis=1).astype(float)
        steps = np.diff(rows)
        if len(steps) > 6:
            half = len(steps) // 2
            base = top + half + int(np.argmin(steps[half:])) + 1
            size = (base - top) / (0.77 if any(c in _ASCENDING for c in line.text) else 0.52)
    return _Type(top=top, bottom=bottom, base=base, size=size)


def _words(
    line: OcrLine, type_: _Type, dark: Image, read: OcrPage, scale: float, page: tuple[float, float]
) -> list[Word]:
    top, bottom, base, size = type_.top, type_.bottom, type_.base, type_.size
    words: list[Word] = []
    for start, end, spaced in _pieces(line, size):
        xs = _tight(line.xs[start:end], top, bottom, dark)
        for text, kind, part in _marked(line.text[start:end], xs, top, bottom, dark):
            boxes = array("f")
            for x0, x1 in part:
                boxes.extend(_shown((x0, top, x1, bottom), read, scale, page))
            words.append(
                Word(
                    text=text, boxes=boxes.tobytes(), x0=part[0][0] * scale, top=top * scale, x1=part[-1][1] * scale,
                    bottom=bottom * scale, base=base * scale, size=size * scale, font="ocr", bold=False, kind=kind,
                    space_before=" " if spaced and kind == "text" and part[0] == xs[0] else "",
                )
            )  # fmt: skip
    return words


def _pieces(line: OcrLine, size: float) -> list[tuple[int, int, bool]]:
    """Cut a line at its spaces and where a gap is too wide for running text: two cells read as one.

    Returns:
        ``(start, end, after a space)`` of each piece.
    """
    found: list[tuple[int, int, bool]] = []
    start, spaced = 0, False
    for at, char in enumerate(line.text):
        if char == " ":
            if at > start:
                found.append((start, at, spaced))
            start, spaced = at + 1, True
        elif at > start and line.xs[at][0] - line.xs[at - 1][1] > 0.6 * size:
            found.append((start, at, spaced))
            start, spaced = at, False
    if start < len(line.text):
        found.append((start, len(line.text), spaced))
    return found


def _ink(dark: Image, top: float, bottom: float, left: float, right: float) -> Image:
    """Return a part of the page's ink, turned over where white type stands on a dark ground."""
    part = dark[max(0, int(top)) : int(bottom), max(0, int(left)) : int(right)]
    return 1 - part if part.size and part.mean() > 0.5 else part


def _tight(
    xs: list[tuple[float, float]], top: float, bottom: float, dark: Image
) -> list[tuple[float, float]]:
    """Draw the outer edges of a word's characters in to its ink; the recogniser sees them wider."""
    left, right = math.floor(xs[0][0]), math.ceil(xs[-1][1])
    used = np.flatnonzero(_ink(dark, top, bottom, left, right).any(axis=0))
    if not used.size:
        return xs
    first, last = max(left, 0) + float(used[0]), max(left, 0) + float(used[-1]) + 1
    out = list(xs)
    if xs[0][0] < first < xs[0][1]:
        out[0] = (first, xs[0][1])
    if out[-1][0] < last < xs[-1][1]:
        out[-1] = (out[-1][0], last)
    return out


def _extent(line: OcrLine, dark: Image) -> tuple[float, float]:
    """Return the top and bottom of a line's ink; the detector's boxes are wider than the type."""
    more = 0.12 * (line.box[3] - line.box[1])
    x0, y0, x1, y1 = (
        int(max(0, v)) for v in (line.box[0], line.box[1] - more, line.box[2], line.box[3] + more)
    )
    rows = _ink(dark, y0, y1 + 1, x0, x1 + 1).sum(axis=1)
    if not rows.size or not rows.any():
        return line.box[1], line.box[3]
    least = max(1.0, 0.03 * float(rows.max()))
    used = np.flatnonzero(rows >= least)
    # Ink of the lines above and below reaches into the box: take the run around its middle.
    middle = len(rows) / 2
    runs: list[tuple[int, int]] = []
    for row in used:
        if runs and row - runs[-1][1] <= max(2, 0.06 * len(rows)):
            runs[-1] = (runs[-1][0], int(row))
        else:
            runs.append((int(row), int(row)))
    top, bottom = max(runs, key=lambda r: (min(r[1], middle * 1.7) - max(r[0], middle * 0.3), -r[0]))
    return float(y0 + top), float(y0 + bottom + 1)


def _type(text: str, top: float, bottom: float) -> tuple[float, float]:
    """Return the size of a line's type and its baseline, by which of its letters reach up and down."""
    height = max(1.0, bottom - top)
    if any(ord(c) > 0x2E7F for c in text):
        return height / 0.93, bottom - 0.1 * height
    up = 0.75 if any(c in _ASCENDING for c in text) else 0.52
    down = 0.21 if any(c in _DESCENDING for c in text) else 0.0
    size = height / (up + down)
    return size, bottom - down * size


def _marked(
    piece: str, xs: list[tuple[float, float]], top: float, bottom: float, dark: Image
) -> list[tuple[str, str, list[tuple[float, float]]]]:
    """Split raised digits at the end of a word (after letters or a full stop) off as note marks."""
    end = len(piece)
    while end > 0 and piece[end - 1] in '.,;:)”"’':
        end -= 1
    start = end
    while start > 0 and piece[start - 1].isdecimal():
        start -= 1
    if not 0 < end - start <= 3 or start == 0 or piece[start - 1].isdecimal():
        return [(piece, "text", xs)]
    before = piece[start - 1]
    if not (before.isalpha() or before in '.,;:)”"’') or (
        before in ".," and piece[start - 2 : start - 1].isdecimal()
    ):
        return [(piece, "text", xs)]
    x0, x1 = int(xs[start][0]), math.ceil(xs[end - 1][1])
    rows = np.flatnonzero(dark[int(top) : int(bottom), x0:x1].sum(axis=1) >= 1)
    if not rows.size or rows[-1] + 1 > 0.66 * (bottom - top):
        return [(piece, "text", xs)]
    parts = [(piece[:start], "text", xs[:start]), (piece[start:end], "note", xs[start:end])]
    return parts + ([(piece[end:], "text", xs[end:])] if end < len(piece) else [])


def _shown(
    box: tuple[float, float, float, float], read: OcrPage, scale: float, page: tuple[float, float]
) -> list[float]:
    """Return a box of the straightened image in points of the page as displayed."""
    height, width = read.image.shape
    cx, cy = width / 2, height / 2
    angle = math.radians(read.skew)
    x, y = (box[0] + box[2]) / 2 - cx, (box[1] + box[3]) / 2 - cy
    # The image was turned counter-clockwise (y points down): turn back.
    mx, my = cx + x * math.cos(angle) - y * math.sin(angle), cy + x * math.sin(angle) + y * math.cos(angle)
    half_x, half_y = (box[2] - box[0]) / 2, (box[3] - box[1]) / 2
    if read.quarter == 1:
        mx, my, half_x, half_y = height - my, mx, half_y, half_x
    elif read.quarter == 3:
        mx, my, half_x, half_y = my, width - mx, half_y, half_x
    elif read.quarter == 2:
        mx, my = width - mx, height - my
    shown = ((mx - half_x) * scale, (my - half_y) * scale, (mx + half_x) * scale, (my + half_y) * scale)
    return [
        min(max(shown[0], 0.0), page[0]), min(max(shown[1], 0.0), page[1]),
        min(max(shown[2], 0.0), page[0]), min(max(shown[3], 0.0), page[1]),
    ]  # fmt: skip


def even_sizes(pages: Sequence[RawPage]) -> None:
    """Give words of about one size the same size: measured from ink, it varies from line to line."""
    weights: Counter[float] = Counter()
    for page in pages:
        _smooth(page)
        for word in page.words:
            weights[round(word.size * 4) / 4] += len(word.text)
    even: dict[float, float] = {}
    while left := {s: w for s, w in weights.items() if s not in even}:
        around = {s: sum(w for o, w in left.items() if abs(o - s) <= 0.11 * s) for s in left}
        heart = max(around, key=lambda s: (around[s], s))
        for size in left:
            if abs(size - heart) <= 0.11 * heart:
                even[size] = heart
    for page in pages:
        for word in page.words:
            word.size = even[round(word.size * 4) / 4]


def _smooth(page: RawPage) -> None:
    """Give each word the middle size of the words around it that are of nearly its size."""
    words = sorted(page.words, key=lambda w: w.base)
    bases = [w.base for w in words]
    sizes = []
    for word in words:
        reach = 2.2 * word.size
        near = words[bisect_left(bases, word.base - reach) : bisect_right(bases, word.base + reach)]
        peers = sorted(
            o.size for o in near
            if 0.78 <= o.size / word.size <= 1.28 and o.x0 < word.x1 + 3 * word.size and word.x0 < o.x1 + 3 * word.size
        )  # fmt: skip
        sizes.append(peers[len(peers) // 2])
    for word, size in zip(words, sizes, strict=True):
        word.size = size
