"""Damaged and hostile files, made from sound ones with a seed: what the fuzz run feeds to the program."""

import contextlib
import io
import random
import re
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

_NUMBERS = (
    b"0",
    b"-1",
    b"1",
    b"65536",
    b"2147483647",
    b"-2147483648",
    b"99999999999999999999",
    b"1e308",
    b"0.0000001",
)
_TOKENS = {
    ".pdf": (
        b"<<", b">>", b"[", b"]", b"(", b")", b"endobj", b"endstream", b"stream\n", b"1 0 R", b"2 0 R", b"3 0 R", b"null",
        b"/Kids", b"/Parent", b"/Length 99999999", b"/FlateDecode", b"/ASCIIHexDecode", b"/LZWDecode", b"/Rotate 37",
        b"/MediaBox [0 0 1e9 1e9]", b"/Type /Page", b"xref", b"trailer", b"startxref\n0", b"BT", b"ET", b"Tj", b"q " * 500,
        b"/ToUnicode 1 0 R", b"/Encoding /Identity-V", b"0 0 0 0 0 0 cm", b"\xfe\xff\xd8\x00",
    ),
    ".xml": (
        b"<", b">", b"</w:p>", b"<w:p>", b"<w:tbl>", b"</w:tc>", b"&amp;", b"&#0;", b"&#xD800;", b"&#x202E;", b"<![CDATA[",
        b"<!DOCTYPE a [<!ENTITY x 'yy'>]>", b'w:val="-99999999"', b'<w:gridSpan w:val="100000"/>', b'r="XFD1048576"', b"<!--",
        b'<mergeCell ref="A1:XFD1048576"/>', b'<w:vMerge/>', b"xml:space", "浙江".encode(),
    ),
    ".html": (
        b"<div>" * 400, b"<table>", b"</table>", b"<td colspan=99999 rowspan=99999>", b"<script>", b"<!--", b"<meta charset=utf-16>",
        b"<meta charset=iso-2022-cn>", b"&#0;", b"&#xD800;", b"&#1114112;", b"<svg><foreignObject>", b"<template>", b"\x00", b"<plaintext>",
        "<sup>〔2017〕</sup>".encode(), b"<base href=file:///etc/passwd>", b"<![CDATA[",
    ),
    ".txt": (
        b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"\x1b[31m", "\u202e".encode(), "（".encode() * 50, b"(" * 200, b"\xed\xa0\x80",
        "《".encode() * 40, b"U.S.-\n", b"\t" * 100, b"a\n" * 50, "㐀\U00020000".encode(), b"=cmd|' /C calc'!A0", b"\x85\x85",
    ),
}  # fmt: skip
_TOKENS[".htm"] = _TOKENS[".html"]
_TOKENS[".md"] = (*_TOKENS[".txt"], b"|" * 80, b"|a|\n|-|\n", b"```\n", b"---\n", b"# " * 30, b"**" * 40)


def mutated(data: bytes, ending: str, chance: random.Random) -> bytes:
    """Return a damaged copy of a file.

    Args:
        data: a sound file.
        ending: its name's ending, which says what it is made of.
        chance: where all randomness comes from.
    """
    if ending in (".docx", ".xlsx") and chance.random() < 0.75:
        return _package(data, chance)
    if ending == ".pdf" and chance.random() < 0.35:
        data = _stream(data, chance)
    for _ in range(chance.choice((1, 1, 2, 4, 12))):
        data = chance.choice(_WAYS)(data, ending, chance)
    return data[:4_000_000]


def _flip(data: bytes, ending: str, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 3, 10, 60))):
        if changed:
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _cut(data: bytes, ending: str, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _drop(data: bytes, ending: str, chance: random.Random) -> bytes:
    start, end = _stretch(data, chance)
    return data[:start] + data[end:]


def _repeat(data: bytes, ending: str, chance: random.Random) -> bytes:
    start, end = _stretch(data, chance)
    return data[:end] + data[start:end] * chance.choice((1, 2, 30)) + data[end:]


def _move(data: bytes, ending: str, chance: random.Random) -> bytes:
    start, end = _stretch(data, chance)
    rest = data[:start] + data[end:]
    at = chance.randrange(len(rest) + 1)
    return rest[:at] + data[start:end] + rest[at:]


def _stretch(data: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + chance.choice((1, 8, 64, 512, 4096)))


def _number(data: bytes, ending: str, chance: random.Random) -> bytes:
    places = list(re.finditer(rb"\d+", data))
    if not places:
        return data
    place = chance.choice(places)
    return data[: place.start()] + chance.choice(_NUMBERS) + data[place.end() :]


def _token(data: bytes, ending: str, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    token = chance.choice(_TOKENS.get(ending, _TOKENS[".txt"]))
    return data[:at] + token + data[at + chance.choice((0, len(token))) :]


def _reference(data: bytes, ending: str, chance: random.Random) -> bytes:
    """Let a PDF's object point to another one, maybe to itself."""
    places = list(re.finditer(rb"\d+ 0 R", data))
    if not places:
        return _token(data, ending, chance)
    place = chance.choice(places)
    return data[: place.start()] + b"%d 0 R" % chance.randrange(1, 40) + data[place.end() :]


_WAYS: tuple[Callable[[bytes, str, random.Random], bytes], ...] = (
    _flip, _flip, _cut, _drop, _repeat, _move, _number, _number, _token, _token, _reference,
)  # fmt: skip


def _stream(data: bytes, chance: random.Random) -> bytes:
    """Damage what one of a PDF's streams holds, not its packing."""
    places = list(re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL))
    if not places:
        return data
    place = chance.choice(places)
    inner, packed = place[1], False
    with contextlib.suppress(zlib.error):
        inner, packed = zlib.decompress(inner), True
    inner = chance.choice(_WAYS)(inner, ".pdf", chance)
    return data[: place.start(1)] + (zlib.compress(inner) if packed else inner) + data[place.end(1) :]


def _package(data: bytes, chance: random.Random) -> bytes:
    """Damage a part of an Office file, or the list of its parts."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        parts = [(i.filename, old.read(i)) for i in old.infolist()]
    at = chance.randrange(len(parts))
    name, content = parts[at]
    way = chance.random()
    if way < 0.8:
        for _ in range(chance.choice((1, 2, 5))):
            content = chance.choice(_WAYS)(content, ".xml", chance)
        parts[at] = (name, content)
    elif way < 0.87:
        del parts[at]
    elif way < 0.94:
        parts[at] = (
            chance.choice(
                ("../../../../tmp/zhen-escaped", "/etc/zhen-escaped", "a\\..\\b", "\x00", "x" * 300)
            ),
            content,
        )
    else:
        parts.append((name, b"<a/>"))
    return package(parts)


def package(parts: list[tuple[str, bytes]]) -> bytes:
    """Return a ZIP file of parts."""
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        warnings.simplefilter("ignore")  # two parts of one name are wanted
        for name, content in parts:
            new.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def sound_files(folders: list[Path], most: int = 150_000) -> list[Path]:
    """Return the files to be damaged, sorted; long ones would take the time of many short ones."""
    found = [
        p
        for f in folders
        if f.is_dir()
        for p in sorted(f.rglob("*"))
        if p.is_file() and 0 < p.stat().st_size <= most
    ]
    return [p for p in found if p.suffix in (".pdf", ".docx", ".xlsx", ".html", ".txt", ".md", ".png")]


def hostile(scale: float = 1.0) -> Iterator[tuple[str, bytes]]:
    """Yield files that are attacks, by name.

    Args:
        scale: 1 makes the sizes that the issue names (100 MB of text, 50 MB of HTML); tests take less.
    """
    mega = int(1_000_000 * scale)
    yield "one-line.txt", b"The Delta Robot Office met. " * (100 * mega // 28)
    yield "one-word.txt", b"a" * (20 * mega)
    yield "han.txt", "浙江省科技厅".encode() * (5 * mega // 18)
    yield "brackets.txt", "（《(".encode() * (mega // 10)
    yield "nul.txt", b"\0" * mega
    yield "large.html", b"<p>The Delta Robot Office met. <b>x</b></p>\n" * (50 * mega // 44)
    yield "deep.html", b"<div>" * mega + b"x"
    yield "spans.html", b"<table>" + b"<tr><td colspan=1000 rowspan=65534>x" * (mega // 100) + b"</table>"
    yield "tables.html", b"<table><tr><td>" * (mega // 50) + b"x"
    yield "table.md", b"|a|b|\n|-|-|\n" + b"|x|y|\n" * (mega // 4)
    yield "bomb.pdf", pdf(b"", zlib.compress(b" " * (300 * mega), 9), b"/Filter /FlateDecode")
    once = zlib.compress(zlib.compress(b"0 0 m " * (20 * mega), 9), 9)
    yield "twice-packed.pdf", pdf(b"", once, b"/Filter [/FlateDecode /FlateDecode]")
    yield "deep.pdf", pdf(b"/X " + b"[" * (mega // 5) + b"]" * (mega // 5), b"")
    yield "deep-content.pdf", pdf(b"", b"[" * (mega // 5) + b" q" * (mega // 5))
    yield "annotations.pdf", pdf(b"/Annots [" + b"<< /Subtype /Link /Rect [0 0 1 1] >> " * mega + b"]", b"")
    yield "huge-page.pdf", pdf(b"", b"BT /F1 12 Tf (text) Tj ET", box=b"0 0 1e30 1e30")
    yield "no-page.pdf", pdf(b"", b"BT /F1 12 Tf (text) Tj ET", box=b"0 0 0 0")
    yield (
        "loop.pdf",
        pdf(b"/Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >>", b"/X Do " * 50, form=b"/X Do /X Do"),
    )
    yield "kids-loop.pdf", pdf(b"", b"").replace(b"/Kids [3 0 R]", b"/Kids [2 0 R 3 0 R]")
    yield (
        "many-glyphs.pdf",
        pdf(b"", b"BT /F1 1 Tf " + b"(aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa) Tj " * (mega // 40) + b"ET"),
    )
    yield "many-lines.pdf", pdf(b"", b"0 0 m 10 10 l S " * (mega // 4))
    laughs = b"<!DOCTYPE a [<!ENTITY a 'ha'>" + b"".join(
        b"<!ENTITY %c '%b'>" % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(12)
    )
    word = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>%s</w:body></w:document>'
    yield "laughs.docx", package([("word/document.xml", laughs + b"]><a>&m;</a>")])
    outside = b"<!DOCTYPE a [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><a>&a;</a>"
    yield "outside.docx", package([("word/document.xml", outside)])
    yield "bomb.docx", package([("word/document.xml", word % (b"<w:p/>" * (60 * mega)))])
    yield "deep.docx", package([("word/document.xml", word % (b"<w:sdt><w:sdtContent>" * (mega // 10)))])
    yield (
        "paths.docx",
        package(
            [
                ("word/document.xml", word % b""),
                ("../../../../tmp/zhen-escaped", b"x"),
                ("/etc/zhen-escaped", b"x"),
            ]
        ),
    )
    sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%s</worksheet>'
    book = b'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheets><sheet name="a" sheetId="1"/></sheets></workbook>'
    cells = b'<sheetData><row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    yield "merged.xlsx", package([("xl/workbook.xml", book), ("xl/worksheets/sheet1.xml", sheet % cells)])
    yield (
        "laughs.xlsx",
        package([("xl/workbook.xml", laughs + b"]><a>&m;</a>"), ("xl/worksheets/sheet1.xml", sheet % b"")]),
    )
    yield "wrong.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\1\x86\xa0\0\1\x86\xa0\x08\x02\0\0\0" + b"\0" * 100


def pdf(
    extra: bytes, content: bytes, packing: bytes = b"", box: bytes = b"0 0 300 300", form: bytes = b""
) -> bytes:
    """Return a PDF of one page, without a cross-reference table (readers make one)."""
    return b"".join((
        b"%PDF-1.5\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n",
        b"2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n",
        b"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [", box, b"] ", extra,
        b"" if b"/Contents" in extra else b" /Contents 4 0 R /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>",
        b" >>\nendobj\n4 0 obj\n<< /Length %d %s >>\nstream\n" % (len(content), packing), content, b"\nendstream\nendobj\n",
        b"5 0 obj\n<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >> /Length %d >>\nstream\n" % len(form),
        form, b"\nendstream\nendobj\ntrailer\n<< /Root 1 0 R /Size 6 >>\n%%EOF\n",
    ))  # fmt: skip
