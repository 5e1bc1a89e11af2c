"""Images made ready for reading: grey, straight; and the ruled lines in them."""

import numpy as np

from pipeline.parse.ocr import Image

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


def _turned(image: np.ndarray, angle: float, border: float) -> np.ndarray:
    import cv2

    height, width = image.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    return np.asarray(
        cv2.warpAffine(image, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=border)  # type: ignore[call-overload]
    )


def rules(image: Image, dpi: float) -> tuple[list[tuple[float, float, float, float]], list[tuple[float, float, float, float]]]:
    """Return the horizontal and the vertical ruled lines of a straight image, as boxes in pixels.

    Args:
        image: straightened, grey.
        dpi: its resolution; a rule is at least 0.4 inches long and at most 0.04 thick.
    """
    import cv2

    dark = ink(image)
    found: list[list[tuple[float, float, float, float]]] = []
    for across in (True, False):
        page = dark if across else np.ascontiguousarray(dark.T)
        # Strokes of type are shorter; a rule may be broken by noise and by the skew that is left.
        opened = cv2.morphologyEx(page, cv2.MORPH_OPEN, np.ones((1, int(0.22 * dpi)), np.uint8))
        _, _, stats, _ = cv2.connectedComponentsWithStats(opened, connectivity=8)
        pieces = [
            (float(x), float(y), float(x + width), float(y + height))
            for x, y, width, height, _ in stats[1:] if height <= 0.04 * dpi + 2
        ]  # fmt: skip
        lines = [b for b in _strung(pieces, 0.08 * dpi, 0.015 * dpi) if b[2] - b[0] >= 0.4 * dpi]
        found.append(sorted(lines if across else [(y0, x0, y1, x1) for x0, y0, x1, y1 in lines]))
    return found[0], found[1]


def _strung(
    pieces: list[tuple[float, float, float, float]], gap: float, off: float
) -> list[tuple[float, float, float, float]]:
    """Join horizontal pieces that go on each other, at most ``gap`` apart and ``off`` out of line."""
    out: list[tuple[float, float, float, float]] = []
    for piece in sorted(pieces):
        middle = (piece[1] + piece[3]) / 2
        for i, line in enumerate(out):
            if -gap <= piece[0] - line[2] <= gap and abs((line[1] + line[3]) / 2 - middle) <= off + 0.002 * (line[2] - line[0]):
                out[i] = (line[0], min(line[1], piece[1]), max(line[2], piece[2]), max(line[3], piece[3]))
                break
        else:
            out.append(piece)
    return out


def fills(image: Image, dpi: float) -> list[tuple[float, float, float, float]]:
    """Return the shaded rectangles of a straight image (a table's header, every other row), in pixels.

    Strokes are closed over, so that only the ground is left, and compared with the paper's shade.
    """
    import cv2

    half = cv2.medianBlur(cv2.resize(image, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), 5)
    stroke = int(0.06 * dpi) | 1
    ground = cv2.medianBlur(cv2.morphologyEx(half, cv2.MORPH_CLOSE, np.ones((stroke, stroke), np.uint8)), 7)
    paper = int(np.bincount(ground.ravel(), minlength=256).argmax())
    shaded = (ground < paper - 6).astype(np.uint8)
    if shaded.mean() > 0.5:
        return []
    kernel = np.ones((max(3, int(0.03 * dpi)), max(5, int(0.15 * dpi))), np.uint8)
    shaded = cv2.morphologyEx(shaded, cv2.MORPH_OPEN, kernel)
    _, _, stats, _ = cv2.connectedComponentsWithStats(shaded, connectivity=4)
    found = []
    for x, y, width, height, area in stats[1:]:
        if height >= 0.04 * dpi and area >= 0.6 * width * height:
            found.append((2.0 * x, 2.0 * y, 2.0 * (x + width), 2.0 * (y + height)))
    return sorted(found)
