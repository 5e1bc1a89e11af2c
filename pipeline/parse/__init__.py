"""A file becomes a ``Parsed`` document: its kind is told by content and name, and its parser called."""

import hashlib
import re
from collections.abc import Sequence

import msgspec

from pipeline.normal import count_han, has_han
from pipeline.parse.content import Content
from pipeline.parse.errors import ParseError, out_of_memory
from pipeline.parse.kinds import SUPPORTED, check_kind, media_type
from pipeline.parse.notice import NoticeInfo, read_notice
from pipeline.parse.shared import Shared, Unshared
from pipeline.parse.text import decode, text_blocks
from pipeline.records import Document, Language, Page, Parsed, ParsedPage, Problem, Record, Warning

__all__ = [
    "SUPPORTED", "Content", "NoticeInfo", "ParseError", "ParseSettings", "failed", "languages", "media_type", "parse", "read_notice",
]  # fmt: skip


class ParseSettings(Record, frozen=True, kw_only=True):
    """What changes how files are read."""

    passwords: list[str] = []
    ocr: str = "auto"
    """``auto`` reads by OCR the pages without text or with a bad one, ``always`` all, ``never`` none."""
    parser: str = "auto"
    """``pdfplumber`` lets pdfplumber read all pages of PDFs, ``auto`` only those that nothing faster can."""


def parse(data: bytes, path: str, settings: ParseSettings, shared: Shared | None = None) -> Parsed:
    """Parse a file; what is wrong with it ends up in the document's record, never as an exception.

    Args:
        data: the file's bytes.
        path: the path under which the document is listed; its ending says what kind it is.
        settings: passwords and the like.
        shared: what other workers read of a long file.

    Raises:
        Unshared: other workers should read parts of it first.
    """
    digest = hashlib.sha256(data).hexdigest()
    kind = media_type(path)
    try:
        content = _content(data, digest[:16], kind, path, settings, shared)
        told = read_notice(content.pages)
    except ParseError as problem:
        return failed(digest, path, problem.code, problem.message, kind)
    except RecursionError:
        return failed(digest, path, "damaged", "the file is nested too deeply to be read", kind)
    except MemoryError:
        return failed(digest, path, "limit", "the file needs more memory than there is", kind)
    except Unshared:
        raise
    except Exception as problem:  # noqa: BLE001 - one document must not cost the run
        if out_of_memory(problem):
            return failed(digest, path, "limit", "the file needs more memory than there is", kind)
        message = " ".join(f"{type(problem).__name__}: {problem}".split())[:200]
        return failed(digest, path, "internal", message, kind)
    unreadable = any(w.code in ("unreadable", "page_failed") for w in content.warnings)
    return Parsed(
        document=Document(
            id=digest[:16],
            path=path,
            sha256=digest,
            media_type=kind or "application/octet-stream",
            status="partial" if unreadable else "ok",
            error=None,
            title=_title(content, told, kind),
            date=_date(content, told, kind),
            languages=languages(content.pages),
            pages=len(content.pages),
            characters=sum(len(p.page.text) for p in content.pages),
            warnings=content.warnings,
            copies=[],
            number=told.number or content.number,
            issuers=told.issuers or content.issuers,
            addressees=told.addressees,
        ),
        pages=content.pages,
        tables=content.tables,
    )


_CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+")


def _date(content: Content, told: NoticeInfo, kind: str | None) -> str | None:
    """Return the date in a page's head before the one in its text, except of official documents."""
    if kind == "text/html" and not told.official:
        return content.date or told.date
    return told.date or content.date


_PART = re.compile(
    r"目\s*录(?:\s*contents)?|(?:table of )?contents|appendix|附\s*录|第[一二三四五六七八九十百\d]+[章节编篇条](?:\s.*)?|\d+\.\d[\d.]*\s.*",
    re.IGNORECASE,
)
"""Headings of a part, which name no document."""


def _title(content: Content, told: NoticeInfo, kind: str | None) -> str | None:
    """Return what a file names itself in its head (HTML), else what its text does, else its metadata."""
    own = content.title is not None and (kind == "text/html" or not told.official)
    if own and _PART.fullmatch(content.title or ""):
        return None  # what a page of contents lists names no document either
    titles = [content.title, told.title] if own else [told.title, content.title]
    cleared = (_CONTROLS.sub(" ", title or "").strip() for title in titles)
    return next((title for title in cleared if title and not _PART.fullmatch(title)), None)


def _content(
    data: bytes, document: str, kind: str | None, path: str, settings: ParseSettings, shared: Shared | None
) -> Content:
    check_kind(data, kind, path)
    if kind == "application/pdf":
        return _pdf(data, document, settings, shared)
    if kind == "text/html":
        from pipeline.parse.html import parse_html

        return parse_html(data, document)
    if kind == "application/vnd.openxmlformats-officedocument.wordprocessingml.document":
        from pipeline.parse.docx import parse_docx

        return parse_docx(data, document)
    if kind == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":
        from pipeline.parse.xlsx import parse_xlsx

        return parse_xlsx(data, document)
    if kind is not None and kind.startswith("image/"):
        from pipeline.parse.image import parse_image

        return parse_image(data, document, read=settings.ocr != "never")
    return _text(data, document, markdown=kind == "text/markdown")


def _pdf(data: bytes, document: str, settings: ParseSettings, shared: Shared | None) -> Content:
    from pipeline.parse.pdf import parse_pdf

    found = parse_pdf(
        data, document=document, passwords=settings.passwords, shared=shared, parser=settings.parser
    )
    pages, tables, title, warnings = found.pages, found.tables, found.title, found.warnings
    if settings.ocr != "never":
        from pipeline.parse.ocr_pdf import read_scans

        pages, tables, warnings, seen = read_scans(
            data, document, pages, tables, warnings,
            always=settings.ocr == "always", passwords=settings.passwords, languages=languages(pages), shared=shared,
            parser=settings.parser,
        )  # fmt: skip
        title = seen or title
    return Content(pages=pages, tables=tables, title=title, date=found.date, warnings=warnings)


def _text(data: bytes, document: str, *, markdown: bool) -> Content:
    decoded = decode(data)
    warnings = []
    if decoded.lossy:
        message = f"{decoded.lossy} characters could not be decoded as {decoded.encoding.upper()}"
        warnings.append(Warning(code="undecodable", page=1, message=message))
    page = Page(document=document, page=1, width=None, height=None, text=decoded.text, blocks=[], notes=[])
    found = Content(pages=[], warnings=warnings)
    bold: list[tuple[int, int]] = []
    known = []
    if markdown:
        from pipeline.parse.markdown import structure

        told = structure(decoded.text, document)
        known, bold = told.blocks, told.bold
        found = msgspec.structs.replace(found, tables=told.tables, title=told.title, date=told.date)
    blocks = text_blocks(decoded.text, markdown=markdown, known=known)
    page = msgspec.structs.replace(page, blocks=blocks)
    if found.title is None:
        first = next((b for b in blocks if b.kind == "heading"), blocks[0] if blocks else None)
        text = (
            decoded.text[first.start : first.end]
            if first and isinstance(first.start, int) and isinstance(first.end, int)
            else ""
        )
        text = " ".join(text.lstrip("#").split())
        if 0 < len(text) <= 120 and not text.endswith((".", "。", "；", ";")):
            found = msgspec.structs.replace(found, title=text)
    return msgspec.structs.replace(
        found, pages=[ParsedPage(page=page, glyphs=None, runs_on=False, bold=bold)]
    )


def failed(sha256: str, path: str, code: str, message: str, kind: str | None = None) -> Parsed:
    """Return the record of a document that could not be read."""
    message = _CONTROLS.sub(" ", message)  # it may hold what a file's names say
    return Parsed(
        document=Document(
            id=sha256[:16], path=path, sha256=sha256, media_type=kind or "application/octet-stream", status="failed",
            error=Problem(code=code, message=message), title=None, date=None, languages=[], pages=0, characters=0,
            warnings=[], copies=[],
        ),
        pages=[],
        tables=[],
    )  # fmt: skip


def languages(pages: Sequence[ParsedPage]) -> list[Language]:
    """Return the languages of a document, most used first; one below a twentieth is left out."""
    han = latin = 0
    for page in pages:
        text = page.page.text
        if has_han(text):
            han += count_han(text)
        latin += sum(1 for word in text.split() if word.isascii() and any(c.isalpha() for c in word))
    weights: dict[Language, float] = {"en": float(latin), "zh": han / 1.6}
    total = sum(weights.values())
    kept = [lang for lang in weights if total and weights[lang] * 20 >= total]
    return sorted(kept, key=lambda lang: (-weights[lang], lang))
