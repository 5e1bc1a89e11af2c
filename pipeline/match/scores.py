"""What a mention's score says in the end: the chance that it is right, whoever found it.

Witnesses score their candidates among themselves, which settles ties and votes. What is written is that score
brought to how often such mentions proved right on annotated passages (docs/calibration.md): one rounded
number for each kind of witness, none for single names. The Chinese tagger's scores are chances already
(pipeline/models/README.md).
"""

from pipeline.match.candidates import Candidate
from pipeline.normal import has_han

CERTAIN = 0.95
"""The score of a gazetteer name that is one entry's alone."""
_PLACE = 0.9
_RULE_ZH = 0.06
_GLOSS = 0.05
_MOST = 0.99


def chance(candidate: Candidate, text: str) -> float:
    """Return the chance that a settled candidate is right, to three decimals.

    Args:
        candidate: what a witness found.
        text: its surface.
    """
    score = candidate.score
    if candidate.method == "gazetteer":
        score = min(score, CERTAIN)
    elif candidate.method == "gloss":
        score = min(_MOST, score + _GLOSS)
    elif candidate.method == "rule" and has_han(text):
        score = min(_MOST, score + _RULE_ZH)
    elif candidate.method == "model" and candidate.type == "place" and not has_han(text):
        score = max(score, _PLACE)
    return round(score, 3)
