"""Statements with their qualifiers: dates, amounts and modality from around the trigger."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from pipeline.align import Aligned
from pipeline.records import Qualifiers
from pipeline.relate.amounts import amounts
from pipeline.relate.dates import Date, dates
from pipeline.relate.mask import Masked
from pipeline.relate.patterns import Patterns
from pipeline.relate.statements import Found, Statement, pairs
from pipeline.segment import Reading

_RESPECTIVELY = re.compile(r"\brespectively\b|分别|依次", re.IGNORECASE)
_NOT_ITS_OWN = re.compile(
    r"(?:\bby|\buntil|\btill|\bsince|effective(?: from| on)?|到|至|自|截至)\s?$", re.IGNORECASE
)
_IN_FORCE = re.compile(r"(?:\s?起)?(?:施行|实施|生效|执行)")
_FARTHEST = 90


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
        signature = patterns.signatures[one.type]
        at = bisect_left(masked.origin, one.at)
        date = _nearest(text, known, at) if one.type in dated else None
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
        for subject, target in pairs(one, respectively=bool(_RESPECTIVELY.search(text))):
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
