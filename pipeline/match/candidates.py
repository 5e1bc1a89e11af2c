"""Candidates: spans that some witness takes for names, and how overlapping ones are settled."""

from collections.abc import Iterable

from pipeline.records import EntityType, Method, NameKind, Record

METHODS: tuple[Method, ...] = ("gazetteer", "gloss", "table", "rule", "model", "fuzzy")
_RANKS = {method: rank for rank, method in enumerate(METHODS)}


class Candidate(Record, frozen=True, kw_only=True):
    """A span that may be a name, in offsets of the text it was found in."""

    start: int
    end: int
    type: EntityType
    method: Method
    score: float
    entity: str | None = None
    """The gazetteer entry, when it is one."""
    kind: NameKind | None = None
    others: tuple[str, ...] = ()
    """Further entries that share the name."""


def by_rule(start: int, end: int, kind: EntityType, score: float) -> Candidate:
    """Return what a rule takes for a name."""
    return Candidate(start=start, end=end, type=kind, method="rule", score=score)


def settle(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Choose candidates that do not overlap: the longest first, ties in the order of the methods."""
    ordered = sorted(
        candidates,
        key=lambda c: (c.start - c.end, _RANKS[c.method], -c.score, c.start, c.type, c.entity or ""),
    )
    taken = bytearray(max((c.end for c in ordered), default=0))
    chosen: list[Candidate] = []
    for candidate in ordered:
        start, end = candidate.start, candidate.end
        if start < end and taken.find(1, start, end) < 0:
            taken[start:end] = b"\1" * (end - start)
            chosen.append(candidate)
    return sorted(chosen, key=lambda c: c.start)
