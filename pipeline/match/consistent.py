"""What the Chinese tagger marks in one place of a document, held against the document's other places.

It reads sentence by sentence. A name that it is sure of somewhere stands elsewhere too, a frequent firm's name
with a word glued to it is that firm, and a word that it marks once in many times is no name.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

import ahocorasick_rs
import msgspec

from pipeline.match.candidates import Candidate
from pipeline.match.cuts_zh import ORGANISATIONS
from pipeline.match.generic import dictionary
from pipeline.match.heads import type_of_zh
from pipeline.normal import is_han
from pipeline.segment.words import Words

_SELDOM = 0.25
"""The share of its occurrences that a name must be marked in, when there are many."""
_MANY = 8
_SURE = 0.9
_LIKELY, _LONG = 0.8, 6
"""The chance that suffices for a name so long that ends as its type does."""
_FREQUENT = 3
"""How often a firm must be marked, and how many times as often as what begins or ends with it."""
_POSTS = ("书记", "常委", "委员", "主任", "部长")
"""Posts that are one word with the end of a body's name: 市委|书记."""
_WHOLE = (
    "公司",
    "研究院",
    "研究所",
    "学院",
    "医院",
    "大学",
    "中心",
    "实验室",
    "党委",
    "协会",
    "基金会",
    "工会",
    "支行",
    "分行",
    "学校",
)
"""Endings of bodies of their own that have a firm's name in front."""

Place = tuple[int, int]


def consistent(
    text: str, tagged: Sequence[Candidate], known: Sequence[Candidate], words: Words
) -> list[Candidate]:
    """Return the tagged names of a document made consistent.

    Args:
        text: normalised text.
        tagged: what the tagger marked and doubt left.
        known: what gazetteers and rules found; nothing is added where they have something.
        words: the segmentation.
    """
    named: dict[str, list[Candidate]] = defaultdict(list)
    kept: list[Candidate] = []
    for candidate in tagged:
        name = text[candidate.start : candidate.end]
        if len(name) > 1 and all(map(is_han, name)):
            named[name].append(candidate)
        else:
            kept.append(candidate)
    if not named:
        return kept
    shorter = _glued(named)
    for name, (start, end) in shorter.items():
        for candidate in named.pop(name):
            cut = msgspec.structs.replace(candidate, start=candidate.start + start, end=candidate.start + end)
            named[name[start:end]].append(cut)
    found = _occurrences(text, named)
    spans = _Spans([*tagged, *known])
    for name, candidates in named.items():
        free = [(s, e) for s, e in found[name] if not spans.inside_longer(s, e)]
        if (
            candidates[0].type != "person"
            and len(free) >= _MANY
            and len(candidates) < _SELDOM * len(free)
            and max(c.score for c in candidates) < _SURE
        ):
            continue
        kept += candidates
        if _certain(name, candidates, len(free)):
            mean = sum(c.score for c in candidates) / len(candidates)
            kind = max(candidates, key=lambda c: c.score).type
            kept += (
                Candidate(start=s, end=e, type=kind, method="model", score=round(0.9 * mean, 4))
                for s, e in free
                if not spans.touches(s, e)
                and words.cut_at(s) is None
                and (words.cut_at(e) is None or (len(name) >= _LONG and text.startswith(_POSTS, e)))
            )
    return sorted(kept, key=lambda c: (c.start, c.end, c.type))


def _certain(name: str, candidates: Sequence[Candidate], occurrences: int) -> bool:
    """Say whether a name is marked so surely that it may be taken where it is not marked."""
    if len({c.type for c in candidates}) > 1 or candidates[0].type in ("plan", "publication", "event"):
        return False
    if len(name) < 3 or 2 * len(candidates) < occurrences:
        return False
    best = max(c.score for c in candidates)
    if len(name) >= _LONG and best >= _LIKELY and type_of_zh(name) == candidates[0].type:
        return True
    return best >= _SURE or (
        len(candidates) > 1 and sum(c.score for c in candidates) >= 0.75 * len(candidates)
    )


def _glued(named: dict[str, list[Candidate]]) -> dict[str, Place]:
    """Return where in longer names a much more frequent firm stands: 神鹰集团|系, 自|菲达环保公司."""
    firms = [
        n
        for n, c in named.items()
        if len(c) >= _FREQUENT and c[0].type == "company" and len(n) > 3 and n.endswith(("集团", "公司"))
    ]
    found: dict[str, Place] = {}
    for name, candidates in named.items():
        if candidates[0].type not in ORGANISATIONS:
            continue
        for firm in firms:
            if len(name) <= len(firm) or len(named[firm]) < _FREQUENT * len(candidates):
                continue
            rest = len(name) - len(firm)
            if name.startswith(firm) and rest <= 4 and not name.endswith(_WHOLE):
                found[name] = (0, len(firm))
            elif name.endswith(firm) and rest <= 3 and not _proper(name[:rest]):
                found[name] = (rest, len(name))
    return found


def _proper(prefix: str) -> bool:
    return prefix in dictionary().proper or type_of_zh(f"某{prefix}") == "place" or prefix in ("中国", "国家")


def _occurrences(text: str, named: dict[str, list[Candidate]]) -> dict[str, list[Place]]:
    names = sorted(named)
    found: dict[str, list[Place]] = {name: [] for name in names}
    for index, start, end in ahocorasick_rs.AhoCorasick(names).find_matches_as_indexes(
        text, overlapping=True
    ):
        found[names[index]].append((start, end))
    return found


class _Spans:
    """The spans that candidates cover, to be asked about places of the text."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        ordered = sorted({(c.start, c.end) for c in candidates})
        self._starts = [s for s, _ in ordered]
        self._ends: list[int] = []
        self._furthest: list[int] = []
        furthest = 0
        for _, end in ordered:
            furthest = max(furthest, end)
            self._ends.append(end)
            self._furthest.append(furthest)

    def touches(self, start: int, end: int) -> bool:
        """Say whether a candidate shares a character with a place."""
        at = bisect_right(self._starts, end - 1) - 1
        return at >= 0 and self._furthest[at] > start

    def inside_longer(self, start: int, end: int) -> bool:
        """Say whether a place lies in a longer candidate."""
        at = bisect_right(self._starts, start) - 1
        while at >= 0 and self._furthest[at] >= end:
            if self._ends[at] >= end and (self._starts[at], self._ends[at]) != (start, end):
                return True
            at -= 1
        return False
