"""Which sentences the English model reads, and what is made of its answers."""

import pytest

from pipeline.match.candidates import Candidate
from pipeline.match.spacy_en import _firm_like, unexplained
from pipeline.segment.sentences import sentences


def _read(text: str, *known: str) -> list[str]:
    found = [
        Candidate(start=at, end=at + len(k), type="company", method="gazetteer", score=1.0)
        for k in known
        if (at := text.index(k)) >= 0
    ]
    return [piece for _, piece in unexplained(text, sentences(text), found)]


def test_only_sentences_with_a_capital_that_nothing_explains() -> None:
    text = "The plant in question makes chips for Qorvo. Then the Chinese firm grew. Sales of its chips rose again."
    assert _read(text) == ["The plant in question makes chips for Qorvo."]
    assert _read(text, "Qorvo") == []


def test_offsets_are_the_texts_own() -> None:
    text = "It was a good year for everybody.\nWe met Ann Lee of Acme at the fair in May."
    assert [text[at : at + len(piece)] == piece for at, piece in unexplained(text, sentences(text), [])] == [
        True
    ]


@pytest.mark.parametrize("name", ["Solaria AI", "Ningbo TecLab", "Zhejiang Qorvi", "Qixi Photonics"])
def test_what_the_model_calls_a_person_may_read_as_a_firm(name: str) -> None:
    assert _firm_like(name, "person")
    assert not _firm_like("Liu Qiuming", "person")
