"""Word documents: changes accepted, notes, numbering, tables; packages that attack."""

import io
import zipfile

import pytest

from pipeline.parse.content import Content
from pipeline.parse.docx import parse_docx
from pipeline.parse.docx_numbers import chinese
from pipeline.parse.errors import ParseError

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def package(body: str, **parts: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            file.writestr(f"word/{name}.xml", content)
    return made.getvalue()


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def parsed(body: str, **parts: str) -> Content:
    return parse_docx(package(body, **parts), "d")


def test_tracked_changes_are_accepted() -> None:
    body = (
        "<w:p><w:r><w:t>由</w:t></w:r><w:del><w:r><w:delText>科技委</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>科技部</w:t></w:r></w:ins><w:r><w:t>负责</w:t></w:r></w:p>"
    )
    assert parsed(body).pages[0].page.text == "由科技部负责"


def test_hidden_text_and_field_codes_are_left_out() -> None:
    body = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>显</w:t></w:r></w:p>"
    assert parsed(body).pages[0].page.text == "显"


def test_footnotes_follow_and_their_marks_are_notes() -> None:
    body = '<w:p><w:r><w:t>百度</w:t></w:r><w:r><w:footnoteReference w:id="7"/></w:r><w:r><w:t>公司</w:t></w:r></w:p>'
    notes = f'<w:footnotes {W}><w:footnote w:type="separator" w:id="0">{p("-")}</w:footnote><w:footnote w:id="7">{p("见年报")}</w:footnote></w:footnotes>'
    page = parsed(body, footnotes=notes).pages[0].page
    assert page.text == "百度公司\n1 见年报"
    assert [(n.at, n.label) for n in page.notes] == [(2, "1")]
    assert page.blocks[1].kind == "footnote"


def test_heading_levels_come_from_styles_and_outlines() -> None:
    styles = (
        f'<w:styles {W}><w:style w:type="paragraph" w:styleId="a"><w:name w:val="heading 2"/></w:style>'
        f'<w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/><w:name w:val="own"/></w:style></w:styles>'
    )
    body = p("甲", '<w:pStyle w:val="b"/>') + p("乙", '<w:outlineLvl w:val="0"/>') + p("丙丁戊己。")
    assert [(b.kind, b.level) for b in parsed(body, styles=styles).pages[0].page.blocks] == [
        ("heading", 2), ("heading", 1), ("paragraph", None),
    ]  # fmt: skip


def test_automatic_numbers_are_written_out() -> None:
    numbering = (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="第%1条"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )
    item = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="5"/></w:numPr>'
    assert (
        parsed(p("为了发展", item) + p("本市实行", item), numbering=numbering).pages[0].page.text
        == "第一条 为了发展\n第二条 本市实行"
    )


@pytest.mark.parametrize(
    ("number", "written"),
    [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (105, "一百零五"), (110, "一百一十"), (0, "0")],
)
def test_chinese_numbers(number: int, written: str) -> None:
    assert chinese(number) == written


def test_merged_cells() -> None:
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"

    wide, first, more = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = (
        f"<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>{cell('机构', wide)}{cell('年')}</w:tr>"
        f"<w:tr>{cell('湖北', first)}{cell('武大')}{cell('1')}</w:tr>"
        f"<w:tr>{cell('', more)}{cell('华科')}{cell('2')}</w:tr></w:tbl>"
    )
    table = parsed(body).tables[0]
    assert table.header == ["机构", "机构", "年"]
    assert table.rows == [["湖北", "武大", "1"], ["湖北", "华科", "2"]]


def test_text_boxes_are_read_once() -> None:
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    box = f"<w:txbxContent>{p('框内')}</w:txbxContent>"
    body = f"<w:p><w:r><w:t>框外</w:t></w:r><w:r><mc:AlternateContent {mc}><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    assert parsed(body).pages[0].page.text == "框外\n框内"


def test_entities_are_refused() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        file.writestr("word/document.xml", '<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><d>&b;</d>')
    with pytest.raises(ParseError) as told:
        parse_docx(made.getvalue(), "d")
    assert told.value.code == "damaged"


def test_a_zip_bomb_is_refused() -> None:
    with pytest.raises(ParseError) as told:
        parse_docx(package("<w:p/>" + " " * 30_000_000), "d")
    assert told.value.code == "limit"


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"PK\x03\x04" + b"x" * 100, package("")[:200]])
def test_damage_is_one_clear_line(data: bytes) -> None:
    with pytest.raises(ParseError) as told:
        parse_docx(data, "d")
    assert told.value.code == "damaged"
    assert "\n" not in told.value.message


def test_another_office_file_is_named() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        file.writestr("xl/workbook.xml", "<a/>")
    with pytest.raises(ParseError, match="Excel"):
        parse_docx(made.getvalue(), "d")
