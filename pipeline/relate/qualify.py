"""Statements with their qualifiers: dates, amounts and modality from around the trigger."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

import msgspec

from pipeline.align import Aligned
from pipeline.records import Qualifiers
from pipeline.relate.amounts import amounts
from pipeline.relate.dates import Date, dates
from pipeline.relate.mask import Masked
from pipeline.relate.patterns import Patterns
from pipeline.relate.statements import Found, Statement, pairs
from pipeline.relate.titles import ZH_MEMBER
from pipeline.segment import Reading

_RESPECTIVELY = re.compile(r"\brespectively\b|分别|依次", re.IGNORECASE)
_NOT_ITS_OWN = re.compile(
    r"(?:\bby|\buntil|\btill|\bsince|effective(?: from| on)?|到|至|自|截至)\s?$", re.IGNORECASE
)
_IN_FORCE = re.compile(r"(?:\s?起)?(?:施行|实施|生效|执行)")
_FARTHEST = 90
_FOUNDER = re.compile(
    r"(?:(?:former|late|the) )*(?:co-?)?founder|(?:联合|共同|主要)?创始人|创办人", re.IGNORECASE
)
"""A post that only says who founded the body."""


def statements(
    reading: Reading, aligned: Aligned, masked: Masked, found: Iterable[Found], patterns: Patterns
) -> Iterator[Statement]:
    """Yield the statements of what was found in a sentence, each pair once with its own qualifiers.

    Dates and amounts are looked for in the masked text: what stands in names, or in the brackets
    after them, says nothing of the statement.
    """
    text = masked.text
    known = dates(text)
    dated = {rule.type for rule in patterns.rules if rule.dated}
    for one in found:
        if one.type == "holds_position" and one.title is not None and _FOUNDER.fullmatch(one.title.strip()):
            one = msgspec.structs.replace(one, type="founded", title=None)
        elif one.type == "holds_position" and one.title in ZH_MEMBER:
            one = msgspec.structs.replace(one, type="member_of")
        if one.type == "owns" and _only_named(text, one):
            continue
        signature = patterns.signatures[one.type]
        at = bisect_left(masked.origin, one.at)
        date = _nearest(text, known, at) if one.type in dated else None
        if one.type == "owns":
            date = _bracketed(reading, aligned, one) or date
            if _HELD.search(text[one.subject.at + 3 : max(one.subject.at + 3, one.object.at)]):
                # who plans to sell what it holds does hold it; the date is the sale's
                one, date = msgspec.structs.replace(one, modality=None), None
        sums = amounts(text) if one.type == "owns" else []
        near = min(sums, key=lambda s: abs(s.start - at), default=None)
        qualifiers = Qualifiers(
            date=date.iso if date else None,
            date_text=date.text if date else None,
            title=_title(one.title),
            role=one.role,
            amount=one.amount or (near.amount if near is not None and abs(near.start - at) < 40 else None),
            modality=one.modality,
        )
        respectively = bool(_RESPECTIVELY.search(text))
        if respectively and date is not None and len(known) > 1:  # each pair has its own date
            qualifiers = msgspec.structs.replace(qualifiers, date=None, date_text=None)
        for subject, target in pairs(one, respectively=respectively):
            if aligned.mentions[subject].entity == aligned.mentions[target].entity:
                continue
            if aligned.mentions[subject].candidate.type not in signature.subject:
                continue
            if aligned.mentions[target].candidate.type not in signature.object:
                continue
            if not _plausible(reading, aligned, one, subject, target):
                continue
            yield Statement(
                type=one.type, subject=subject, object=target, start=masked.start, end=masked.end,
                method=one.method, score=one.score, qualifiers=qualifiers,
            )  # fmt: skip


_HOLDS = re.compile(
    r"(?:公司|集团)?(?:分别|合计|共同|全部)?(?:所持|持有|拥有|所有|名下|旗下|控股子|全资|的?子公司|的?[^\ue000-\uf8ff,。;]{0,4}股东)"
)
_OF_IT = re.compile(r"(?:的)?(?:控股|大|第[一二三]大|原)股东(?![-:为是])")


def _only_named(text: str, one: Found) -> bool:
    """Say whether one of two firms only says whose shares or whose shareholder is meant (受让乙所持的丙股权)."""
    if one.subject.at >= one.object.at:
        return False
    between = text[one.subject.at + 3 : one.object.at]
    if re.match(r"[^\ue000-\uf8ff,。;]{0,8}(?:为|是|系|成为)", between):
        return False  # 甲为乙控股股东
    return bool(_HOLDS.match(text, one.object.at + 3) or _OF_IT.match(between))


_HELD = re.compile(r"所持|持有的")


def _bracketed(reading: Reading, aligned: Aligned, one: Found) -> Date | None:
    """Return the date in a bracket of its own right after the firm that was bought (甲收购乙(2015年))."""
    name = aligned.mentions[one.object.members[-1]].candidate
    bracket = reading.normal.text[name.end : one.object.end].strip()
    inside = dates(bracket[1:-1]) if bracket[:1] == "(" and bracket[-1:] == ")" else []
    return inside[0] if len(inside) == 1 and inside[0].text == bracket[1:-1].strip() else None


_ZONE = re.compile(
    r"(?:[Zz]ones?|[Pp]arks?|[Rr]egions?|[Cc]lusters?|[Aa]reas?|[Hh]ubs?|[Bb]ases?|[Ss]ites?|区|园|基地|港|城)$"
)
_ONE = re.compile(r"(?:\b(?:an?|its|their|first|new)\b[^,.;]{0,24}|running )$")


def _plausible(reading: Reading, aligned: Aligned, one: Found, subject: int, target: int) -> bool:
    """Say whether arguments of the right types also fit in kind.

    A plan is in a place only when it is a zone; what is developed may be a technology only when it
    is one thing that the text names so (``an AI voice assistant``).
    """
    text = reading.normal.text
    first, second = aligned.mentions[subject].candidate, aligned.mentions[target].candidate
    if one.type == "located_in" and (
        first.type == "plan" or (first.type == "place" and one.method == "dependency")
    ):
        return bool(_ZONE.search(text[first.start : first.end]))
    if one.type == "replaces":
        return (first.type == "plan") == (second.type == "plan")
    if one.type == "implements" and second.type == "place":
        return bool(_ZONE.search(text[second.start : second.end]))
    if one.type == "subordinate_to" and second.type == "institution" and len(one.subject.members) > 1:
        # of a list only the parts are below a university or an academy
        return not re.search(r"University|Academy|大学|科学院$", text[first.start : first.end])
    if one.type == "develops" and second.type == "technology":
        return bool(_ONE.search(text[max(0, second.start - 40) : second.start]))
    return True


def _title(title: str | None) -> str | None:
    return " ".join(title.split()).strip(" ,:;\"'") or None if title else None


def _nearest(text: str, known: list[Date], at: int) -> Date | None:
    """Return the date nearest to a trigger, leaving out deadlines and days of entry into force."""
    fit = [
        d
        for d in known
        if abs(d.start - at) <= _FARTHEST
        and not _NOT_ITS_OWN.search(text[max(0, d.start - 16) : d.start])
        and not _IN_FORCE.match(text, d.end)
    ]
    return min(fit, key=lambda d: (abs(d.start - at), d.start), default=None)
