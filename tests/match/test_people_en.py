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
    ],
)
def test_people(text: str, want: list[str]) -> None:
    assert [text[c.start : c.end] for c in people(text)] == want
