"""Lists under a sentence that ends in a colon: its items are members, issuers or places of what it names."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from pipeline.align import Aligned
from pipeline.records import RelationType
from pipeline.relate.coordination import ORGANISATIONS
from pipeline.relate.statements import Statement
from pipeline.segment import Reading
from pipeline.segment.sentences import sentence_at

_ITEM = re.compile(
    r"\s*(?:\d{1,3}\s?[.)、]|[(（]?[一二三四五六七八九十\d]{1,3}[)）、]|[•·●○▪■*-])\s?(?P<text>[^\n]{2,200})"
)
_MEMBERS = re.compile(
    r"\bmembers?(?:hip)?\b|consists? of|comprises?|composed of|made up of|成员|组成|会员", re.IGNORECASE
)
_MOST_ITEMS = 400
_ADDITIONS = re.compile(
    r"\b[Tt]he (?:most recent|latest|newest|first|remaining) (?:additions|entrants|members)(?: (?:are|include|were|to the (?:list|group) (?:are|were)))?,? (?:the )?"
)
_BETWEEN = re.compile(r"(?:,? and |, )(?:the )?")
_GROUP = re.compile(r"(?:[Zz]ones|[Pp]latforms|[Pp]arks|[Bb]ases|[Ll]ist|[Aa]lliance|[Gg]roup|[Cc]ities)$")


def roster_statements(reading: Reading, aligned: Aligned) -> Iterator[Statement]:
    """Yield the members that numbered or bulleted lists give."""
    text = reading.normal.text
    starts = [n.candidate.start for n in aligned.mentions]
    for start, end in reading.sentences:
        if not text[start:end].rstrip().endswith(":") or text[end : end + 1] != "\n":
            continue
        trigger = _MEMBERS.search(text, start, end)
        if trigger is None:
            continue
        bodies = [
            i
            for i in range(bisect_left(starts, start), bisect_left(starts, end))
            if aligned.mentions[i].candidate.type in ("government", "association", "plan", "institution")
        ]
        before = [i for i in bodies if starts[i] < trigger.start()]
        owner = (before or bodies)[:1]
        if not owner:
            continue
        kind: RelationType = "member_of"
        at = end + 1
        for _ in range(_MOST_ITEMS):
            item = _ITEM.match(text, at)
            if item is None:
                break
            line = text.find("\n", item.start("text"))
            line = len(text) if line < 0 else line
            i = bisect_left(starts, item.start("text"))
            if i < len(starts) and starts[i] - item.start("text") <= 6 and starts[i] < line:
                if (
                    aligned.mentions[i].candidate.type in ORGANISATIONS | {"person"}
                    and aligned.mentions[i].entity != aligned.mentions[owner[0]].entity
                ):
                    yield Statement(
                        type=kind,
                        subject=i,
                        object=owner[0],
                        start=item.start("text"),
                        end=line,
                        method="pattern",
                        score=0.8,
                    )
            at = line + 1


def addition_statements(reading: Reading, aligned: Aligned) -> Iterator[Statement]:
    """Yield what joined the group that the sentence before names: ``The most recent additions, A and B, ...``."""
    text, mentions = reading.normal.text, aligned.mentions
    starts = [n.candidate.start for n in mentions]
    for match in _ADDITIONS.finditer(text):
        i = bisect_left(starts, match.end())
        here = sentence_at(reading.sentences, match.start())
        if i >= len(starts) or starts[i] != match.end() or here == 0:
            continue
        before = range(
            bisect_left(starts, reading.sentences[here - 1][0]), bisect_left(starts, match.start())
        )
        groups = [
            j
            for j in before
            if mentions[j].candidate.type in ("place", "plan", "association")
            and _GROUP.search(text[mentions[j].candidate.start : mentions[j].candidate.end])
        ]
        if not groups:
            continue
        owner, kind = groups[-1], mentions[i].candidate.type
        at = i
        while at < len(mentions) and mentions[at].candidate.type == kind:
            located = kind == "place"
            if located or kind in ORGANISATIONS | {"person"}:
                yield Statement(
                    type="located_in" if located else "member_of", subject=owner if located else at,
                    object=at if located else owner, start=reading.sentences[here][0],
                    end=reading.sentences[here][1], method="pattern", score=0.8,
                )  # fmt: skip
            at += 1
            if at < len(mentions) and not _BETWEEN.fullmatch(
                text[mentions[at - 1].candidate.end : starts[at]]
            ):
                break
