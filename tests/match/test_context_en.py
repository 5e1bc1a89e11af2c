"""English names that only their surroundings tell."""

import pytest

from pipeline.match.candidates import Candidate
from pipeline.match.context_en import names_in_context


def _known(text: str, name: str, kind: str, method: str = "gazetteer") -> Candidate:
    at = text.index(name)
    return Candidate(start=at, end=at + len(name), type=kind, method=method, score=0.9)  # type: ignore[arg-type]


def _names(text: str, *known: tuple[str, ...]) -> set[tuple[str, str]]:
    found = [_known(text, *each) for each in known]
    return {(text[c.start : c.end], c.type) for c in names_in_context(text, found)}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Then Qorvitek listed in Shenzhen.", "Qorvitek"),
        ("Engineers at Nadruga complained.", "Nadruga"),
        ("YQTC's chairman resigned.", "YQTC"),
        ("Zelvora, a chipmaker from Hefei, grew.", "Zelvora"),
        ("Lunaspace's Vela-2 reached orbit.", "Lunaspace"),
        ("Strider CEO Ann Lee said so.", "Strider"),
        ("A startup named Qorvitek-the first-failed.", "Qorvitek"),
    ],
)
def test_a_firm_is_told_by_what_is_said_of_it(text: str, name: str) -> None:
    assert _names(text) == {(name, "company")}


@pytest.mark.parametrize(
    "text",
    [
        "Then Shenzhen's approach changed.",
        "Rising sales helped the firm.",
        "The GDP, a measure of output, grew.",
        "State-of-the-art products, a goal of the company, are rare.",
        "Wang Wei's products sold.",
    ],
)
def test_ordinary_words_places_and_people_are_no_firms(text: str) -> None:
    assert _names(text, *([("Shenzhen", "place", "model")] if "Shenzhen" in text else [])) == set()


def test_a_list_gives_its_type_to_the_names_in_it() -> None:
    text = "They buy from SMIC, Zelvora and Applied Materials."
    assert _names(text, ("SMIC", "company")) == {("Zelvora", "company"), ("Applied Materials", "company")}


def test_two_names_with_a_comma_alone_are_no_list() -> None:
    assert _names("A note by Ann Lee, Deciphering Dreams.", ("Ann Lee", "person")) == set()


def test_the_noun_before_a_list_overrules_the_model() -> None:
    text = "Universities such as Fudan and Beihang gained."
    assert _names(text, ("Fudan", "place", "model")) == {("Fudan", "institution"), ("Beihang", "institution")}


def test_a_place_beside_two_universities_stays_a_place() -> None:
    text = "Alpha University, Beta University, Hangzhou, joined."
    known = (("Alpha University", "institution"), ("Beta University", "institution"))
    assert _names(text, *known, ("Hangzhou", "place", "model")) == set()


def test_an_acronym_that_regulates_is_an_authority() -> None:
    assert _names("Last year NQRA issued rules.") == {("NQRA", "government")}


def test_the_second_author_is_a_person() -> None:
    assert _names("by Elsa B. Kania and Lorand Laskai.", ("Elsa B. Kania", "person")) == {
        ("Lorand Laskai", "person")
    }


def test_who_joins_a_venture_or_gives_money_is_a_firm() -> None:
    assert _names("A joint venture between Qorvitek and Nadruga began.") == {
        ("Qorvitek", "company"),
        ("Nadruga", "company"),
    }
    assert _names("It raised money from Qorvitek and Nadruga.") == {
        ("Qorvitek", "company"),
        ("Nadruga", "company"),
    }


def test_among_firms_a_model_s_person_with_no_person_s_name_is_a_firm() -> None:
    text = "Qorvitek, Nadruga and Desayo Lumir made them."
    firms = [("Qorvitek", "company"), ("Nadruga", "company")]
    assert _names(text, *firms, ("Desayo Lumir", "person", "model")) == {("Desayo Lumir", "company")}
    text = "Qorvitek, Nadruga and Liu Qiuming made them."
    assert _names(text, *firms, ("Liu Qiuming", "person", "model")) == set()


def test_a_province_before_a_capital_may_begin_a_firm() -> None:
    text = "Qorvitek, Nadruga and Jiangsu Hengsho made them."
    firms = [("Qorvitek", "company"), ("Nadruga", "company")]
    assert _names(text, *firms, ("Jiangsu", "place", "model")) == {("Jiangsu Hengsho", "company")}


def test_a_city_after_a_university_is_no_institution() -> None:
    text = "Qorvi University, Tarvo College, and Nadruga"
    known = (("Qorvi University", "institution"), ("Tarvo College", "institution"))
    assert _names(text, *known) == set()


@pytest.mark.parametrize(
    ("text", "want"),
    [("a subsidiary of Nadruga fell", {("Nadruga", "company")}), ("a suburb of Nadruga fell", set())],
)
def test_a_place_of_the_model_may_be_spoken_of_as_a_firm(text: str, want: set[tuple[str, str]]) -> None:
    assert _names(text, ("Nadruga", "place", "model")) == want
