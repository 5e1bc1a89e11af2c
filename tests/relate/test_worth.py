"""Which English sentences are worth the parser."""

import pytest

from pipeline.relate.dependency import worth_parsing
from pipeline.relate.examples import marked
from pipeline.relate.patterns import load_patterns
from pipeline.relate.sentences import masked_sentences


@pytest.mark.parametrize(
    ("text", "worth"),
    [
        ("[s government: MIIT] released the [o plan: Action Plan].", True),
        ("[government: MIIT] likes the [plan: Action Plan].", False),  # no frame's word
        ("The [plan: Action Plan] released the [plan: Long Plan].", False),  # no names that fill the frame
        ("[government: MIIT] released a rope.", False),  # one name
        ("[company: Baidu] is located near [place: Beijing].", False),  # not the preposition
        ("[company: Baidu] is located in [place: Beijing].", True),
    ],
)
def test_worth(text: str, worth: bool) -> None:
    reading, aligned, _ = marked(text)
    patterns = load_patterns()
    assert any(worth_parsing(one, patterns) for one, _ in masked_sentences(reading, aligned)) == worth
