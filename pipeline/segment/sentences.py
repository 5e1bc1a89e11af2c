"""Sentences in both languages, by punctuation that ends one and does not merely look like it."""

import re
from bisect import bisect_right
from collections.abc import Sequence

from pipeline.normal import is_han

_END = re.compile(r"[。！？；!?]+[\"'”’」』)]*|\n+|(?<=[^\s.])\.[\"'”’)\]]*(?=\s|$)|\.(?=[\u4e00-\u9fff])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Sen|Rep|Gov|St|vs|etc|e\.g|i\.e|cf|al|Co|Corp|Inc|Ltd|Bros|No|Nos|"
    r"Vol|Art|Sec|Fig|Figs|pp|p|ed|eds|Jr|Sr|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|approx|est|dept|Univ)"
    r"|(?:[A-Z]\.)+[A-Z])$"
)


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the sentences of a normalised text as spans without outer white space.

    A line feed always ends one. A full stop does not after an abbreviation or an initial, unless the
    next word could begin a sentence and the abbreviation is one that ends names (``Ltd.``, ``U.S.``
    before a capitalised function word).
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        if match.group().startswith(".") and _continues(text, start, match.start(), match.end()):
            continue
        _add(spans, text, start, match.end())
        start = match.end()
    _add(spans, text, start, len(text))
    return spans


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((start, end))


_STARTER = re.compile(
    r"\s+(?:The|This|These|That|It|In|On|At|He|She|They|We|As|For|However|But|And|A|An|By|To|With)\b"
)


def _continues(text: str, start: int, at: int, end: int) -> bool:
    """Say whether the full stop at ``at`` does not end a sentence."""
    before = text[max(start, at - 12) : at]
    following = text[end : end + 2].lstrip()[:1]
    if before and is_han(before[-1]):
        return False
    if following.islower():
        return True
    if before[-1:].isdigit() and before.strip().isdigit() and at - len(before.strip()) <= start + 1:
        return True  # "1. " opening a list item
    if _ABBREVIATION.search(before):
        return _STARTER.match(text, end) is None or before.endswith(("Mr", "Dr", "Ms"))
    return False


def sentence_at(spans: Sequence[tuple[int, int]], offset: int) -> int:
    """Return the index of the sentence that holds an offset, or of the last one before it."""
    return max(0, bisect_right(spans, offset, key=lambda s: s[0]) - 1)
