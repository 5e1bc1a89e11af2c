"""English names of people by rule, and what is no person."""

import pytest

from pipeline.match.people_en import people


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("Governor Ada Lumira spoke to Liu Qiuming.", ["Ada Lumira", "Liu Qiuming"]),
        ("They asked Hua Ying Management for help.", []),
        ("They asked Huang He Hydropower for help.", []),
        ('The "Qin Chuangyuan" platform opened.', []),
        ("Qin Chuangyuan spoke.", ["Qin Chuangyuan"]),
        ("He Lifeng spoke. He Made Headlines.", ["He Lifeng"]),
        ("Senators Tarvo and Quillan wrote to Secretary Lumira.", ["Lumira", "Tarvo", "Quillan"]),
        ("the Secretary Shall notify the Secretary General", []),
    ],
)
def test_people(text: str, want: list[str]) -> None:
    assert [text[c.start : c.end] for c in people(text)] == want
