"""Markdown: nothing is changed; headings, items and tables are found."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.parse import ParseSettings, parse


def parsed(text: str):  # type: ignore[no-untyped-def]
    return parse(text.encode(), "a.md", ParseSettings())


TABLE = "# 名单\n\n| 名称 | **英文** |\n|:--|--:|\n| 百度 | `a|b` |\n| **小米** | x \\| y |\n\n正文。\n"


def test_tables_have_cells_with_their_offsets() -> None:
    found = parsed(TABLE)
    assert found.pages[0].page.text == TABLE
    table = found.tables[0]
    assert table.header == ["名称", "英文"]
    assert table.rows == [["百度", "`a|b`"], ["小米", "x \\| y"]]
    for cell in table.cells:
        assert (
            TABLE[cell.start : cell.end]
            == (table.header if cell.row < 0 else table.rows[cell.row])[cell.column]
        )
    assert [c.bold for c in table.cells] == [False, True, False, False, True, False]
    assert [b.kind for b in found.pages[0].page.blocks] == ["heading", "table", "paragraph"]


def test_a_pipe_in_running_text_is_no_table() -> None:
    assert parsed("a | b\n\nc | d\n---\n").tables == []


def test_code_is_left_alone() -> None:
    assert parsed("```\n| a | b |\n|---|---|\n| c | d |\n# no heading\n```\n").tables == []
    assert all(b.kind != "heading" for b in parsed("```\n# no heading\n```\n").pages[0].page.blocks)


def test_underlined_headings() -> None:
    assert [(b.kind, b.level) for b in parsed("Title\n=====\n\nPart\n----\n\ntext\n").pages[0].page.blocks if b.kind == "heading"] == [
        ("heading", 1), ("heading", 2),
    ]  # fmt: skip


def test_front_matter_gives_title_and_date() -> None:
    found = parsed('---\ntitle: "AI Plan"\ndate: 2017-07-20\n---\nBody text.\n').document
    assert (found.title, found.date) == ("AI Plan", "2017-07-20")


@given(
    st.lists(
        st.sampled_from(
            ["|", "-", "a", "甲", "\n", "\n\n", "# ", "`", "**", "|--|--|\n", " ", "```\n", "1. ", "\\"]
        ),
        max_size=60,
    ).map("".join)
)
def test_the_text_is_the_file_and_blocks_do_not_overlap(text: str) -> None:
    if not text:
        return
    found = parsed(text)
    page = found.pages[0].page
    assert page.text == text
    at = 0
    for block in page.blocks:
        assert isinstance(block.start, int)
        assert isinstance(block.end, int)
        assert at <= block.start < block.end <= len(text)
        at = block.end
    for table in found.tables:
        assert all(len(row) == len(table.header) for row in table.rows)
        assert all(0 <= c.start <= c.end <= len(text) for c in table.cells)
