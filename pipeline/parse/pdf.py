"""A PDF becomes pages of text and tables."""

import re
from collections.abc import Sequence

from pipeline.parse.errors import ParseError
from pipeline.parse.hyphens import Vocabulary
from pipeline.parse.lines import line_text
from pipeline.parse.pdf_compose import Composer
from pipeline.parse.pdf_furniture import find_furniture
from pipeline.parse.pdf_layout import Laid, Sheet, lay_out, make_sheet
from pipeline.parse.pdf_model import Draft, RawPage
from pipeline.parse.pdf_read import Opened, open_pdf, page_size, read_pages
from pipeline.parse.pdf_style import measure_style, rank_headings
from pipeline.parse.pdf_unite import collect_parts, goes_on, joined_text
from pipeline.parse.tables_join import Placing, build_table, chain
from pipeline.records import Page, ParsedPage, Record, Table, Warning

__all__ = ["ParseError", "PdfResult", "parse_pdf"]


class PdfResult(Record, frozen=True, kw_only=True):
    """What a PDF holds: pages in order, tables, and what went wrong on the way."""

    pages: list[ParsedPage]
    tables: list[Table]
    title: str | None
    """The largest heading of the first page with text, else the metadata's title where it is sane."""
    date: str | None
    warnings: list[Warning]


def parse_pdf(data: bytes, *, document: str, passwords: Sequence[str] = ()) -> PdfResult:
    """Parse a PDF.

    Args:
        data: the file.
        document: the document's id, for the records.
        passwords: tried in order after the empty one.

    Returns:
        The pages with the place of every glyph, and the tables. A page that cannot be read is
        empty and has a warning ``page_failed``; one without usable text but with an image or
        glyphs that map to nothing has the warning ``unreadable``.

    Raises:
        ParseError: ``empty_file``, ``wrong_format``, ``encrypted``, ``damaged``, ``limit``.
    """
    pdf = open_pdf(data, passwords)
    try:
        return _parse(pdf, document)
    except ParseError:
        raise
    except Exception as error:
        raise ParseError(
            "damaged", f"not readable as a PDF: {type(error).__name__}: {error}"[:200]
        ) from error
    finally:
        pdf.close()


def _parse(pdf: Opened, document: str) -> PdfResult:
    warnings: list[Warning] = []
    sheets: dict[int, Sheet] = {}
    sizes = {}
    count = len(pdf.pages)
    for number in range(1, count + 1):
        sizes[number] = page_size(pdf, number)
    for item in read_pages(pdf):
        if isinstance(item, RawPage):
            try:
                sheets[item.number] = make_sheet(item)
                continue
            except Exception as error:  # noqa: BLE001 - one page must not cost the document
                item = (item.number, type(error).__name__)
        warnings.append(
            Warning(code="page_failed", page=item[0], message=f"the page cannot be read: {item[1]}")
        )
    order = [sheets[n] for n in sorted(sheets)]
    _take_furniture(order)
    words = Vocabulary()
    for sheet in order:
        for line in sheet.lines:
            words.add_line(line_text(line))
        for cell in (c for g in sheet.grids for c in g.cells):
            for line in cell.lines:
                words.add_line(line_text(line))
    style = measure_style(sheet.lines for sheet in order)
    laid: dict[int, Laid] = {}
    for sheet in order:
        number = sheet.page.number
        try:
            laid[number] = lay_out(sheet, style)
        except Exception as error:  # noqa: BLE001 - one page must not cost the document
            warnings.append(
                Warning(
                    code="page_failed",
                    page=number,
                    message=f"the page cannot be laid out: {type(error).__name__}",
                )
            )
    rank_headings(block for page in laid.values() for block in page.blocks)
    parts = collect_parts(laid, words)
    chain(parts)
    pages: list[ParsedPage] = []
    placings: dict[int, Placing] = {}
    by_table = {id(part.table): i for i, part in enumerate(parts)}
    for number in range(1, count + 1):
        page = laid.get(number)
        if page is None:
            pages.append(_blank(document, number, sizes[number]))
            continue
        composer = Composer(page.page, words)
        for kind, line in (f for f in page.furniture if f[0] == "header"):
            composer.add_furniture(kind, line)
        for block in page.blocks:
            composer.add(block)
        for kind, line in (f for f in page.furniture if f[0] == "footer"):
            composer.add_furniture(kind, line)
        for table, spans in composer.tables:
            index = by_table[id(table)]
            placings[index] = Placing(parts[index], spans, [composer.slice(s.start, s.end) for s in spans])
        following = laid.get(number + 1)
        runs_on = following is not None and goes_on(page, following)
        parsed = composer.finish(document, runs_on)
        pages.append(parsed)
        if _unreadable(page.page, parsed.page.text):
            warnings.append(Warning(code="unreadable", page=number, message="the page has no usable text"))
    tables: list[Table] = []
    for i, part in enumerate(parts):
        if part.before >= 0:
            continue
        members = [i]
        while (
            following_part := next((j for j, p in enumerate(parts) if p.before == members[-1]), None)
        ) is not None:
            members.append(following_part)
        own = [placings[m] for m in members if m in placings]
        if own:
            tables.append(build_table(document, len(tables) + 1, own, words))
    warnings.sort(key=lambda w: (w.page or 0, w.code))
    return PdfResult(
        pages=pages, tables=tables, title=_title(laid, words, pdf.title), date=None, warnings=warnings
    )


def _take_furniture(sheets: list[Sheet]) -> None:
    """Move headers and footers from the sheets' lines to their furniture."""
    found = find_furniture([s.page for s in sheets], [s.lines for s in sheets])
    for sheet, kinds in zip(sheets, found, strict=True):
        sheet.furniture = [(kinds[i], line) for i, line in enumerate(sheet.lines) if i in kinds]
        sheet.lines = [line for i, line in enumerate(sheet.lines) if i not in kinds]


def _blank(document: str, number: int, size: tuple[float, float] | None) -> ParsedPage:
    page = Page(
        document=document, page=number, width=round(size[0], 1) if size else None,
        height=round(size[1], 1) if size else None, text="", blocks=[], notes=[],
    )  # fmt: skip
    return ParsedPage(page=page, glyphs=None, runs_on=False, bold=[])


def _unreadable(page: RawPage, text: str) -> bool:
    """Say whether a page shows something (a picture, unmapped glyphs) but has no usable text."""
    usable = sum(c.isalnum() for c in text)
    if page.unmapped:
        return page.unmapped > usable
    return usable == 0 and page.images


_RED_HEAD = re.compile(r".{2,20}(?:文件|公报)")
_POOR = re.compile(
    r"(?:untitled|无标题|标题|标准名称|文档\s*\d*|document\s*\d*|slide\s*\d*|powerpoint.*|presentation\s*\d*|.*\.(?:docx?|pdf|indd|qxd|tex|dvi|xlsx?|pptx?|wps|cdr)"
    r"|microsoft word\b.*|[\W\d_]*|\S{1,2})",
    re.I,
)


def _title(laid: dict[int, Laid], words: Vocabulary, metadata: str | None) -> str | None:
    """The document's title: its largest heading, else the metadata's if it is no file name."""
    first = next((laid[n] for n in sorted(laid) if laid[n].blocks), None)
    if first is not None:
        headings = [b for b in first.blocks if b.kind == "heading"]
        texts = [(b, joined_text(b, words)) for b in headings]
        # The red head of a Chinese official document names who issued it, not what it is about.
        better = [t for t in texts if not _RED_HEAD.fullmatch(t[1].replace(" ", ""))] or texts
        if better:

            def size(item: tuple[Draft, str]) -> float:
                return round(item[0].lines[0].size)

            return max(better, key=size)[1] or None
    if metadata is not None:
        title = " ".join(metadata.split())
        if not _POOR.fullmatch(title) and title.isprintable() and "\ufffd" not in title:
            return title[:300]
    return None
