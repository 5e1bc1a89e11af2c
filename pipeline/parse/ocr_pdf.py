"""Pages of a PDF that are scans or have a bad text layer are read by OCR and laid out with the others."""

from collections.abc import Iterator, Mapping, Sequence

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pipeline.normal import count_han
from pipeline.parse.errors import ParseError
from pipeline.parse.ocr import available, ocr_page
from pipeline.parse.ocr_judge import needs_ocr
from pipeline.parse.ocr_layout import even_sizes, raw_page
from pipeline.parse.pdf import raw_pages
from pipeline.parse.pdf_model import RawPage
from pipeline.parse.pdf_pages import assemble
from pipeline.parse.pdf_read import open_pdf
from pipeline.parse.shared import Shared, batches
from pipeline.records import Language, ParsedPage, Table, Warning

DPI = 200
_LARGEST = 5000
"""Pixels of the longer side of a rendered page; larger pages are rendered at a lower resolution."""
_ENOUGH = 0.6
"""A reading with a smaller share of the text layer's letters is not taken: the page's fonts do not draw."""
_HOPELESS = ("no text", "unmapped glyphs", "mojibake")
"""Where any reading is better than the text layer."""


def read_scans(
    data: bytes,
    document: str,
    pages: Sequence[ParsedPage],
    tables: Sequence[Table],
    warnings: Sequence[Warning],
    *,
    always: bool,
    passwords: Sequence[str],
    languages: Sequence[Language],
    shared: Shared | None = None,
    parser: str = "auto",
) -> tuple[list[ParsedPage], list[Table], list[Warning], str | None]:
    """Read by OCR the pages of a parsed PDF that need it.

    Args:
        data: the file.
        document: the document's id.
        pages, tables, warnings: as the PDF parser left them.
        always: all pages, not only those without text or with a bad one.
        passwords: to open the file with.
        languages: the document's.
        shared: what other workers read of it.
        parser: what reads the other pages, as for ``parse_pdf``.

    Returns:
        Pages, tables, warnings and a title if that was read anew; a page read by OCR has the warning ``ocr``, one that needs it
        where the extra is missing ``unreadable``, one whose text stays garbled ``garbled``.
    """
    kept = list(warnings)
    wanted = pages_to_read(data, pages, kept, always=always, passwords=passwords, languages=languages)
    if not wanted:
        return list(pages), list(tables), kept, None
    if not available():
        marked = {w.page for w in kept if w.code == "unreadable"}
        kept += [
            Warning(code="unreadable", page=n, message=f"the page has no usable text ({why}); install zhen-pipeline[ocr] to read it")
            for n, why in sorted(wanted.items()) if n not in marked and why != "repeated glyphs"
        ]  # fmt: skip
        return list(pages), list(tables), _sorted(kept), None
    if shared is not None:
        shared.ask_scans(sorted(wanted))
    raws = ocr_raw_pages(data, sorted(wanted), passwords, shared)
    taken: dict[int, RawPage] = {}
    for number, raw in raws.items():
        after = "".join(w.text for w in raw.words)
        before = pages[number - 1].page.text
        if _richer(after, before) or (wanted[number] in _HOPELESS and any(map(str.isalnum, after))):
            taken[number] = raw
        elif any(map(str.isalnum, before)):
            message = "fonts of the page are broken, parts of its text are wrong; OCR reads even less"
            kept.append(Warning(code="garbled", page=number, message=message))
        else:
            if not any(w.code == "unreadable" and w.page == number for w in kept):
                kept.append(
                    Warning(code="unreadable", page=number, message="nothing could be read on the page")
                )
    marked = {w.page for w in kept if w.code == "unreadable"}
    kept += [
        Warning(code="unreadable", page=n, message="OCR failed on the page")
        for n in sorted(wanted) if n not in raws and n not in marked and not pages[n - 1].page.text.strip()
    ]  # fmt: skip
    if not taken:
        return list(pages), list(tables), _sorted(kept), None
    pdf = open_pdf(data, passwords, parser)
    try:
        found = assemble(document, _replaced(raw_pages(pdf, shared), taken))
    finally:
        pdf.close()
    result = [found.pages.get(p.page.page, p) for p in pages]
    again = {(w.code, w.page) for w in found.warnings}
    kept = [w for w in kept if w.page not in taken or (w.code, w.page) in again]
    kept += [
        Warning(code="ocr", page=n, message=f"the page was read by OCR ({wanted[n]})") for n in sorted(taken)
    ]
    return result, found.tables, _sorted(kept), found.title if 1 in taken else None


def _richer(after: str, before: str) -> bool:
    """Say whether a reading has nearly as many letters, and Han characters, as the text layer."""

    def count(text: str) -> tuple[int, int]:
        return sum(map(str.isalnum, text)), count_han(text)

    (letters, han), (letters_before, han_before) = count(after), count(before)
    return letters > 0 and letters >= _ENOUGH * letters_before and han >= _ENOUGH * han_before


def pages_to_read(
    data: bytes,
    pages: Sequence[ParsedPage],
    warnings: Sequence[Warning],
    *,
    always: bool,
    passwords: Sequence[str],
    languages: Sequence[Language],
) -> dict[int, str]:
    """Return the pages that need OCR and why.

    When a third of a document's scanned pages has a bad text layer, all that have one are read
    again: one program wrote it.
    """
    unreadable = {w.page for w in warnings if w.code == "unreadable"}
    if always:
        return {p.page.page: "asked for" for p in pages}
    wanted = {p.page.page: "no text" for p in pages if p.page.page in unreadable}
    suspects: list[int] = []
    for page in pages:
        number = page.page.page
        if number in wanted:
            continue
        why = needs_ocr(page, True, tuple(languages) or ("zh", "en"))
        if why == "no text":
            continue  # blank: the parser saw no picture on it
        if why == "bad text layer":
            suspects.append(number)
        elif why is not None:
            wanted[number] = why
    if suspects:
        scanned = _scanned(data, passwords)
        bad = [n for n in suspects if n in scanned]
        text = {p.page.page for p in pages if p.page.text.strip()}
        if bad and 3 * len(bad) >= len(scanned & text):
            bad = sorted(scanned & text)
        wanted |= {n: "bad text layer" for n in bad if n not in wanted}
    return wanted


def _scanned(data: bytes, passwords: Sequence[str]) -> set[int]:
    """Return the pages that a picture covers for the most part."""
    found: set[int] = set()
    pdf = _opened(data, passwords)
    try:
        for index in range(len(pdf)):
            page = pdf[index]
            width, height = page.get_size()
            area = 0.0
            for item in page.get_objects(filter=(pdfium_c.FPDF_PAGEOBJ_IMAGE,), max_depth=3):
                left, bottom, right, top = item.get_bounds()
                area += max(0.0, right - left) * max(0.0, top - bottom)
            if area >= 0.6 * width * height:
                found.add(index + 1)
            page.close()
    finally:
        pdf.close()
    return found


def ocr_raw_pages(
    data: bytes, page_numbers: Sequence[int], passwords: Sequence[str] = (), shared: Shared | None = None
) -> dict[int, RawPage]:
    """Return what is read on pages of a PDF, as words and rules in points; pages that fail are missing."""
    raws: dict[int, RawPage] = {}
    for numbers in batches(page_numbers):
        known = shared.scans(numbers) if shared is not None else None
        raws |= read_images(data, numbers, passwords) if known is None else known
    even_sizes(list(raws.values()))
    return raws


def read_images(
    data: bytes, page_numbers: Sequence[int], passwords: Sequence[str] = ()
) -> dict[int, RawPage]:
    """Return what is read on pages of a PDF, sizes of type as measured; pages that fail are missing."""
    raws: dict[int, RawPage] = {}
    pdf = _opened(data, passwords)
    try:
        for number in page_numbers:
            if not 1 <= number <= len(pdf):
                continue
            try:
                raws[number] = _read(pdf, number)
            except MemoryError:  # how much there is depends on the machine: no page's fault
                raise
            except Exception:  # noqa: BLE001 # nosec B112 - one page must not cost the document; it stays as it was
                continue
    finally:
        pdf.close()
    return raws


def _read(pdf: pdfium.PdfDocument, number: int) -> RawPage:
    page = pdf[number - 1]
    try:
        width, height = page.get_size()
        dpi = min(float(DPI), 72 * _LARGEST / max(width, height, 1.0))
        image = page.render(scale=dpi / 72).to_numpy().copy()
    finally:
        page.close()
    return raw_page(ocr_page(image[..., ::-1] if image.ndim == 3 else image), number, dpi, width, height)


def _opened(data: bytes, passwords: Sequence[str]) -> pdfium.PdfDocument:
    for password in (None, *passwords):
        try:
            return pdfium.PdfDocument(data, password=password)
        except pdfium.PdfiumError:
            continue
    raise ParseError("damaged", "the pages cannot be rendered")


def _replaced(
    read: Iterator[RawPage | tuple[int, str]], taken: Mapping[int, RawPage]
) -> Iterator[RawPage | tuple[int, str]]:
    for item in read:
        number = item.number if isinstance(item, RawPage) else item[0]
        yield taken.get(number, item)


def _sorted(warnings: Sequence[Warning]) -> list[Warning]:
    return sorted(warnings, key=lambda w: (w.page or 0, w.code, w.message))
