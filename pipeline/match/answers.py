"""What the statistical models are asked of a long document, cut so that several workers can answer.

A question is a batch of lines or sentences exactly as one worker would read them, so answers do not depend on
who gives them.
"""

import hashlib
from collections.abc import Sequence

from pipeline.match.tagger_chain import Named
from pipeline.records import Record
from pipeline.segment.english import Ent


class Questions(Record, frozen=True, kw_only=True):
    """Batches of English lines for spaCy's model, and of Chinese ones for the tagger."""

    english: list[list[str]] = []
    chinese: list[list[str]] = []


class Answers(Record, frozen=True, kw_only=True):
    """The names that models found, for each text of each batch, by the batch's key."""

    english: dict[str, list[list[Ent]]] = {}
    chinese: dict[str, list[list[Named]]] = {}


def batch_key(texts: Sequence[str]) -> str:
    """Return the key of a batch."""
    # with lengths: a text may hold any character, so no mark between texts would tell where one ends
    parts = "".join(f"{len(text)}:{text}" for text in texts)
    digest = hashlib.sha256(parts.encode("utf-8", "surrogatepass"))
    return f"{len(texts)}-{digest.hexdigest()[:24]}"


def answer(questions: Questions) -> Answers:
    """Ask the models."""
    from pipeline.match.tagger import Tagger
    from pipeline.segment import english

    return Answers(
        english={batch_key(texts): english.read_batch(texts) for texts in questions.english},
        chinese={batch_key(texts): Tagger.load().read_batch(texts) for texts in questions.chinese},
    )
