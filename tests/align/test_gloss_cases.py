"""The gloss cases of tests/data/glosses: each file a kind, precision and recall held over all of them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.align.accept import with_glosses
from pipeline.align.glosses import find_glosses
from pipeline.match import Finder, Matcher
from pipeline.match.gazetteer import Gazetteer
from pipeline.segment import Reading

FOLDER = Path(__file__).parents[1] / "data" / "glosses"


def load(name: str) -> list[Any]:
    return yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8")) or []


@pytest.fixture(scope="module")
def pairs(gazetteer: Gazetteer, reading: Callable[..., Reading]) -> Callable[[str], set[tuple[str, str]]]:
    matcher = Matcher(Finder(gazetteer), model=False)

    def make(text: str) -> set[tuple[str, str]]:
        one = reading(text)
        normal = one.normal.text
        candidates = matcher.match(one)
        _, kept = with_glosses(normal, list(candidates), list(find_glosses(normal, candidates, one.words)))
        return {(normal[slice(*g.first)], normal[slice(*g.second)]) for g in kept}

    return make


Pairs = Callable[[str], set[tuple[str, str]]]
WANTED = [case for name in ("in_the_wild", "synthetic") for case in load(name)]


def test_there_are_enough() -> None:
    assert len(WANTED) >= 100
    assert len(load("negative")) >= 50


@pytest.mark.parametrize("case", WANTED, ids=lambda c: c["text"][:40])
def test_wanted(pairs: Pairs, case: dict[str, Any]) -> None:
    assert pairs(case["text"]) == {tuple(p) for p in case["pairs"]}


@pytest.mark.parametrize("text", load("negative"), ids=lambda t: t[:40])
def test_look_alikes(pairs: Pairs, text: str) -> None:
    assert pairs(text) == set()


@pytest.mark.parametrize("case", load("known_failures") or [None])
def test_known_failures(pairs: Pairs, case: dict[str, Any] | None) -> None:
    if case is not None:
        assert pairs(case["text"]) != {tuple(p) for p in case["pairs"]}, "it comes right now: move it"
