"""What a document's own definitions make of short forms that a gazetteer knows."""

from pipeline.align.accept import is_whole, with_glosses
from pipeline.align.gloss import Gloss
from pipeline.match.candidates import Candidate

CAST = ("China Association for Science and Technology", "CAST", "中国科协")


def _entities(
    text: str, known: dict[str, str | None], *pairs: tuple[str, str]
) -> list[tuple[str, str | None]]:
    pool = []
    for name, entity in known.items():
        at = text.find(name)
        while at >= 0:
            pool.append(
                Candidate(
                    start=at,
                    end=at + len(name),
                    type="association",
                    method="gazetteer",
                    score=1.0,
                    entity=entity,
                )
            )
            at = text.find(name, at + len(name))
    glosses = []
    at = 0
    for one, two in pairs:
        first = text.index(one, at)
        at = text.index(two, first + len(one))
        glosses.append(
            Gloss(first=(first, first + len(one)), second=(at, at + len(two)), kind="abbreviation")
        )
    found, _ = with_glosses(text, pool, glosses, lambda entry: CAST)
    return sorted(
        {(text[c.start : c.end] + f"@{c.start}", c.entity) for c in found},
        key=lambda c: int(c[0].rsplit("@")[1]),
    )


def test_a_known_short_form_means_what_the_document_last_said() -> None:
    text = "Space Academy Tests (SAT) and SAT; Salt And Tin (SAT), SAT"
    known = {"Space Academy Tests": "a/space", "SAT": "a/salt", "Salt And Tin": "a/salt"}
    found = [
        e
        for name, e in _entities(text, known, ("Space Academy Tests", "SAT"), ("Salt And Tin", "SAT"))
        if "SAT@" in name
    ]
    assert found == ["a/space", "a/space", "a/salt", "a/salt"]


def test_an_unknown_body_is_not_the_entry_of_its_short_form() -> None:
    text = "The Center for Arid Soil Trials (CAST) opened. CAST is new."
    found = _entities(text, {"CAST": "association/cast"}, ("Center for Arid Soil Trials", "CAST"))
    assert {entity for _, entity in found} == {None}


def test_another_spelling_of_the_entry_is_the_entry() -> None:
    text = "The China Association for Science & Technology (CAST) met."
    found = _entities(
        text, {"CAST": "association/cast"}, ("China Association for Science & Technology", "CAST")
    )
    assert {entity for _, entity in found} == {"association/cast"}


def test_letters_that_are_not_the_initials_define_nothing() -> None:
    text = "Space Academy Tests (SOT) and SOT"
    known = {"Space Academy Tests": "a/space", "SOT": "a/salt"}
    assert [e for name, e in _entities(text, known, ("Space Academy Tests", "SOT")) if "SOT" in name] == [
        "a/salt"
    ] * 2


def test_a_chinese_short_form_is_defined_in_so_many_words() -> None:
    text = "奎水机器人监管办公室(以下简称奎水办)和奎水办"
    known = {"奎水办": "association/cast"}
    found = _entities(text, known, ("奎水机器人监管办公室", "奎水办"))
    assert {entity for _, entity in found} == {None}


def test_what_no_model_may_call_a_name() -> None:
    assert is_whole("砺森公司") and is_whole("Delta Office")
    assert not is_whole("砺森砺森")  # a page draws it twice
    assert not is_whole("Anhui Province / Hefei")
