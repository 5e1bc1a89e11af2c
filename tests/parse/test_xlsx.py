"""Excel rosters: a sheet a table, titles, headers, merged cells, values as shown."""

import datetime
import io
from typing import Any

import openpyxl
import pytest

from pipeline.parse.content import Content
from pipeline.parse.errors import ParseError
from pipeline.parse.xlsx import parse_xlsx, shown


def workbook(
    *sheets: tuple[str, list[list[Any]]], merge: str | None = None, hidden: str | None = None
) -> Content:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        if merge:
            sheet.merge_cells(merge)
        if name == hidden:
            sheet.sheet_state = "hidden"
    made = io.BytesIO()
    book.save(made)
    return parse_xlsx(made.getvalue(), "d")


ROWS = [["序号", "单位", "城市"], [1, "武汉大学", "武汉"], [2, "清华大学", "北京"]]


def test_each_sheet_is_a_table_with_its_name_before_it() -> None:
    found = workbook(("高校", ROWS), ("Sheet2", ROWS))
    assert [t.header for t in found.tables] == [["序号", "单位", "城市"]] * 2
    assert found.tables[0].rows == [["1", "武汉大学", "武汉"], ["2", "清华大学", "北京"]]
    assert found.pages[0].page.text.split("\n")[0] == "高校"
    assert "Sheet2" not in found.pages[0].page.text


def test_title_rows_are_the_caption() -> None:
    found = workbook(("Sheet1", [["2023年入选高校名单"], *ROWS]), merge="A1:C1")
    assert (found.tables[0].caption, found.title) == ("2023年入选高校名单", "2023年入选高校名单")
    assert found.tables[0].header == ["序号", "单位", "城市"]


def test_merged_cells_stand_in_each_place() -> None:
    rows = [["省份", "单位"], ["湖北", "武汉大学"], [None, "华中科技大学"], ["北京", "清华大学"]]
    assert workbook(("名单", rows), merge="A2:A3").tables[0].rows == [
        ["湖北", "武汉大学"], ["湖北", "华中科技大学"], ["北京", "清华大学"],
    ]  # fmt: skip


def test_cells_stand_where_they_say() -> None:
    found = workbook(("名单", ROWS))
    text, table = found.pages[0].page.text, found.tables[0]
    for cell in table.cells:
        assert (
            text[cell.start : cell.end]
            == (table.header if cell.row < 0 else table.rows[cell.row])[cell.column]
        )


def test_hidden_sheets_are_left_out_with_a_word() -> None:
    found = workbook(("名单", ROWS), ("内部", ROWS), hidden="内部")
    assert len(found.tables) == 1
    assert [w.code for w in found.warnings] == ["hidden_sheet"]


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (3.0, "General", "3"), (0.257, "0.0%", "25.7%"), (1234567, "#,##0", "1,234,567"), (2.5, "0.00", "2.50"), (True, "General", "TRUE"),
        (datetime.datetime(2017, 7, 20), "yyyy-mm-dd", "2017-07-20"), (datetime.date(2017, 7, 1), 'yyyy"年"m"月"', "2017年7月"), (None, "General", ""),
    ],
)  # fmt: skip
def test_values_as_a_reader_sees_them(value: object, form: str, text: str) -> None:
    assert shown(value, form) == text


def test_a_damaged_workbook_is_one_clear_line() -> None:
    with pytest.raises(ParseError) as told:
        parse_xlsx(b"PK\x03\x04 no", "d")
    assert told.value.code == "damaged"
