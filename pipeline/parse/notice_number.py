"""The numbers of official documents in all variants of their brackets: 国发〔2017〕35号, 令第731号."""

import re
import unicodedata
from collections.abc import Sequence

_OPEN = r"[〔\[［【〖（(﹝⟦〈＜<﹙{｛]"
_CLOSE = r"[〕\]］】〗）)﹞⟧〉＞>﹚}｝]"
_WORD = r"(?P<word>[一-鿿][一-鿿·]{0,13}(?:[（(][一-鿿]{1,6}[)）])?[一-鿿]{0,6}(?:[A-Z]{1,4})?)"
NUMBER = re.compile(
    rf"{_WORD}\s*{_OPEN}\s*(?P<year>(?:19|20)\d\d)\s*年?\s*{_CLOSE}\s*(?:第)?\s*(?P<serial>\d{{1,5}}(?:[-–]\d{{1,3}})?)\s*号"
)
"""A number anywhere in a text: 武政规〔2026〕4号."""
_LABEL = r"(?:(?:发文字号|发文文号|文件编号|文\s*号|字\s*号|编\s*号)\s*[:：]?\s*)?"
_LINE = re.compile(rf"{_LABEL}[（(]?\s*{NUMBER.pattern}\s*[)）]?(?:\s*(?:签发人|主办|密级)?\s*[:：].*)?")
_AFTER = re.compile(rf"[（(]\s*{NUMBER.pattern}\s*[)）]\s*$")
_ORDER = re.compile(
    r"(?P<body>[一-鿿]{0,40}?(?:令|公\s*告|通\s*告|决定|公报))?\s*[（(]?\s*(?:(?P<year>(?:19|20)\d\d)\s*年)?\s*"
    r"第\s*(?P<serial>\d{1,5}|[一二三四五六七八九十百〇零]{1,6})\s*号\s*[)）]?"
)


def find_number(lines: Sequence[str]) -> tuple[str | None, int]:
    """Return the number that a document gives itself, and the index of its line (-1 for none).

    A number inside running text is another document's and does not count: it has its own line, stands
    in brackets at the end of one, or follows a label. 令第731号 and 2023年第12号 need the line before
    or their own to say of what.

    Args:
        lines: the lines at the document's head.
    """
    for index, line in enumerate(lines):
        text = unicodedata.normalize("NFKC", line).strip() if len(line) < 400 else ""
        match = _LINE.fullmatch(text)
        if match is None and len(text) <= 120:
            match = _AFTER.search(text)
        if match is not None:
            return canonical(match), index
    for index, line in enumerate(lines[:15]):
        match = (
            _ORDER.fullmatch("".join(unicodedata.normalize("NFKC", line).split())) if len(line) < 80 else None
        )
        if match is None:
            continue
        body = match["body"] or ""
        if not body and index and re.search(r"(?:令|公告|通告)$", "".join(lines[index - 1].split())):
            body = "".join(lines[index - 1].split())
        if body:
            year = f"{match['year']}年" if match["year"] else ""
            return f"{body}{year}第{match['serial']}号", index
    return None, -1


def canonical(match: re.Match[str]) -> str:
    """Return a matched number in its standard form."""
    word = match["word"].replace("(", "（").replace(")", "）")
    return f"{word}〔{match['year']}〕{match['serial']}号"
