"""What a document calls a firm after it has given the full name."""

import pytest

from pipeline.match.candidates import Candidate
from pipeline.match.shorts_en import short_firms


def _candidate(text: str, name: str, kind: str, method: str = "rule") -> Candidate:
    at = text.index(name)
    return Candidate(start=at, end=at + len(name), type=kind, method=method, score=0.9)  # type: ignore[arg-type]


def _shorts(text: str, *known: tuple[str, ...]) -> list[str]:
    found = [_candidate(text, *each) for each in known]
    return sorted(text[c.start : c.end] for c in short_firms(text, found))


@pytest.mark.parametrize(
    ("text", "name", "want"),
    [
        (
            "Sichuan Qorvi Optics Co., Ltd. grew. Then Qorvi fell.",
            "Sichuan Qorvi Optics Co., Ltd.",
            ["Qorvi"],
        ),
        ("Hunan Qorvi Group grew. Hunan Qorvi fell.", "Hunan Qorvi Group", ["Hunan Qorvi"]),
        (
            "Zelvora (Hefei) Trading Ltd. and Zelvora Hefei.",
            "Zelvora (Hefei) Trading Ltd.",
            ["Zelvora Hefei"],
        ),
        ("Bright Software Ltd. grew. The day was Bright.", "Bright Software Ltd.", []),
        ("Qorvi Optics Ltd. grew near Qorvi University.", "Qorvi Optics Ltd.", []),
    ],
)
def test_short_names(text: str, name: str, want: list[str]) -> None:
    assert _shorts(text, (name, "company")) == want


def test_a_place_or_a_person_of_the_name_is_left_alone() -> None:
    text = "Tonglu Optics Ltd. grew. He lives in Tonglu."
    assert _shorts(text, ("Tonglu Optics Ltd.", "company"), ("Tonglu.", "place")) == ["Tonglu"]
    place = Candidate(
        start=text.rindex("Tonglu"), end=text.rindex("Tonglu") + 6, type="place", method="model", score=0.5
    )
    firm = _candidate(text, "Tonglu Optics Ltd.", "company")
    assert list(short_firms(text, [firm, place])) == []
    text = "Lumira Optics Ltd. grew. Ada Lumira smiled. Lumira left."
    assert _shorts(text, ("Lumira Optics Ltd.", "company"), ("Ada Lumira", "person", "model")) == []
