"""Scores that mean something: a logistic curve for each type, fitted on sentences that were held out."""

import math
from collections.abc import Sequence
from pathlib import Path

from pipeline.match.tagger import Tagger
from training.ner_data import TYPES, Sentence


def fit(model: Path, held: Sequence[Sentence]) -> dict[str, tuple[float, float]]:
    """Return slope and shift of each inner type, from how often its names agree with the annotation."""
    tagger = Tagger(model)
    seen: dict[str, list[tuple[float, bool]]] = {kind: [] for kind in TYPES}
    for at, start, end, kind, score in tagger.raw([s.text for s in held], least=0.0):
        sentence = held[at]
        if kind in sentence.open:
            continue  # not annotated there: nothing can be said
        hit = any(a == start and b == end and kind in kinds for a, b, kinds in sentence.spans)
        seen[kind].append((score, hit))
    curves = {}
    everything = [pair for pairs in seen.values() for pair in pairs]
    for kind, pairs in seen.items():
        curves[kind] = _curve(pairs if len(pairs) >= 60 else everything)
    return curves


def _curve(pairs: Sequence[tuple[float, bool]]) -> tuple[float, float]:
    """Fit a logistic curve over log odds by Newton's method, with a mild pull towards no change."""
    slope, shift = 1.0, 0.0
    points = [(math.log(s / (1 - s)), hit) for s, hit in ((min(max(s, 1e-4), 1 - 1e-4), h) for s, h in pairs)]
    for _ in range(30):
        g0, g1, h00, h01, h11 = slope - 1, shift, 1.0, 0.0, 1.0
        for x, hit in points:
            p = 1 / (1 + math.exp(-(slope * x + shift)))
            error, weight = p - hit, p * (1 - p)
            g0, g1 = g0 + error * x, g1 + error
            h00, h01, h11 = h00 + weight * x * x, h01 + weight * x, h11 + weight
        det = h00 * h11 - h01 * h01
        slope -= min(max((h11 * g0 - h01 * g1) / det, -0.5), 0.5)
        shift -= min(max((h00 * g1 - h01 * g0) / det, -0.5), 0.5)
    return round(slope, 4), round(shift, 4)
