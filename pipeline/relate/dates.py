"""Dates and periods in both languages, as ISO 8601: ``2017年7月``, ``July 20, 2017``, ``2018-20``, ``十四五``."""

import re
from collections.abc import Iterator

from pipeline.records import Record
from pipeline.relate.needs import needs

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

_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "last": 4,
             "一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4, "上": 1, "下": 2}  # fmt: skip
_ORDINAL = "(?P<q>first|second|third|fourth|1st|2nd|3rd|4th)"

_FORMS = [
    ("span", re.compile(rf"(?<!\d)(?P<y>{_YEAR})\s?年\s?(?P<m>\d\d?)\s?月(?:\s?(?P<d>\d\d?)\s?日)?\s?(?:-|至|到|~)\s?(?:(?P<z>{_YEAR})\s?年\s?)?(?:(?P<n>\d\d?)\s?月)?(?:\s?(?P<e>\d\d?)\s?日)?(?<=[月日])")),
    ("span", re.compile(rf"\b(?P<m>{_MONTH})\s?(?P<d>\d\d?)\s?-\s?(?:(?P<n>{_MONTH})\s?)?(?P<e>\d\d?)\s?,?\s?(?P<y>{_YEAR})\b", re.IGNORECASE)),
    ("span", re.compile(rf"\b(?P<m>{_MONTH})\s?(?:-|to|through)\s?(?P<n>{_MONTH}),?\s(?P<y>{_YEAR})\b", re.IGNORECASE)),
    ("half", re.compile(rf"(?<!\d)(?P<y>{_YEAR})\s?年\s?(?P<q>[上下])半年")),
    ("quarter", re.compile(rf"(?<!\d)(?P<y>{_YEAR})\s?年\s?第?(?P<q>[一二三四1-4])季度?")),
    ("half", re.compile(rf"\b{_ORDINAL} half of (?P<y>{_YEAR})\b|\bH(?P<q2>[12]) ?(?P<y2>{_YEAR})\b", re.IGNORECASE)),
    ("quarter", re.compile(rf"\b{_ORDINAL} quarter of (?P<y>{_YEAR})\b|\bQ(?P<q2>[1-4]) ?(?P<y2>{_YEAR})\b", re.IGNORECASE)),
    ("ordinal", re.compile(r"第(?P<p>[一二三四五六七八九十]{1,3})个五年(?:规划|计划)?(?:期间|时期|期末)")),
    ("ordinal", re.compile(r"\b(?P<o>\d{1,2})(?:st|nd|rd|th) (?:FYP|[Ff]ive[- ][Yy]ear [Pp]lan) period\b")),
    ("decade", re.compile(r"(?<!\d)(?P<c>\d\d)世纪(?P<t>[1-9]0)年代|\b(?P<s>(?:19|20)\d)0s\b")),
    ("range", re.compile(rf"\b(?P<y>{_YEAR}) (?:to|through|until) (?P<z>{_YEAR})\b")),
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


_NUMBER = re.compile(r"[\d年五]")
_ASCII_FORMS = [
    (form, pattern)
    for form, pattern in _FORMS
    if all(any(map(str.isascii, need)) for need in needs(pattern.pattern))
]
"""The forms that no Han character is needed for."""


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
    if not _NUMBER.search(text):
        return []
    found: list[Date] = []
    taken = bytearray(len(text))
    for form, pattern in _ASCII_FORMS if text.isascii() else _FORMS:
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
    if form in ("span", "half", "quarter", "ordinal", "decade"):
        return _interval(form, parts)
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


def _interval(form: str, parts: dict[str, str | None]) -> str | None:
    """Return an interval of days, months or years as ISO 8601 writes it: ``2017-07/2018-03``."""
    if form == "decade":
        decade = f"{int(parts['c'] or 0) - 1}{parts['t']}" if parts["c"] else f"{parts['s']}0"
        return f"{decade}/{int(decade) + 9}"
    if form == "ordinal":
        number = int(parts["o"] or 0) if parts.get("o") else _han_number(parts["p"] or "")
        opens = (
            1953 + 5 * (number - 1) + (3 if number > 2 else 0)
        )  # three years lay between the second and third
        return f"{opens}/{opens + 4}" if 1 <= number <= 20 else None
    year = parts.get("y") or parts.get("y2")
    if form in ("half", "quarter"):
        number = _ORDINALS[(parts.get("q") or parts.get("q2") or "").lower()]
        months = 6 if form == "half" else 3
        if number * months > 12:
            return None
        return f"{year}-{(number - 1) * months + 1:02d}/{year}-{number * months:02d}"
    first = [year, *_two(parts["m"], parts.get("d"))]
    last = [parts.get("z") or year, *_two(parts.get("n") or parts["m"], parts.get("e"))]
    if len(first) != len(last) and not (parts.get("e") or parts.get("n")):
        return None
    begin, end = "-".join(map(str, first)), "-".join(map(str, last))
    return f"{begin}/{end}" if begin < end and _real(first) and _real(last) else None


def _two(month: str | None, day: str | None) -> list[str]:
    number = int(month) if month and month.isdigit() else _MONTHS[(month or "").lower().rstrip(".")]
    return [f"{number:02d}", *([f"{int(day):02d}"] if day else [])]


def _real(parts: list[str | None]) -> bool:
    return 1 <= int(parts[1] or 0) <= 12 and (len(parts) < 3 or 1 <= int(parts[2] or 0) <= 31)


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
