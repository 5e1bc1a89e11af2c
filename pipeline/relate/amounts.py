"""Amounts of money and shares in both languages: ``870 million RMB``, ``3.2亿元``, ``$2.9 trillion``, ``51%股权``."""

import re

from pipeline.records import Amount, Record

_SCALE = {
    "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "mn": 1e6, "bn": 1e9, "m": 1e6, "b": 1e9,
    "千": 1e3, "万": 1e4, "百万": 1e6, "千万": 1e7, "亿": 1e8, "万亿": 1e12, "百亿": 1e10, "千亿": 1e11, "兆": 1e12,
}  # fmt: skip
_CURRENCY = {
    "$": "USD", "us$": "USD", "usd": "USD", "u.s. dollars": "USD", "us dollars": "USD", "dollars": "USD",
    "€": "EUR", "eur": "EUR", "euros": "EUR", "£": "GBP", "pounds": "GBP", "gbp": "GBP", "¥": "CNY", "rmb": "CNY",
    "cny": "CNY", "yuan": "CNY", "renminbi": "CNY", "hk$": "HKD", "yen": "JPY", "元": "CNY", "人民币": "CNY",
    "元人民币": "CNY", "块": "CNY", "美元": "USD", "美金": "USD", "欧元": "EUR", "英镑": "GBP", "日元": "JPY", "港元": "HKD",
    "港币": "HKD", "韩元": "KRW", "新台币": "TWD", "卢布": "RUB", "加元": "CAD", "澳元": "AUD", "新元": "SGD",
}  # fmt: skip


def _choice(words: dict[str, object]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))


_NUMBER = r"(?P<n>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_SCALES = _choice(dict(_SCALE))
_UNITS = _choice(dict(_CURRENCY))
_BEFORE = re.compile(
    rf"(?<![\w])(?P<u>us\$|hk\$|\$|€|£|¥|rmb|usd|cny|eur|人民币)\s?{_NUMBER}(?:\s?(?P<s>{_SCALES})(?![a-z]))?(?:元)?",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"(?<![\d.])(?:约)?{_NUMBER}\s?(?P<s>{_SCALES})?\s?(?P<u>{_UNITS})(?![a-z])", re.IGNORECASE
)
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
    for pattern in (_BEFORE, _AFTER, _SHARE):
        for match in pattern.finditer(text):
            if any(taken[match.start() : match.end()]):
                continue
            parts = match.groupdict()
            scale = _SCALE.get((parts.get("s") or "").lower(), 1.0)
            unit = _CURRENCY[parts["u"].lower()] if parts.get("u") else "%"
            value = round(float(parts["n"].replace(",", "")) * scale, 6)
            amount = Amount(value=value, unit=unit, text=match.group().strip())
            found.append(Sum(start=match.start(), end=match.end(), amount=amount))
            taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    return sorted(found, key=lambda a: a.start)
