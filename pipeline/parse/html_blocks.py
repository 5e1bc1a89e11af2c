"""The content of a web page becomes blocks and tables."""

import re

from selectolax.lexbor import LexborNode

from pipeline.parse.content import Writer
from pipeline.parse.grids import Grid, header_rows
from pipeline.parse.html_inline import Inline
from pipeline.parse.html_main import Main
from pipeline.parse.html_tree import BLOCKS, events
from pipeline.records import BlockKind

_MOST_ROWS = 20_000
_LONGEST_CELL = 1500
"""A table with a longer cell only lays the page out."""
_CHROME = re.compile(
    r"[【\[（(]?\s*(?:字(?:体|号)[:：]?)?\s*[【\[]?\s*(?:大\s*中\s*小|中\s*大\s*小|小\s*中\s*大)\s*[】\])）]?|打\s*印(?:本页|此页|页面)?|关闭(?:本页|窗口)?|"
    r"(?:打印|收藏|关闭|纠错|分享|下载|字号)(?:[\s|｜·]*(?:打印|收藏|关闭|纠错|分享|下载|本页|窗口))*|"
    r"返回(?:顶部|首页)|分享(?:到)?[:：]?|(?:浏览|阅读|点击)(?:次数|量|数)?[:：]?\s*\d*\s*次?|扫一扫.{0,20}|上一[篇页条][:：]?.{0,60}|下一[篇页条][:：]?.{0,60}|"
    r"[>|｜·\-—\s]+|(?:您)?(?:当前|现在|所在)?的?位置[:：].{0,80}|share|print(?: this page)?|back to top"
)
"""What a page says about itself rather than about its subject; whole blocks only."""


def write_blocks(writer: Writer, main: Main) -> None:
    """Write a page's content.

    Args:
        writer: of the page.
        main: where the content is.
    """
    _Blocks(writer, main.furniture).run(main.root)


class _Blocks:
    def __init__(self, writer: Writer, furniture: frozenset[int]) -> None:
        self._writer = writer
        self._furniture = furniture
        self._inline = Inline()
        self._open: list[str] = []
        self._bold = 0
        self._centred = 0
        self._broken = False
        self._raised: list[str] | None = None
        self._linked = False

    def run(self, root: LexborNode) -> None:
        """Write what ``root`` holds."""
        for what, node in events(root, self._furniture, whole=is_data):
            if what == "text":
                self._text(node.text(deep=False) or "")
            elif what == "whole":
                self._flush()
                write_table(self._writer, node, self._furniture)
            elif what == "open":
                self._enter(node)
            else:
                self._leave(node)
        self._flush()

    def _enter(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if tag == "br":
            self._line_end()
            return
        if tag in BLOCKS:
            self._flush()
            self._open.append(tag)
            self._centred += _centred(node)
        elif tag in ("b", "strong"):
            self._bold += 1
        elif tag == "sup":
            self._raised, self._linked = [], node.css_first("a") is not None or _inside_link(node)

    def _leave(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if tag in BLOCKS:
            self._flush()
            self._open.pop()
            self._centred -= _centred(node)
        elif tag in ("b", "strong"):
            self._bold -= 1
        elif tag == "sup" and self._raised is not None:
            self._inline.note("".join(self._raised), linked=self._linked)
            self._raised = None

    def _text(self, text: str) -> None:
        if self._raised is not None:
            self._raised.append(text)
        elif "pre" in self._open:
            for index, line in enumerate(text.split("\n")):
                if index:
                    self._flush()
                self._inline.write(line, bold=bool(self._bold))
        else:
            if text.strip():
                if self._broken and text.lstrip("\n\r\t").startswith(("　", "  ", "\xa0\xa0")):
                    self._flush()
                self._broken = False
            self._inline.write(text, bold=bool(self._bold))

    def _line_end(self) -> None:
        """A line end inside a block: headings go on after it, in running text it begins a paragraph."""
        if self._heading() or self._centred:
            if self._broken:
                self._flush()
            else:
                self._inline.line_end()
                self._broken = True
        else:
            self._flush()

    def _heading(self) -> int | None:
        for tag in reversed(self._open):
            if re.fullmatch("h[1-6]", tag):
                return int(tag[1])
        return None

    def _flush(self) -> None:
        inline, self._inline, self._broken = self._inline, Inline(), False
        text = inline.text
        if not text.strip() or _CHROME.fullmatch(text.strip()):
            return
        kind: BlockKind = "paragraph"
        level = self._heading()
        if level is not None:
            kind = "heading"
        elif {"figcaption", "caption"} & set(self._open):
            kind = "caption"
        elif "li" in self._open:
            kind = "list_item"
        self._writer.add(kind, text, level=level, notes=inline.notes, bold=inline.bold)


def _centred(node: LexborNode) -> bool:
    attributes = node.attributes or {}
    style = (attributes.get("style") or "").replace(" ", "").lower()
    return (
        node.tag == "center"
        or (attributes.get("align") or "").lower() == "center"
        or "text-align:center" in style
    )


def _inside_link(node: LexborNode) -> bool:
    above = node.parent
    return above is not None and above.tag == "a"


def is_data(node: LexborNode) -> bool:
    """Say whether an element is a table of data, not one that lays the page out."""
    if node.tag != "table":
        return False
    if any(t.mem_id != node.mem_id for t in node.css("table")) or node.css_first("h1, form") is not None:
        return False
    rows = node.css("tr")
    if not rows or len(rows) > _MOST_ROWS:
        return False
    if max(len(row.css("td, th")) for row in rows) < 2 or sum(len(r.css("td, th")) > 1 for r in rows) < 2:
        return False
    longest = max((len(c.text() or "") for c in node.css("td, th")), default=0)
    return longest <= _LONGEST_CELL or node.css_first("th") is not None


def write_table(writer: Writer, table: LexborNode, furniture: frozenset[int]) -> None:
    """Write a table of data; its ``<caption>`` becomes a block before it."""
    caption = table.css_first("caption")
    if caption is not None:
        inline = _inline_of(caption, furniture)
        writer.add("caption", inline.text, notes=inline.notes)
    grid = Grid()
    rows = [
        *table.css("thead > tr"),
        *(r for r in table.css("tr") if r.parent is None or r.parent.tag not in ("thead", "tfoot")),
    ]
    rows += table.css("tfoot > tr")
    heads = 0
    for index, row in enumerate(rows):
        grid.next_row()
        cells = [c for c in row.iter() if c.tag in ("td", "th")]
        headed = (row.parent is not None and row.parent.tag == "thead") or (
            bool(cells) and len(cells) > 1 and all(c.tag == "th" for c in cells)
        )
        if headed and index == heads:
            heads += 1
        for cell in cells:
            inline = _inline_of(cell, furniture)
            attributes = cell.attributes or {}
            down = _span(attributes.get("rowspan"), len(rows) - index)
            lead = len(inline.text) - len(inline.text.lstrip())
            grid.put(
                inline.text.strip(), rows=min(down, len(rows) - index), columns=_span(attributes.get("colspan"), 1),
                bold=inline.all_bold or cell.tag == "th", notes=[(max(0, at - lead), label) for at, label in inline.notes],
            )  # fmt: skip
    if not 0 < heads < len(rows):
        heads = header_rows(grid.cells)
    writer.add_table(grid.cells, header_rows=heads)


def _span(value: str | None, zero: int) -> int:
    """Read a ``colspan`` or ``rowspan``; 0 means to the end, nonsense means 1."""
    text = (value or "1").strip()
    number = int(text[:6]) if text[:6].isdecimal() and text.isascii() else 1
    return number or zero


def _inline_of(node: LexborNode, furniture: frozenset[int]) -> Inline:
    """Return a cell's text on one line; its paragraphs are joined by a space."""
    inline = Inline()
    bold = 0
    raised: list[str] | None = None
    linked = False
    for what, inner in events(node, furniture):
        tag = inner.tag or ""
        if what == "text":
            if raised is not None:
                raised.append(inner.text(deep=False) or "")
            else:
                inline.write(inner.text(deep=False) or "", bold=bold > 0)
        elif tag == "br" or (tag in BLOCKS and tag not in ("td", "th", "caption")):
            inline.write(" ")
        elif tag in ("b", "strong"):
            bold += 1 if what == "open" else -1
        elif tag == "sup":
            if what == "open":
                raised, linked = [], inner.css_first("a") is not None
            elif raised is not None:
                inline.note("".join(raised), linked=linked)
                raised = None
    return inline
