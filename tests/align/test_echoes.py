"""Further places of names that a document has shown."""

from collections.abc import Callable

from pipeline.align.echoes import repeats
from pipeline.match.candidates import Candidate
from pipeline.segment import Reading


def test_an_ordinary_word_that_names_a_body_once_is_not_learned(reading: Callable[..., Reading]) -> None:
    text = "The Ministries of Culture and Sports met. Sports and Culture matter. MOST met, said MOST."
    one = reading(text)

    def rule(name: str) -> Candidate:
        at = text.index(name)
        return Candidate(start=at, end=at + len(name), type="government", method="rule", score=0.9)

    found = repeats(one, [rule("Ministries of Culture"), rule("Sports"), rule("MOST")])
    assert [text[c.start : c.end] for c in found] == ["MOST"]
