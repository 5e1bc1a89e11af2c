"""A web page becomes one page of text, with the title, date and issuer that it gives in its head."""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.parse.content import Content, Writer
from pipeline.parse.dates import iso_date
from pipeline.parse.html_blocks import write_blocks
from pipeline.parse.html_decode import decode_html
from pipeline.parse.html_main import Main, find_main
from pipeline.parse.html_tree import hidden, parse_tree
from pipeline.records import Warning

_TITLE_KEYS = ("articletitle", "og:title", "dc.title", "dcterms.title", "citation_title", "twitter:title")
_DATE_KEYS = (
    "pubdate", "publishdate", "publish_date", "article:published_time", "dc.date", "dcterms.created", "dcterms.issued",
    "citation_publication_date", "datepublished", "date", "others:pubdate", "pubtime",
)  # fmt: skip
_SOURCE_KEYS = (
    "contentsource",
    "source",
    "dc.publisher",
    "dcterms.publisher",
    "article:publisher",
    "laiyuan",
)
_SITE = re.compile(r"\s*(?:[_|｜]|\s[-–—]\s|[-–—](?=[^-–—]*(?:网|门户|政府|部|局|委|厅|院|公司)$))\s*")


def parse_html(data: bytes, document: str) -> Content:
    """Parse a web page.

    Args:
        data: the file.
        document: the document's id.

    Raises:
        ParseError: it is no HTML, or nested too deeply.
    """
    decoded = decode_html(data)
    text = decoded.text.replace("\0", "")
    body = parse_tree(text)
    head = _Head(text)
    main = find_main(body)
    writer = Writer(document)
    title = head.title()
    heading = _heading_outside(body, main.root, title)
    if heading:
        writer.add("heading", heading, level=1)
    stated = _stated(body, main.root)
    if stated is not None:
        write_blocks(writer, Main(root=stated, furniture=main.furniture))
    write_blocks(writer, main)
    page = writer.finish()
    warnings = []
    if decoded.lossy:
        warnings.append(
            Warning(
                code="undecodable",
                page=1,
                message=f"{decoded.lossy} characters could not be decoded as {decoded.encoding}",
            )
        )
    return Content(
        pages=[page], tables=writer.tables, title=head.named_title or heading or _first_heading(main.root) or title, date=head.date(),
        issuers=head.sources(), warnings=warnings,
    )  # fmt: skip


class _Head:
    """What a page's ``<meta>`` and ``<title>`` say."""

    def __init__(self, text: str) -> None:
        tree = LexborHTMLParser(text)
        self._meta: dict[str, str] = {}
        for node in tree.css("meta"):
            attributes = node.attributes or {}
            key = (
                (attributes.get("name") or attributes.get("property") or attributes.get("itemprop") or "")
                .strip()
                .lower()
            )
            value = " ".join((attributes.get("content") or "").split())
            if key and value:
                self._meta.setdefault(key, value)
        named = tree.css_first("title")
        self._title = " ".join((named.text() or "").split()) if named is not None else ""

    @property
    def named_title(self) -> str | None:
        """The title of the article, apart from the site's."""
        return next((self._meta[k] for k in _TITLE_KEYS if k in self._meta), None)

    def title(self) -> str | None:
        """Return the title of the article, else of the page without its site's name."""
        if self.named_title:
            return self.named_title
        site = self._meta.get("sitename") or self._meta.get("og:site_name") or ""
        parts = [p for p in _SITE.split(self._title) if p and p != site]
        return (parts[0] if parts else self._title) or None

    def date(self) -> str | None:
        """Return the date of publication."""
        return next((d for k in _DATE_KEYS if (d := iso_date(self._meta.get(k, "")))), None)

    def sources(self) -> list[str]:
        """Return who issued the article, as the page says."""
        value = next((self._meta[k] for k in _SOURCE_KEYS if k in self._meta), "")
        value = re.sub(r"^(?:来源|发布机构|信息来源)[:：]\s*", "", value)
        return (
            [s for s in re.split(r"[、,，;；\s]+", value) if s]
            if re.search(r"[一-鿿]", value)
            else [value]
            if value
            else []
        )


def _first_heading(root: LexborNode) -> str | None:
    """Return the first ``<h1>`` of the content."""
    for node in root.css("h1"):
        text = " ".join((node.text() or "").split())
        if text and len(text) <= 150 and not hidden(node):
            return text
    return None


def _heading_outside(body: LexborNode, root: LexborNode, title: str | None) -> str | None:
    """Return the page's main heading when it stands outside of its content."""
    inside = {node.mem_id for node in root.css("h1, h2, h3")}
    wanted = "".join((title or "").split())
    for node in body.css("h1, h2, h3, .title, #title, .article-title, .arti_title, .xxgk_title"):
        text = " ".join((node.text(separator=" ") or "").split())
        plain = "".join(text.split())
        if node.mem_id in inside or not plain or len(plain) > 150:
            continue
        if plain == wanted or (len(plain) >= 6 and plain in wanted):
            return None if wanted in "".join((root.text() or "").split())[:400] else text
    return None


_STATED = ("发文字号", "发文机关", "成文日期", "索引号", "主题分类", "发布机构", "文号", "发布日期")


def _stated(body: LexborNode, root: LexborNode) -> LexborNode | None:
    """Return the box in which a government site states a document's issuer, number and dates, outside of its text."""
    said = body.text() or ""
    if not any(key in said for key in _STATED[:2]):
        return None
    inside = {node.mem_id for node in root.css("*")} | {root.mem_id}
    best: LexborNode | None = None
    for node in body.css("table, ul, dl, div"):
        if node.mem_id in inside or node.css_first("script") is not None:
            continue
        text = re.sub(r"[\s\u3000]", "", node.text() or "")
        if len(text) <= 800 and sum(key in text for key in _STATED) >= 2 and not _above(node, root):
            best = node  # in document order: the last of those inside each other is the smallest
    return best


def _above(node: LexborNode, root: LexborNode) -> bool:
    above = root.parent
    while above is not None:
        if above.mem_id == node.mem_id:
            return True
        above = above.parent
    return False
