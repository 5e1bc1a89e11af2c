"""Dates and periods in both languages, as ISO 8601: ``2017年7月``, ``July 20, 2017``, ``2018-20``, ``十四五``."""

import re
from collections.abc import Iterator

from pipeline.records import Record

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "(?:" + "|".join(sorted(_MONTHS, key=lambda n: (-len(n), n))) + r")\b\.?"
_YEAR = r"(?:19|20)\d\d"
_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "O": 0}
_PLANS = {
    "一五": 1953, "二五": 1958, "三五": 1966, "四五": 1971, "五五": 1976, "六五": 1981, "七五": 1986, "八五": 1991,
    "九五": 1996, "十五": 2001, "十一五": 2006, "十二五": 2011, "十三五": 2016, "十四五": 2021, "十五五": 2026,
}  # fmt: skip

_FORMS = [
    ("range", re.compile(rf"(?<!\d)(?P<y>{_YEAR})\s?年?\s?(?:-|至|到|~)\s?(?P<z>{_YEAR}|\d\d(?!\d))\s?年?(?!\s?[月\d-])")),
    ("range", re.compile(rf"\b(?:between|from) (?P<y>{_YEAR}) (?:and|to|through|until) (?P<z>{_YEAR})\b", re.IGNORECASE)),
    ("full", re.compile(rf"(?<!\d)(?P<y>{_YEAR})\s?年\s?(?P<m>\d\d?)\s?月(?:\s?(?P<d>\d\d?)\s?日)?")),
    ("han", re.compile(r"(?P<y>[一二][〇零○O九一二三四五六七八]{3})年(?:(?P<m>[一二三四五六七八九十]{1,2})月(?:(?P<d>[一二三四五六七八九十]{1,3})日)?)?")),
    ("full", re.compile(rf"(?<![\d.])(?P<y>{_YEAR})([-/.])(?P<m>\d\d?)\2(?P<d>\d\d?)(?![\d.])")),
    ("full", re.compile(rf"(?<![\d.-])(?P<y>{_YEAR})[-/](?P<m>0\d|1[012])(?![\d./-])")),
    ("full", re.compile(rf"\b(?P<m>{_MONTH})\s?(?P<d>\d\d?)(?:st|nd|rd|th)?\s?,?\s?(?P<y>{_YEAR})\b", re.IGNORECASE)),
    ("full", re.compile(rf"\b(?P<d>\d\d?)(?:st|nd|rd|th)? (?P<m>{_MONTH}),?\s(?P<y>{_YEAR})\b", re.IGNORECASE)),
    ("full", re.compile(rf"\b(?P<m>{_MONTH}),?\s(?:of )?(?P<y>{_YEAR})\b", re.IGNORECASE)),
    ("year", re.compile(rf"(?<![\d.,$€£¥-])(?P<y>{_YEAR})(?:\s?年(?:底|初|末)?(?![\d前来间]))?(?!\d|,\d|\.\d|\s?(?:%|元|万|亿|个|名|人|家|million|billion))")),
    ("plan", re.compile(r"\"?(?P<p>(?:十[一二三四五]?|[一二三四五六七八九])五)\"?(?:时期|期间|期末)")),
]  # fmt: skip


class Date(Record, frozen=True, kw_only=True):
    """A date or period as found: its span in the text given, its ISO form, and as printed."""

    start: int
    end: int
    iso: str
    text: str


def dates(text: str) -> list[Date]:
    """Return the dates and periods of a text, in order, none inside another.

    >>> [d.iso for d in dates("issued in July 2017 and for 2018-20; 2021年12月12日; 十四五期间")]
    ['2017-07', '2018/2020', '2021-12-12', '2021/2025']
    """
    found: list[Date] = []
    taken = bytearray(len(text))
    for form, pattern in _FORMS:
        for match in pattern.finditer(text):
            if any(taken[match.start() : match.end()]):
                continue
            iso = _iso(form, match)
            if iso is not None:
                found.append(Date(start=match.start(), end=match.end(), iso=iso, text=match.group().strip()))
                taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    return sorted(found, key=lambda d: d.start)


def _iso(form: str, match: re.Match[str]) -> str | None:
    parts = match.groupdict()
    if form == "plan":
        begin = _PLANS.get(parts["p"])
        return f"{begin}/{begin + 4}" if begin else None
    if form == "range":
        last = parts["z"] if len(parts["z"]) == 4 else parts["y"][:2] + parts["z"]
        return f"{parts['y']}/{last}" if parts["y"] < last else None
    if form == "han":
        year = "".join(str(_DIGITS[c]) for c in parts["y"])
        numbers = [_han_number(parts[k]) for k in ("m", "d") if parts.get(k)]
    else:
        year = parts["y"]
        numbers = list(_numbers(parts))
    if (numbers and not 1 <= numbers[0] <= 12) or (len(numbers) > 1 and not 1 <= numbers[1] <= 31):
        return None
    return "-".join([year, *(f"{n:02d}" for n in numbers)])


def _numbers(parts: dict[str, str | None]) -> Iterator[int]:
    for name in ("m", "d"):
        value = parts.get(name)
        if value:
            yield int(value) if value.isdigit() else _MONTHS[value.lower().rstrip(".")]


def _han_number(text: str) -> int:
    """Read a number below 100 in Han characters.

    >>> [_han_number(t) for t in ("七", "十", "十二", "三十一")]
    [7, 10, 12, 31]
    """
    if "十" not in text:
        return _DIGITS[text]
    tens, _, ones = text.partition("十")
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
