"""Raised note marks and exponents are told apart from the words that they stand at."""

import re
import unicodedata
from array import array
from bisect import bisect_left

import msgspec

from pipeline.parse.pdf_model import Word

_RAISED_DIGITS = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")
_SIGNS = frozenset(("*", "**", "***", "†", "‡"))
_LABEL = re.compile(
    r"[\[(（〔【]?(?:\d{1,4}|[*†‡§¶#＊※]{1,3}|[a-z]|[ivx]{1,5}|[①-⑳㉑-㉟⑴-⒇])"
    r"(?:\s*[,，、;；–-]\s*(?:\d{1,4}|[*†‡§¶a-z①-⑳]))*[,，]?[\])）〕】]?"
)
_UNIT = re.compile(r"(?:^|[\d\s(（/·.])(?:[kcdmnμµ]?m|km|ft|in|s|sec|h|yr|cm|㎡|米|R|r|χ|σ|10)$")


def mark_raised(words: list[Word]) -> None:
    """Set ``kind`` of words that are raised or lowered parts of a line, and their line's baseline.

    A raised word is small and stands directly behind (at a note's own beginning: before) a larger
    one whose baseline is lower. Digits, letters and signs are note marks; behind a unit or a ten
    they are exponents, and so is everything else (``14th``).
    """
    # For each size of type, where words are that are larger.
    larger: dict[float, list[tuple[float, int]]] = {}
    by_size: dict[float, list[tuple[float, int]]] = {}
    for i, word in enumerate(words):
        by_size.setdefault(word.size, []).append((word.base, i))
    tallest = max(by_size, default=0.0)
    last: Word | None = None
    for word in words:
        previous, last = last, word
        if word.text[0] in _RAISED_DIGITS and all(c in _RAISED_DIGITS for c in word.text):
            if previous is None or not _UNIT.search(previous.text):
                word.kind = "note"
            continue
        if word.size >= 0.85 * tallest or len(word.text) > 12:
            continue
        bases = larger.get(word.size)
        if bases is None:
            bases = larger[word.size] = _larger(by_size, word.size)
        first = bisect_left(bases, (word.base - 0.5 * word.size, -1))
        alone = first == len(bases) or bases[first][0] - word.base > 1.2 * word.size
        if alone and (previous is None or previous.kind != "note"):
            continue
        label = _LABEL.fullmatch(word.text) is not None
        if (
            label and previous is not None and previous.kind == "note"
            and abs(previous.size - word.size) < 0.1 and abs(previous.top - word.top) < 1
            and -0.3 <= (word.x0 - previous.x1) / word.size <= 0.8
        ):  # fmt: skip
            word.kind, word.base = "note", previous.base
            continue
        if alone:
            continue
        before = _neighbour(words, bases, word, behind=True)
        if before is not None:
            exponent = before.base < word.base or _UNIT.search(before.text) or not label
            word.kind = "raised" if exponent else "note"
            word.base = before.base
            continue
        after = _neighbour(words, bases, word, behind=False) if label else None
        if after is not None:
            word.kind, word.base = "note", after.base


def _larger(by_size: dict[float, list[tuple[float, int]]], size: float) -> list[tuple[float, int]]:
    """Baselines and places of the words that are so much larger than ``size`` that a part of theirs has that size."""
    return sorted(place for other, places in by_size.items() if other * 0.85 >= size for place in places)


def _neighbour(words: list[Word], bases: list[tuple[float, int]], word: Word, behind: bool) -> Word | None:
    """The larger word that ``word`` is a raised (or lowered) part of."""
    for i in range(bisect_left(bases, (word.base - 0.5 * word.size, -1)), len(bases)):
        base, index = bases[i]
        other = words[index]
        shift = base - word.base
        if shift > 1.2 * word.size:
            return None
        if other is word or other.kind != "text":
            continue
        if not (0.12 < shift / other.size < 0.7 or -0.35 < shift / other.size < -0.08):
            continue
        gap = word.x0 - other.x1 if behind else other.x0 - word.x1
        if -0.25 * other.size <= gap <= 0.35 * other.size:
            return other
    return None


def mark_signs(words: list[Word]) -> list[Word]:
    """Set note signs apart that are no smaller than the text: ``word*`` with a footnote ``* ...``.

    A sign is a note mark where a line of small print, at its beginning, has the same sign.
    """
    tallest = max((w.size * (len(w.text) > 2) for w in words), default=0.0)
    signs: set[str] = set()
    for word in words:
        if word.text in _SIGNS and word.size < 0.9 * tallest and word.kind != "raised":
            if not any(
                abs(o.base - word.base) < 1 and o.x1 <= word.x0 and word.x0 - o.x1 < 200 for o in words
            ):
                signs.add(word.text)
                word.kind = "note"
    if not signs:
        return words
    out: list[Word] = []
    for word in words:
        sign = next((s for s in ("***", "**", "*", "†", "‡") if word.text.endswith(s)), None)
        if word.kind != "text" or sign not in signs or word.text == sign:
            out.append(word)
            continue
        cut = len(word.text) - len(sign)
        boxes = array("f", word.boxes)
        edge = boxes[4 * cut] - boxes[0] + word.x0
        head = msgspec.structs.replace(
            word, text=word.text[:cut], boxes=boxes[: 4 * cut].tobytes(), x1=edge, space_after=""
        )
        tail = msgspec.structs.replace(
            word, text=sign, boxes=boxes[4 * cut :].tobytes(), x0=edge, space_before="", kind="note"
        )
        out += [head, tail]
    return out


def note_labels(text: str) -> list[str]:
    """The labels of a printed note mark.

    >>> note_labels("23, 24"), note_labels("[7]"), note_labels("⁵")
    (['23', '24'], ['7'], ['5'])
    """
    plain = unicodedata.normalize("NFKC", text) if text[:1] in _RAISED_DIGITS else text
    plain = plain.strip("[]()（）〔〕【】 ")
    return [part for part in re.split(r"\s*[,，、;；]\s*", plain) if part]
