"""Where the name begins that stands before a gloss: before a bracket, or before ``以下简称`` and its like."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from pipeline.align.initials import shortens
from pipeline.match.candidates import Candidate
from pipeline.match.heads import type_of_en, type_of_zh
from pipeline.match.trim import without_stage
from pipeline.names.cross import compare
from pipeline.names.profile import HanName, LatinName, profile
from pipeline.names.weights import Weights
from pipeline.normal import has_han, is_han
from pipeline.segment.words import Words

_LATIN_PHRASE = re.compile(
    r"(?:(?:[A-Z0-9][\w'+&.-]*|[a-z]+[A-Z][\w'+&-]*|of|and|the|for|on|in|to|&|de)\s+)*(?:[A-Z][\w'+&.-]*|[a-z]+[A-Z][\w'+&-]*|\d+(?:\.\d+)?)$"
)
_LEGAL_DOT = re.compile(r"\b(?:Ltd|Inc|Corp|Co|Bros|L\.L\.C|S\.A|B\.V|N\.V)\.$")
_LEGAL_TAIL = re.compile(r"(?:,? (?:Co\.?,? ?Ltd\.?|Inc\.?|Corp\.?|Ltd\.?))$")
_FUNCTION = frozenset(
    "的 和 与 及 由 在 对 向 为 是 以 将 从 被 了 等 或 并 据 按 经 如 即 于 把 给 让 叫 称 "
    "有 也 而 其 该 这 那 各 中 包括 通过 根据 以及 成为 其中 作为 关于 按照 随着 例如 比如 "
    "叫做 称为 名为 收购 发布 来自 使用 采用 利用 研发 推出 还有 旗下 下属 位于 担任 董事长 "
    "总经理 总裁 创始人 公司 企业 集团 平台 网站".split()
)
_BEFORE_NAME = (
    "引擎 部门 厂商 品牌 巨头 服务商 供应商 运营商 制造商 开发商 生产商 提供商 经销商 子公司 母公司 分公司 创业公司 上市公司 公司 企业 网站 平台 应用 "
    "主任 院长 校长 局长 部长 教授 院士 总裁 董事长 总经理 创始人 首席执行官 记者 博士 先生 主席 书记 市长 省长 会长 秘书长 理事长 所长 专家 作者 "
    "独角兽 初创企业 龙头 旗下 名为 叫做 称为 来自 收购 其 该 由 被 的 与 通过 根据 依托 携手 委托 仅供 提供给"
).split()
"""What says what a name names, or leads up to it: never inside a name, but at its left edge."""
_BEFORE = tuple(sorted(_BEFORE_NAME, key=lambda w: (-len(w), w)))
_OWNERS = ("institution", "company", "association")
"""What may have an institute whose name begins with its own: ``砺森大学|机器人研究院``."""
_FARTHEST = 48
"""How far a Chinese name may begin before a gloss that spells a short form of it, in characters."""


_COUNTRIES = frozenset("美英法德意日韩俄加澳印荷西葡瑞")
_TAKEN = frozenset("收购 并购 入股 控股 投资 参股".split())
"""What is done to a foreign firm that is named after its country's short name."""


class Context:
    """A text with its candidates by where they begin and end, and its Chinese words."""

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


def ends_legally(text: str, end: int) -> bool:
    """Say whether a text has a legal ending with its full stop just before an offset: ``Co., Ltd.``"""
    return _LEGAL_DOT.search(text, max(0, end - 8), end) is not None


_HEAD_BEFORE = re.compile(r"((?:[A-Z][\w&'-]*\s+)*[A-Z][\w&'-]*)\s+(?:of|under|at|for)\s+(?:the\s+)?$")


def _with_head(context: Context, known: Candidate, end: int, form: str | None) -> int:
    """Return where a name begins of which a known one may be but the end: ``Research Center of the |State Council``.

    The Chinese gloss decides: the beginning that its parts explain better.
    """
    text = context.text
    before = _HEAD_BEFORE.search(text, max(0, known.start - 80), known.start)
    if form is None or before is None or type_of_en(before.group(1)) is None:
        return known.start
    scores = {s: likeness(form, text[s:end]) for s in (known.start, before.start(1))}
    return before.start(1) if scores[before.start(1)] > scores[known.start] + 0.05 else known.start


_LONG_FORM = 9
"""Characters from which a Chinese gloss is long enough to tell where its Latin name begins."""
_WHOLE = 0.86
"""A likeness at which hardly a part of the Chinese name is unexplained."""
_CHUNK = re.compile(r"\S+")


def _explained(text: str, end: int, form: str, known: int | None) -> int | None:
    """Return where the Latin name begins that a long Chinese gloss explains best, if clearly better than what is known.

    Long names of projects hold numbers, brackets and slashes that no other witness crosses.
    """
    line = max(text.rfind("\n", 0, end) + 1, end - 160)
    starts: list[int] = []
    for match in reversed(list(_CHUNK.finditer(text, line, end))):
        word = match.group()
        if word.endswith((".", ";", ":", "?", "!")) and not word.endswith(("Co.", "Ltd.", "Inc.")):
            break
        if (word.islower() and word.isalpha() and len(word) > 4) or word.count("(") > word.count(")"):
            break
        if word[0].isupper() or word[0].isdigit():
            starts.append(match.start())
    if not starts:
        return None
    scores = {s: likeness(form, text[s:end]) for s in starts}
    if known is not None:  # a word is dropped only where what is left says all that the gloss says
        scores = {s: v for s, v in scores.items() if s <= known or v >= _WHOLE}
    if not scores:
        return None
    best = max(scores, key=lambda s: (scores[s], s))
    before = likeness(form, text[known:end]) if known is not None else 0.5
    return best if scores[best] > before + 0.04 else None


def likeness(han: str, latin: str) -> float:
    """Return how much of a Chinese and a Latin name their parts explain of each other, 0 to 1."""
    one, two = profile(han), profile(latin)
    if not isinstance(one, HanName) or not isinstance(two, LatinName):
        return 0.0
    return compare(one, two, Weights(0, {}), person=True)[0]  # the Chinese side counts for most


def left_latin(context: Context, end: int, form: str | None = None) -> tuple[int, int] | None:
    """Return the Latin name that ends at ``end``: the longest candidate, else the capitalised phrase.

    Args:
        context: the text.
        end: where the name ends.
        form: the Chinese gloss, if it is one.
    """
    known = context.longest_ending(end)
    text = context.text
    if form is not None and len(form) >= _LONG_FORM and (known is None or known.method != "gazetteer"):
        phrase = _latin_phrase(text, end) if known is None else (known.start, end)
        start = _explained(text, end, form, phrase[0] if phrase is not None else None)
        if start is not None:
            return start, end
    if known is None and ends_legally(text, end):
        tail = _LEGAL_TAIL.search(text, max(0, end - 16), end)
        known = context.longest_ending(end - 1) or (context.longest_ending(tail.start()) if tail else None)
    if known is not None:
        return _with_head(context, known, end, form), end
    return _latin_phrase(text, end)


def _latin_phrase(text: str, end: int) -> tuple[int, int] | None:
    """Return the quoted or capitalised phrase that ends at an offset."""
    line = text.rfind("\n", 0, end) + 1
    if text[end : end + 1] in ('"', "'"):
        opening = max(text.rfind('"', line, end), text.rfind("'", line, end))
        if opening >= 0 and end - opening < 80:
            return opening + 1, end
    stop = end
    if ends_legally(text, end) and (tail := _LEGAL_TAIL.search(text, max(0, end - 16), end)):
        stop = tail.start()
    match = _LATIN_PHRASE.search(text, max(line, stop - 100), stop)
    if match is None:
        return None
    start = match.start()
    # never across "and"/"of the" at the very start, nor a sentence's first small word
    lead = re.match(
        r"(?:(?:The|A|An|In|On|At|By|For|With|From|And|of|and|the|for|on|in|to|de|&)\s+)+", text[start:stop]
    )
    if lead:
        start += lead.end()
    conjunction = list(re.finditer(r"\band\b|\bin\b|\bto\b|\bon\b|\bfor\b", text[start:stop]))
    if conjunction:
        start += conjunction[-1].end() + 1
    return (start, end) if start < stop and text[start].isalnum() else None


def left_han(context: Context, end: int, *, form: str | None, must: bool) -> tuple[int, int] | None:
    """Return the Chinese name that ends at ``end``.

    A title in 《》, a candidate, the stretch that a short form shortens, else words up to a function word
    or to what only says what is named (``全球领先的搜索引擎天巡``).

    Args:
        context: the text.
        end: where the name ends.
        form: the Chinese gloss, which may be a short form of the name.
        must: whether it has to be one.
    """
    text = context.text
    if text[end : end + 1] == "》":
        opening = text.rfind("《", max(0, end - 80), end)
        return (opening + 1, without_stage(text, opening + 1, end)) if opening >= 0 else None
    if text[end : end + 1] == '"':
        opening = text.rfind('"', max(0, end - 40), end)
        if opening >= 0:
            return opening + 1, end
    ending = context.ending.get(end, ())
    sure = [c.start for c in ending if c.method == "gazetteer"]
    fitting = [c.start for c in ending if form is None or shortens(form, text[c.start : end])]
    if fitting:
        start = min(fitting)
        return (start if start in sure else _trimmed(context, start, end)), end
    if form is not None:
        begins = _shortened(context, form, end)
        if begins is not None:
            return begins, end
        if must:
            return None
    if ending:
        start = min(c.start for c in ending)
        return (start if start in sure else _trimmed(context, start, end)), end
    start = _words_back(context, end)
    return (start, end) if end - start >= 2 else None


def _words_back(context: Context, end: int) -> int:
    """Return where the words before an offset begin that may be one name: none of them a function word."""
    text, words = context.text, context.words
    start = end
    index = bisect_left(words.ends, end)
    while 0 <= index < len(words.ends) and words.ends[index] == start and end - words.starts[index] <= 24:
        word = text[words.starts[index] : start]
        if start < end and (word in _FUNCTION or word in _BEFORE):
            break
        if start == end and word in _FUNCTION and len(word) == 1:
            break
        start = words.starts[index]
        index -= 1
    if text[start] in _COUNTRIES and text[max(0, start - 2) : start] in _TAKEN and end - start > 3:
        start += 1  # 收购|意|法拉帝
    return _trimmed(context, start, end)


def _trimmed(context: Context, start: int, end: int) -> int:
    """Move a name's left edge behind the last word that only leads up to it, where enough is left."""
    text, words = context.text, context.words
    index = bisect_left(words.starts, start)
    best = start
    while index < len(words.starts) and words.ends[index] < end - 1:
        word = text[words.starts[index] : words.ends[index]]
        if word in _BEFORE or (
            len(word) > 2 and word.endswith(_BEFORE) and not _is_name(context, words.ends[index])
        ):
            best = words.ends[index]
        index += 1
    by = text.rfind("由", start, end - 1)
    if by >= best and end - by > 2 and text[by - 1 : by] != "自":
        return by + 1
    if best == start:
        for word in _BEFORE:  # the segmentation may have cut elsewhere
            if len(word) > 1 and text.startswith(word, start) and end - start - len(word) >= 2:
                return start + len(word)
    return best


def _is_name(context: Context, end: int) -> bool:
    """Say whether a gazetteer has a name that ends here."""
    return any(c.method == "gazetteer" for c in context.ending.get(end, ()))


def _shortened(context: Context, form: str, end: int) -> int | None:
    """Return where the nearest stretch begins that a short form shortens, whole words and a place before it included."""
    text, words = context.text, context.words
    low = end
    while (
        low > 0
        and end - low < _FARTHEST
        and (is_han(text[low - 1]) or text[low - 1] in "()-")
        and text[low - 1] != "\n"
    ):
        low -= 1
    for start in range(end - len(form) - 1, low - 1, -1):
        if text[start] == form[0] and shortens(form, text[start:end]):
            at = bisect_left(words.starts, start)
            if (
                (at >= len(words.starts) or words.starts[at] != start)
                and at > 0
                and words.ends[at - 1] > start
            ):
                start = words.starts[at - 1]  # 嘉兴|市 is one word
            if text[max(0, start - 2) : start] in ("国家", "全国", "中国"):
                start -= 2
            part = type_of_zh(text[start:end]) == "institution"
            owners = [
                c.start
                for c in context.ending.get(start, ())
                if (c.type == "place" or (part and c.type in _OWNERS)) and has_han(text[c.start : start])
            ]
            return min(owners, default=start)
    return None
