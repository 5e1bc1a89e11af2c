"""Overlapping candidates settled: longest first, then the order of the methods."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from pipeline.match.candidates import METHODS, Candidate, settle


def _candidate(
    start: int, end: int, method: str = "rule", score: float = 0.5, kind: str = "company"
) -> Candidate:
    return Candidate(start=start, end=end, type=kind, method=method, score=score)  # type: ignore[arg-type]


def test_the_longest_wins_whatever_its_method() -> None:
    long, short = _candidate(0, 9, "model", 0.1), _candidate(3, 6, "gazetteer", 1.0)
    assert settle([short, long]) == [long]


def test_ties_go_to_the_earlier_method_then_the_better_score() -> None:
    same = [_candidate(0, 4, m) for m in reversed(METHODS)]
    assert [c.method for c in settle(same)] == ["gazetteer"]
    assert settle([_candidate(0, 4, score=0.5), _candidate(0, 4, score=0.9)])[0].score == 0.9


def test_partial_overlap_of_equal_length_keeps_the_first() -> None:
    assert [c.start for c in settle([_candidate(2, 6), _candidate(0, 4)])] == [0]


def test_touching_names_both_stay() -> None:
    assert len(settle([_candidate(0, 2), _candidate(2, 4)])) == 2


def test_an_empty_span_is_no_name() -> None:
    assert settle([_candidate(3, 3)]) == []


@given(
    st.lists(
        st.builds(
            lambda s, n, m, k: _candidate(s, s + n, m, kind=k),
            st.integers(0, 20), st.integers(0, 6), st.sampled_from(METHODS), st.sampled_from(["company", "place"]),
        ),
        max_size=15,
    ),
    st.randoms(),
)  # fmt: skip
def test_never_an_overlap_and_never_the_order_of_input(candidates: list[Candidate], random: object) -> None:
    chosen = settle(candidates)
    assert all(a.end <= b.start for a, b in itertools.pairwise(chosen))
    shuffled = list(candidates)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert settle(shuffled) == chosen
    for candidate in candidates:  # what was left out overlaps something chosen
        if candidate.start < candidate.end:
            assert any(c.start < candidate.end and candidate.start < c.end for c in chosen)
