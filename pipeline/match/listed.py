"""Names in a list beside names of their type: what is doubtful alone is one there (云天励飞、|优必选|、速腾聚创)."""

import re
from collections.abc import Sequence

from pipeline.match.candidates import Candidate
from pipeline.match.generic import dictionary

_BETWEEN = frozenset("、和与及")
_LONGEST = 6
_LEAST = {"company": 0.5, "place": 0.6, "institution": 0.85}
"""The chance that makes a doubtful span a name, by the types whose names are often ordinary words."""
_LATIN = 0.8
_ANY = re.compile(r"国家|全国|重点|联合|级|企业|水平|新型|临床|工程|创新|高[等校]|综合")
"""What stands in phrases for any institution of a kind."""


def listed(text: str, doubtful: Sequence[Candidate], sure: Sequence[Candidate]) -> list[Candidate]:
    """Return the doubtful spans that stand in a list beside a sure name of their type.

    Args:
        text: normalised text.
        doubtful: what the tagger marked and doubt took for ordinary words.
        sure: what is known or stood up to doubt.
    """
    starts = {(c.start, c.type) for c in sure}
    ends = {(c.end, c.type) for c in sure}
    waiting = sorted((c for c in doubtful if _may_be(text, c)), key=lambda c: c.start)
    found: list[Candidate] = []
    for span in (*waiting, *reversed(waiting)):  # on from a sure name to its right, then to its left
        if (span.start, span.type) in starts:
            continue
        before = text[span.start - 1 : span.start] in _BETWEEN and (span.start - 1, span.type) in ends
        if before or (text[span.end : span.end + 1] in _BETWEEN and (span.end + 1, span.type) in starts):
            found.append(span)
            starts.add((span.start, span.type))
            ends.add((span.end, span.type))
    return found


def _may_be(text: str, span: Candidate) -> bool:
    name = text[span.start : span.end]
    if span.score < _LEAST.get(span.type, 1):
        return False
    if name.isascii():
        return span.score >= _LATIN and name[0].isupper()
    if span.type == "institution":
        return len(name) > _LONGEST and not _ANY.search(name)
    return len(name) <= _LONGEST and name not in dictionary().frequent
