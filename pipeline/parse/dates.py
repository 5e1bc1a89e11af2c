"""Dates as documents print them, in ISO form."""

import re
import unicodedata

_DIGITS = {c: str(i) for i, c in enumerate("零一二三四五六七八九")} | {
    "〇": "0",
    "○": "0",
    "Ｏ": "0",
    "O": "0",
    "０": "0",
    "两": "2",
}
_HAN_YEAR = r"(?:[二一][〇○零ＯO0一二三四五六七八九]{3})"
_HAN_DAY = r"(?:[三二]?十[一二三四五六七八九]?|[一二三四五六七八九]|廿[一二三四五六七八九]?)"
_CHINESE = re.compile(
    rf"(?P<y>(?:19|20)\d\d|{_HAN_YEAR})\s*年(?:\s*(?P<m>\d{{1,2}}|{_HAN_DAY})\s*月)?(?:(?<=月)\s*(?P<d>\d{{1,2}}|{_HAN_DAY})\s*[日号])?"
)
_PLAIN = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)[-/.](?P<m>\d{1,2})(?:[-/.](?P<d>\d{1,2}))?(?![\d])|(?<!\d)(?P<c>(?:19|20)\d{6})(?!\d)"
)
_MONTHS = "january february march april may june july august september october november december".split()
_MONTH = r"(?P<%s>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
_ENGLISH = re.compile(
    rf"\b(?:{_MONTH % 'm1'}\s+(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y1>(?:19|20)\d\d)|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH % 'm2'},?\s+(?P<y2>(?:19|20)\d\d)"
    rf"|{_MONTH % 'm3'},?\s+(?P<y3>(?:19|20)\d\d))\b",
    re.I,
)


def iso_date(text: str) -> str | None:
    """Return the first date in a text as ``2017-07-20`` (``2017-07`` or ``2017`` when it says no more).

    Args:
        text: a date as printed: 2017年7月20日, 二〇一七年七月二十日, 2017-07-20T08:00, 20 July 2017.
    """
    found = dates_in(text)
    return found[0][2] if found else None


def dates_in(text: str) -> list[tuple[int, int, str]]:
    """Return the dates in a text as ``(start, end, ISO date)``, in order; impossible ones are left out."""
    found: list[tuple[int, int, str]] = []
    for match in _CHINESE.finditer(text):
        parts = [_number(match[k]) if match[k] else None for k in "ymd"]
        _put(found, match, *parts)
    for match in _PLAIN.finditer(text):
        if match["c"]:
            _put(found, match, int(match["c"][:4]), int(match["c"][4:6]), int(match["c"][6:]))
        else:
            _put(found, match, int(match["y"]), int(match["m"]), int(match["d"]) if match["d"] else None)
    for match in _ENGLISH.finditer(text):
        for i in "123":
            if match["y" + i]:
                month = next(
                    n for n, name in enumerate(_MONTHS, 1) if name.startswith(match["m" + i].lower()[:3])
                )
                _put(found, match, int(match["y" + i]), month, int(match["d" + i]) if i != "3" else None)
    return sorted(found)


def _put(
    found: list[tuple[int, int, str]],
    match: re.Match[str],
    year: int | None,
    month: int | None,
    day: int | None,
) -> None:
    if (
        year is None
        or (month is not None and not 1 <= month <= 12)
        or (day is not None and not 1 <= day <= 31)
    ):
        return
    value = f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if month and day else "")
    found.append((match.start(), match.end(), value))


def _number(text: str) -> int:
    """Read a number in Arabic or Chinese digits (二〇一七, 十二, 二十)."""
    text = unicodedata.normalize("NFKC", text)
    if text.isdecimal():
        return int(text)
    text = text.replace("廿", "二十")
    if "十" in text:
        tens, ones = text.split("十")
        return (int(_DIGITS[tens]) if tens else 1) * 10 + (int(_DIGITS[ones]) if ones else 0)
    return int("".join(_DIGITS.get(c, c) for c in text))
