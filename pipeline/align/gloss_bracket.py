"""The brackets of a text and what stands in one: parts, each with the cue that introduces it."""

import re
from collections.abc import Iterator
from itertools import pairwise

from pipeline.align.gloss_cues import HAN_CUES, LATIN_CUES, OF_NAME

_PAIRS = {"(": ")", "[": "]"}
_LONGEST = 120
_CUE = re.compile(
    rf"^\s*(?P<cue>{HAN_CUES}|全称为?|英文{OF_NAME}|中文{OF_NAME}|英译名?为?|外文名称?为?|缩写|原|"
    rf"(?:{LATIN_CUES}|(?:in )?(?:Chinese|English) name|known as|in Chinese|Chinese|Pinyin|or|short for|abbr|"
    r"(?:named|called)(?= .* (?:until|before|till|prior to) ))(?![A-Za-z])|"
    r"a\.k\.a\.|f\.k\.a\.|[afn]/k/a(?![A-Za-z])|abbr\.)\s*[::,]?\s*(?:the |为|是)?",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"[\"']?\s+(?:(?P<short>(?:for|in) short)|(?:until|before|till|prior to)\s+(?:[A-Z][a-z]+ )?\d{4})\s*$"
)
"""What may follow a name in its bracket: ``DRTO for short``, ``Haoyu Welding until 2015``."""
GENERIC = frozenset(
    "公司 本公司 我公司 我司 集团 本集团 企业 本企业 甲方 乙方 丙方 丁方 双方 三方 各方 买方 卖方 我校 本校 本院 我院 本所 我所 本行 我行 the Company Company Group "
    "Parties".split()
)
"""Short forms that contracts define and that name nothing outside them."""
_QUOTED_PART = re.compile(r"(?![或和及与])[\u3400-\u9fff]{2,8}")
"""What may follow a quotation that is but a piece of the short form."""
_SPLIT = re.compile(
    r"(?<=[\"'\u3400-\u9fff]) or (?=[\"'\u3400-\u9fff])|[;、|]|\s/\s?|(?<=[A-Za-z])/(?=[^A-Za-z\d])|(?<=[^A-Za-z\d])/(?=[A-Za-z])|,(?!\s*(?:Ltd|Inc|LLC|Limited|Corp)\b)|\s-\s"
)


def brackets(text: str) -> Iterator[tuple[int, int]]:
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


def parts(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Yield the parts of a bracket with their cues, quotes and spaces stripped."""
    spans = [(start, end)]
    cut = [m.start() for m in _SPLIT.finditer(text[start:end])]
    if cut:
        edges = [start - 1, *(start + c for c in cut), end]
        spans = [(a + 1, b) for a, b in pairwise(edges)]
    cue = ""
    for a, b in spans:
        match = _CUE.match(text[a:b])
        if match and match.end() < b - a:
            cue = match.group("cue").lower()
            a += match.end()
        nested = text.find("(", a + 1, b)
        if nested > a and text[b - 1] == ")" and text.find(")", a, b) == b - 1 and text[nested - 1] == " ":
            b = nested  # DRTO (检测办公室): the inner bracket is judged by itself
        tail = _TAIL.search(text, a, b)
        if tail:
            b = tail.start()
            if tail.group("short") is None:
                cue = "former"
        while a < b and text[a] in " /-\"'《“":
            a += 1
        while b > a and text[b - 1] in " \"'》”.":
            b -= 1
        if text.startswith("the ", a, b):
            a += 4
        quote = text.find('"', a, b)
        if quote > a + 1 and text[a - 1] == '"' and _QUOTED_PART.fullmatch(text, quote + 1, b):
            a -= 1  # 以下简称"七五"计划
        elif quote > a + 1:  # 以下简称"甲"或"乙"
            b = quote
        second = text.find("或", a, b)
        if second > a + 1 and cue and text[second + 1 : b].lstrip('"') in GENERIC:
            b = second
        if a < b and text[a:b] not in GENERIC:
            yield a, b, cue
