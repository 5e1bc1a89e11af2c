"""English names of firms by their legal ending."""

import re
from collections.abc import Iterator, Sequence

from pipeline.match.candidates import Candidate
from pipeline.match.words_en import NEVER_FIRST, TITLES, TOPICS, WHOLE

LEGAL = re.compile(
    r"(?:,? (?:Co\.?,? ?Ltd\.?|Company,? Limited|Company Ltd\.?|(?<!& )Co\.(?! ?Ltd)|Inc\.?|Corp\.?|Corporation|Ltd\.?|Limited|LLC|LLP|L\.L\.P\.|L\.P\.|PLC|plc|GmbH|S\.A\.|"
    r"AG|N\.V\.|Pte\.? Ltd\.?|Holdings?|Bhd))+(?![A-Za-z])"
)
_REGION = re.compile(
    r" (?:(?:Greater )?China|Asia(?:[ -]Pacific)?|APAC|Hong Kong|India|Japan|Europe|EMEA|North America|USA)"
    r"(?![\w'-]| [A-Z]|,? [a-z]+ (?:war|trade|relations)\b)"
)
_LETTERS = re.compile(r"[A-Za-z]+")
_STOP = re.compile(r"(?:[a-z]{4}|\d)\.$")
"""What a sentence ends with: ``in 2019. Vandelux Ltd.``."""
_SHORTENED = frozenset(
    "Tech. Bros. Intl. Elec. Mach. Equip. Develop. Instr. Pharm. Chem. Optoelec. Semicond.".split()
)
ADJECTIVE = re.compile(
    r"-(?:listed|based|owned|backed|led|funded|invested|controlled|made|born|founded|linked)$"
)
"""What makes an adjective of a name before the firm's own: ``Shanghai-listed``."""


def firms(text: str) -> Iterator[Candidate]:
    """Yield firms by their legal ending."""
    for match in LEGAL.finditer(text):
        start = match.start()
        at = start
        while True:
            before = re.search(
                r"(?:^|[ (\"\n])((?:[A-Z0-9][\w&'.+-]*|\([A-Z][a-z]+\)|&|and|of)) ?$",
                text[max(0, at - 40) : at],
            )
            if before is None:
                break
            word = before.group(1)
            if (
                word in NEVER_FIRST
                or word in TITLES
                or (word in ("and", "of") and at == start)
                or ADJECTIVE.search(word)
                or (_STOP.search(word) and word not in _SHORTENED)
                or (word.endswith("'s") and word not in WHOLE)
            ):
                break
            if word == "and" and " " in text[at:start].strip() and not _joins_topics(text, at):
                break  # two names: "Megvii and China Railway Construction Corporation"
            at = max(0, at - 40) + before.start(1)
        name = text[at:start]
        cut = re.match(r"(?:and|of|&)\s+", name)
        if cut:
            at += cut.end()
        if at < start and text[at].isupper():
            yield Candidate(start=at, end=match.end(), type="company", method="rule", score=0.9)


def regional_arms(text: str, found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield firms that end with the part of the world they work in: ``Morgan Stanley Asia``, ``Vandelux China``."""
    for candidate in found:
        if candidate.type == "company" and (region := _REGION.match(text, candidate.end)):
            yield Candidate(start=candidate.start, end=region.end(), type="company", method="rule", score=0.7)


def _joins_topics(text: str, at: int) -> bool:
    """Say whether the ``and`` before ``at`` stands between two topics (``Science and Technology``)."""
    before = re.search(r"([A-Za-z'-]+),? and $", text[max(0, at - 40) : at])
    after = _LETTERS.match(text, at)
    return bool(before and after and before.group(1) in TOPICS and after.group() in TOPICS)
