"""Pages as read become pages of text and tables: the steps that look at the whole document.

Where the words come from does not matter here: a PDF's glyphs, or what was recognised on an image.
"""

import re
from collections.abc import Iterable

import msgspec

from pipeline.parse.hyphens import Vocabulary
from pipeline.parse.lines import line_text
from pipeline.parse.pdf_compose import Composer
from pipeline.parse.pdf_furniture import Edge, choose_furniture, edge_lines, with_neighbours
from pipeline.parse.pdf_layout import Laid, Sheet, lay_out, make_sheet
from pipeline.parse.pdf_model import RawPage, Style
from pipeline.parse.pdf_pack import Packer
from pipeline.parse.pdf_style import HeadingStyle, StyleMeter, heading_levels, heading_styles, set_levels
from pipeline.parse.pdf_unite import goes_on, joined_text, page_parts
from pipeline.parse.tables_join import Part, Placing, build_table, chain
from pipeline.records import ParsedPage, Table, Warning

_SHEETS = Packer(Sheet)
_LAID = Packer(Laid)


class Assembled(msgspec.Struct):
    """What the pages hold; pages that failed are missing, and have a warning."""

    pages: dict[int, ParsedPage]
    tables: list[Table]
    title: str | None
    """The largest heading of the first page with text."""
    warnings: list[Warning]


def assemble(document: str, raws: Iterable[RawPage | tuple[int, str]], first_table: int = 1) -> Assembled:
    """Lay out a document's pages.

    Args:
        document: the document's id.
        raws: the pages in order, taken one at a time; one that failed is its number and the reason.
        first_table: the number of the first table.
    """
    warnings: list[Warning] = []
    words = Vocabulary()
    sheets, style = _read(raws, words, warnings)
    laid, parts, levels = _lay_out(sheets, style, words, warnings)
    del sheets
    chain(parts)
    pages: dict[int, ParsedPage] = {}
    placings: dict[int, Placing] = {}
    title: str | None = None
    following: Laid | None = None
    for number in sorted(laid):
        page = following if following is not None else _LAID.unpack(laid[number])
        set_levels(page.blocks, levels)
        if page.blocks and not any(p.page.blocks for p in pages.values()):
            title = _visible_title(page, words)
        following = _LAID.unpack(laid[number + 1]) if number + 1 in laid else None
        composer = Composer(page.page, words)
        for kind, line in (f for f in page.furniture if f[0] == "header"):
            composer.add_furniture(kind, line)
        own = [i for i, part in enumerate(parts) if part.table.page == number]
        tables = iter(own)
        for block in page.blocks:
            if block.kind == "table":
                block.table = parts[next(tables)].table
            composer.add(block)
        for kind, line in (f for f in page.furniture if f[0] == "footer"):
            composer.add_furniture(kind, line)
        for index, (_, spans) in zip(own, composer.tables, strict=True):
            placings[index] = Placing(parts[index], spans, [composer.slice(s.start, s.end) for s in spans])
        pages[number] = composer.finish(document, following is not None and goes_on(page, following))
        if _unreadable(page.page, pages[number].page.text):
            warnings.append(Warning(code="unreadable", page=number, message="the page has no usable text"))
    return Assembled(
        pages=pages, tables=_tables(document, first_table, parts, placings, words), title=title,
        warnings=sorted(warnings, key=lambda w: (w.page or 0, w.code)),
    )  # fmt: skip


def _read(
    raws: Iterable[RawPage | tuple[int, str]], words: Vocabulary, warnings: list[Warning]
) -> tuple[list[bytes | Sheet], Style]:
    """First pass: the pages as packed sheets, headers and footers told apart; fills ``words``."""
    meter = StyleMeter()
    packed: list[bytes | Sheet] = []
    edges: list[list[Edge]] = []
    for item in raws:
        try:
            if not isinstance(item, RawPage):
                raise _Unread(item[1])
            sheet = make_sheet(item)
        except Exception as error:  # noqa: BLE001 - one page must not cost the document
            number = item.number if isinstance(item, RawPage) else item[0]
            warnings.append(
                Warning(code="page_failed", page=number, message=f"the page cannot be read: {error}"[:200])
            )
            continue
        edges.append(edge_lines(sheet.page, sheet.lines))
        meter.add(sheet.lines)
        for line in sheet.lines + [x for g in sheet.grids for c in g.cells for x in c.lines]:
            words.add_line(line_text(line))
        packed.append(_SHEETS.pack(sheet, len(packed)))
    for i, kinds in enumerate(choose_furniture(edges)):
        if kinds:
            sheet = _SHEETS.unpack(packed[i])
            kinds = with_neighbours(kinds, sheet.lines)
            sheet.furniture = [(kinds[k], line) for k, line in enumerate(sheet.lines) if k in kinds]
            sheet.lines = [line for k, line in enumerate(sheet.lines) if k not in kinds]
            packed[i] = _SHEETS.pack(sheet, i)
    return packed, meter.style()


class _Unread(Exception):
    """A page that the reader gave up."""


def _lay_out(
    sheets: list[bytes | Sheet], style: Style, words: Vocabulary, warnings: list[Warning]
) -> tuple[dict[int, bytes | Laid], list[Part], dict[HeadingStyle, int]]:
    """Second pass: the pages' blocks (packed, by page number), all tables, the headings' levels."""
    laid: dict[int, bytes | Laid] = {}
    parts: list[Part] = []
    styles: set[HeadingStyle] = set()
    for place, data in enumerate(sheets):
        sheet = _SHEETS.unpack(data)
        sheets[place] = b""
        number = sheet.page.number
        try:
            page = lay_out(sheet, style)
        except Exception as error:  # noqa: BLE001 - one page must not cost the document
            message = f"the page cannot be laid out: {type(error).__name__}"
            warnings.append(Warning(code="page_failed", page=number, message=message))
            continue
        parts += page_parts(page, words)
        styles |= heading_styles(page.blocks)
        for block in page.blocks:
            block.table = None
        laid[number] = _LAID.pack(page, len(laid))
    return laid, parts, heading_levels(styles)


def _tables(
    document: str, first: int, parts: list[Part], placings: dict[int, Placing], words: Vocabulary
) -> list[Table]:
    """The records of the tables, parts that continue each other as one."""
    after = {part.before: i for i, part in enumerate(parts) if part.before >= 0}
    tables: list[Table] = []
    for i, part in enumerate(parts):
        if part.before >= 0:
            continue
        members = [i]
        while members[-1] in after:
            members.append(after[members[-1]])
        own = [placings[m] for m in members if m in placings]
        if own:
            tables.append(build_table(document, first + len(tables), own, words))
    return tables


def _unreadable(page: RawPage, text: str) -> bool:
    """Say whether a page shows something (a picture, unmapped glyphs) but has no usable text."""
    if page.unmapped:
        return page.unmapped > sum(c.isalnum() for c in text)
    return page.images and not any(map(str.isalnum, text))


_RED_HEAD = re.compile(r".{2,20}(?:文件|公报)")


def _visible_title(page: Laid, words: Vocabulary) -> str | None:
    """The largest heading of a page."""
    headings = [(round(b.lines[0].size), joined_text(b, words)) for b in page.blocks if b.kind == "heading"]
    # The red head of a Chinese official document names who issued it, not what it is about.
    better = [h for h in headings if not _RED_HEAD.fullmatch(h[1].replace(" ", ""))] or headings
    return max(better, key=lambda h: h[0])[1] or None if better else None
