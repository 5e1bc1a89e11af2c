"""Damaged files, made from sound ones with a seed: what the fuzz run feeds to the program."""

import contextlib
import io
import random
import re
import warnings
import zipfile
import zlib
from collections.abc import Callable
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
