"""The scores that mentions get in the end."""

import pytest

from pipeline.match.candidates import Candidate
from pipeline.match.scores import CERTAIN, chance


@pytest.mark.parametrize(
    ("method", "kind", "text", "score", "least", "most"),
    [
        ("gazetteer", "company", "Baidu", 1.0, CERTAIN, CERTAIN),
        ("gazetteer", "company", "MOST", 0.8, 0.8, 0.8),
        ("gloss", "company", "旷视", 0.8, 0.8, 0.9),
        ("rule", "government", "财政部", 0.99, 0.99, 0.99),
        ("rule", "company", "Acme Ltd.", 0.85, 0.85, 0.85),
        ("model", "place", "Beijing", 0.5, 0.9, 0.9),
        ("model", "place", "北京", 0.5, 0.5, 0.5),
        ("model", "company", "Acme", 0.5, 0.5, 0.5),
    ],
)
def test_chance(method: str, kind: str, text: str, score: float, least: float, most: float) -> None:
    candidate = Candidate(start=0, end=len(text), type=kind, method=method, score=score)  # type: ignore[arg-type]
    assert least <= chance(candidate, text) <= most
