"""Optical character recognition: an image becomes lines of text with the place of every character.

PP-OCR through rapidocr and onnxruntime, both in the optional extra ``[ocr]``; the models are in
rapidocr's wheel, nothing is downloaded. On one thread a page at 200 dpi takes 3 to 10 seconds.
"""

import functools
import importlib.util
import unicodedata
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from pipeline.parse.ocr_text import corrected

Image = NDArray[np.uint8]
"""Grey or RGB, rows from the top."""
Quad = tuple[float, float, float, float]

_MOST_PIXELS = 40_000_000
_LEAST_SCORE = 0.5
_UPRIGHT = 0.8
"""A page read with a lower mean score may stand on its head."""


class OcrLine(msgspec.Struct):
    """A line as read: coordinates in pixels of the straightened image."""

    text: str
    box: Quad
    score: float
    xs: list[tuple[float, float]]
    """Left and right edge of each character of ``text`` (of a space, the gap)."""


class OcrPage(msgspec.Struct):
    """What was read on an image."""

    lines: list[OcrLine]
    image: Image
    """The image straightened, grey: what the coordinates of the lines count in."""
    skew: float
    """Degrees that the image was turned counter-clockwise to straighten it, about its centre."""
    quarter: int
    """Quarter turns counter-clockwise that came before that: the image lay on its side or head."""


def available() -> bool:
    """Say whether the extra ``[ocr]`` is installed."""
    return all(importlib.util.find_spec(name) is not None for name in ("rapidocr", "onnxruntime", "cv2"))


@functools.cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "error",
            "Global.max_side_len": 4000,
            "Global.use_cls": False,
            "Global.text_score": _LEAST_SCORE,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def ocr_page(image: Image) -> OcrPage:
    """Read an image.

    Skew is measured and taken out first. An image whose lines stand upright is turned by a quarter,
    one that reads badly is tried on its head, and the better reading is kept.

    Args:
        image: grey or RGB.

    Returns:
        The lines, not yet in reading order.

    Raises:
        ImportError: the extra ``[ocr]`` is not installed.
    """
    from pipeline.parse.ocr_image import deskew, grey, skew_of

    flat = grey(image)
    if flat.size > _MOST_PIXELS or min(flat.shape) < 8:
        return OcrPage(lines=[], image=flat, skew=0.0, quarter=0)
    angle = skew_of(flat)
    straight = deskew(flat, angle)
    best = OcrPage(lines=_read(straight), image=straight, skew=angle, quarter=0)
    tries: tuple[int, ...] = ()
    if _sideways(best.lines):
        tries = (1, 3)
    elif best.lines and _mean(best.lines) < _UPRIGHT:
        tries = (2,)
    for quarter in tries:
        turned = np.ascontiguousarray(np.rot90(flat, quarter))
        angle = skew_of(turned)
        straight = deskew(turned, angle)
        found = OcrPage(lines=_read(straight), image=straight, skew=angle, quarter=quarter)
        if _worth(found.lines) > _worth(best.lines):
            best = found
    return best


def _read(image: Image) -> list[OcrLine]:
    result = _engine()(np.stack([image] * 3, axis=-1), return_word_box=True, return_single_char_box=True)
    if result.boxes is None or result.txts is None:
        return []
    lines: list[OcrLine] = []
    words = result.word_results or [()] * len(result.txts)
    for quad, text, score, chars in zip(result.boxes, result.txts, result.scores, words, strict=False):
        xs, ys = [float(p[0]) for p in quad], [float(p[1]) for p in quad]
        box = (min(xs), min(ys), max(xs), max(ys))
        placed = [(str(c), min(float(p[0]) for p in b), max(float(p[0]) for p in b)) for c, _, b in chars]
        plain = " ".join(str(text).split())
        if plain and box[2] > box[0] and box[3] > box[1]:
            lines.append(OcrLine(text=plain, box=box, score=float(score), xs=_places(plain, box, placed)))
    for line in lines:
        line.text = corrected(line.text)
    return lines


def _places(text: str, box: Quad, placed: list[tuple[str, float, float]]) -> list[tuple[float, float]]:
    """Return the horizontal place of each character: where the recogniser saw it, else by its width."""
    seen = [p for p in placed if p[0].strip()]
    found: list[tuple[float, float] | None] = []
    at = 0
    for char in text:
        if char != " " and at < len(seen) and seen[at][0] == char:
            found.append((seen[at][1], seen[at][2]))
            at += 1
        else:
            found.append(None)
    if at < len(seen) or any(f is None for f, c in zip(found, text, strict=True) if c != " "):
        return _spread(text, box[0], box[2])
    places: list[tuple[float, float]] = []
    for index, spot in enumerate(found):
        if spot is None:  # a space: the gap between its neighbours
            left = next((f[1] for f in reversed(found[:index]) if f), box[0])
            right = next((f[0] for f in found[index + 1 :] if f), box[2])
            spot = (min(left, right), max(left, right))
        places.append(spot)
    return places


def _spread(text: str, x0: float, x1: float) -> list[tuple[float, float]]:
    """Share a line's width among its characters by their usual widths."""
    widths = [_width(c) for c in text]
    scale = (x1 - x0) / sum(widths)
    places: list[tuple[float, float]] = []
    at = x0
    for width in widths:
        places.append((at, at + width * scale))
        at += width * scale
    return places


def _width(char: str) -> float:
    """Return a character's usual width in em."""
    if unicodedata.east_asian_width(char) in "WF":
        return 1.0
    if char in " iljtfI.,;:'|!()[]":
        return 0.3
    if char in "mwMW@%":
        return 0.85
    return 0.66 if char.isupper() else 0.52


def _sideways(lines: list[OcrLine]) -> bool:
    long = [b for line in lines if len(line.text) > 2 for b in (line.box,)]
    tall = sum(b[3] - b[1] > 1.8 * (b[2] - b[0]) for b in long)
    return len(long) > 3 and tall > 0.6 * len(long)


def _mean(lines: list[OcrLine]) -> float:
    total = sum(len(line.text) for line in lines)
    return sum(line.score * len(line.text) for line in lines) / total if total else 0.0


def _worth(lines: list[OcrLine]) -> float:
    return sum((line.score - 0.4) * len(line.text) for line in lines)
