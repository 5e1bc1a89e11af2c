"""Glosses: places where a text itself says that two names are one thing.

Brackets of either style in either direction (``Megvii (旷视科技)``, ``旷视科技（Megvii）``, ``《规划》 [Plan]``),
defined abbreviations and short forms (``以下简称``, ``hereinafter``, ``also known as``), several in one
bracket. Where the name before a gloss begins is the business of ``gloss_left``, whether a Latin abbreviation
belongs to the words before it that of ``initials``.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from pipeline.align.fields import is_field
from pipeline.align.gloss import Gloss, GlossKind, Span
from pipeline.align.gloss_bracket import brackets, parts
from pipeline.align.gloss_cues import is_former
from pipeline.align.gloss_inline import POST, inline_glosses, name_end
from pipeline.align.gloss_left import Context, ends_legally, left_han, left_latin, likeness
from pipeline.align.gloss_lists import listed_glosses
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
from pipeline.segment.words import Words

_GENERATION = re.compile(r"\dG|[A-Z]\d")
"""``4G``, ``C4``: too short for a name but of a technology."""
_NTH = re.compile(r"第([一二三四五六七八九])代(?:移动|无线|蜂窝)[\u3400-\u9fff]{2,6}$")
"""``第五代移动通信`` before ``5G``."""
_NOT_NAME = re.compile(
    r"^(?:see\b|cf\b|e\.?g|i\.?e|table|figure|fig|chapter|section|note|pp?\.|in (?:English|Chinese)|emphasis|ibid|link|accessed|"
    r"including|such as|about|approximately|\d[\d.,:/-]*(?![A-Za-z\d])|as of|from|until|since|[ivx]+$|[a-z]$|第|注|见|图|表|附|其中|如|含|包括|约|不含|"
    r"暂定|以下|注册|股票|证券|代码|原文|下称|试行|暂行|草案|征求意见稿|修订|上接|下同|单位|万元|亿元|年|月|日)",
    re.IGNORECASE,
)
_HAN_NAME = re.compile(
    r"(?:(?<=.)\([^()]{1,12}\)|[\u3400-\u9fff\U00020000-\U000323af〇A-Za-z0-9·《》“”\"'+&/.-])+"
)
_STATE = re.compile(
    r"(?:[A-Z][\w']* )*(?:Republic|Kingdom|State|Federation|Commonwealth|Principality) of (?:the )?([A-Z][a-z]+)$"
)
"""A state's full name, which ends in its short one: ``People's Republic of China (China)``."""
_QUOTED_ON = re.compile(r"(?:[A-Z][A-Za-z]* ?){1,3}:\s*[A-Z0-9.]+|[A-Z0-9]{1,6}\.[A-Z]{1,2}")
"""Where shares are traded: ``HK:1810``, ``300450.SZ``."""


def find_glosses(text: str, candidates: Sequence[Candidate], words: Words) -> Iterator[Gloss]:
    """Yield the glosses of a normalised text.

    Args:
        text: normalised text.
        candidates: what other witnesses take for names; they show where a name before a bracket begins.
        words: the segmentation of its Han runs.
    """
    context = Context(text, candidates, words)
    pairs = list(brackets(text))
    before: dict[int, tuple[int, Span | None]] = {}
    for opening, closing in pairs:
        found = list(_bracket(context, opening, closing, before))
        yield from found
        before[closing] = (opening, found[0].first if found else None)
    inside = {at for opening, closing in pairs for at in range(opening, closing)}
    yield from inline_glosses(context, before, inside)


def _bracket(
    context: Context, opening: int, closing: int, before: Mapping[int, tuple[int, Span | None]]
) -> Iterator[Gloss]:
    """Yield the glosses of a bracket.

    Args:
        context: the text.
        opening: where it opens.
        closing: where it closes.
        before: where the brackets before it open and which name each glosses, by where they close.
    """
    text = context.text
    end, left, cued = name_end(text, opening, before)
    if end == 0 or text[end - 1] in "\n,;:。，([" or (text[end - 1] == "." and not ends_legally(text, end)):
        return
    han = is_han(text[end - 1]) or text[end : end + 1] == "》"
    listed = list(listed_glosses(context, opening, closing, end))
    if listed:
        yield from listed
        return
    for start, stop, cue in parts(text, opening + 1, closing):
        content = text[start:stop]
        if (not cue and (cued or _NOT_NAME.match(content))) or _QUOTED_ON.fullmatch(content):
            continue
        if has_han(content):
            gloss = _han_gloss(context, end, han, start, stop, cue)
        else:
            gloss = _latin_gloss(context, end, han, start, stop, cue)
        if gloss is None:
            continue
        left = left or gloss.first
        yield Gloss(first=left, second=gloss.second, kind=gloss.kind)


def _han_gloss(context: Context, end: int, han: bool, start: int, stop: int, cue: str) -> Gloss | None:
    """Judge a Chinese bracket after a Latin or Chinese name."""
    text = context.text
    content = text[start:stop]
    if not _HAN_NAME.fullmatch(content) or not 2 <= stop - start <= 60:
        return None
    inside = [c for c in context.starting.get(start, ()) if c.end == stop]
    placed = bool(inside) and all(c.type == "place" for c in inside)
    if cue == "pinyin" or (cue.endswith(("合称", "统称")) and end not in context.ending):
        return None
    if han:
        if not cue and not shortens(content, text[max(0, end - 40) : end]):
            return None
        if not cue and placed and not any(c.type == "place" for c in context.ending.get(end, ())):
            return None  # 国网广汇(上海)
        left = left_han(context, end, form=content, must=not cue)
        if left is None or not (cue or shortens(content, text[left[0] : left[1]])):
            return None
        kind: GlossKind = "former" if is_former(cue) else "alias"
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
    if cue == "pinyin":
        return None
    if len(words) > 16 or not re.search(r"[A-Za-z]{2}", content):
        known = context.longest_ending(end)
        nth = _NTH.search(text, max(0, end - 24), end)
        if nth is not None and content == f"{'一二三四五六七八九'.index(nth.group(1)) + 1}G":
            return Gloss(first=(nth.start(), end), second=(start, stop), kind="abbreviation")
        if not (_GENERATION.fullmatch(content) and known is not None and known.type == "technology"):
            return None
    capitals = sum(w[:1].isupper() or any(c.isupper() for c in w) or w[:1].isdigit() for w in words)
    lower = sum(w[:1].islower() and w not in SMALL for w in words)
    if han:
        known = context.longest_ending(end)
        left = left_han(context, end, form=None, must=False)
        if left is None or (not capitals and known is None and not is_field(content)):
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
    state = _STATE.search(text, max(0, end - 60), end)
    if state is not None and state.group(1) == content:
        return Gloss(first=(state.start(), end), second=(start, stop), kind="alias")
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
        if POST.search(content):
            return None  # Li Na (formerly Vice Minister of Science)
        return Gloss(first=left, second=(start, stop), kind="former" if is_former(cue) else "alias")
    return None


_TRANSLATED = 0.5
"""How much of both names their parts must explain where the English one has small words."""
