"""Open a PDF and read its pages, one at a time, into plain records.

Only this module, pdf_device and pdf_glyphs know pdfplumber and pdfminer; an engine that delivers glyphs and rules faster
takes their place without a change elsewhere.
"""

import contextlib
import itertools
import logging
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect

from pipeline.parse.errors import ParseError
from pipeline.parse.pdf_device import run_page
from pipeline.parse.pdf_glyphs import UNMAPPED, drop_duplicates, read_glyphs
from pipeline.parse.pdf_model import Glyph, RawPage, Rule, Word
from pipeline.parse.pdf_mojibake import repair
from pipeline.parse.pdf_words import build_words, is_vertical, mark_raised, mark_signs, turn_box
from pipeline.records import Box

MAX_PAGES = 20_000
MAX_GLYPHS = 300_000
"""Characters on a page; more is no page that anybody reads."""
_MAX_DRAWINGS = 20_000
_THIN = 2.5
"""A filled rectangle that is thinner (points) is a rule."""

# pdfminer tells about every oddity of a file at warning level: this program has its own warnings.
logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
logging.getLogger("pdfplumber").setLevel(logging.CRITICAL)

_MAGIC = {
    b"\x89PNG": "a PNG image", b"\xff\xd8\xff": "a JPEG image", b"GIF8": "a GIF image",
    b"PK\x03\x04": "a ZIP or Office file", b"\xd0\xcf\x11\xe0": "an old Office file",
    b"II*\0": "a TIFF image", b"MM\0*": "a TIFF image", b"{\\rtf": "an RTF file",
    b"<htm": "an HTML file", b"<!DO": "an HTML file", b"<!do": "an HTML file", b"BM": "a bitmap image",
    b"RIFF": "a WebP image", b"\x1f\x8b": "a gzip file", b"Rar!": "a RAR file", b"%!PS": "a PostScript file",
}  # fmt: skip


class Opened:
    """An open PDF: its pages by number, its metadata; close it when done."""

    def __init__(self, pdf: Any) -> None:
        self._pdf = pdf
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


def open_pdf(data: bytes, passwords: Sequence[str]) -> Opened:
    """Open a PDF; the empty password is tried first, then ``passwords`` in order.

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
            return Opened(pdfplumber.open(BytesIO(data), password=password))
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


def read_pages(pdf: Opened) -> Iterator[RawPage | tuple[int, str]]:
    """Read the pages in order; one that fails is its number and the reason.

    Each page is closed, and forgotten by pdfplumber, before the next one is read.
    """
    for number in range(1, len(pdf.pages) + 1):
        page = pdf.pages[number - 1]
        try:
            yield _read_page(page, number)
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


def _read_page(page: Any, number: int) -> RawPage:
    x0, top, x1, bottom = _shown(page)
    width, height = x1 - x0, bottom - top
    chars, items = run_page(page)
    if len(chars) > MAX_GLYPHS:
        raise ValueError(f"more than {MAX_GLYPHS} characters on a page")
    glyphs = [
        g for g in read_glyphs(chars, x0 - page.mediabox[0], page.height + page.mediabox[1] - top)
        if -1 <= (g.x0 + g.x1) / 2 <= width + 1 and -1 <= (g.top + g.bottom) / 2 <= height + 1
    ]  # fmt: skip
    glyphs = drop_duplicates(repair(glyphs))
    rules, fills, frames, drawings = _drawings(items, x0, top, width, height)
    groups: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        groups.setdefault(glyph.turn, []).append(glyph)
    if 0 in groups and is_vertical(groups[0]):
        groups[270] = groups.pop(0) + groups.get(270, [])
    counts = Counter({turn: len(group) for turn, group in groups.items() if turn != 1})
    # The main direction; in doubt the upright one.
    turn = max(counts, key=lambda t: (counts[t], t == 0), default=0)
    turned_rules = [Rule(*turn_box(r, turn, width, height)) for r in rules]
    vertical = _merged([r for r in turned_rules if r.x1 - r.x0 < r.bottom - r.top], upright=True)
    horizontal = _merged([r for r in turned_rules if r.x1 - r.x0 >= r.bottom - r.top], upright=False)
    words = build_words(groups.get(turn, []), vertical, turn, width, height)
    mark_raised(words)
    words = mark_signs(words)
    others: list[list[Word]] = [
        build_words(group, [], 0 if t == 1 else t, width, height)
        for t, group in sorted(groups.items()) if t != turn
    ]  # fmt: skip
    images = [
        i
        for i in items
        if i["object_type"] == "image" and i["x1"] - i["x0"] >= 20 and i["bottom"] - i["top"] >= 20
    ]
    shapes = [_moved(i, x0, top) for i in images] + drawings
    return RawPage(
        number=number, width=width, height=height, words=words, turned=others,
        horizontal=horizontal, vertical=vertical,
        fills=[turn_box(f, turn, width, height) for f in fills],
        frames=[turn_box(f, turn, width, height) for f in frames],
        drawings=[turn_box(d, turn, width, height) for d in shapes],
        images=bool(images), unmapped=sum(g.text == UNMAPPED for g in glyphs), turn=turn,
    )  # fmt: skip


def _moved(item: dict[str, Any], left: float, top: float) -> Box:
    return item["x0"] - left, item["top"] - top, item["x1"] - left, item["bottom"] - top


def _drawings(items: list[dict[str, Any]], left: float, top: float, width: float, height: float) -> (
    tuple[list[Rule], list[Box], list[Box], list[Box]]
):  # fmt: skip
    """Rules, filled rectangles, stroked rectangles and other shapes of a page, displayed coordinates."""
    rules: list[Rule] = []
    fills: list[Box] = []
    frames: list[Box] = []
    drawings: list[Box] = []
    for item in items[:_MAX_DRAWINGS]:
        kind = item["object_type"]
        if kind not in ("line", "rect", "curve"):
            continue
        box = _moved(item, left, top)
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


def _merged(rules: list[Rule], upright: bool) -> list[Rule]:
    """Join rules that lie on each other or go on where another ends (cell borders drawn one by one)."""
    if upright:
        return sorted(
            Rule(r.top, r.x0, r.bottom, r.x1)
            for r in _merged([Rule(r.top, r.x0, r.bottom, r.x1) for r in rules], False)
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
