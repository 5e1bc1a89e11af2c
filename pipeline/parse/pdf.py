"""A PDF becomes pages of text and tables."""

import re
from collections.abc import Iterator, Sequence

from pipeline.parse.errors import ParseError
from pipeline.parse.pdf_model import RawPage
from pipeline.parse.pdf_pages import assemble
from pipeline.parse.pdf_read import Opened, open_pdf, page_size, read_pages
from pipeline.parse.shared import RawPages, Shared, Unshared, ranges
from pipeline.records import Page, ParsedPage, Record, Table, Warning

__all__ = ["ParseError", "PdfResult", "RangeReader", "parse_pdf", "raw_pages"]


class PdfResult(Record, frozen=True, kw_only=True):
    """What a PDF holds: pages in order, tables, and what went wrong on the way."""

    pages: list[ParsedPage]
    tables: list[Table]
    title: str | None
    """The largest heading of the first page with text, else the metadata's title where it is sane."""
    date: str | None
    warnings: list[Warning]


def parse_pdf(
    data: bytes,
    *,
    document: str,
    passwords: Sequence[str] = (),
    shared: Shared | None = None,
    parser: str = "auto",
) -> PdfResult:
    """Parse a PDF.

    Args:
        data: the file.
        document: the document's id, for the records.
        passwords: tried in order after the empty one.
        shared: what other workers read of it.
        parser: ``auto``, or ``pdfplumber``: do without the fast reading of pages, with the same result.

    Returns:
        The pages with the place of every glyph, and the tables. A page that cannot be read is
        empty and has a warning ``page_failed``; one without usable text but with an image or
        glyphs that map to nothing has the warning ``unreadable``.

    Raises:
        ParseError: ``empty_file``, ``wrong_format``, ``encrypted``, ``damaged``, ``limit``, ``internal``.
        Unshared: other workers should read its pages first.
    """
    pdf = open_pdf(data, passwords, parser)
    try:
        if shared is not None:
            shared.ask_pages(len(pdf.pages))
        return _parse(pdf, document, shared)
    except (ParseError, MemoryError, RecursionError, Unshared):
        raise
    except Exception as error:
        raise ParseError("internal", f"{type(error).__name__}: {error}"[:200]) from error
    finally:
        pdf.close()


class RangeReader:
    """Reads ranges of PDFs' pages for the workers that have the whole documents.

    The last PDF stays open for its next range: opening one of 500 pages takes as long as reading twenty of them.

    Args:
        passwords: tried in order after the empty one.
        parser: as for ``parse_pdf``.
    """

    def __init__(self, passwords: Sequence[str] = (), parser: str = "auto") -> None:
        self._passwords, self._parser = passwords, parser
        self._opened: tuple[str, Opened] | None = None

    def read(self, digest: str, data: bytes, first: int, last: int) -> RawPages:
        """Read a range of pages.

        Args:
            digest: the file's SHA-256.
            data: the file.
            first, last: page numbers, from 1.

        Raises:
            ParseError: as ``parse_pdf``.
        """
        if self._opened is None or self._opened[0] != digest:
            self.close()
            self._opened = (digest, open_pdf(data, self._passwords, self._parser))
        try:
            return list(read_pages(self._opened[1], range(first, last + 1)))
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Release the PDF that is open."""
        if self._opened is not None:
            self._opened[1].close()
            self._opened = None


def raw_pages(pdf: Opened, shared: Shared | None = None) -> Iterator[RawPage | tuple[int, str]]:
    """Read the pages in order; those that other workers read are taken from them."""
    if shared is None:
        yield from read_pages(pdf)
        return
    for first, last in ranges(len(pdf.pages)):
        known = shared.pages(first, last)
        yield from known if known is not None else read_pages(pdf, range(first, last + 1))


def _parse(pdf: Opened, document: str, shared: Shared | None) -> PdfResult:
    sizes = [page_size(pdf, number) for number in range(1, len(pdf.pages) + 1)]
    found = assemble(document, raw_pages(pdf, shared))
    return PdfResult(
        pages=[found.pages.get(n) or _blank(document, n, size) for n, size in enumerate(sizes, 1)],
        tables=found.tables, title=found.title or _metadata_title(pdf.title), date=None,
        warnings=found.warnings,
    )  # fmt: skip


def _blank(document: str, number: int, size: tuple[float, float] | None) -> ParsedPage:
    page = Page(
        document=document, page=number, width=round(size[0], 1) if size else None,
        height=round(size[1], 1) if size else None, text="", blocks=[], notes=[],
    )  # fmt: skip
    return ParsedPage(page=page, glyphs=None, runs_on=False, bold=[])


_POOR = re.compile(
    r"(?:untitled|无标题|标题|标准名称|文档\s*\d*|document\s*\d*|slide\s*\d*|powerpoint.*|presentation\s*\d*|.*\.(?:docx?|pdf|indd|qxd|tex|dvi|xlsx?|pptx?|wps|cdr)"
    r"|microsoft word\b.*|[\W\d_]*|\S{1,2})",
    re.I,
)


def _metadata_title(text: str | None) -> str | None:
    """The title that the metadata give, if it is no file name or placeholder."""
    title = " ".join((text or "").split())
    if _POOR.fullmatch(title) or not title.isprintable() or "\ufffd" in title:
        return None
    return title[:300]
