"""English firms by their legal ending."""

import pytest

from pipeline.match.candidates import Candidate
from pipeline.match.firms_en import firms, regional_arms


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("made by Qorvi Tooling Co. and others", "Qorvi Tooling Co."),
        ("made by Qorvi Tooling Co. Ltd. and others", "Qorvi Tooling Co. Ltd."),
        ("made by Ningbo's Qorvi Machines Corporation.", "Qorvi Machines Corporation"),
        ("sold to the People's Insurance Company Limited then", "People's Insurance Company Limited"),
        ("Ningbo-listed Qorvi Inc. said", "Qorvi Inc."),
        ("in 2019. Qorvi Tarvo LLP advised", "Qorvi Tarvo LLP"),
        ("Plaintiff Qorvi Imaging Corp. alleges", "Qorvi Imaging Corp."),
        ("by Qorvi Sci. & Tech. Co., Ltd. then", "Qorvi Sci. & Tech. Co., Ltd."),
    ],
)
def test_a_firm_begins_where_its_own_words_do(text: str, want: str) -> None:
    assert [text[c.start : c.end] for c in firms(text)] == [want]


def test_the_stop_after_and_co_may_end_the_sentence() -> None:
    assert list(firms("It is held by Qorvi & Co. He left.")) == []


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("Qorvi Asia grew", ["Qorvi Asia"]),
        ("Qorvi China Sea", []),
        ("Qorvi China trade war", []),
        ("Qorvi, China", []),
    ],
)
def test_a_firm_may_end_with_its_part_of_the_world(text: str, want: list[str]) -> None:
    known = Candidate(start=0, end=5, type="company", method="gazetteer", score=1.0)
    assert [text[c.start : c.end] for c in regional_arms(text, [known])] == want
