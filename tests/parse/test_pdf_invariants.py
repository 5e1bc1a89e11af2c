"""What holds for every PDF, whatever is printed where."""

import contextlib
from array import array

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pdf_maker import SONG, Maker

from pipeline.parse.pdf import parse_pdf

WORDS = st.text(st.sampled_from("abcdeXYZ 12.-—()科技部工业李，。"), min_size=1, max_size=30)
PIECES = st.tuples(
    st.floats(0, 400), st.floats(10, 590), WORDS, st.sampled_from([5, 7.5, 10, 10, 10, 14, 24]), st.booleans()
)
RULES = st.tuples(st.integers(2, 40), st.integers(2, 58), st.integers(0, 30), st.booleans())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(PIECES, max_size=12), min_size=1, max_size=3), st.lists(RULES, max_size=12))
def test_offsets_boxes_and_cells_agree(
    pages: list[list[tuple[float, float, str, float, bool]]], rules: list[tuple[int, int, int, bool]]
) -> None:
    maker = Maker()
    for pieces in pages:
        for x, y, text, size, twice in pieces:
            for shift in (0, 0.3) if twice else (0,):
                maker.text(x + shift, y, text, size, SONG)
        for x, y, length, across in rules:
            x0, y0 = 10.0 * x, 10.0 * y
            maker.rule(x0, y0, x0 + 10 * length * across, y0 + 10 * length * (not across))
        maker.page()
    result = parse_pdf(maker.bytes(), document="d")
    assert [p.page.page for p in result.pages] == list(range(1, len(pages) + 1))
    for parsed in result.pages:
        page = parsed.page
        assert parsed.glyphs is not None
        boxes, lines = array("f", parsed.glyphs.boxes), array("i", parsed.glyphs.lines)
        assert len(boxes) == 4 * len(page.text) and len(lines) == len(page.text)
        for i, char in enumerate(page.text):
            box = boxes[4 * i : 4 * i + 4]
            if lines[i] >= 0:
                assert box[0] <= box[2] and box[1] <= box[3] and char != "\n"
            else:
                assert box[0] != box[0] and char in " \n\t\u3000"
        end = 0
        for block in page.blocks:
            if isinstance(block.start, int) and isinstance(block.end, int):
                assert end <= block.start < block.end <= len(page.text)
                end = block.end
            else:
                assert block.kind in ("header", "footer") and isinstance(block.text, str)
        assert all(0 <= n.at <= len(page.text) for n in page.notes)
        assert all(0 <= a < b <= len(page.text) for a, b in parsed.bold)
    for table in result.tables:
        assert all(len(row) == len(table.header) for row in table.rows)
        for cell in table.cells:
            text = result.pages[cell.page - 1].page.text[cell.start : cell.end]
            if cell.row >= 0:
                assert text in table.rows[cell.row][cell.column]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_changed_bytes_never_crash(data: st.DataObject) -> None:
    from pipeline.parse.errors import ParseError

    maker = Maker()
    maker.text(60, 100, "Some words", 10)
    maker.grid([50, 100, 150], [90, 110, 130])
    raw = bytearray(maker.bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(ParseError):
        parse_pdf(bytes(raw), document="d")
