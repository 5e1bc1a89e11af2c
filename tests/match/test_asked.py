"""Which Chinese the tagger is asked about."""

from pipeline.match.candidates import Candidate
from pipeline.match.matcher import _chinese
from pipeline.relate.examples import marked


def _asked(text: str, *known: str) -> list[str]:
    reading, _, _ = marked(text)
    whole = reading.normal.text
    found = [
        Candidate(
            start=whole.index(n), end=whole.index(n) + len(n), type="company", method="gazetteer", score=1.0
        )
        for n in known
    ]
    return [whole[start:end] for start, end in _chinese(reading, found)]


def test_what_is_a_known_name_and_nothing_else_is_not_asked_about() -> None:
    assert _asked("商汤科技\n依图科技很大", "商汤科技", "依图科技") == ["依图科技很大"]
    english = "The oldest and largest of all the private firms in the two cities of the south are {} and {}, as they say."
    assert _asked(english.format("Yitu (依图科技)", "Megvii (旷视)"), "依图科技") == ["旷视"]


def test_dates_and_amounts_are_not_asked_about() -> None:
    assert _asked("2018年04月\n3,000万元\n第2页\n2018年春") == ["2018年春"]
