"""What the Chinese tagger marks, held against the rest of the document."""

from pipeline.match.candidates import Candidate
from pipeline.match.consistent import consistent
from pipeline.segment.words import Segmenter

_PLAIN = Segmenter()


def _kept(text: str, *marked: tuple[str, str, int, float]) -> list[tuple[int, str]]:
    """Mark the n-th occurrence of names with a type and a score, and return what is left."""
    tagged = []
    for name, kind, which, score in marked:
        start = -1
        for _ in range(which + 1):
            start = text.index(name, start + 1)
        tagged.append(Candidate(start=start, end=start + len(name), type=kind, method="model", score=score))  # type: ignore[arg-type]
    return [(c.start, text[c.start : c.end]) for c in consistent(text, tagged, [], _PLAIN.segment(text))]


def test_a_sure_name_is_taken_where_it_was_not_marked() -> None:
    text = "神鹰集团签约。神鹰集团称,"
    assert _kept(text, ("神鹰集团", "company", 0, 0.95)) == [(0, "神鹰集团"), (7, "神鹰集团")]
    assert _kept(text, ("神鹰集团", "company", 0, 0.5)) == [(0, "神鹰集团")]


def test_a_word_marked_once_in_many_times_is_no_name() -> None:
    text = "金刚线扩产。" * 9
    assert _kept(text, ("金刚线", "place", 2, 0.6)) == []
    assert _kept("金刚线扩产。" * 3, ("金刚线", "place", 2, 0.6)) == [(12, "金刚线")]


def test_a_frequent_firm_with_a_word_glued_to_it_is_that_firm() -> None:
    text = "神鹰集团甲。神鹰集团乙。神鹰集团丙。神鹰集团系由自神鹰集团了解"
    marks = [("神鹰集团", "company", n, 0.8) for n in range(3)]
    found = _kept(text, *marks, ("神鹰集团系", "company", 0, 0.8), ("自神鹰集团", "company", 0, 0.8))
    assert [name for _, name in found] == ["神鹰集团"] * 5
    whole = "神鹰集团甲。神鹰集团乙。神鹰集团丙。神鹰集团研究院"
    assert "神鹰集团研究院" in [n for _, n in _kept(whole, *marks, ("神鹰集团研究院", "institution", 0, 0.8))]


def test_a_long_name_with_a_head_needs_less_to_be_sure() -> None:
    text = "任中共临江市委委员,不再担任中共临江市委书记"
    assert _kept(text, ("中共临江市委", "government", 0, 0.85)) == [(1, "中共临江市委"), (14, "中共临江市委")]
