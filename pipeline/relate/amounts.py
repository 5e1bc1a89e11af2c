"""Amounts of money and shares in both languages: ``870 million RMB``, ``3.2亿元``, ``$2.9 trillion``, ``51%股权``."""

import re

from pipeline.records import Amount, Record

_SCALE = {
    "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "mn": 1e6, "hundred million": 1e8, "bn": 1e9, "m": 1e6, "b": 1e9,
    "千": 1e3, "万": 1e4, "百万": 1e6, "千万": 1e7, "亿": 1e8, "万亿": 1e12, "百亿": 1e10, "千亿": 1e11, "兆": 1e12,
}  # fmt: skip
_CURRENCY = {
    "$": "USD", "us$": "USD", "usd": "USD", "u.s. dollars": "USD", "us dollars": "USD", "dollars": "USD",
    "€": "EUR", "eur": "EUR", "euros": "EUR", "£": "GBP", "pounds": "GBP", "gbp": "GBP", "¥": "CNY", "rmb": "CNY",
    "cny": "CNY", "yuan": "CNY", "renminbi": "CNY", "hk$": "HKD", "yen": "JPY", "元": "CNY", "人民币": "CNY",
    "元人民币": "CNY", "块": "CNY", "美元": "USD", "美金": "USD", "欧元": "EUR", "英镑": "GBP", "日元": "JPY", "港元": "HKD",
    "港币": "HKD", "韩元": "KRW", "新台币": "TWD", "卢布": "RUB", "加元": "CAD", "澳元": "AUD", "新元": "SGD", "新加坡元": "SGD",
    "hk dollars": "HKD", "nt$": "TWD", "s$": "SGD", "a$": "AUD", "c$": "CAD", "won": "KRW", "瑞士法郎": "CHF", "印度卢比": "INR",
    "rubles": "RUB", "台币": "TWD",
}  # fmt: skip


def _choice(words: dict[str, object]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))


_NUMBER = r"(?P<n>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_SCALES = _choice(dict(_SCALE))
_UNITS = _choice(dict(_CURRENCY))
_BEFORE = re.compile(
    rf"(?<![\w])(?P<u>us\$|hk\$|nt\$|s\$|a\$|c\$|\$|€|£|¥|rmb|usd|cny|eur|人民币)\s?{_NUMBER}(?:\s?(?P<s>{_SCALES})(?![a-z]))?(?:元)?",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"(?<![\d.])(?:约)?{_NUMBER}[\s-]?(?P<s>{_SCALES})?(?:多|余)?[\s-]?(?P<u>{_UNITS})(?![a-z])",
    re.IGNORECASE,
)
_WORD = re.compile(
    rf"\b(?P<w>one|two|three|four|five|six|seven|eight|nine|ten|half a|a) (?P<s>hundred million|million|billion|trillion) (?P<u>{_UNITS})(?![a-z])"
    rf"|(?<![一二三四五六七八九十百千万亿数几上])(?P<h>[一二两三四五六七八九十百千]{{1,5}})(?P<t>万亿|亿|万)(?P<v>元|美元|欧元|英镑|港元|日元)",
    re.IGNORECASE,
)
_WORDS = {
    w: float(i) for i, w in enumerate("one two three four five six seven eight nine ten".split(), start=1)
} | {"a": 1.0, "half a": 0.5}
_SHARE_BEFORE = re.compile(r"(?:股权|股份|股比|持股比例)的(?P<n>\d+(?:\.\d+)?)\s?%")
_SHARE = re.compile(
    r"(?P<n>\d+(?:\.\d+)?)\s?%(?=\s?的?(?:股权|股份|股|stake|of (?:the )?shares|shares|share|interest|equity))"
)


class Sum(Record, frozen=True, kw_only=True):
    """An amount as found, with its span in the text given."""

    start: int
    end: int
    amount: Amount


def amounts(text: str) -> list[Sum]:
    """Return the amounts of a text in order.

    >>> [(a.amount.value, a.amount.unit) for a in amounts("870 million RMB ($130 million), 3.2亿元, 51%股权")]
    [(870000000.0, 'CNY'), (130000000.0, 'USD'), (320000000.0, 'CNY'), (51.0, '%')]
    """
    found: list[Sum] = []
    taken = bytearray(len(text))
    for pattern in (_BEFORE, _AFTER, _WORD, _SHARE, _SHARE_BEFORE):
        for match in pattern.finditer(text):
            if any(taken[match.start() : match.end()]):
                continue
            parts = match.groupdict()
            scale = _SCALE.get((parts.get("s") or parts.get("t") or "").lower(), 1.0)
            money = parts.get("u") or parts.get("v")
            unit = _CURRENCY[money.lower()] if money else "%"
            value = round(_number(parts) * scale, 6)
            amount = Amount(value=value, unit=unit, text=match.group().strip())
            found.append(Sum(start=match.start(), end=match.end(), amount=amount))
            taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    return sorted(found, key=lambda a: a.start)


def _number(parts: dict[str, str | None]) -> float:
    """Return the number of a match: digits, an English word or Han numerals below ten thousand."""
    if digits := parts.get("n"):
        return float(digits.replace(",", ""))
    if word := parts.get("w"):
        return _WORDS[word.lower()]
    total, digit = 0.0, 0.0
    for char in parts.get("h") or "":
        if char in "十百千":
            total += (digit or 1.0) * {"十": 10, "百": 100, "千": 1000}[char]
            digit = 0.0
        else:
            digit = float("零一二三四五六七八九".find(char)) if char != "两" else 2.0
    return total + digit
