"""Glosses outside brackets: ``X，以下简称“Y”``, ``X, also known as Y``, ``X, or Y,``; and where the name before a gloss ends."""

import re
from collections.abc import Iterator, Mapping, Set

from pipeline.align.gloss import Gloss, GlossKind, Span
from pipeline.align.gloss_bracket import GENERIC
from pipeline.align.gloss_cues import HAN_CUES, LATIN_CUES, OF_NAME, is_former
from pipeline.align.gloss_left import Context, left_han, left_latin
from pipeline.align.gloss_short import as_known
from pipeline.align.initials import initials_start, shortens
from pipeline.match.heads import type_of_zh
from pipeline.normal import has_han, is_han

_INLINE = re.compile(
    rf",? *(?P<open>\()?(?P<cue>{HAN_CUES}|英文{OF_NAME}(?=[^\W\d_])|(?:{LATIN_CUES}|(?<=, )known as)(?![A-Za-z])) *[::]? *(?:the )?[\"'“]?",
)
"""Never over a line end: a table's heads are no gloss."""
_OR_SHORT = re.compile(
    r"(?:, (?:or )?| or )(?:the )?[\"']?(?P<short>[A-Z][A-Za-z0-9&-]{1,9})[\"']?(?: for short)?(?=[,.;:)\s]|$)"
)
"""``…, or DRTO,`` and ``…, DRTO for short``: believed when it spells the initials of the name before it."""
_FORWARD = re.compile(
    r"(?:[A-Z][\w&'+-]*)(?: (?:of|and|for|the) [A-Z][\w&'+-]*| [A-Z][\w&'+-]*)*(?=[,.;)\s]|$)|[\u3400-\u9fff]{2,12}(?=[,;。)、\n]|$)"
)
"""A name after a cue that nothing else has found: capitalised words, or Han characters up to the next mark."""
_RENAMED = ("company", "government", "institution", "association")
"""What has former names that look nothing like its present one."""
POST = re.compile(
    r"(?<![A-Za-z])(?:Vice|Deputy|Minister|Director|President|Chair(?:man|woman|person)?|Secretary|Professor|Dean|Head|CEO|CTO|CFO|Chief|"
    r"Governor|Mayor|Ambassador|Member|Manager|Founder|Co-founder|Partner|Engineer|Fellow|Researcher|Executive)(?![A-Za-z])"
)
"""A post: what somebody was, not what a body was called."""


Before = Mapping[int, tuple[int, Span | None]]
"""Where brackets open and which name each glosses, by where they close."""


def inline_glosses(context: Context, before: Before, inside: Set[int]) -> Iterator[Gloss]:
    """Yield the glosses outside brackets.

    Args:
        context: the text.
        before: its brackets.
        inside: the offsets that lie in one.
    """
    text = context.text
    for match in _OR_SHORT.finditer(text):
        if match.start() not in inside and (" or " in match.group() or match.group().endswith("for short")):
            start, stop = match.span("short")
            first = initials_start(text, match.start(), text[start:stop])
            known = context.longest_ending(match.start())
            if first is not None and len(text[start:stop]) > 2 and text[start:stop].isupper():
                begin = as_known(context, first, known, match.start(), text[start:stop])
                yield Gloss(first=(begin, match.start()), second=(start, stop), kind="abbreviation")
    for match in _INLINE.finditer(text):
        gloss = _inline(context, match, before) if match.start() not in inside else None
        if gloss is not None:
            yield gloss


def name_end(text: str, opening: int, before: Before) -> tuple[int, Span | None, bool]:
    """Return where the name before a bracket ends, what a bracket between them glosses, and whether a cue is needed.

    Passed over are brackets that gloss the name, and numbers and dates: ``《规划》（国发〔2017〕35号）（以下简称…）``.
    """
    end, left, cued = _stripped(text, opening), None, False
    while end > 0 and text[end - 1] in ")]" and end - 1 in before:
        opened, glossed = before[end - 1]
        if glossed is None and not _NUMBER.search(text, opened, end):
            break  # 良马（宁波）
        left, cued = glossed, glossed is None
        end = _stripped(text, opened)
    return end, left, cued


def _stripped(text: str, end: int) -> int:
    while end > 0 and text[end - 1] in " \"'》":
        end -= 1
    return end


_NUMBER = re.compile(r"号|\d{4}")


_LABEL = re.compile(
    r"(?<![\u4e00-\u9fff])(?:证券|股票|股|债券|基金|转债|公司|企业|单位|机构|学校|项目|产品|中文|英文|扩位|名称)$"
)
"""What stands before ``简称`` in a label: 证券简称:科瑞微."""
_SPEECH = frozenset("也称 也称为 亦称 亦称为 又称 又称为 曾称 曾称为 前称 原称 原称为 旧称".split())
"""Cues that may be a verb of saying: 张涛也称…"""


def _known(names: tuple[str, str]) -> bool:
    """Say whether both names are of one kind by their heads, or one is Latin."""
    one, two = map(type_of_zh, names)
    return (one is not None and one == two) or not all(map(has_han, names))


def _inline(context: Context, match: re.Match[str], before: Before) -> Gloss | None:
    """Judge ``X，以下简称“Y”`` and ``X, also known as Y`` outside brackets; ``before`` as for ``_bracket``."""
    text = context.text
    end = match.start()
    while end > 0 and text[end - 1] in " \"'》,":
        end -= 1
    end, told, _ = name_end(text, end, before)
    if _LABEL.search(text, max(0, end - 6), end):
        return None
    if end == 0 or match.group("open") or text[match.start() - 1 : match.start()] in ("(", "["):
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
            if (
                is_han(text[end - 1])
                and has_han(text[start:stop])
                and not shortens(text[start:stop], text[max(0, end - 40) : end])
                and not (is_former(match.group("cue")) and type_of_zh(text[start:stop]) in _RENAMED)
            ):
                return None
    if stop - start < 2 or text[start:stop] in GENERIC or POST.search(text, start, stop):
        return None
    form = text[start:stop] if has_han(text[start:stop]) else None
    if told is not None:
        left: Span | None = told
    elif is_han(text[end - 1]):
        left = left_han(context, end, form=form, must=False)
    else:
        left = left_latin(context, end)
    if left is None or left[1] - left[0] < 2 or text.count("(", *left) > text.count(")", *left):
        return None
    cue = match.group("cue")
    names = (text[slice(*left)], text[start:stop])
    if cue in _SPEECH and len({type_of_zh(n) for n in names} - {None}) > 1:
        return None  # 砺森公司也称科技部…
    if cue in _SPEECH and not any(shortens(a, b) for a, b in (names, names[::-1])) and not _known(names):
        return None
    kind: GlossKind = "former" if is_former(cue) else "alias"
    if (
        kind == "alias"
        and has_han(text[start:stop]) == has_han(text[left[0] : left[1]])
        and stop - start < end - left[0]
    ):
        kind = "abbreviation"
    return Gloss(first=left, second=(start, stop), kind=kind)
