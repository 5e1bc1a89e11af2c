"""The best set of stretches of a Chinese name that words of a Latin one explain without overlap."""

import itertools
from collections.abc import Sequence

from pipeline.records import Record


class Match(Record, frozen=True, kw_only=True):
    """A stretch of the Chinese name explained by words of the Latin one."""

    start: int
    end: int
    units: tuple[tuple[int, float], ...]
    """Words of the Latin name and which share of each it explains."""
    quality: float
    witness: str


def chart(size: int, chars: Sequence[float], matches: Sequence[Match]) -> list[Match]:
    """Choose matches that do not overlap and explain most weight; longer stretches win ties."""
    by_end: dict[int, list[Match]] = {}
    for match in matches:
        by_end.setdefault(match.end, []).append(match)
    best = [0.0] * (size + 1)
    back: list[Match | None] = [None] * (size + 1)
    total = [0.0]
    for weight in chars:
        total.append(total[-1] + weight)
    for end in range(1, size + 1):
        best[end] = best[end - 1]
        for match in by_end.get(end, ()):
            gain = (
                best[match.start]
                + (total[end] - total[match.start]) * match.quality
                + 1e-4 * match.quality * (end - match.start)
            )
            if gain > best[end]:
                best[end] = gain
                back[end] = match
    chosen: list[Match] = []
    at = size
    while at > 0:
        step = back[at]
        if step is None or best[at] == best[at - 1]:
            at -= 1
        else:
            chosen.append(step)
            at = step.start
    return chosen[::-1]


def disorder(chosen: Sequence[Match]) -> int:
    """Count neighbours whose words stand in the other order."""
    return sum(a.units[0][0] > b.units[0][0] for a, b in itertools.pairwise(chosen))
