"""Offsets from a page to the normalised text and back."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from pipeline.segment import Reading, read
from pipeline.segment.words import Segmenter
from tests.conftest import page_of

_PLAIN = Segmenter()


@given(
    st.lists(
        st.text(st.sampled_from("ab科技 　（\n-ｅ"), max_size=12).filter(str.strip), min_size=1, max_size=3
    )
)
def test_parts_and_place_are_inverse(texts: list[str]) -> None:
    reading = read([page_of(t, number=i + 1) for i, t in enumerate(texts)], _PLAIN)
    normal = reading.normal.text
    for i, char in enumerate(normal):
        if char.isspace():
            continue
        (page, start, end), *more = reading.parts(i, i + 1)
        assert not more
        placed = reading.place(page, start, end)
        assert placed is not None
        assert placed[0] <= i < placed[1]


def test_a_cell_of_nothing_has_no_place(reading: Callable[..., Reading]) -> None:
    one = reading("a  b")
    assert one.place(0, 1, 3) is None
    assert one.place(7, 0, 1) is None
