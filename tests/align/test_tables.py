"""Names that tables give."""

from collections.abc import Callable, Sequence

import pytest

from pipeline.align.tables import TableNames, table_names
from pipeline.match import Finder, Matcher
from pipeline.match.gazetteer import Gazetteer
from pipeline.parse.content import GridCell, Writer
from pipeline.segment import Reading

Names = Callable[..., tuple[list[tuple[str, str]], list[tuple[str, str]]]]


@pytest.fixture(scope="module")
def names(gazetteer: Gazetteer, reading: Callable[..., Reading]) -> Names:
    """Return the candidates ``(text, type)`` and pairs that a table with a header row gives."""
    matcher = Matcher(Finder(gazetteer), model=False)

    def make(
        rows: Sequence[Sequence[str]], caption: str = ""
    ) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
        writer = Writer("d" * 16)
        cells = [GridCell(row=r, column=c, text=t) for r, row in enumerate(rows) for c, t in enumerate(row)]
        writer.add_table(cells, header_rows=1, caption=caption)
        one = reading([writer.finish()])
        text = one.normal.text
        found: TableNames = table_names(writer.tables, one, matcher.match(one))
        return (
            sorted({(text[c.start : c.end], str(c.type)) for c in found.candidates}),
            [(text[slice(*p.first)], text[slice(*p.second)]) for p in found.pairs],
        )

    return make


def test_two_name_columns_hold_pairs(names: Names) -> None:
    rows = [["公司名称", "Company name", "Website"], ["德立采精密", "Delicai Precision", "delicai.example"],
            ["秋鸣传感", "Qiuming Sensing", "qiuming.example"]]  # fmt: skip
    found, pairs = names(rows)
    assert pairs == [("德立采精密", "Delicai Precision"), ("秋鸣传感", "Qiuming Sensing")]
    assert ("德立采精密", "company") in found
    assert not any("example" in text for text, _ in found)


def test_people(names: Names) -> None:
    rows = [["姓名", "Name"], ["沈鹤清", "Shen Heqing"], ["柳　欣", "Liu Xin"]]
    found, pairs = names(rows)
    assert pairs == [("沈鹤清", "Shen Heqing"), ("柳欣", "Liu Xin")]
    assert all(kind == "person" for _, kind in found)


@pytest.mark.parametrize(
    "header", [["姓名", "Name", "单位名称", "Organization name"], ["姓名", "Name", "单位", "Organization"]]
)
def test_two_pairs_of_columns(names: Names, header: list[str]) -> None:
    rows = [header, ["沈鹤清", "Shen Heqing", "杭州检测中心", "Hangzhou Inspection Centre"],
            ["柳欣", "Liu Xin", "宁波研究所", "Ningbo Institute"]]  # fmt: skip
    _, pairs = names([["序号", *rows[0]], *([str(i), *row] for i, row in enumerate(rows[1:], 1))])
    assert ("杭州检测中心", "Hangzhou Inspection Centre") in pairs
    assert len(pairs) == 4


@pytest.mark.parametrize(
    "rows",
    [
        [["指标", "Indicator"], ["完成时间", "Time"], ["资金数额", "Amount"]],
        [
            ["领域", "Description"],
            ["智能制造", "It makes things. It is large."],
            ["服务", "It serves people; all of them."],
        ],
        [["年份", "Year"], ["一", "2019"], ["二", "2020"]],
        [["备注", "Note"], ["已完成", "Done"], ["未完成", "Open"]],
    ],
)
def test_columns_that_hold_no_names(names: Names, rows: list[list[str]]) -> None:
    found, _ = names(rows)
    assert found == []


def test_an_empty_table_gives_nothing(names: Names) -> None:
    assert names([["公司名称", "Company name"], ["", ""]]) == ([], [])
