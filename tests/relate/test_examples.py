"""The examples of relations.yaml, and what check_examples says of bad ones."""

from pathlib import Path
from typing import get_args

import pytest

from pipeline.records import RelationType
from pipeline.relate.patterns import PatternError, check_examples, load_patterns, patterns_path


def test_shipped_examples_hold() -> None:
    assert check_examples(patterns_path()) == []


def test_every_relation_type_has_patterns_and_examples() -> None:
    rules = {rule.type: rule for rule in load_patterns().rules}
    assert set(rules) == set(get_args(RelationType))
    assert all(rule.examples and rule.counter_examples for rule in rules.values())


_RULE = """
founded:
  subject: [person]
  object: [company]
  en: {verbs: [found]}
  examples: ["[s person: Ma] %s [o company: X Co]."]
"""


def test_failing_example_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "relations.yaml"
    path.write_text(_RULE % "admires the")
    (problem,) = check_examples(path)
    assert problem == "founded: not found: [s person: Ma] admires the [o company: X Co]."


def test_good_example_passes(tmp_path: Path) -> None:
    path = tmp_path / "relations.yaml"
    path.write_text(_RULE % "founded")
    assert check_examples(path) == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[1]", "a mapping of relation types"),
        ("likes: {}", "no such relation type"),
        ("owns: {subject: [firm], object: [company]}", "no such entity type: 'firm'"),
        ("owns: {subject: [company], object: [company], verb: []}", "unknown key 'verb'"),
        ("owns: {subject: [company], object: [company], zh: {templates: ['{s}((']}}", "owns: '{s}(('"),
        (
            "owns: {subject: [company], object: [company], en: {verbs: [a b c d]}}",
            "a word and at most one preposition",
        ),
        ("a: b: c", "cannot be read"),
    ],
)
def test_bad_file_is_one_line_that_names_the_place(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "relations.yaml"
    path.write_text(text)
    with pytest.raises(PatternError) as problem:
        load_patterns(path)
    assert says in str(problem.value)
    assert "\n" not in str(problem.value)
