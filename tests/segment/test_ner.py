"""The names are those that spaCy itself marks."""

import pytest
import spacy
from spacy.language import Language

from pipeline.segment.english import MODEL, Ent, parses, read_batch

TEXTS = [
    "Liu Bei of the Ministry of Science and Technology went to Paris with three friends in May 2019.",
    "On Monday, Apple Inc., Microsoft and the University of Oxford signed a 5 million dollar deal in New York City.",
    "nothing",
    "  Two  spaces, and\ta tab before the European  Union.",
    "Guangdong",
    "The New Generation Artificial Intelligence Development Plan",
    "",
]


@pytest.fixture(scope="module")
def plain() -> Language:
    return spacy.load(MODEL)


def test_names_as_spacy_has_them(plain: Language) -> None:
    expected = [[Ent(e.start_char, e.end_char, e.label_) for e in plain(text).ents] for text in TEXTS]
    assert sum(map(len, expected)) > 10
    assert read_batch(TEXTS) == expected


def test_no_text_no_names() -> None:
    assert read_batch([]) == []
    assert read_batch([""]) == [[]]


def test_parses_as_spacy_has_them(plain: Language) -> None:
    for text, doc in zip(TEXTS, parses(TEXTS), strict=True):
        assert [(t.tag_, t.dep_, t.head.i) for t in doc] == [(t.tag_, t.dep_, t.head.i) for t in plain(text)]
