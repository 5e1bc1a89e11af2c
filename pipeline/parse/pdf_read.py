"""Open a PDF and read its pages, one at a time, into plain records.

Two engines deliver a page's characters and drawings: pdfminer's interpreter (pdf_device), and a faster one with the same
results for nearly all pages (pdf_fast). Only they, pdf_paths and this module know pdfplumber and pdfminer.
"""

import contextlib
import logging
import math
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

import numpy as np
import pdfplumber
from pdfminer import pdffont
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdftypes import PDFObjRef, resolve1

from pipeline.parse.errors import ParseError
from pipeline.parse.pdf_chars import Chars, Column
from pipeline.parse.pdf_device import run_page
from pipeline.parse.pdf_doubles import drop_duplicates
from pipeline.parse.pdf_fast import run_page_fast
from pipeline.parse.pdf_fast_font import FastFont
from pipeline.parse.pdf_glyphs import UNMAPPED, Glyphs, read_glyphs
from pipeline.parse.pdf_join import build_words, is_vertical, turn_box
from pipeline.parse.pdf_model import RawPage, Rule, Word
from pipeline.parse.pdf_mojibake import repair
from pipeline.parse.pdf_rules import MAX_DRAWINGS, merged, moved, read_drawings
from pipeline.parse.pdf_words import mark_raised, mark_signs
from pipeline.records import Box

MAX_PAGES = 20_000
MAX_GLYPHS = 300_000
"""Characters on a page; more is no page that anybody reads."""

# pdfminer tells about every oddity of a file at warning level: this program has its own warnings.
logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
logging.getLogger("pdfplumber").setLevel(logging.CRITICAL)

_LAST_CID = 65_535


def _bounded(widths: Any) -> Any:
    """Let pdfminer read a CID font's widths without a range of billions, which takes gigabytes."""

    def read(values: Any) -> Any:
        found = [resolve1(value) for value in values]
        return widths(
            [min(max(v, -_LAST_CID), _LAST_CID) if isinstance(v, (int, float)) else v for v in found]
        )

    return read


for _reader in ("get_widths", "get_widths2"):
    setattr(pdffont, _reader, _bounded(getattr(pdffont, _reader)))


def _ending(resolve: Any) -> Any:
    """Let pdfminer follow references that lead from one to another only until they come back."""

    def followed(reference: Any, default: object = None) -> Any:
        found, seen = resolve(reference, default), {reference.objid}
        while isinstance(found, PDFObjRef):
            if found.objid in seen:
                return default
            seen.add(found.objid)
            found = resolve(found, default)
        return found

    return followed


PDFObjRef.resolve = _ending(PDFObjRef.resolve)  # type: ignore[method-assign]

_MAGIC = {
    b"\x89PNG": "a PNG image", b"\xff\xd8\xff": "a JPEG image", b"GIF8": "a GIF image",
    b"PK\x03\x04": "a ZIP or Office file", b"\xd0\xcf\x11\xe0": "an old Office file",
    b"II*\0": "a TIFF image", b"MM\0*": "a TIFF image", b"{\\rtf": "an RTF file",
    b"<htm": "an HTML file", b"<!DO": "an HTML file", b"<!do": "an HTML file", b"BM": "a bitmap image",
    b"RIFF": "a WebP image", b"\x1f\x8b": "a gzip file", b"Rar!": "a RAR file", b"%!PS": "a PostScript file",
}  # fmt: skip


class Opened:
    """An open PDF: its pages by number, its metadata; close it when done."""

    def __init__(self, pdf: Any, *, fast: bool) -> None:
        self._pdf = pdf
        self.fast = fast
        """Pages are read by ``pdf_fast`` where that can; else all by pdfminer, which gives the same."""
        try:
            self.pages: list[Any] = pdf.pages
        except Exception as error:
            raise ParseError("damaged", f"the PDF's pages cannot be read: {_reason(error)}") from error
        if not self.pages:
            raise ParseError("damaged", "the PDF has no pages")
        if len(self.pages) > MAX_PAGES:
            raise ParseError("limit", f"the PDF has {len(self.pages)} pages, the limit is {MAX_PAGES}")

    @property
    def title(self) -> str | None:
        """The title from the metadata, None when there is none."""
        value = self._pdf.metadata.get("Title")
        return value if isinstance(value, str) and value.strip() else None

    def close(self) -> None:
        """Release the file. (pdfplumber's own ``close`` would read the list of pages again.)"""
        self._pdf.stream.close()


def open_pdf(data: bytes, passwords: Sequence[str], parser: str = "auto") -> Opened:
    """Open a PDF; the empty password is tried first, then ``passwords`` in order.

    Args:
        data: the file.
        passwords: to open it with.
        parser: ``auto``, or ``pdfplumber``: do without the fast reading of pages.

    Raises:
        ParseError: ``empty_file``, ``wrong_format`` (another kind of file), ``encrypted`` (none of
            the passwords opens it), ``damaged`` or ``limit``.
    """
    if not data:
        raise ParseError("empty_file", "the file is empty")
    is_pdf = b"%PDF-" in data[:1024]
    if not is_pdf:
        for magic, name in _MAGIC.items():
            if data.startswith(magic):
                raise ParseError("wrong_format", f"not a PDF but {name}")
    reason = ""
    for password in ("", *passwords):
        try:
            return Opened(pdfplumber.open(BytesIO(data), password=password), fast=parser == "auto")
        except ParseError:
            raise
        except Exception as error:
            cause = error.args[0] if error.args and isinstance(error.args[0], Exception) else error
            if isinstance(cause, PDFPasswordIncorrect):
                continue
            if isinstance(cause, PDFEncryptionError):
                raise ParseError("encrypted", f"its encryption is not supported: {_reason(cause)}") from error
            reason = _reason(cause)
            break
    else:
        tried = "none of the passwords opens it" if passwords else "it needs a password"
        raise ParseError("encrypted", f"the PDF is encrypted: {tried}")
    if not is_pdf:
        raise ParseError("wrong_format", "not a PDF: there is no PDF header")
    raise ParseError("damaged", f"not readable as a PDF: {reason}")


def _reason(error: BaseException) -> str:
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text[:160]}" if text else type(error).__name__


def read_pages(pdf: Opened, numbers: Sequence[int] | None = None) -> Iterator[RawPage | tuple[int, str]]:
    """Read the pages in order; one that fails is its number and the reason.

    Each page is closed, and forgotten by pdfplumber, before the next one is read.

    Args:
        pdf: the file.
        numbers: the pages to read (from 1); None: all.
    """
    fonts: dict[Any, FastFont] | None = {} if pdf.fast else None
    for number in numbers or range(1, len(pdf.pages) + 1):
        page = pdf.pages[number - 1]
        try:
            yield _read_page(page, number, fonts)
        except MemoryError:  # how much there is depends on the machine: no page's fault
            raise
        except Exception as error:  # noqa: BLE001 - whatever a broken page raises, the others go on
            yield number, _reason(error)
        finally:
            with contextlib.suppress(Exception):
                page.close()
            pdf.pages[number - 1] = None


def page_size(pdf: Opened, number: int) -> tuple[float, float] | None:
    """Width and height (points) of a displayed page, None when they are not sane."""
    page = pdf.pages[number - 1]
    try:
        x0, top, x1, bottom = _shown(page)
    except Exception:  # noqa: BLE001 - a page without a usable size has none
        return None
    return x1 - x0, bottom - top


def _shown(page: Any) -> Box:
    """The displayed part of a page in pdfplumber's coordinates: the crop box, if it is sane."""
    media, crop = page.mediabox, page.cropbox
    # pdfplumber measures from the media box; what is outside the crop box is not displayed.
    x0, top = max(media[0], crop[0]), max(media[1], crop[1])
    x1, bottom = min(media[2], crop[2]), min(media[3], crop[3])
    if not (x1 - x0 >= 1 and bottom - top >= 1):
        x0, top, x1, bottom = media
    if not all(map(math.isfinite, (x0, top, x1, bottom))) or x1 - x0 < 1 or bottom - top < 1:
        raise ValueError("the page has no area")
    return float(x0), float(top), float(x1), float(bottom)


def _read_page(page: Any, number: int, fonts: dict[Any, FastFont] | None) -> RawPage:
    x0, top, x1, bottom = _shown(page)
    width, height = x1 - x0, bottom - top
    chars, items = _run(page, fonts)
    if len(chars.texts) > MAX_GLYPHS:
        raise ValueError(f"more than {MAX_GLYPHS} characters on a page")
    glyphs = read_glyphs(chars, x0 - page.mediabox[0], page.height + page.mediabox[1] - top)
    across, down = (glyphs.x0 + glyphs.x1) / 2, (glyphs.top + glyphs.bottom) / 2
    on_page = (across >= -1) & (across <= width + 1) & (down >= -1) & (down <= height + 1)
    if not on_page.all():
        glyphs = glyphs.take(np.flatnonzero(on_page))
    glyphs = drop_duplicates(repair(glyphs))
    rules, fills, frames, drawings = read_drawings(items, x0, top, width, height)
    groups = {turn: np.flatnonzero(glyphs.turn == turn) for turn in dict.fromkeys(glyphs.turn.tolist())}
    if 0 in groups and is_vertical(glyphs.take(groups[0])):
        groups[270] = np.concatenate([groups.pop(0), groups.get(270, np.zeros(0, np.int64))])
    counts = {turn: len(group) for turn, group in groups.items() if turn != 1}
    # The main direction; in doubt the upright one.
    turn = max(counts, key=lambda t: (counts[t], t == 0), default=0)
    turned_rules = [Rule(*turn_box(r, turn, width, height)) for r in rules]
    vertical = merged([r for r in turned_rules if r.x1 - r.x0 < r.bottom - r.top], upright=True)
    horizontal = merged([r for r in turned_rules if r.x1 - r.x0 >= r.bottom - r.top], upright=False)
    words = _built(glyphs, groups.get(turn), vertical, turn, width, height)
    mark_raised(words)
    words = mark_signs(words)
    others: list[list[Word]] = [
        _built(glyphs, group, [], 0 if t == 1 else t, width, height)
        for t, group in sorted(groups.items()) if t != turn
    ]  # fmt: skip
    images = [
        i
        for i in items
        if i["object_type"] == "image" and i["x1"] - i["x0"] >= 20 and i["bottom"] - i["top"] >= 20
    ]
    shapes = [moved(i, x0, top) for i in images] + drawings
    return RawPage(
        number=number, width=width, height=height, words=words, turned=others,
        horizontal=horizontal, vertical=vertical,
        fills=[turn_box(f, turn, width, height) for f in fills],
        frames=[turn_box(f, turn, width, height) for f in frames],
        drawings=[turn_box(d, turn, width, height) for d in shapes],
        images=bool(images), unmapped=glyphs.text.count(UNMAPPED), turn=turn,
    )  # fmt: skip


def _run(page: Any, fonts: dict[Any, FastFont] | None) -> tuple[Chars, list[dict[str, Any]]]:
    """Run a page's content: fast where that is sure to give what pdfminer gives, else by pdfminer."""
    if fonts is not None:
        try:
            return run_page_fast(page, fonts, MAX_GLYPHS, MAX_DRAWINGS)
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 # nosec B110 - pdfminer reads the page, or says what is wrong with it
            pass
    return run_page(page)


def _built(
    glyphs: Glyphs, group: Column | None, rules: list[Rule], turn: int, width: float, height: float
) -> list[Word]:
    if group is None:
        return []
    whole = len(group) == len(glyphs) and turn == 0
    return build_words(glyphs if whole else glyphs.take(group), rules, turn, width, height)
