"""Pronouns and counts that stand for names before them: ``its``, 其, ``It``, ``both universities``."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from pipeline.align import Named
from pipeline.records import EntityType, Record

NOUNS: dict[str, tuple[EntityType, ...]] = {
    "ministry": ("government",), "agency": ("government",), "commission": ("government",), "office": ("government",),
    "committee": ("government",), "administration": ("government",), "bureau": ("government",),
    "company": ("company",), "firm": ("company",), "startup": ("company",), "corporation": ("company",),
    "university": ("institution",), "institute": ("institution",), "academy": ("institution",), "school": ("institution",),
    "lab": ("institution",), "laboratory": ("institution",), "think tank": ("institution",), "center": ("institution",),
    "association": ("association",), "alliance": ("association",), "federation": ("association",), "society": ("association",),
    "consortium": ("association",), "team": ("association",), "plan": ("plan",), "strategy": ("plan",), "program": ("plan",),
    "programme": ("plan",), "initiative": ("plan",), "notice": ("plan",), "pledge": ("plan",), "law": ("plan",),
    "regulation": ("plan",), "measures": ("plan",), "guidelines": ("plan",), "conference": ("event",), "summit": ("event",),
    "forum": ("event",), "contest": ("event",), "event": ("event",), "congress": ("event",), "expo": ("event",),
    "group": ("company", "association"), "foundation": ("government", "institution", "association"),
    "council": ("government", "association"), "department": ("government",),
    "organization": ("association", "institution", "government"), "fund": ("company",), "maker": ("company",),
    "developer": ("company",), "giant": ("company",), "unicorn": ("company",), "automaker": ("company",),
    "chipmaker": ("company",), "act": ("plan",), "policy": ("plan",), "platform": ("product", "plan"),
}  # fmt: skip
_FIND_OWNER = re.compile(
    r"\b(?:[Ii]ts|[Hh]is|[Hh]er)(?= [a-zA-Z])|(?<=[\n。;,:的、将把由与对])其(?=[^他中次余实]{2})"
)
_FIND_IT = re.compile(
    r"(?<![a-z,;] )(?<!\w)It(?= (?:is|was|has|had|also|now|counts|owns|operates|makes|runs|works|focuses|specializes|develops|employs|sits|reports|puts|publishes|issues|oversees|operated|became|remains|undertakes|serves|belongs|acquired|bought|founded)\b)"
)
_FIND_PERSON = re.compile(
    r"(?:(?<=[.!?] )|(?<=\n))(?:He|She)(?= (?:is|was|has|had|also|now|became|previously|currently|once|later|joined|served|serves|heads|headed|leads|led|chairs|chaired|founded|co-?founded|worked|works|holds|held)\b)"
)
_FIND_SAME = re.compile(
    r"(?:(?<=said )|(?<=that )|(?<=day )|(?<=says ))it(?= (?:will|would|had|has|plans|planned|intends|is|was)\b)"
)
"""``X said on Monday it had ...``: what acts in the same sentence."""
_FIND_DATED = re.compile(
    r"(?:^|(?<=[.!?] )|(?<=\n))(?:In|On|Since) (?:[A-Z][a-z]+ )?\d{4},? it(?= [a-z]+)", re.MULTILINE
)
_FIND_OPENED = re.compile(
    r"(?:(?<=[.!?] )|(?<=\n))(?:Founded|Established|Created|Launched|Started|Set up|Headquartered|Based|Located|Backed|Owned|Led)\b[^.;\n]{3,160}, it(?= [a-z]+)"
)
"""``Founded in 2016 by A and B, it ...``: who the sentence before is about."""
_NUMBERS = {
    "both": 2,
    "the two": 2,
    "the three": 3,
    "these two": 2,
    "these three": 3,
    "all three": 3,
    "all four": 4,
}
_FIND_BOTH = re.compile(
    r"\b(?P<count>[Bb]oth|[Tt]he (?:two|three)|[Tt]hese (?:two|three)|[Aa]ll (?:three|four)) (?P<noun>"
    + "|".join(sorted({n[:-1] + "ies" if n.endswith("y") else n + "s" for n in NOUNS if n[-1] != "s"}))
    + r")\b"
)
_ACTS = re.compile(
    r"(?:,[^,]{0,60},)? (?:said|says|announced|has|had|is|was|will|unveiled|launched|released|introduced|named|began|opened)\b"
)
_BODIES = frozenset[EntityType]({"company", "government", "institution", "association"})
_PEOPLE = frozenset[EntityType]({"person"})
LEAD = re.compile(
    r"(?:The|Today|Now|Meanwhile|However|[\"'《]|[A-Z][a-z]+ly|(?:In|By|On|Since) [^,]{3,24},(?: the)?|[^,。;]{0,10},)?"
)
"""What may stand before a sentence's subject."""


class Description(Record, frozen=True, kw_only=True):
    """A description's span in normalised text and the mention that it stands for."""

    start: int
    end: int
    mention: int
    owner: bool = False
    """It is a possessive: ``its``, 其."""
    also: tuple[int, ...] = ()
    """Further mentions that it stands for (``both universities``)."""


def both(
    text: str, sentences: Sequence[tuple[int, int]], mentions: Sequence[Named], starts: Sequence[int]
) -> Iterator[Description]:
    """Yield ``both universities``, ``the two firms`` where the sentence before names just as many."""
    for match in _FIND_BOTH.finditer(text):
        here = bisect_left(sentences, (match.start() + 1, 0)) - 1
        if (
            here < 1
            or sentences[here][0] != match.start()
            or "\n" in text[sentences[here - 1][0] : match.start()]
        ):
            continue
        types = NOUNS[_singular(match.group("noun"))]
        before = range(bisect_left(starts, sentences[here - 1][0]), bisect_left(starts, match.start()))
        fit: dict[str, int] = {}
        for i in before:
            if mentions[i].candidate.type in types:
                fit.setdefault(mentions[i].entity, i)
        if len(fit) == _NUMBERS[match.group("count").lower()]:
            first, *others = fit.values()
            yield Description(start=match.start(), end=match.end(), mention=first, also=tuple(others))


def _singular(noun: str) -> str:
    if noun.endswith("ies"):
        return noun[:-3] + "y"
    return noun[:-1]


def owners(
    text: str, sentences: Sequence[tuple[int, int]], mentions: Sequence[Named], found: Sequence[Description]
) -> Iterator[Description]:
    """Yield possessive pronouns, and ``It`` at the start of a sentence.

    ``its`` and 其 stand for the first body that the sentence names as a clause's subject, else the one that
    the sentence before begins with; ``It`` for the latter.
    """
    named = sorted(
        [(n.candidate.start, n.candidate.end, i) for i, n in enumerate(mentions)]
        + [(d.start, d.end, d.mention) for d in found if not d.also]
    )
    starts = [n[0] for n in named]
    for pattern in (_FIND_OWNER, _FIND_IT, _FIND_PERSON, _FIND_SAME, _FIND_DATED, _FIND_OPENED):
        for match in pattern.finditer(text):
            at, word = match.end() - len(match.group().split()[-1]), match.group().split()[-1].lower()
            index = bisect_left(starts, at)
            if index and named[index - 1][1] > at:
                continue
            here = max(0, bisect_left(sentences, (at + 1, 0)) - 1)
            kinds = _PEOPLE if word in ("his", "her", "he", "she") else _BODIES

            begin = sentences[here][0]
            fit = [
                n for n in named[bisect_left(starts, begin) : index] if mentions[n[2]].candidate.type in kinds
            ]
            far = (word in ("it", "he", "she") and pattern is not _FIND_SAME) or (
                word == "其" and text[at - 1] in "将把对与"
            )
            target = None if far else _subject(text, mentions, fit, begin, at)
            if (
                target is None
                and pattern is not _FIND_SAME
                and here
                and "\n" not in text[sentences[here - 1][0] : at]
            ):
                begin, stop = sentences[here - 1][0], sentences[here][0]
                inside = named[bisect_left(starts, begin) : bisect_left(starts, stop)]
                fit = [n for n in inside if mentions[n[2]].candidate.type in kinds]
                target = _subject(text, mentions, fit, begin, None)
            if target is not None:
                yield Description(
                    start=at, end=match.end(), mention=target, owner=word not in ("it", "he", "she")
                )


def _subject(
    text: str, mentions: Sequence[Named], fit: Sequence[tuple[int, int, int]], begin: int, at: int | None
) -> int | None:
    """Return the body that a sentence begins with, that acts right before a pronoun, or the only one."""
    if not fit:
        return None
    if at is not None and _ACTS.match(text[fit[-1][1] : at]):
        return fit[-1][2]
    lead = text[begin : fit[0][0]]
    if len({mentions[i].entity for _, _, i in fit}) == 1 or LEAD.fullmatch(lead.strip()):
        return fit[0][2]
    return None
