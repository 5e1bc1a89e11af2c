"""What kind a file is, by its name and by its first bytes; and what to do about kinds without a parser."""

from pathlib import PurePath

from pipeline.parse.errors import ParseError

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SUPPORTED = {
    ".pdf": "application/pdf", ".txt": "text/plain", ".md": "text/markdown", ".markdown": "text/markdown",
    ".html": "text/html", ".htm": "text/html", ".shtml": "text/html", ".xhtml": "text/html",
    ".docx": _WORD, ".docm": _WORD, ".xlsx": _EXCEL, ".xlsm": _EXCEL,
    ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".tif": "image/tiff", ".tiff": "image/tiff",
}  # fmt: skip
"""File name endings with a parser, and their media types."""

_CONVERT = {
    ".doc": "convert it with: soffice --headless --convert-to docx FILE (LibreOffice), or save it as .docx in Word",
    ".dot": "convert it with: soffice --headless --convert-to docx FILE (LibreOffice), or save it as .docx in Word",
    ".wps": "convert it with: soffice --headless --convert-to docx FILE (LibreOffice), or save it as .docx in WPS Office",
    ".rtf": "convert it with: soffice --headless --convert-to docx FILE (LibreOffice), or save it as .docx in Word",
    ".odt": "convert it with: soffice --headless --convert-to docx FILE (LibreOffice)",
    ".xls": "convert it with: soffice --headless --convert-to xlsx FILE (LibreOffice), or save it as .xlsx in Excel",
    ".et": "convert it with: soffice --headless --convert-to xlsx FILE (LibreOffice), or save it as .xlsx in WPS Office",
    ".ods": "convert it with: soffice --headless --convert-to xlsx FILE (LibreOffice)",
    ".ofd": "convert it with an OFD reader (Suwell, Foxit or WPS: print or export as PDF), then ingest the PDF",
    ".ceb": "convert it with Founder Apabi Reader (print as PDF), then ingest the PDF",
    ".caj": "convert it with CAJViewer (print as PDF), then ingest the PDF",
    ".mht": "convert it with a web browser: save it as .html",
    ".mhtml": "convert it with a web browser: save it as .html",
    ".ppt": "convert it with: soffice --headless --convert-to pdf FILE (LibreOffice)",
    ".pptx": "convert it with: soffice --headless --convert-to pdf FILE (LibreOffice)",
    ".heic": "convert it with an image program: save it as .png",
}
"""Kinds without a parser that are met often, and how to make them one."""

_MAGIC = (
    (b"%PDF-", "a PDF"), (b"\x89PNG", "a PNG image"), (b"\xff\xd8\xff", "a JPEG image"), (b"PK\x03\x04", "a ZIP package"),
    (b"\xd0\xcf\x11\xe0", "an old Office file (.doc, .xls, .wps) or an encrypted one"), (b"GIF8", "a GIF image"),
    (b"II*\0", "a TIFF image"), (b"MM\0*", "a TIFF image"), (b"\x1f\x8b", "a gzip archive"), (b"{\\rtf", "an RTF file"),
    (b"Rar!", "a RAR archive"), (b"7z\xbc\xaf", "a 7z archive"), (b"\0asm", "a program"), (b"\x7fELF", "a program"),
    (b"SQLite format 3\0", "a database"), (b"BM", "a bitmap image"),
)  # fmt: skip
_WANTED = {
    "application/pdf": ("PDF", ("a PDF",)), _WORD: ("Word document (.docx)", ("a ZIP package",)),
    _EXCEL: ("Excel workbook (.xlsx)", ("a ZIP package",)),
    "image/png": ("image", ("a PNG image", "a JPEG image", "a TIFF image")),
    "image/jpeg": ("image", ("a PNG image", "a JPEG image", "a TIFF image")),
    "image/tiff": ("image", ("a PNG image", "a JPEG image", "a TIFF image")),
}  # fmt: skip


def media_type(name: str) -> str | None:
    """Return the media type that a file's name says, or None when there is no parser for it."""
    return SUPPORTED.get(PurePath(name).suffix.lower())


def sniff(data: bytes) -> str | None:
    """Return what a file's first bytes show it to be, in words, or None when they show nothing."""
    start = data[:1024].lstrip(b"\0 \t\r\n")
    for magic, what in _MAGIC:
        if (data if magic.startswith(b"\0") else start).startswith(magic) and (
            magic != b"BM" or data[6:10] == b"\0" * 4
        ):
            return what
    return None


def check_kind(data: bytes, kind: str | None, path: str) -> None:
    """Check that a file is what its name says.

    Args:
        data: the file.
        kind: the media type that its name says, None for one without a parser.
        path: its name, for the message.

    Raises:
        ParseError: ``unsupported``, with what to convert it with; ``empty_file``; ``wrong_format``; ``encrypted``.
    """
    if kind is None:
        ending = PurePath(path).suffix.lower()
        if ending in _CONVERT:
            raise ParseError("unsupported", f"no parser for {ending} files; {_CONVERT[ending]}")
        known = ", ".join(sorted(SUPPORTED))
        raise ParseError(
            "unsupported", f"no parser for this kind of file ({ending or 'no ending'}); known: {known}"
        )
    if not data:
        raise ParseError("empty_file", "the file holds no bytes")
    found = sniff(data)
    if kind not in _WANTED:
        if found is not None:
            raise ParseError(
                "wrong_format", f"not a text file: its content is {found}; give the file its right name"
            )
        return
    name, allowed = _WANTED[kind]
    if found in allowed or (kind == "application/pdf" and b"%PDF-" in data[:2048]):
        return
    if found is not None and found.startswith("an old Office file") and kind in (_WORD, _EXCEL):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise ParseError("encrypted", f"the {name} is encrypted; save it without a password")
        ending = ".doc" if kind == _WORD else ".xls"
        raise ParseError("wrong_format", f"not a {name} but an old {ending}; {_CONVERT[ending]}")
    told = (
        f"its content is {found}"
        if found
        else f"it does not begin as {'an' if name[0] in 'EI' else 'a'} {name} does"
    )
    raise ParseError(
        "wrong_format",
        f"not {'an' if name[0] in 'EIi' else 'a'} {name}: {told}; give the file its right name or export it again",
    )
