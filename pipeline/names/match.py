"""Ranking of names across scripts: which of a list's names is the queried one, how surely, and why."""

from collections.abc import Sequence

from pipeline.match.gazetteer import Gazetteer
from pipeline.names.cross import Evidence, compare
from pipeline.names.pool import pool
from pipeline.names.profile import HanName, LatinName, Profile, profile
from pipeline.names.same import compare_han, compare_latin
from pipeline.names.weights import Weights
from pipeline.records import Record

_CONSIDERED, _SHORT = 160, 400
"""Candidates that a query is compared with in full; a list no longer than the second number is taken whole."""


class Ranked(Record, frozen=True, kw_only=True):
    """A candidate with its score (0 to 1), its index in the list, and what speaks for it."""

    name: str
    index: int
    score: float
    evidence: list[Evidence]


def rank(
    query: str,
    candidates: Sequence[str],
    *,
    kind: str | None = None,
    gazetteer: Gazetteer | None = None,
    limit: int | None = None,
) -> list[Ranked]:
    """Rank candidates by how likely each names what the query names; either may be Chinese or Latin.

    Args:
        query: a name.
        candidates: the names to choose from. Pass the same tuple for many queries: its index is kept.
        kind: an entity type (``person``, ``company`` ...) when known; persons are matched by part of their name.
        gazetteer: entries to look both sides up in; names of one entry are the same.
        limit: how many to return at most.

    Returns:
        The candidates that share anything with the query, best first; ties in the order given.

    >>> [r.name for r in rank("清华大学", ["Peking University", "Tsinghua University"], limit=1)]
    ['Tsinghua University']
    """
    names = candidates if isinstance(candidates, tuple) else tuple(candidates)
    if not query.strip() or not names:
        return []
    ready = pool(names)
    one = profile(query)
    near = ready.near(one, _CONSIDERED if len(names) > _SHORT else _SHORT)
    entries = _entries(query, gazetteer)
    known: set[int] = set()
    if entries and gazetteer is not None:
        known = {i for i, name in enumerate(names) if entries & _entries(name, gazetteer)}
    found: list[Ranked] = []
    for index in sorted({*near, *known}):
        score, evidence = judge(one, profile(names[index]), ready.weights, kind=kind)
        if index in known:
            shown = Evidence(witness="gazetteer", left=query, right=names[index], score=1.0)
            score, evidence = 1.0 + score / 1000, [shown, *evidence]
        if score > 0:
            found.append(Ranked(name=names[index], index=index, score=score, evidence=evidence))
    found.sort(key=lambda r: (-r.score, r.index))
    return [
        Ranked(name=r.name, index=r.index, score=round(min(1.0, r.score), 3), evidence=r.evidence)
        for r in found[:limit]
    ]


def judge(
    one: Profile, two: Profile, weights: Weights, *, kind: str | None = None
) -> tuple[float, list[Evidence]]:
    """Score two names that were taken apart, 0 to 1, with the evidence."""
    if isinstance(one, HanName) and isinstance(two, HanName):
        return compare_han(one, two, weights)
    if isinstance(one, LatinName) and isinstance(two, LatinName):
        return compare_latin(one, two, weights)
    han, latin = (one, two) if isinstance(one, HanName) else (two, one)
    assert isinstance(han, HanName) and isinstance(latin, LatinName)
    return compare(han, latin, weights, person=kind == "person")


def _entries(name: str, gazetteer: Gazetteer | None) -> frozenset[int]:
    if gazetteer is None:
        return frozenset()
    return frozenset(s.entry for s in gazetteer.lookup(name))
