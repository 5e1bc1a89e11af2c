"""English names that their form alone tells."""

import pytest

from pipeline.match.candidates import Candidate
from pipeline.match.forms_en import ai_firms, formed


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("BOISE, March 4 - Qorvi said", [("BOISE", "place")]),
        ("SUMMARY - The firm grew", []),
        ("In Anhui-Jiangsu-Zhejiang it rains.", [("Anhui-Jiangsu-Zhejiang", "place")]),
        ("U.S.-made parts", [("U.S.", "place")]),
        ("It joined the 973 Program in 1998.", [("973 Program", "plan")]),
        ("The Digital Tibet 2035 strategy fell behind.", [("Digital Tibet 2035", "plan")]),
        ('Under the "Bright Eyes" project cameras', [("Bright Eyes", "plan")]),
        ('Under the "big" project cameras', []),
    ],
)
def test_a_form_tells_a_name(text: str, want: list[tuple[str, str]]) -> None:
    assert [(text[c.start : c.end], c.type) for c in formed(text)] == want


@pytest.mark.parametrize(
    ("text", "want"),
    [
        (
            "the Departments of Commerce, State, and the Treasury",
            ["Departments of Commerce", "State", "Treasury"],
        ),
        (
            "the Departments of Labor and, where appropriate, the Interior",
            ["Departments of Labor", "Interior"],
        ),
        ("the Ministries of Culture and Sports met", ["Ministries of Culture", "Sports"]),
        ("the Ministries of Culture and Science and Technology met", []),
        ("the Ministries of Culture, Sports and Fudan University", []),
    ],
)
def test_bodies_of_one_head(text: str, want: list[str]) -> None:
    assert [text[c.start : c.end] for c in formed(text)] == want


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("He left Qorvi AI.", ["Qorvi AI"]),
        ("Agentic AI is new.", []),
        ("Chinese AI is new.", []),
        ("Qorvi AI chips", []),
    ],
)
def test_a_coined_word_before_ai_is_a_firm(text: str, want: list[str]) -> None:
    assert [text[c.start : c.end] for c in ai_firms(text, [])] == want


def test_a_known_name_before_ai_is_no_firm() -> None:
    text = "In Qorvi AI is new."
    known = Candidate(start=3, end=8, type="place", method="gazetteer", score=1.0)
    assert list(ai_firms(text, [known])) == []
