"""English firms by their legal ending."""

import pytest

from pipeline.match.firms_en import firms


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("made by Qorvi Tooling Co. and others", "Qorvi Tooling Co."),
        ("made by Qorvi Tooling Co. Ltd. and others", "Qorvi Tooling Co. Ltd."),
        ("made by Ningbo's Qorvi Machines Corporation.", "Qorvi Machines Corporation"),
        ("sold to the People's Insurance Company Limited then", "People's Insurance Company Limited"),
        ("Ningbo-listed Qorvi Inc. said", "Qorvi Inc."),
    ],
)
def test_a_firm_begins_where_its_own_words_do(text: str, want: str) -> None:
    assert [text[c.start : c.end] for c in firms(text)] == [want]


def test_the_stop_after_and_co_may_end_the_sentence() -> None:
    assert list(firms("It is held by Qorvi & Co. He left.")) == []
