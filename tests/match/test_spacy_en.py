"""Which sentences the English model reads, and what is made of its answers."""

import pytest

from pipeline.match.candidates import Candidate
from pipeline.match.spacy_en import _firm_like, _owner, _two_bodies, unexplained
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


@pytest.mark.parametrize("name", ["Zhongke Qorvi", "Kexin Hypersonics", "Yinhe Hangtian"])
def test_words_of_firms_tell_firms(name: str) -> None:
    assert _firm_like(name, "person")


@pytest.mark.parametrize(
    ("name", "rest"),
    [
        ("Qorvi University's School of Law", "School of Law"),
        ("Ohio's Ministry of Trade", "Ministry of Trade"),
        ("King's College London", None),
        ("People's Bank of Ohio", None),
        ("Lloyd's Bank", None),
    ],
)
def test_an_owner_is_a_name_of_its_own(name: str, rest: str | None) -> None:
    assert name[_owner(name) :] == (rest or name)


@pytest.mark.parametrize(
    ("name", "first"),
    [
        (
            "Institute for Systems and Innovation Research and Rhodium Group",
            "Institute for Systems and Innovation Research",
        ),
        ("Institute of Zoology and Fudan University", "Institute of Zoology"),
        ("Center for Strategic and International Studies", None),
        ("School of Information Science and Technology", None),
    ],
)
def test_two_bodies_are_two(name: str, first: str | None) -> None:
    assert name[: _two_bodies(name)] == (first or "")
