"""A pattern that is not asked could not have matched."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.relate.needs import Needs, asked, needs
from pipeline.relate.patterns import load_patterns


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("issued by", {frozenset({"issued by"})}),
        ("(?:cat|dog)s?", {frozenset({"cat", "dog"})}),
        ("a?b", {frozenset({"b"})}),
        ("[xy]{1,2}[^z]", {frozenset({"x", "y"})}),
        ("(?:ab)*", set()),
        ("(?:ab|)", set()),
        ("(?i:ab)", set()),
        ("(?!ab)c(?=de)", {frozenset({"c"}), frozenset({"de"})}),
    ],
)
def test_needs(pattern: str, expected: set[frozenset[str]]) -> None:
    assert needs(pattern) == expected


def test_a_pattern_that_ignores_case_is_always_asked() -> None:
    assert Needs(asked(["(?i)ab", "cd"])).met("AB") == [0]


def test_no_patterns() -> None:
    assert Needs(asked([])).met("text") == []


PATTERNS = ["a(?:b|cd)+e", "[ab]c{2}", "(?:a|b[cd])(?<=c)", "e?a*", "(?=ab)a", "ab|[^a]d", "(?>ab)c++"]


@given(st.text("abcde", max_size=12))
def test_what_matches_is_asked(text: str) -> None:
    matching = [n for n, pattern in enumerate(PATTERNS) if re.search(pattern, text)]
    assert set(matching) <= set(Needs(asked(PATTERNS)).met(text))


def test_the_templates_ask_little_of_other_texts() -> None:
    patterns = load_patterns()
    assert not patterns.english.may_match("The weather was fine.")
    assert not patterns.chinese.may_match("今天天气很好。")
