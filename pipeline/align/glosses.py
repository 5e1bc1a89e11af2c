"""Glosses: places where a text itself says that two names are one thing.

Brackets of either style in either direction (``Megvii (旷视科技)``, ``旷视科技（Megvii）``, ``《规划》 [Plan]``),
defined abbreviations and short forms (``以下简称``, ``hereinafter``, ``also known as``), several in one
bracket. Whether a Latin abbreviation belongs to the words before it is decided by the algorithm of
Schwartz and Hearst, A simple algorithm for identifying abbreviation definitions in biomedical text
(PSB 2003), on initials.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal

from pipeline.match.candidates import Candidate
from pipeline.normal import has_han, is_han
from pipeline.records import Record
from pipeline.segment.words import Words

_PAIRS = {"(": ")", "[": "]"}
_LONGEST = 120
_CUE = re.compile(
    r"^\s*(?P<cue>以下简称为?|下称|以下称|简称为?|又称|又名|亦称|也称|全称为?|原名为?|原称|原|曾用名|前身为|英文名称?为?|英文简称|英文|中文名称?为?|中文|"
    r"hereinafter referred to as|hereinafter|hereafter|referred to as|abbreviated as|abbreviated|also known as|a\.?k\.?a\.?|"
    r"also called|known as|formerly known as|formerly|previously known as|previously|in Chinese|Chinese|Pinyin|or|short for|"
    r"abbr\.?)\s*[::,]?\s*(?:the |为|是)?",
    re.IGNORECASE,
)
_INLINE = re.compile(
    r",?\s*(?:\(?(?P<cue>以下简称为?|下称|简称为?|又称|又名|亦称|原名|hereinafter referred to as|hereinafter|also known as|"
    r"formerly known as|formerly))\s*(?:the )?[\"'“]?",
)
_NOT_NAME = re.compile(
    r"^(?:see\b|cf\b|e\.?g|i\.?e|table|figure|fig|chapter|section|note|pp?\.|in (?:English|Chinese)|emphasis|ibid|link|accessed|"
    r"including|such as|about|approximately|\d|as of|from|until|since|[ivx]+$|[a-z]$|第|注|见|图|表|附|其中|如|含|包括|约|不含|"
    r"暂定|以下|注册|股票|证券|代码|原文|下称|试行|暂行|草案|征求意见稿|修订|上接|下同|单位|万元|亿元|年|月|日)",
    re.IGNORECASE,
)
_SMALL = frozenset(["of", "and", "the", "for", "on", "in", "to", "&", "de", "at", "by"])
_HAN_NAME = re.compile(r"[\u3400-\u9fff\U00020000-\U000323af〇A-Za-z0-9·《》“”\"'+&-]+")
_LATIN_PHRASE = re.compile(
    r"(?:(?:[A-Z0-9][\w'+&.-]*|[a-z]+[A-Z][\w'+&-]*|of|and|the|for|on|in|to|&|de)\s+)*(?:[A-Z][\w'+&.-]*|[a-z]+[A-Z][\w'+&-]*|\d+(?:\.\d+)?)$"
)
_LEFT_HAN_STOP = frozenset(
    "的 和 与 及 由 在 对 向 为 是 以 将 从 被 了 等 或 并 据 按 经 如 即 于 把 给 让 叫 称 "
    "有 也 而 其 该 这 那 各 中 包括 通过 根据 以及 成为 其中 作为 关于 按照 随着 例如 比如 "
    "叫做 称为 名为 收购 发布 来自 使用 采用 利用 研发 推出 还有 旗下 下属 位于 担任 董事长 "
    "总经理 总裁 创始人 公司 企业 集团 平台 网站".split()
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
    context = _Context(text, candidates, words)
    for opening, closing in _brackets(text):
        yield from _bracket(context, opening, closing)
    for match in _INLINE.finditer(text):
        gloss = _inline(context, match)
        if gloss is not None:
            yield gloss


class _Context:
    """A text with its candidates by where they end."""

    def __init__(self, text: str, candidates: Sequence[Candidate], words: Words) -> None:
        self.text = text
        self.words = words
        self.ending: dict[int, list[Candidate]] = {}
        self.starting: dict[int, list[Candidate]] = {}
        for candidate in candidates:
            self.ending.setdefault(candidate.end, []).append(candidate)
            self.starting.setdefault(candidate.start, []).append(candidate)

    def longest_ending(self, end: int) -> Candidate | None:
        """Return the longest candidate that ends at an offset."""
        return min(self.ending.get(end, ()), key=lambda c: (c.start, c.type), default=None)


def _brackets(text: str) -> Iterator[tuple[int, int]]:
    """Yield matching brackets on one line, inner ones too, in order of their opening."""
    stack: list[int] = []
    found: list[tuple[int, int]] = []
    for match in re.finditer(r"[()\[\]\n]", text):
        char = match.group()
        if char == "\n":
            stack.clear()
        elif char in _PAIRS:
            stack.append(match.start())
        else:
            while stack:
                opening = stack.pop()
                if _PAIRS[text[opening]] == char:
                    if match.start() - opening <= _LONGEST:
                        found.append((opening, match.start()))
                    break
    yield from sorted(found)


def _bracket(context: _Context, opening: int, closing: int) -> Iterator[Gloss]:
    text = context.text
    end = opening
    while end > 0 and text[end - 1] in " \"'》":
        end -= 1
    if end == 0 or text[end - 1] in "\n,;:。，.([":
        return
    left_han = is_han(text[end - 1])
    left: tuple[int, int] | None = None
    for start, stop, cue in _parts(text, opening + 1, closing):
        content = text[start:stop]
        if not cue and _NOT_NAME.match(content):
            continue
        if has_han(content):
            gloss = _han_gloss(context, end, left_han, start, stop, cue)
        else:
            gloss = _latin_gloss(context, end, left_han, start, stop, cue)
        if gloss is None:
            continue
        if left is None:
            left = gloss.first
        yield Gloss(first=left, second=gloss.second, kind=gloss.kind)


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Yield the parts of a bracket with their cues, quotes and spaces stripped."""
    spans = [(start, end)]
    cut = [m.start() for m in re.finditer(r"[,;、/|]|\s-\s", text[start:end])]
    if cut:
        edges = [start - 1, *(start + c for c in cut), end]
        spans = [(a + 1, b) for a, b in pairwise(edges)]
    cue = ""
    for a, b in spans:
        match = _CUE.match(text[a:b])
        if match and match.end() < b - a:
            cue = match.group("cue").lower()
            a += match.end()
        while a < b and text[a] in " \"'《“":
            a += 1
        while b > a and text[b - 1] in " \"'》”.":
            b -= 1
        if a < b:
            yield a, b, cue


def _han_gloss(context: _Context, end: int, left_han: bool, start: int, stop: int, cue: str) -> Gloss | None:
    """Judge a Chinese bracket after a Latin or Chinese name."""
    text = context.text
    content = text[start:stop]
    if not _HAN_NAME.fullmatch(content) or not 2 <= stop - start <= 60:
        return None
    if left_han:
        if not cue and not _short_form(content, text[max(0, end - 40) : end]):
            return None
        left = _left_han(context, end, need=content if not cue else None)
        if left is None or not (cue or _short_form(content, text[left[0] : left[1]])):
            return None
        kind: GlossKind = "former" if cue in ("原名", "原名为", "原称", "原", "曾用名", "前身为") else "alias"
        if left[1] - left[0] > stop - start and kind == "alias":
            kind = "abbreviation"
        return Gloss(first=left, second=(start, stop), kind=kind)
    left = _left_latin(context, end)
    if left is None:
        return None
    known = context.longest_ending(left[1])
    inside = [c for c in context.starting.get(start, ()) if c.end == stop]
    if inside and all(c.type == "place" for c in inside) and (known is None or known.type != "place"):
        return None  # (大连) says where, not what
    return Gloss(first=left, second=(start, stop), kind="translation")


def _latin_gloss(
    context: _Context, end: int, left_han: bool, start: int, stop: int, cue: str
) -> Gloss | None:
    """Judge a Latin bracket after a Chinese or Latin name."""
    text = context.text
    content = text[start:stop]
    words = content.split()
    if not re.search(r"[A-Za-z]{2}", content) or len(words) > 16:
        return None
    capitals = sum(w[:1].isupper() or any(c.isupper() for c in w) or w[:1].isdigit() for w in words)
    lower = sum(w[:1].islower() and w not in _SMALL for w in words)
    if left_han:
        known = context.longest_ending(end)
        if lower and not (known is not None and known.type == "technology") and lower * 3 > capitals:
            return None
        left = _left_han(context, end, need=None)
        if left is None or (not capitals and known is None):
            return None
        acronym = len(words) == 1 and content.isupper()
        return Gloss(first=left, second=(start, stop), kind="abbreviation" if acronym else "translation")
    if not capitals:
        return None
    if len(words) == 1 and any(c.isupper() for c in content):
        initials = _initials_start(text, end, content)
        if initials is not None:
            return Gloss(first=(initials, end), second=(start, stop), kind="abbreviation")
        known = context.longest_ending(end)
        if known is not None and _begins_with(text[known.start : end], content):
            return Gloss(first=(known.start, end), second=(start, stop), kind="alias")
    left = _left_latin(context, end)
    if left is None:
        return None
    name = text[left[0] : left[1]]
    if " " not in name and name.isupper() and _spells_initials(content, name):
        return Gloss(first=left, second=(start, stop), kind="abbreviation")
    if cue and lower == 0:
        former = cue.startswith(("former", "previous"))
        return Gloss(first=left, second=(start, stop), kind="former" if former else "alias")
    return None


def _inline(context: _Context, match: re.Match[str]) -> Gloss | None:
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
        found = max((c.end for c in context.starting.get(start, ())), default=None)
        if found is None:
            return None
        stop = found
    if stop - start < 2:
        return None
    left = _left_han(context, end, need=None) if is_han(text[end - 1]) else _left_latin(context, end)
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


def _left_latin(context: _Context, end: int) -> tuple[int, int] | None:
    """Return the Latin name that ends at ``end``: the longest candidate, else the capitalised phrase."""
    known = context.longest_ending(end)
    if known is not None:
        return known.start, end
    text = context.text
    line = text.rfind("\n", 0, end) + 1
    if text[end : end + 1] in ('"', "'"):
        opening = max(text.rfind('"', line, end), text.rfind("'", line, end))
        if opening >= 0 and end - opening < 80:
            return opening + 1, end
    match = _LATIN_PHRASE.search(text, max(line, end - 100), end)
    if match is None:
        return None
    start = match.start()
    # never across "and"/"of the" at the very start, nor a sentence's first small word
    lead = re.match(
        r"(?:(?:The|A|An|In|On|At|By|For|With|From|And|of|and|the|for|on|in|to|de|&)\s+)+", text[start:end]
    )
    if lead:
        start += lead.end()
    conjunction = list(re.finditer(r"\band\b|\bin\b|\bto\b|\bon\b|\bfor\b", text[start:end]))
    if conjunction:
        start += conjunction[-1].end() + 1
    return (start, end) if start < end and text[start].isalnum() else None


def _left_han(context: _Context, end: int, need: str | None) -> tuple[int, int] | None:
    """Return the Chinese name that ends at ``end``: a title in 《》, a candidate, else words up to a function word."""
    text = context.text
    if text[end : end + 1] == "》":
        opening = text.rfind("《", max(0, end - 80), end)
        return (opening + 1, end) if opening >= 0 else None
    if text[end : end + 1] == '"':
        opening = text.rfind('"', max(0, end - 40), end)
        if opening >= 0:
            return opening + 1, end
    options = [
        c.start for c in context.ending.get(end, ()) if need is None or _short_form(need, text[c.start : end])
    ]
    if options:
        return min(options), end
    start = end
    words = context.words
    index = bisect_left(words.ends, end)
    while (
        0 <= index < len(words.ends)
        and words.ends[index] == start
        and text[words.starts[index] : start] not in _LEFT_HAN_STOP
        and end - words.starts[index] <= 24
    ):
        start = words.starts[index]
        index -= 1
    if need is not None:
        while start < end and text[start] != need[0]:
            start += 1
        if not _short_form(need, text[start:end]):
            return None
    return (start, end) if end - start >= 2 else None


def _short_form(short: str, full: str) -> bool:
    """Say whether a Chinese short form's characters stand in the full name, in order."""
    if len(short) < 2 or len(short) >= len(full):
        return False
    at = 0
    for char in short:
        at = full.find(char, at) + 1
        if at == 0:
            return False
    return True


def _begins_with(full: str, short: str) -> bool:
    return full.lower().startswith(short.lower()) and len(short) < len(full)


def _spells_initials(full: str, short: str) -> bool:
    return _initials_start(full, len(full), short) is not None


def _initials_start(text: str, end: int, short: str) -> int | None:
    """Return where the words begin whose initials an abbreviation spells, or None.

    Schwartz and Hearst's right-to-left scan, held to word beginnings: every letter must begin a word
    or follow one that does inside the same word, the first must begin the first word.
    """
    letters = [c for c in short.rstrip("s") if c.isalnum()]
    if len(letters) < 2:
        return None
    line = text.rfind("\n", 0, end) + 1
    window = text[max(line, end - 12 * len(letters) - 40) : end]
    tokens = [(m.start(), m.group()) for m in re.finditer(r"[A-Za-z0-9&]+(?:'s)?", window)]
    base = end - len(window)

    def scan(token: int, letter: int, skipped: int) -> int | None:
        if letter < 0:
            return token + 1
        if token < 0 or skipped > 2:
            return None
        word = tokens[token][1]
        if word.lower() in _SMALL and letters[letter].lower() != word[0].lower():
            return scan(token - 1, letter, skipped)
        # the word may give its first letter, or several in order ("TechCrunch" TC, "Cyberspace" CS)
        for count in (1, 2, 3):
            if letter - count + 1 < 0:
                break
            want = "".join(letters[letter - count + 1 : letter + 1]).lower()
            if word.lower().startswith(want[0]) and _in_order(want, word.lower()):
                found = scan(token - 1, letter - count, 0)
                if found is not None:
                    return found
        if word.lower() in _SMALL:
            return scan(token - 1, letter, skipped)
        return scan(token - 1, letter, skipped + 1) if letter < len(letters) - 1 else None

    first = scan(len(tokens) - 1, len(letters) - 1, 0)
    if first is None:
        return None
    while first < len(tokens) and tokens[first][1].lower() in ("the", "a", "an", "and", "of"):
        first += 1
    return base + tokens[first][0] if first < len(tokens) else None


def _in_order(letters: str, word: str) -> bool:
    at = 0
    for letter in letters:
        at = word.find(letter, at) + 1
        if at == 0:
            return False
    return True
