"""The encoding of a web page: what its bytes say, its declaration, and which of them to believe."""

import codecs
import re

from pipeline.parse.text import Decoded, decode

_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.I)
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "hz": "gb18030", "big5": "big5hkscs"}
"""What a declaration means in practice: the superset that browsers read."""
_LATIN = {"iso8859-1", "cp1252", "ascii"}
_SINGLE = re.compile(r"iso8859|cp125|koi8|ascii|latin")


def decode_html(data: bytes) -> Decoded:
    """Decode a web page.

    A byte-order mark wins; then whatever is valid UTF-8 with a character beyond ASCII is UTF-8, even
    when it is declared as GB2312 (its bytes are next to never valid by chance); then the declared
    encoding where it decodes without a fault; then what the bytes look like.

    Args:
        data: the file.
    """
    if data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return decode(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return Decoded(text=_lines(text), encoding="utf-8", lossy=0)
    guessed = decode(data)
    encoding = declared(data)
    if encoding is None or encoding == "utf-8" or (encoding in _LATIN and guessed.encoding != "utf-8"):
        return guessed
    if _SINGLE.match(encoding) and guessed.encoding in ("gb18030", "big5") and not guessed.lossy:
        return guessed
    text = re.sub("[\ud800-\udfff]", "�", data.decode(encoding, errors="replace"))
    lossy = text.count("�")
    if lossy > guessed.lossy and guessed.encoding != "utf-8":
        return guessed
    return Decoded(text=_lines(text), encoding=encoding, lossy=lossy)


def declared(data: bytes) -> str | None:
    """Return Python's name of the encoding that a page declares in its first 4096 bytes, or None."""
    for match in _DECLARED.finditer(data[:4096]):
        name = match.group(1).decode("ascii").lower()
        if name.startswith("utf-16"):  # readable as ASCII, so it is not
            continue
        try:
            found = codecs.lookup(_WIDER.get(name, name)).name
        except LookupError:
            continue
        try:
            b"a".decode(found)
        except (LookupError, UnicodeError):
            continue
        return found
    return None


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
