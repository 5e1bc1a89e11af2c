"""Web pages: encodings, main content, tables, note marks, what the head says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.parse import ParseSettings, parse
from pipeline.parse.errors import ParseError
from pipeline.parse.html import parse_html
from pipeline.parse.html_decode import decode_html
from pipeline.parse.html_tree import DEEPEST

LONG = "市科学技术局会同有关部门制定本办法，明确支持范围、支持方式和申报程序，自公布之日起施行。"
MENU = "".join(f'<li><a href="/{i}">部门{i}</a></li>' for i in range(30))


def page(body: str, head: str = "") -> bytes:
    return f"<html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>".encode()


def text_of(data: bytes) -> str:
    return parse_html(data, "d").pages[0].page.text


def kinds(data: bytes) -> list[tuple[str, int | None, str]]:
    found = parse_html(data, "d").pages[0].page
    return [(b.kind, b.level, found.text[b.start : b.end]) for b in found.blocks]  # type: ignore[misc]


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("gb2312", "gb18030"),
        ("utf-8", "gb18030"),
        ("iso-8859-1", "gb18030"),
        ("gb2312", "utf-8"),
        ("big5", "big5"),
        ("", "gb18030"),
    ],
)
def test_wrong_charset_declarations_are_seen_through(declared: str, encoding: str) -> None:
    said = "人民政府關於科學技術發展的通知" if encoding == "big5" else "人民政府关于科学技术发展的通知"
    data = (
        f'<meta http-equiv="Content-Type" content="text/html; charset={declared}"><p>{said * 5}</p>'.encode(
            encoding
        )
    )
    assert said in decode_html(data).text


def test_menus_scripts_and_footers_are_left_out() -> None:
    body = (
        f"<script>var a='脚本';</script><div class=nav><ul>{MENU}</ul></div><div class=wrap><div class=left><ul>{MENU}</ul></div>"
        f"<div class=con><h1>关于印发办法的通知</h1><p>{LONG}</p><p>{LONG}</p></div></div>"
        f"<div class=links>{MENU}</div><div class=footer>版权所有 某市人民政府 {LONG}</div>"
    )
    assert text_of(page(body)) == f"关于印发办法的通知\n{LONG}\n{LONG}"


def test_a_page_that_is_a_list_of_headlines_is_kept() -> None:
    items = "".join(
        f"<li><a href=x>第{i}批新一代人工智能创新发展试验区建设方案公布</a></li>" for i in range(12)
    )
    text = text_of(page(f"<div><ul>{MENU}</ul></div><div class=list><ul>{items}</ul></div>"))
    assert text.count("试验区") == 12
    assert "部门3" not in text


def test_content_in_a_layout_table_is_text() -> None:
    body = f"<table><tr><td><table><tr><td><p>{LONG}</p><p>{LONG}</p></td></tr></table></td></tr></table>"
    assert [k for k, _, _ in kinds(page(body))] == ["paragraph", "paragraph"]


def test_merged_cells_stand_in_each_place_they_cover() -> None:
    table = (
        "<table><tr><th>省份</th><th colspan=2>机构</th></tr><tr><td rowspan=2>湖北</td><td>武汉大学</td><td>1</td></tr>"
        "<tr><td>华中科技大学</td><td>2</td></tr></table>"
    )
    found = parse_html(page(f"<p>{LONG}</p><p>表1 名单</p>{table}"), "d")
    text, made = found.pages[0].page.text, found.tables[0]
    assert text.split("\n")[-3:] == ["省份\t机构\t", "湖北\t武汉大学\t1", "\t华中科技大学\t2"]
    assert (made.header, made.number, made.caption) == (["省份", "机构", "机构"], "1", "表1 名单")
    assert made.rows == [["湖北", "武汉大学", "1"], ["湖北", "华中科技大学", "2"]]
    for cell in made.cells:
        assert (
            text[cell.start : cell.end] == (made.header if cell.row < 0 else made.rows[cell.row])[cell.column]
        )


def test_absurd_spans_do_no_harm() -> None:
    table = "<table><tr><td colspan=999999999 rowspan=99999999>甲</td></tr><tr><td>乙</td><td>丙</td></tr><tr><td>a</td><td>b</td></tr></table>"
    assert "甲" in text_of(page(f"<p>{LONG}</p>{table}"))


def test_raised_note_marks_are_notes_and_exponents_are_text() -> None:
    found = (
        parse_html(
            page(f"<p>百度<sup><a href=#n>[1]</a></sup>公司占地10<sup>3</sup>m<sup>2</sup>。{LONG}</p>"), "d"
        )
        .pages[0]
        .page
    )
    assert found.text.startswith("百度公司占地103m2。")
    assert [(n.at, n.label) for n in found.notes] == [(2, "1")]


def test_line_ends_in_the_source_do_not_part_han_characters() -> None:
    assert text_of(page(f"<p>中华人民\n   共和国 China\n Daily</p><p>{LONG}</p>")).startswith(
        "中华人民共和国 China Daily\n"
    )


def test_numbering_makes_headings_and_items() -> None:
    body = f"<p>第一章 总则</p><p>第一条 {LONG}</p><p>一、总体要求</p><p>（一）{LONG}</p><p>1. {LONG}</p>"
    assert [(k, v) for k, v, _ in kinds(page(body))] == [
        ("heading", 1), ("list_item", None), ("heading", 1), ("list_item", None), ("list_item", None),
    ]  # fmt: skip


def test_the_head_gives_title_date_and_source() -> None:
    head = (
        '<title>通知_某部</title><meta name="ArticleTitle" content="关于做好工作的通知"><meta name="PubDate" content="2024-05-07 10:00">'
        '<meta name="ContentSource" content="科学技术部">'
    )
    found = parse_html(page(f"<div><p>{LONG}</p></div>", head), "d")
    assert (found.title, found.date, found.issuers) == ("关于做好工作的通知", "2024-05-07", ["科学技术部"])


def test_a_title_without_its_site() -> None:
    assert parse_html(page(f"<p>{LONG}</p>", "<title>中法关系_外交部</title>"), "d").title == "中法关系"


def test_deep_nesting_is_refused_at_once() -> None:
    with pytest.raises(ParseError) as told:
        parse_html(b"<div>" * (DEEPEST + 5), "d")
    assert told.value.code == "limit"


@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<b>",
                "</b>",
                "<table>",
                "<tr>",
                "<td>",
                "</table>",
                "<br>",
                "<sup>1</sup>",
                "甲乙",
                " x ",
                "　",
            ]
        ),
        max_size=40,
    )
)
def test_blocks_cover_the_text_in_order(parts: list[str]) -> None:
    found = parse_html("".join(parts).encode(), "d")
    made = found.pages[0].page
    at = 0
    for block in made.blocks:
        assert isinstance(block.start, int)
        assert isinstance(block.end, int)
        assert at <= block.start < block.end <= len(made.text)
        assert not made.text[at : block.start].strip()
        at = block.end
    assert all(0 <= n.at <= len(made.text) for n in made.notes)


def test_a_government_site_states_number_and_issuer_in_a_table() -> None:
    table = (
        "<table><tr><td><table><tr><td>发文机关：</td><td>国务院</td><td>成文日期：</td><td>2017年07月08日</td></tr>"
        "<tr><td>发文字号：</td><td>国发〔2017〕35号</td><td>发布日期：</td><td>2017年07月20日</td></tr></table></td></tr></table>"
    )
    found = parse(
        page(
            f"{table}<div id=UCAP-CONTENT><p align=center>国务院关于印发<br>某规划的通知</p><p>{LONG}</p></div>"
        ),
        "a.html",
        ParseSettings(),
    )
    assert (found.document.number, found.document.issuers, found.document.date) == (
        "国发〔2017〕35号",
        ["国务院"],
        "2017-07-08",
    )
    assert found.tables[0].rows[-1][1] == "国发〔2017〕35号"
    assert "\n国务院关于印发某规划的通知\n" in found.pages[0].page.text
