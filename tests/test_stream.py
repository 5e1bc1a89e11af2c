"""The stream: pages joined so that names run over page ends, and the way back to page offsets."""

import itertools
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from pipeline.records import Block, BlockKind, ParsedPage
from pipeline.stream import build_stream
from tests.conftest import page_of

_KINDS: Sequence[BlockKind] = ("paragraph", "list_item", "heading", "table", "caption", "footnote", "figure")


@st.composite
def _pages(draw: st.DrawFn) -> list[ParsedPage]:
    pages = []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        text = ""
        blocks: list[Block] = []
        for _ in range(draw(st.integers(0, 5))):
            if text:
                text += "\n"
            body = draw(st.text(st.sampled_from("ab科技 \n"), min_size=1, max_size=6).filter(str.strip))
            kind = draw(st.sampled_from(_KINDS))
            blocks.append(Block(kind=kind, start=len(text), end=len(text) + len(body), bbox=None))
            text += body
        if draw(st.booleans()):
            blocks.append(Block(kind="footer", text=str(number), bbox=None))
        pages.append(page_of(text, number=number, blocks=blocks, runs_on=draw(st.booleans())))
    return pages


@given(_pages())
def test_segments_hold_the_text_of_their_page(pages: list[ParsedPage]) -> None:
    stream = build_stream(pages)
    end = 0
    for segment in stream.segments:
        assert segment.at >= end
        end = segment.at + segment.end - segment.start
        assert stream.text[segment.at : end] == pages[segment.page].page.text[segment.start : segment.end]
    assert end == len(stream.text)


@given(_pages())
def test_locate_and_offset_are_inverse(pages: list[ParsedPage]) -> None:
    stream = build_stream(pages)
    for segment in stream.segments:
        for at in range(segment.start, segment.end):
            offset = stream.offset(segment.page, at)
            assert offset is not None
            assert stream.locate(offset, offset + 1) == [(segment.page, at, at + 1)]


@given(_pages())
def test_no_text_is_lost_or_doubled(pages: list[ParsedPage]) -> None:
    stream = build_stream(pages)
    for index, page in enumerate(pages):
        placed = sorted((s.start, s.end) for s in stream.segments if s.page == index)
        assert all(a[1] <= b[0] for a, b in itertools.pairwise(placed))
        covered = {i for start, end in placed for i in range(start, end)}
        assert all(i in covered for i, c in enumerate(page.page.text) if not c.isspace())


@given(_pages())
def test_soft_offsets_are_line_feeds(pages: list[ParsedPage]) -> None:
    stream = build_stream(pages)
    assert all(stream.text[i] == "\n" for i in stream.soft)


def _blocks(*spans: tuple[BlockKind, int, int]) -> list[Block]:
    return [Block(kind=kind, start=start, end=end, bbox=None) for kind, start, end in spans]


def test_a_paragraph_that_runs_on_is_joined_and_what_stood_between_follows() -> None:
    one = page_of("有限公\nfoot", blocks=_blocks(("paragraph", 0, 3), ("footnote", 4, 8)), runs_on=True)
    two = page_of("表\n司扩大", number=2, blocks=_blocks(("table", 0, 1), ("paragraph", 2, 5)))
    stream = build_stream([one, two])
    assert stream.text == "有限公\n司扩大\nfoot\n表"
    assert stream.soft == {3}
    assert stream.locate(2, 5) == [(0, 2, 3), (1, 2, 3)]


def test_without_running_on_pages_follow_each_other() -> None:
    stream = build_stream([page_of("a", blocks=_blocks(("paragraph", 0, 1))), page_of("b", number=2)])
    assert stream.text == "a\nb"
    assert not stream.soft


def test_a_paragraph_over_three_pages_is_one() -> None:
    pages = [
        page_of("甲\nn1", blocks=_blocks(("paragraph", 0, 1), ("footnote", 2, 4)), runs_on=True),
        page_of("乙\nn2", number=2, blocks=_blocks(("paragraph", 0, 1), ("footnote", 2, 4)), runs_on=True),
        page_of("丙\nn3", number=3, blocks=_blocks(("paragraph", 0, 1), ("footnote", 2, 4))),
    ]
    assert build_stream(pages).text.replace("\n", " ").startswith("甲 乙 丙 ")


def test_the_first_character_after_text_outside_blocks_is_found() -> None:
    stream = build_stream([page_of("a\nb", blocks=_blocks(("paragraph", 2, 3)))])
    offset = stream.offset(0, 2)
    assert offset is not None
    assert stream.locate(offset, offset + 1) == [(0, 2, 3)]


def test_text_outside_blocks_counts_as_a_paragraph() -> None:
    stream = build_stream([page_of("a\nb", blocks=_blocks(("heading", 0, 1)))])
    assert stream.kind_at(stream.text.index("b")) == "paragraph"


def test_an_empty_document_is_an_empty_stream() -> None:
    assert build_stream([]).text == ""
    assert build_stream([page_of("")]).text == ""
