"""Lists of posts under a body's name: ``某研究院`` in a line of its own, then ``院长：甲`` and ``副院长：乙、丙``."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from pipeline.align import Aligned
from pipeline.records import Qualifiers
from pipeline.relate.coordination import ORGANISATIONS
from pipeline.relate.statements import Statement
from pipeline.relate.titles import EN_TITLE, ZH_MEMBER, ZH_TITLE
from pipeline.segment import Reading

_POST = re.compile(rf"[ \t•·*-]*(?P<title>{ZH_TITLE}|(?i:{EN_TITLE})s?)\s?:[ \t]*(?=\S)")
_HEADING_TAIL = re.compile(
    r"(?:第[一二三四五六七八九十]+届)?(?:现任)?(?:领导(?:班子|成员)?|组成人员|理事会|主要负责人|负责人)?(?:成员)?(?:名单)?\s?:?"
    r"|,? ?(?:[Ll]eadership|[Mm]anagement|[Oo]fficers|[Bb]oard)?(?: team)?\s?:?"
)
_BETWEEN = re.compile(r"[ \t]*(?:\([^()\n]{0,40}\))?[ \t]*(?:[、,;]|和|及|and|&)?[ \t]*(?:and )?")
_MOST_LINES = 40
_MOST_MARKS = 20
"""Characters before a heading's name."""


def _begins_line(text: str, at: int) -> bool:
    """Say whether nothing but marks of a heading or an item stands before an offset in its line."""
    before = text[max(0, at - _MOST_MARKS) : at].rpartition("\n")
    return not before[2].strip(" \t#*") and (bool(before[1]) or at < _MOST_MARKS)


def post_statements(reading: Reading, aligned: Aligned) -> Iterator[Statement]:
    """Yield who holds the posts that the lines under a body's name give."""
    text, mentions = reading.normal.text, aligned.mentions
    starts = [n.candidate.start for n in mentions]
    for body, named in enumerate(mentions):
        c = named.candidate
        if c.type not in ORGANISATIONS or not _begins_line(text, c.start):
            continue
        line = text.find("\n", c.end)
        if line < 0 or not _HEADING_TAIL.fullmatch(text, c.end, line):
            continue
        at = line + 1
        for _ in range(_MOST_LINES):
            post = _POST.match(text, at)
            if post is None:
                break
            line = text.find("\n", post.end())
            line = len(text) if line < 0 else line
            at = post.end()
            title = post.group("title")
            for i in range(bisect_left(starts, at), len(mentions)):
                person = mentions[i].candidate
                if person.start >= line:
                    break
                if person.type != "person":
                    continue  # what stands in brackets after a name
                if not _BETWEEN.fullmatch(text, at, person.start):
                    break
                yield Statement(
                    type="member_of" if title in ZH_MEMBER else "holds_position", subject=i, object=body,
                    start=post.start(), end=line, method="pattern", score=0.8,
                    qualifiers=Qualifiers(title=title),
                )  # fmt: skip
                at = person.end
            at = line + 1


__all__ = ["post_statements"]
