"""Spans as the annotation guide has them, made from what the model marks."""

import re
from collections.abc import Iterator
from typing import TypeVar

Kind = TypeVar("Kind", bound=str)

_OPEN = "《“\"'「『（(【〔[<‘"
_CLOSE = "》”\"'」』）)】〕]>’"
_EDGE = " \t\r\n\u3000,，.。、;；:：!！?？"


def tidy(sentence: str, start: int, end: int, kind: Kind) -> Iterator[tuple[int, int, Kind]]:
    """Yield a span without outer white space, punctuation, and brackets or quotation marks around the whole.

    A mark whose partner lies inside the span stays: it belongs to the name.
    """
    while start < end and sentence[start] in _EDGE:
        start += 1
    while start < end and sentence[end - 1] in _EDGE:
        end -= 1
    changed = True
    while changed and start < end:
        changed = False
        inside = sentence[start:end]
        first, last = inside[0], inside[-1]
        if first in _OPEN and last in _CLOSE and len(inside) > 2 and not _reopened(inside):
            start, end, changed = start + 1, end - 1, True
        elif (first in "《" and "》" not in inside) or (
            first in "（([【〔" and not re.search(r"[）)\]】〕]", inside)
        ):
            start, changed = start + 1, True
        elif (last in "》" and "《" not in inside) or (
            last in "）)]】〕" and not re.search(r"[（(\[【〔]", inside)
        ):
            end, changed = end - 1, True
        elif first in '“”"' and len(re.findall('[“”"]', inside)) == 1:
            start, changed = start + 1, True
        elif last in '“”"' and len(re.findall('[“”"]', inside)) == 1:
            end, changed = end - 1, True
    if start < end:
        yield start, end, kind


def _reopened(inside: str) -> bool:
    """Say whether the opening mark is closed before the end: “十四五”和“十五五” is not quoted as a whole."""
    return any(mark in _CLOSE for mark in inside[1:-1])
