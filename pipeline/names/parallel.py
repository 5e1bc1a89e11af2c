"""A document and its translation, sentence by sentence, and the names that stand in aligned sentences.

Sentences are aligned by length (Gale and Church, A program for aligning sentences in bilingual corpora,
Computational Linguistics 19, 1993) and by anchors: numbers, Latin letters in the Chinese text, and entities
that both texts name. Names of one aligned pair that nothing else ties are ranked against each other.
"""

import math
import re
from collections.abc import Sequence

from pipeline.names.match import rank
from pipeline.records import Record

_BEADS = {
    (1, 1): 0.0,
    (1, 0): 4.5,
    (0, 1): 4.5,
    (2, 1): 2.3,
    (1, 2): 2.3,
    (2, 2): 4.4,
    (3, 1): 4.0,
    (1, 3): 4.0,
}
"""Sentences of either side that make a pair, and what each costs: minus log of its probability, from the paper."""
_VARIANCE = 6.8
_BAND = 60
"""How far from the diagonal a pair may lie, in sentences, beside a fifth of the longer text."""
_ANCHOR = 3.0
_FLOOR = 0.45
"""Score from which two names of an aligned pair are held to be one."""
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[A-Za-z][A-Za-z0-9+&.-]*[A-Za-z0-9+]")


class Sentence(Record, frozen=True, kw_only=True):
    """A sentence with what may anchor it: names with their entities where known."""

    text: str
    names: tuple[tuple[str, str | None], ...] = ()
    """Surfaces, and the gazetteer entry of each that has one."""


class Bead(Record, frozen=True, kw_only=True):
    """Sentences that translate each other (indexes), and the names tied by them."""

    zh: tuple[int, ...]
    en: tuple[int, ...]
    score: float
    names: tuple[tuple[str, str, float], ...] = ()


def align_sentences(zh: Sequence[Sentence], en: Sequence[Sentence]) -> list[Bead]:
    """Align the sentences of a Chinese and an English text.

    Args:
        zh: the Chinese sentences.
        en: the English sentences.

    Returns:
        The pairs in order; one side may be empty where nothing answers.
    """
    if not zh or not en:
        return [Bead(zh=(i,), en=(), score=0.0) for i in range(len(zh))] + [
            Bead(zh=(), en=(i,), score=0.0) for i in range(len(en))
        ]
    one, two = [len(s.text) for s in zh], [len(s.text) for s in en]
    ratio = sum(two) / max(1, sum(one))
    left, right = [_anchors(s) for s in zh], [_anchors(s) for s in en]
    common = _rare(left, right)
    band = _BAND + max(len(zh), len(en)) // 5
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    slope = len(en) / len(zh)
    for i in range(len(zh) + 1):
        middle = int(i * slope)
        for j in range(max(0, middle - band), min(len(en), middle + band) + 1):
            if (i, j) == (0, 0):
                continue
            found: tuple[float, tuple[int, int]] | None = None
            for (a, b), prior in _BEADS.items():
                before = best.get((i - a, j - b))
                if before is None:
                    continue
                cost = before[0] + prior + _length(sum(one[i - a : i]) * ratio, sum(two[j - b : j]))
                if a and b:
                    shared = set().union(*left[i - a : i]) & set().union(*right[j - b : j]) & common
                    cost -= _ANCHOR * min(3, len(shared))
                if found is None or cost < found[0]:
                    found = (cost, (a, b))
            if found is not None:
                best[i, j] = found
    beads: list[Bead] = []
    i, j = len(zh), len(en)
    while (i, j) != (0, 0) and (i, j) in best:
        a, b = best[i, j][1]
        step = best[i, j][0] - best[i - a, j - b][0]
        score = 1 / (1 + math.exp(min(30.0, step - 3))) if a and b else 0.0
        beads.append(
            Bead(
                zh=tuple(range(i - a, i)), en=tuple(range(j - b, j)), score=round(score, 3),
                names=_pairs([n for s in zh[i - a : i] for n in s.names], [n for s in en[j - b : j] for n in s.names]),
            )
        )  # fmt: skip
        i, j = i - a, j - b
    return beads[::-1]


def _length(expected: float, found: float) -> float:
    """Return minus log of the probability of two lengths under the normal model of the paper."""
    if expected == 0 and found == 0:
        return 0.0
    mean = (expected + found) / 2
    delta = abs(expected - found) / math.sqrt(mean * _VARIANCE)
    tail = math.erfc(delta / math.sqrt(2))
    return -math.log(max(tail, 1e-10)) if expected and found else 0.0


def _anchors(sentence: Sentence) -> set[str]:
    return {t.lower() for t in _TOKEN.findall(sentence.text)} | {e for _, e in sentence.names if e}


def _rare(left: Sequence[set[str]], right: Sequence[set[str]]) -> set[str]:
    """Return the anchors that stand in few sentences of either side."""
    counts: dict[str, list[int]] = {}
    for side, sets in enumerate((left, right)):
        for anchors in sets:
            for anchor in anchors:
                counts.setdefault(anchor, [0, 0])[side] += 1
    most = max(2, (len(left) + len(right)) // 40)
    return {a for a, (x, y) in counts.items() if 0 < x <= most and 0 < y <= most}


def _pairs(
    zh: Sequence[tuple[str, str | None]], en: Sequence[tuple[str, str | None]]
) -> tuple[tuple[str, str, float], ...]:
    """Tie the names of aligned sentences: by entry, then each to the best of the other side that wants it too."""
    found: dict[tuple[str, str], float] = {}
    for name, entry in zh:
        for other, its in en:
            if entry is not None and entry == its:
                found[name, other] = 1.0
    free_zh = sorted({n for n, _ in zh} - {a for a, _ in found})
    free_en = tuple(sorted({n for n, _ in en} - {b for _, b in found}))
    for name in free_zh:
        ranked = rank(name, free_en, limit=1)
        if ranked and ranked[0].score >= _FLOOR:
            back = rank(ranked[0].name, tuple(free_zh), limit=1)
            if back and back[0].name == name:
                found[name, ranked[0].name] = ranked[0].score
    return tuple((a, b, s) for (a, b), s in sorted(found.items()))
