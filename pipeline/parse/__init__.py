"""A file becomes a ``Parsed`` document: its kind is told by content and name, and its parser called."""

import hashlib
from collections.abc import Sequence
from pathlib import PurePath

from pipeline.normal import has_han, is_han
from pipeline.parse.errors import ParseError
from pipeline.parse.text import decode, text_blocks
from pipeline.records import Document, Language, Page, Parsed, ParsedPage, Problem, Record, Table, Warning

SUPPORTED = {".pdf": "application/pdf", ".txt": "text/plain", ".md": "text/markdown"}
"""File name endings with a parser, and their media types."""

_MAGIC = (
    (b"%PDF-", "application/pdf"), (b"\x89PNG", "image/png"), (b"\xff\xd8\xff", "image/jpeg"),
    (b"PK\x03\x04", "application/zip"), (b"\xd0\xcf\x11\xe0", "application/x-ole-storage"), (b"GIF8", "image/gif"),
    (b"II*\0", "image/tiff"), (b"MM\0*", "image/tiff"), (b"\x1f\x8b", "application/gzip"),
)  # fmt: skip


class ParseSettings(Record, frozen=True, kw_only=True):
    """What changes how files are read."""

    passwords: list[str] = []
    ocr: str = "auto"


class Content(Record, frozen=True, kw_only=True):
    """What a format's parser returns."""

    pages: list[ParsedPage]
    tables: list[Table] = []
    title: str | None = None
    date: str | None = None
    warnings: list[Warning] = []


def media_type(name: str) -> str | None:
    """Return the media type that a file's name says, or None when there is no parser for it."""
    return SUPPORTED.get(PurePath(name).suffix.lower())


def parse(data: bytes, path: str, settings: ParseSettings) -> Parsed:
    """Parse a file; what is wrong with it ends up in the document's record, never as an exception.

    Args:
        data: the file's bytes.
        path: the path under which the document is listed; its ending says what kind it is.
        settings: passwords and the like.
    """
    digest = hashlib.sha256(data).hexdigest()
    kind = media_type(path)
    try:
        content = _content(data, digest[:16], kind, path, settings)
    except ParseError as problem:
        return failed(digest, path, problem.code, problem.message, kind)
    except RecursionError:
        return failed(digest, path, "damaged", "the file is nested too deeply to be read", kind)
    except MemoryError:
        return failed(digest, path, "limit", "the file needs more memory than there is", kind)
    unreadable = any(w.code in ("unreadable", "page_failed") for w in content.warnings)
    return Parsed(
        document=Document(
            id=digest[:16],
            path=path,
            sha256=digest,
            media_type=kind or "application/octet-stream",
            status="partial" if unreadable else "ok",
            error=None,
            title=content.title,
            date=content.date,
            languages=languages(content.pages),
            pages=len(content.pages),
            characters=sum(len(p.page.text) for p in content.pages),
            warnings=content.warnings,
            copies=[],
        ),
        pages=content.pages,
        tables=content.tables,
    )


def _content(data: bytes, document: str, kind: str | None, path: str, settings: ParseSettings) -> Content:
    if kind is None:
        ending = PurePath(path).suffix or "no ending"
        raise ParseError("unsupported", f"no parser for this kind of file ({ending}); known: {_known()}")
    if not data:
        raise ParseError("empty_file", "the file holds no bytes")
    magic = next((m for start, m in _MAGIC if data[:1024].lstrip(b"\0 \t\r\n").startswith(start)), None)
    if kind == "application/pdf":
        if magic != kind and b"%PDF-" not in data[:2048]:
            told = f"its content is {magic}" if magic else "it does not begin as a PDF does"
            raise ParseError("wrong_format", f"not a PDF: {told}; give the file its right name or export it again")
        from pipeline.parse.pdf import parse_pdf

        result = parse_pdf(data, document=document, passwords=settings.passwords)
        return Content(
            pages=result.pages, tables=result.tables, title=result.title, date=result.date, warnings=result.warnings
        )
    if magic is not None:
        raise ParseError("wrong_format", f"not a text file: its content is {magic}; give the file its right name")
    return _text(data, document, markdown=kind == "text/markdown")


def _text(data: bytes, document: str, *, markdown: bool) -> Content:
    decoded = decode(data)
    warnings = []
    if decoded.lossy:
        warnings.append(
            Warning(code="undecodable", page=1, message=f"{decoded.lossy} characters could not be decoded as UTF-8")
        )
    blocks = text_blocks(decoded.text, markdown=markdown)
    page = Page(document=document, page=1, width=None, height=None, text=decoded.text, blocks=blocks, notes=[])
    first = next((decoded.text[b.start : b.end] for b in blocks if isinstance(b.start, int) and isinstance(b.end, int)), "")
    first = " ".join(first.lstrip("#").split())
    title = first if 0 < len(first) <= 120 and not first.endswith((".", "。", "；", ";")) else None
    return Content(pages=[ParsedPage(page=page, glyphs=None, runs_on=False, bold=[])], title=title, warnings=warnings)


def _known() -> str:
    return ", ".join(sorted(SUPPORTED))


def failed(sha256: str, path: str, code: str, message: str, kind: str | None = None) -> Parsed:
    """Return the record of a document that could not be read."""
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
            han += sum(map(is_han, text))
        latin += sum(1 for word in text.split() if word.isascii() and any(c.isalpha() for c in word))
    weights: dict[Language, float] = {"en": float(latin), "zh": han / 1.6}
    total = sum(weights.values())
    kept = [lang for lang in weights if total and weights[lang] * 20 >= total]
    return sorted(kept, key=lambda lang: (-weights[lang], lang))
