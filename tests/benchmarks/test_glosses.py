"""Which pairs of names the gloss benchmark asks for, and that the checked merges are well formed."""

from typing import Any

from benchmarks import glosses, merges_judged


def _passage(text: str, *entities: tuple[list[str], str, str]) -> dict[str, Any]:
    found = [
        {
            "id": str(i),
            "mentions": [[text.index(n), text.index(n) + len(n)] for n in names],
            "zh": zh,
            "abbr": abbr,
        }
        for i, (names, zh, abbr) in enumerate(entities)
    ]
    return {"text": text, "entities": found}


def _asked(passage: dict[str, Any]) -> set[tuple[str, str]]:
    return {(passage["text"][slice(*a)], passage["text"][slice(*b)]) for a, b in glosses.asked(passage)}


def test_brackets_and_cues_are_asked() -> None:
    text = "the Delta Robot Office (DRO; 三角洲机器人办) and 砺森公司，简称“砺森”"
    passage = _passage(
        text,
        (["Delta Robot Office", "DRO", "三角洲机器人办"], "三角洲机器人办", "DRO"),
        (["砺森公司", "砺森"], "", "砺森"),
    )
    assert ("Delta Robot Office", "DRO") in _asked(passage)
    assert any(b == "三角洲机器人办" for _, b in _asked(passage))


def test_names_far_apart_are_not() -> None:
    text = "The United States met others. Later the U.S. left."
    assert not _asked(_passage(text, (["United States", "U.S."], "", "U.S.")))


def test_checked_merges() -> None:
    known = merges_judged.checked()
    assert len(known) >= 300
    assert {verdict for verdict, _ in known.values()} <= {"right", "broad", "wrong"}
