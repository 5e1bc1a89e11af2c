"""Images made ready for reading: grey, straight; and the ruled lines in them."""

import itertools
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.parse.ocr import Image

Band = tuple[float, float, float, float]

_MOST_SKEW = 4.0
_LEAST_SKEW = 0.08


def grey(image: Image) -> Image:
    """Return an image in grey."""
    if image.ndim == 2:
        return np.ascontiguousarray(image)
    flat = image[..., :3].astype(np.float32) @ np.array([0.299, 0.587, 0.114], dtype=np.float32)
    return np.ascontiguousarray(flat.clip(0, 255).astype(np.uint8))


def ink(image: Image) -> Image:
    """Return where an image is dark (1) against its background (0), by a threshold of its own."""
    import cv2

    _, dark = cv2.threshold(image, 0, 1, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    return np.asarray(dark, dtype=np.uint8)


def skew_of(image: Image) -> float:
    """Return by how many degrees an image must be turned counter-clockwise to be straight.

    The angle at which the rows of a reduced image differ most in how dark they are (projection
    profiles), in steps of 1, 0.2 and 0.05 degrees within 4.
    """
    import cv2

    scale = min(1.0, 900 / max(image.shape))
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    dark = ink(np.asarray(small, dtype=np.uint8)).astype(np.float32)
    if dark.mean() > 0.5 or not dark.any():
        return 0.0

    def sharpness(angle: float) -> float:
        rows = _turned(dark, angle, 0.0).sum(axis=1)
        return float(np.square(np.diff(rows)).sum())

    best = 0.0
    for step, reach in ((1.0, _MOST_SKEW), (0.2, 0.8), (0.05, 0.15)):
        count = round(reach / step)
        angles = [best + step * i for i in range(-count, count + 1)]
        best = max(angles, key=lambda a: (sharpness(a), -abs(a)))
    return round(best, 2) if abs(best) >= _LEAST_SKEW and abs(best) <= _MOST_SKEW else 0.0


def deskew(image: Image, angle: float) -> Image:
    """Return an image turned counter-clockwise about its centre by some degrees, of the same size."""
    if not angle:
        return image
    return np.asarray(_turned(image, angle, 255), dtype=np.uint8)


def _turned(image: NDArray[Any], angle: float, border: float) -> NDArray[Any]:
    import cv2

    height, width = image.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    return np.asarray(
        cv2.warpAffine(image, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=border)
    )


def rules(image: Image, dpi: float) -> tuple[list[Band], list[Band]]:
    """Return the horizontal and the vertical ruled lines of a straight image, as boxes in pixels.

    Args:
        image: straightened, grey.
        dpi: its resolution; a rule is at least 0.4 inches long and at most 0.04 thick.
    """
    import cv2

    dark = ink(image)
    found: list[list[Band]] = []
    for across in (True, False):
        page, solid = (
            (image, dark) if across else (np.ascontiguousarray(image.T), np.ascontiguousarray(dark.T))
        )
        # Thin and darker than what is above and below, even where it is pale; strokes of type are shorter.
        thin = int(0.05 * dpi) | 1
        hat = cv2.morphologyEx(cv2.blur(page, (5, 1)), cv2.MORPH_BLACKHAT, np.ones((thin, 1), np.uint8))
        opened = cv2.morphologyEx(
            (hat > 14).astype(np.uint8), cv2.MORPH_OPEN, np.ones((1, int(0.2 * dpi)), np.uint8)
        )
        _, _, stats, _ = cv2.connectedComponentsWithStats(opened, connectivity=8)
        pieces = [
            (float(x), float(y), float(x + width), float(y + height))
            for x, y, width, height, _ in stats[1:].tolist()
            if height <= 0.04 * dpi + 2 and _alone(solid, x, y, width, height)
        ]  # fmt: skip
        lines = [b for b in _strung(pieces, 0.08 * dpi, 0.015 * dpi) if b[2] - b[0] >= 0.4 * dpi]
        found.append(sorted(lines if across else [(y0, x0, y1, x1) for x0, y0, x1, y1 in lines]))
    return found[0], found[1]


def _alone(dark: Image, x: int, y: int, width: int, height: int) -> bool:
    """Say whether there is little ink right above or right below a horizontal piece."""
    above = dark[max(0, y - 6) : max(0, y - 2), x : x + width]
    below = dark[y + height + 2 : y + height + 6, x : x + width]
    return all(side.size == 0 or float(side.mean()) < 0.15 for side in (above, below))


def _strung(pieces: list[Band], gap: float, off: float) -> list[Band]:
    """Join horizontal pieces that go on each other, at most ``gap`` apart and ``off`` out of line."""
    out: list[Band] = []
    for piece in sorted(pieces):
        middle = (piece[1] + piece[3]) / 2
        for i, line in enumerate(out):
            if -gap <= piece[0] - line[2] <= gap and abs((line[1] + line[3]) / 2 - middle) <= off + 0.002 * (
                line[2] - line[0]
            ):
                out[i] = (line[0], min(line[1], piece[1]), max(line[2], piece[2]), max(line[3], piece[3]))
                break
        else:
            out.append(piece)
    return out


def fills(image: Image, dpi: float) -> list[Band]:
    """Return the shaded rectangles of a straight image (a table's header, every other row), in pixels.

    Strokes are closed over, so that only the ground is left, and compared with the paper's shade.
    """
    import cv2

    half = cv2.medianBlur(cv2.resize(image, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), 5)
    stroke = int(0.06 * dpi) | 1
    closed = cv2.morphologyEx(half, cv2.MORPH_CLOSE, np.ones((stroke, stroke), np.uint8))
    ground = np.asarray(cv2.medianBlur(closed, 7), dtype=np.uint8)
    paper = int(np.bincount(ground.ravel(), minlength=256).argmax())
    found = []
    for least, most in ((0, 110), (110, paper - 6)):  # dark headers apart from the pale rows that they touch
        shaded = ((ground >= least) & (ground < most)).astype(np.uint8)
        if shaded.mean() > 0.5:
            continue
        kernel = np.ones((max(3, int(0.03 * dpi)), max(5, int(0.15 * dpi))), np.uint8)
        opened = cv2.morphologyEx(shaded, cv2.MORPH_OPEN, kernel)
        _, _, stats, _ = cv2.connectedComponentsWithStats(opened, connectivity=4)
        for x, y, width, height, area in stats[1:].tolist():
            if height >= 0.04 * dpi and area >= 0.6 * width * height:
                for top, bottom in _shades(ground[y : y + height, x : x + width]):
                    if bottom - top >= 0.03 * dpi:
                        found.append((2.0 * x, 2.0 * (y + top), 2.0 * (x + width), 2.0 * (y + bottom)))
    return sorted(_strung(found, 0.7 * dpi, 0.02 * dpi))


def _shades(area: Image) -> list[tuple[int, int]]:
    """Split a shaded area where its shade changes from one row to the next."""
    rows = np.median(area, axis=1)
    cuts = [i for i in range(2, len(rows) - 1) if abs(rows[i + 1] - rows[i - 2]) > 15]
    edges = [0, *(c for k, c in enumerate(cuts) if not k or c - cuts[k - 1] > 3), len(rows)]
    return list(itertools.pairwise(edges))
