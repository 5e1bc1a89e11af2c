"""What crosses pages: parts of tables, paragraphs that a page end cuts."""

from pipeline.normal import is_han
from pipeline.parse.hyphens import HYPHENS, Vocabulary, join_lines
from pipeline.parse.lines import line_text
from pipeline.parse.pdf_captions import parse_caption
from pipeline.parse.pdf_layout import Laid
from pipeline.parse.pdf_model import Draft, Line
from pipeline.parse.pdf_paragraphs import sentence_ends
from pipeline.parse.tables_headers import count_header_rows
from pipeline.parse.tables_join import Part


def joined_text(draft: Draft, words: Vocabulary) -> str:
    """The text of a block's lines, joined."""
    return joined_lines(draft.lines, words)


def joined_lines(lines: list[Line], words: Vocabulary) -> str:
    """The text of printed lines, joined as running text."""
    out = ""
    for text in map(line_text, lines):
        if not out or not text:
            out += text
            continue
        drop, between = join_lines(out, text, words)
        out = out[: len(out) - drop] + between + text
    return out


def page_parts(page: Laid, words: Vocabulary) -> list[Part]:
    """The tables of a page in order, each with its header counted and its caption read."""
    parts = []
    for i, block in enumerate(page.blocks):
        table = block.table
        if table is None:
            continue
        table.header_rows = count_header_rows(table, page.page.fills)
        before = [b for b in page.blocks[:i] if not _slight(b)]
        after = [b for b in page.blocks[i + 1 :] if not _slight(b) and not _source(b)]
        caption = joined_lines(table.caption, words)
        parts.append(Part(block=block, table=table, caption=caption, first=not before, last=not after))
    return parts


def _slight(block: Draft) -> bool:
    """Say whether a block may stand between the parts of a table: notes, ``continued``, units."""
    if block.kind in ("footnote", "caption"):
        return True
    text = " ".join(map(line_text, block.lines)).strip()
    low = text.casefold()
    return len(text) < 40 and (
        low.startswith(("continued", "(continued", "（续", "续表", "接上", "单位", "unit", "(单位", "（单位"))
        or "next page" in low
    )


def _source(block: Draft) -> bool:
    return block.kind == "paragraph" and not block.body and block.table is None


_TEXT = ("paragraph", "list_item", "heading")


def goes_on(page: Laid, following: Laid) -> bool:
    """Say whether the last paragraph of ``page`` goes on in the first of ``following``."""
    last = next((b for b in reversed(page.blocks) if b.kind in _TEXT), None)
    first = next((b for b in following.blocks if b.kind in _TEXT), None)
    if last is None or first is None or "heading" in (last.kind, first.kind):
        return False
    if _after(page.blocks, last) or (first.kind == "list_item" and not _lower(first)):
        return False
    a, b = line_text(last.lines[-1]), line_text(first.lines[0])
    if not a or not b or parse_caption(b):
        return False
    if abs(last.lines[-1].size - first.lines[0].size) > 0.06 * first.lines[0].size:
        return False
    if a[-1] in HYPHENS:
        return True
    if sentence_ends(a):
        return False
    if b[0].islower() or b[0] in "，。、；：？！）》”’)]—–,;:":
        return True
    # A first line that is indented begins a paragraph; one that is not goes on.
    others = [x.x0 for x in first.lines[1:]] or [x.x0 for d in following.blocks if d.body for x in d.lines]
    indent = first.lines[0].x0 - min(others, default=first.lines[0].x0)
    if is_han(b[0]) or is_han(a[-1]):
        return indent < 0.8 * first.lines[0].size
    # English: the line before is full (checked by its end), and no sentence ended.
    width = max(x.x1 for x in last.lines)
    return indent < 0.8 * first.lines[0].size and (
        len(last.lines) == 1 or last.lines[-1].x1 > width - 3 * last.lines[-1].size
    )


def _lower(block: Draft) -> bool:
    return line_text(block.lines[0])[:1].islower()


def _after(blocks: list[Draft], block: Draft) -> bool:
    """Say whether a list or heading of the page follows ``block``, so that it is not its last text."""
    return any(b.kind == "heading" for b in blocks[blocks.index(block) + 1 :])
