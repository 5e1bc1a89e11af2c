"""Glosses of several names by one bracket: ``Anhui Province / Hefei (安徽省 / 合肥市)``, ``虚拟现实/增强现实（VR/AR）``."""

import re
from collections.abc import Iterator

from pipeline.align.fields import is_field
from pipeline.align.gloss import Gloss
from pipeline.align.gloss_left import Context, left_latin
from pipeline.normal import has_han, is_han


def listed_glosses(context: Context, opening: int, closing: int, end: int) -> Iterator[Gloss]:
    """Yield the glosses of ``Anhui Province / Hefei (安徽省 / 合肥市)``: as many names on either side, in one order."""
    text = context.text
    names = [(m.start(), m.end()) for m in _SLASHED.finditer(text[opening + 1 : closing])]
    if is_han(text[end - 1]):
        yield from _listed_han(context, opening, closing, end)
        return
    line = text.rfind("\n", 0, end) + 1
    before = [(m.start(), m.end()) for m in _SLASHED.finditer(text[line:end])]
    if not 2 <= len(names) <= 4 or len(before) != len(names):
        return
    for (_, stop), (a, b) in zip(before, names, strict=True):
        name = text[opening + 1 + a : opening + 1 + b]
        start = opening + 1 + a + len(name) - len(name.lstrip())
        last = line + stop - (len(text[line : line + stop]) - len(text[line : line + stop].rstrip()))
        if not has_han(name) or is_han(text[last - 1]):
            return
        left = left_latin(context, last, name.strip())
        if left is not None:
            left = (max(left[0], last - len(text[line:last].rpartition(" / ")[2])), left[1])
            yield Gloss(first=left, second=(start, start + len(name.strip())), kind="translation")


def _listed_han(context: Context, opening: int, closing: int, end: int) -> Iterator[Gloss]:
    """Yield the glosses of ``虚拟现实/增强现实（VR/AR）``, where every name before the bracket is known."""
    text = context.text
    shorts = [
        (opening + 1 + m.start(), opening + 1 + m.end())
        for m in _SHORTS.finditer(text[opening + 1 : closing])
    ]
    if not 2 <= len(shorts) <= 4 or sum(b - a + 1 for a, b in shorts) != closing - opening:
        return
    found: list[Gloss] = []
    for short in reversed(shorts):
        known = context.longest_ending(end)
        start = known.start if known is not None else _words_from(text, end)
        if known.type == "place" if known is not None else not is_field(text[start:end]):
            return
        found.append(Gloss(first=(start, end), second=short, kind="abbreviation"))
        if short != shorts[0] and text[start - 1 : start] not in _BESIDE:
            return
        end = start - 1
    yield from reversed(found)


_BESIDE = ("/", "、", "和", "与", "及")
"""What stands between the names of a list."""


def _words_from(text: str, end: int) -> int:
    """Return where the last item of a list begins."""
    return max(text.rfind(mark, max(0, end - 12), end) for mark in (*_BESIDE, ",", "。", "\n")) + 1


_SHORTS = re.compile(r"(?:(?<=^)|(?<=[/、,]))[A-Za-z][A-Za-z0-9.-]{1,9}(?=[/、,]|$)")
"""An abbreviation among others in a bracket."""
_SLASHED = re.compile(r"(?:[^/]|(?<! )/(?! ))+")
"""A stretch between slashes with space around them."""
