"""Doubtful spans in lists."""

import pytest

from pipeline.match.candidates import Candidate
from pipeline.match.listed import listed


def _found(text: str, doubtful: str, kind: str, score: float, *sure: tuple[str, str]) -> list[str]:
    def at(name: str, type_: str, score: float) -> Candidate:
        start = text.index(name)
        return Candidate(start=start, end=start + len(name), type=type_, method="model", score=score)  # type: ignore[arg-type]

    marks = [at(name, kind, score) for name in doubtful.split()]
    return [text[c.start : c.end] for c in listed(text, marks, [at(n, t, 0.9) for n, t in sure])]


@pytest.mark.parametrize(
    ("text", "doubtful", "kind", "score", "sure", "want"),
    [
        ("禾江电子、日月光、神鹰集团", "日月光", "company", 0.5, ("神鹰集团", "company"), ["日月光"]),
        ("出行、日月光和神鹰集团", "出行 日月光", "company", 0.5, ("神鹰集团", "company"), ["出行", "日月光"]),
        ("日月光收购神鹰集团", "日月光", "company", 0.5, ("神鹰集团", "company"), []),
        ("日月光、神鹰集团", "日月光", "company", 0.4, ("神鹰集团", "company"), []),
        ("日月光、宁波市", "日月光", "company", 0.5, ("宁波市", "place"), []),
        ("神鹰集团、电力", "电力", "company", 0.6, ("神鹰集团", "company"), []),
        ("神鹰集团、Cadence", "Cadence", "company", 0.9, ("神鹰集团", "company"), ["Cadence"]),
        ("禾江实验室、深空探测实验室", "深空探测实验室", "institution", 0.9, ("禾江实验室", "institution"), ["深空探测实验室"]),
        ("禾江实验室、全国重点实验室", "全国重点实验室", "institution", 0.9, ("禾江实验室", "institution"), []),
    ],
)  # fmt: skip
def test_a_doubtful_span_beside_a_sure_one(
    text: str, doubtful: str, kind: str, score: float, sure: tuple[str, str], want: list[str]
) -> None:
    assert sorted(_found(text, doubtful, kind, score, sure)) == sorted(want)
