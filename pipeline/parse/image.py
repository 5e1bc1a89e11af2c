"""A scanned image (PNG, JPEG, TIFF of one or more pages) is read by OCR."""

import io

import numpy as np
from PIL import Image as Pillow
from PIL import ImageOps, ImageSequence

from pipeline.parse.content import Content
from pipeline.parse.errors import ParseError
from pipeline.parse.ocr import Image, available, ocr_page
from pipeline.parse.ocr_layout import even_sizes, raw_page
from pipeline.parse.pdf_model import RawPage
from pipeline.parse.pdf_pages import assemble
from pipeline.records import Page, ParsedPage, Warning

_MOST_PIXELS = 100_000_000
_MOST_FRAMES = 500
_USUAL = 200.0
"""Dots an inch of an image that does not say."""


def parse_image(data: bytes, document: str, *, read: bool = True) -> Content:
    """Read an image, or the pages of a TIFF.

    Args:
        data: the file.
        document: the document's id.
        read: false leaves all pages ``unreadable`` (``--ocr never``).

    Returns:
        Pages in points, by the image's resolution (200 dpi where it says none). Without the extra
        ``[ocr]`` they are empty and have the warning ``unreadable``.

    Raises:
        ParseError: ``damaged`` or ``limit``.
    """
    images = _frames(data)
    ready = read and available()
    raws: list[RawPage] = []
    pages: dict[int, ParsedPage] = {}
    warnings: list[Warning] = []
    for number, (image, dpi) in enumerate(images, 1):
        height, width = image.shape[:2]
        size = (width * 72 / dpi, height * 72 / dpi)
        if ready:
            # Small type is read better when enlarged; a photograph's nominal 72 dpi means nothing.
            raws.append(raw_page(ocr_page(image), number, dpi, *size))
        page = Page(
            document=document,
            page=number,
            width=round(size[0], 1),
            height=round(size[1], 1),
            text="",
            blocks=[],
            notes=[],
        )
        pages[number] = ParsedPage(page=page, glyphs=None, runs_on=False, bold=[])
    if not ready:
        why = "OCR is switched off" if not read else "install zhen-pipeline[ocr] to read it"
        warnings += [
            Warning(code="unreadable", page=n, message=f"the page is an image; {why}") for n in pages
        ]
        return Content(pages=[pages[n] for n in sorted(pages)], warnings=warnings)
    even_sizes(raws)
    found = assemble(document, raws)
    pages |= found.pages
    return Content(
        pages=[pages[n] for n in sorted(pages)], tables=found.tables, title=found.title,
        warnings=found.warnings + [Warning(code="ocr", page=n, message="the page was read by OCR") for n in sorted(found.pages)],
    )  # fmt: skip


def _frames(data: bytes) -> list[tuple[Image, float]]:
    """Return the pages of an image file as arrays, upright by its EXIF data, with their resolution."""
    found: list[tuple[Image, float]] = []
    try:
        with Pillow.open(io.BytesIO(data)) as opened:
            for frame in ImageSequence.Iterator(opened):
                if len(found) >= _MOST_FRAMES or frame.size[0] * frame.size[1] > _MOST_PIXELS:
                    raise ParseError("limit", "the image is too large to be read")
                dpi = frame.info.get("dpi", (_USUAL, _USUAL))
                across = float(dpi[0]) if isinstance(dpi, tuple) and dpi else _USUAL
                upright = ImageOps.exif_transpose(frame)
                flat = Pillow.new("RGB", upright.size, "white")
                picture = upright.convert("RGBA")
                flat.paste(picture, mask=picture.getchannel("A"))
                found.append((np.asarray(flat), across if 100 <= across <= 1200 else _USUAL))
    except ParseError:
        raise
    except (OSError, ValueError, SyntaxError, EOFError, Pillow.DecompressionBombError) as problem:
        raise ParseError(
            "damaged", f"not readable as an image: {' '.join(str(problem).split())[:120]}"
        ) from None
    if not found:
        raise ParseError("damaged", "not readable as an image: it has no picture")
    return found
