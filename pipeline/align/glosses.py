"""Glosses: places where a text itself says that two names are one thing.

Brackets of either style in either direction (``Megvii (旷视科技)``, ``旷视科技（Megvii）``, ``《规划》 [Plan]``),
defined abbreviations and short forms (``以下简称``, ``hereinafter``, ``also known as``), several in one
bracket. Where the name before a gloss begins is the business of ``gloss_left``, whether a Latin abbreviation
belongs to the words before it that of ``initials``.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from pipeline.align.gloss_bracket import GENERIC, brackets, parts
from pipeline.align.gloss_left import Context, ends_legally, left_han, left_latin, likeness
from pipeline.align.gloss_short import (
    as_known,
    begins_with,
    one_entry,
    some_initials,
    spells_initials,
    with_first_word,
)
from pipeline.align.initials import SMALL, initials_start, shortens
from pipeline.match.candidates import Candidate
from pipeline.normal import has_han, is_han
from pipeline.records import Record
from pipeline.segment.words import Words

_INLINE = re.compile(
    r",?\s*(?:\(?(?P<cue>以下简称为?|下称|简称为?|又称|又名|亦称|原名|hereinafter referred to as|hereinafter|also known as|"
    r"formerly known as|formerly))\s*(?:the )?[\"'“]?",
)
_FORWARD = re.compile(
    r"(?:[A-Z][\w&'+-]*)(?: (?:of|and|for|the) [A-Z][\w&'+-]*| [A-Z][\w&'+-]*)*(?=[,.;)\s]|$)|[\u3400-\u9fff]{2,12}(?=[,;。)、\n]|$)"
)
"""A name after a cue that nothing else has found: capitalised words, or Han characters up to the next mark."""
_GENERATION = re.compile(r"\dG|[A-Z]\d")
"""``4G``, ``C4``: too short for a name but of a technology."""
_NOT_NAME = re.compile(
    r"^(?:see\b|cf\b|e\.?g|i\.?e|table|figure|fig|chapter|section|note|pp?\.|in (?:English|Chinese)|emphasis|ibid|link|accessed|"
    r"including|such as|about|approximately|\d[\d.,:/-]*(?![A-Za-z\d])|as of|from|until|since|[ivx]+$|[a-z]$|第|注|见|图|表|附|其中|如|含|包括|约|不含|"
    r"暂定|以下|注册|股票|证券|代码|原文|下称|试行|暂行|草案|征求意见稿|修订|上接|下同|单位|万元|亿元|年|月|日)",
    re.IGNORECASE,
)
_HAN_NAME = re.compile(
    r"(?:(?<=.)\([^()]{1,12}\)|[\u3400-\u9fff\U00020000-\U000323af〇A-Za-z0-9·《》“”\"'+&/.-])+"
)
GlossKind = Literal["translation", "abbreviation", "alias", "former"]


class Gloss(Record, frozen=True, kw_only=True):
    """Two spans of one text that name one thing; ``first`` stands before ``second``."""

    first: tuple[int, int]
    second: tuple[int, int]
    kind: GlossKind


def find_glosses(text: str, candidates: Sequence[Candidate], words: Words) -> Iterator[Gloss]:
    """Yield the glosses of a normalised text.

    Args:
        text: normalised text.
        candidates: what other witnesses take for names; they show where a name before a bracket begins.
        words: the segmentation of its Han runs.
    """
    context = Context(text, candidates, words)
    pairs = list(brackets(text))
    for opening, closing in pairs:
        yield from _bracket(context, opening, closing)
    inside = {at for opening, closing in pairs for at in range(opening, closing)}
    for match in _INLINE.finditer(text):
        gloss = _inline(context, match) if match.start() not in inside else None
        if gloss is not None:
            yield gloss


def _bracket(context: Context, opening: int, closing: int) -> Iterator[Gloss]:
    text = context.text
    end = opening
    while end > 0 and text[end - 1] in " \"'》":
        end -= 1
    if end == 0 or text[end - 1] in "\n,;:。，([" or (text[end - 1] == "." and not ends_legally(text, end)):
        return
    han = is_han(text[end - 1]) or text[end : end + 1] == "》"
    listed = list(_listed(context, opening, closing, end))
    if listed:
        yield from listed
        return
    left: tuple[int, int] | None = None
    for start, stop, cue in parts(text, opening + 1, closing):
        content = text[start:stop]
        if not cue and _NOT_NAME.match(content):
            continue
        if has_han(content):
            gloss = _han_gloss(context, end, han, start, stop, cue)
        else:
            gloss = _latin_gloss(context, end, han, start, stop, cue)
        if gloss is None:
            continue
        if left is None:
            left = gloss.first
        yield Gloss(first=left, second=gloss.second, kind=gloss.kind)


def _listed(context: Context, opening: int, closing: int, end: int) -> Iterator[Gloss]:
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
        if known is None or known.type == "place":
            return
        found.append(Gloss(first=(known.start, end), second=short, kind="abbreviation"))
        if short != shorts[0] and text[known.start - 1 : known.start] not in ("/", "、", "和", "与", "及"):
            return
        end = known.start - 1
    yield from reversed(found)


_SHORTS = re.compile(r"(?:(?<=^)|(?<=[/、,]))[A-Za-z][A-Za-z0-9.-]{1,9}(?=[/、,]|$)")
"""An abbreviation among others in a bracket."""
_SLASHED = re.compile(r"(?:[^/]|(?<! )/(?! ))+")
"""A stretch between slashes with space around them."""


def _han_gloss(context: Context, end: int, han: bool, start: int, stop: int, cue: str) -> Gloss | None:
    """Judge a Chinese bracket after a Latin or Chinese name."""
    text = context.text
    content = text[start:stop]
    if not _HAN_NAME.fullmatch(content) or not 2 <= stop - start <= 60:
        return None
    inside = [c for c in context.starting.get(start, ()) if c.end == stop]
    placed = bool(inside) and all(c.type == "place" for c in inside)
    if han:
        if not cue and not shortens(content, text[max(0, end - 40) : end]):
            return None
        if not cue and placed and not any(c.type == "place" for c in context.ending.get(end, ())):
            return None  # 国网广汇(上海)
        left = left_han(context, end, form=content, must=not cue)
        if left is None or not (cue or shortens(content, text[left[0] : left[1]])):
            return None
        kind: GlossKind = "former" if cue in ("原名", "原名为", "原称", "原", "曾用名", "前身为") else "alias"
        if left[1] - left[0] > stop - start and kind == "alias":
            kind = "abbreviation"
        return Gloss(first=left, second=(start, stop), kind=kind)
    left = left_latin(context, end, content)
    if left is None:
        return None
    known = context.longest_ending(left[1])
    if placed and (known is None or known.type != "place"):
        return None  # (大连) says where, not what
    return Gloss(first=left, second=(start, stop), kind="translation")


def _latin_gloss(context: Context, end: int, han: bool, start: int, stop: int, cue: str) -> Gloss | None:
    """Judge a Latin bracket after a Chinese or Latin name."""
    text = context.text
    content = text[start:stop]
    words = content.split()
    if len(words) > 16 or not re.search(r"[A-Za-z]{2}", content):
        known = context.longest_ending(end)
        if not (_GENERATION.fullmatch(content) and known is not None and known.type == "technology"):
            return None
    capitals = sum(w[:1].isupper() or any(c.isupper() for c in w) or w[:1].isdigit() for w in words)
    lower = sum(w[:1].islower() and w not in SMALL for w in words)
    if han:
        known = context.longest_ending(end)
        left = left_han(context, end, form=None, must=False)
        if left is None or (not capitals and known is None):
            return None
        loose = lower and not (known is not None and known.type == "technology") and lower * 3 > capitals
        if loose and likeness(text[slice(*left)], content) < _TRANSLATED:
            return None
        acronym = len(words) == 1 and content.isupper()
        return Gloss(first=left, second=(start, stop), kind="abbreviation" if acronym else "translation")
    if not capitals:
        return None
    if len(words) == 1 and any(c.isupper() for c in content):
        known = context.longest_ending(end)
        initials = initials_start(text, end, content)
        if initials is not None:
            begin = as_known(context, initials, known, end, content)
            return Gloss(first=(begin, end), second=(start, stop), kind="abbreviation")
        if known is not None and (full := text[known.start : end]):
            if begins_with(full, content):
                return Gloss(first=(known.start, end), second=(start, stop), kind="alias")
            if (
                known.method in ("gazetteer", "rule")
                and known.type != "place"
                and some_initials(full, content)
            ):
                return Gloss(first=(known.start, end), second=(start, stop), kind="abbreviation")
            first = with_first_word(context, known.start, content)
            if first is not None:
                return Gloss(first=(first, end), second=(start, stop), kind="alias")
    if one_entry(context, end, start, stop):
        first = min(c.start for c in context.ending[end] if c.method == "gazetteer")
        return Gloss(first=(first, end), second=(start, stop), kind="alias")
    left = left_latin(context, end)
    if left is None:
        return None
    name = text[left[0] : left[1]]
    if " " not in name and name.isupper() and spells_initials(content, name):
        return Gloss(first=left, second=(start, stop), kind="abbreviation")
    if cue and lower == 0:
        former = cue.startswith(("former", "previous"))
        return Gloss(first=left, second=(start, stop), kind="former" if former else "alias")
    return None


def _inline(context: Context, match: re.Match[str]) -> Gloss | None:
    """Judge ``X，以下简称“Y”`` and ``X, also known as Y`` outside brackets."""
    text = context.text
    end = match.start()
    while end > 0 and text[end - 1] in " \"'》,":
        end -= 1
    if end == 0 or text[match.start() - 1 : match.start()] in ("(", "["):
        return None
    start = match.end()
    quoted = text[start - 1 : start] in ('"', "'")
    if quoted:
        stop = start
        while stop < len(text) and text[stop] not in "\"'”\n" and stop - start <= 40:
            stop += 1
        if text[stop : stop + 1] not in ('"', "'"):
            return None
    else:
        stop = max((c.end for c in context.starting.get(start, ())), default=start)
        forward = _FORWARD.match(text, start)
        if stop == start and forward is not None:
            stop = forward.end()
            if has_han(text[start:stop]) and not shortens(text[start:stop], text[max(0, end - 40) : end]):
                return None
    if stop - start < 2 or text[start:stop] in GENERIC:
        return None
    form = text[start:stop] if has_han(text[start:stop]) else None
    left = (
        left_han(context, end, form=form, must=False) if is_han(text[end - 1]) else left_latin(context, end)
    )
    if left is None or left[1] - left[0] < 2:
        return None
    cue = match.group("cue")
    kind: GlossKind = "former" if cue.startswith(("原", "former")) else "alias"
    if (
        kind == "alias"
        and has_han(text[start:stop]) == has_han(text[left[0] : left[1]])
        and stop - start < end - left[0]
    ):
        kind = "abbreviation"
    return Gloss(first=left, second=(start, stop), kind=kind)


_TRANSLATED = 0.5
"""How much of both names their parts must explain where the English one has small words."""
