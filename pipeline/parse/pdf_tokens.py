"""Content streams cut into tokens, all at once.

The grammar is the part of PDF's that well-made files use, read as pdfminer reads it; anything else
raises ``Unsure``, and the page is read by pdfminer itself.
"""

import re


class Unsure(Exception):
    """The fast reader does not know what pdfminer would make of this."""


MAX_STREAM = 8 << 20
"""Bytes of a page's content that are cut at once; pdfminer reads larger ones piece by piece."""

# Possessive quantifiers: no input makes the engine go back.
_GRAMMAR = (
    rb"[+-]?\d+(?:\.\d*+)?+|[+-]?\.\d+"
    rb"|[A-Za-z][^#/%\[\]()<>{}\s]*+"
    rb"|/[^#/%\[\]()<>{}\s]++(?!#)"
    rb"|\((?:[^()\\]++|\\[\s\S]|\((?:[^()\\]++|\\[\s\S])*+\))*+\)"
    rb"|<[0-9A-Fa-f\s]*+>"
    rb"|<<|>>|[\[\]'\"]"
    rb"|%[^\r\n]*+"
)
_TOKEN = re.compile(_GRAMMAR + rb"|\S[\s\S]*")
"""Where the grammar covers nothing the last alternative takes the rest."""
_COVERED = re.compile(_GRAMMAR)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|[\s\S])")
_ESCAPED = {
    b"b": b"\b",
    b"t": b"\t",
    b"n": b"\n",
    b"f": b"\f",
    b"r": b"\r",
    b"(": b"(",
    b")": b")",
    b"\\": b"\\",
}
_LONGEST_NUMBER = 20


def tokens(data: bytes) -> list[bytes]:
    """The tokens of a stream.

    Raises:
        Unsure: the grammar does not cover all of it.
    """
    found: list[bytes] = _TOKEN.findall(data)
    if found and not _COVERED.fullmatch(found[-1]):
        raise Unsure("garbage")
    return found


def number(token: bytes) -> float:
    """The value of a token that begins like a number."""
    if len(token) > _LONGEST_NUMBER:
        raise Unsure("a very long number")
    try:
        return float(token)
    except ValueError:
        raise Unsure("not a number") from None


def string(token: bytes) -> bytes:
    """The bytes of a string in parentheses."""
    if token[-1] != 41 or len(token) < 2:
        raise Unsure("an open string")
    body = token[1:-1]
    return _ESCAPE.sub(_unescaped, body) if b"\\" in body else body


def _unescaped(match: re.Match[bytes]) -> bytes:
    code = match[1]
    if code[0] in b"01234567":
        value = int(code, 8)
        if value > 255:
            raise Unsure("an octal code above 255")
        return bytes((value,))
    if code == b"\r":
        raise Unsure("a broken string")
    # pdfminer drops a character that needs no escape, and so must this.
    return _ESCAPED.get(code, b"")


def hexadecimal(token: bytes) -> bytes:
    """The bytes of a string in angle brackets."""
    if token[-1] != 62 or len(token) < 2 or token[1] == 60:
        raise Unsure("an open string")
    digits = b"".join(token[1:-1].split()).decode("ascii")
    if len(digits) % 2:
        # pdfminer reads a last single digit as the low half of a byte.
        return bytes.fromhex(digits[:-1]) + bytes((int(digits[-1], 16),))
    return bytes.fromhex(digits)
