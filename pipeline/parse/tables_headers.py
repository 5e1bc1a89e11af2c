"""Which rows at the top of a table are its header."""

import re
from collections.abc import Sequence

from pipeline.normal import count_han, has_han
from pipeline.parse.lines import line_text
from pipeline.parse.pdf_model import RawCell, RawTable
from pipeline.records import Box

_NUMBER = re.compile(r"[-+−±≥≤<>~≈＜＞\s]*[$¥￥€£]?\d[\d.,%:/\-–~年月日 ]*[\w%°℃/·\u4e00-\u9fff]{0,8}|[-–—/]")
_PERIOD = re.compile(r"(?:19|20)\d\d(?:\D|$)")
# ``项　目``: letter-spacing between Han characters.
_SPACED = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")
_YEAR = re.compile(r"(?:19|20)\d\d\s*(?:[AEFPQH]\d?|年度?|Q[1-4]|H[12])?")
_HEAD_WORD = re.compile(
    r"序号|编号|名称|项目|姓名|单位|职务|职位|类别|内容|说明|备注|日期|时间|地点|金额|数量|比例|网址|电话|地址|指标|参数|术语|定义|部门|类\s*型"
    r"|\b(?:no|nr|id|index|rank|year|date|name|title|item|type|category|description|value|website|position|institution"
    r"|location|status|terms?|definitions?|country|company|organi[sz]ation|ministry|plan|role|amount|total)\b",
    re.I,
)


def cell_text(cell: RawCell) -> str:
    """A cell's text, for comparing (line ends as spaces)."""
    return " ".join(filter(None, map(line_text, cell.lines)))


def count_header_rows(table: RawTable, fills: Sequence[Box]) -> int:
    """How many rows at the top of ``table`` are its header; 0 when there is none.

    A header is set in bold, or on a colour of its own; else its words tell it from the cells below.

    Args:
        table: a table, or the first part of one.
        fills: the coloured areas of its page.
    """
    rows = [[c for c in table.cells if c.row == r] for r in range(table.rows)]
    if table.rows < 2 or not rows[0]:
        return 0
    bold = [_bold(row) for row in rows]
    filled = [_filled(row, fills) for row in rows]
    n = 0
    body_bold = sum(b for b in bold[2:])
    if bold[0] and body_bold <= 0.6 * max(1, len(bold) - 2):
        while n < len(rows) - 1 and bold[n] and (n == 0 or _full(rows[n])):
            n += 1
    elif filled[0] and sum(filled[1:]) <= 0.3 * (len(rows) - 1):
        while n < len(rows) - 1 and filled[n] and (n == 0 or _full(rows[n])):
            n += 1
    if n > 4:
        n = 1
    if not n and (_wordy(rows) or table.header_rows or _years(rows)):
        n = 1
    if n:
        n = max(n, _spanned(rows))
    return min(n, table.rows - 1)


def _bold(row: list[RawCell]) -> bool:
    words = [w for c in row for line in c.lines for w in line.words if w.kind == "text"]
    return bool(words) and all(w.bold for w in words)


def _full(row: list[RawCell]) -> bool:
    """Say whether a row's cells are mostly filled: the title of a group of rows is not a header."""
    return sum(c.columns for c in row if c.lines) > 0.5 * sum(c.columns for c in row) and len(row) > 1


def _filled(row: list[RawCell], fills: Sequence[Box]) -> bool:
    """Say whether colour lies behind all of a row's cells (not only behind the first one)."""

    def behind(cell: RawCell) -> bool:
        x, y = (cell.box[0] + cell.box[2]) / 2, (cell.box[1] + cell.box[3]) / 2
        return any(f[0] - 1 <= x <= f[2] + 1 and f[1] - 1 <= y <= f[3] + 1 for f in fills)

    return bool(row) and all(map(behind, row))


def _spanned(rows: list[list[RawCell]]) -> int:
    """How many rows the header has because a cell of its first row covers several columns or rows."""
    if not any(c.columns > 1 for c in rows[0]) or len(rows[0]) < 2:
        return 1
    return max((c.rows for c in rows[0]), default=1)


def _years(rows: list[list[RawCell]]) -> bool:
    """Say whether the first row, and no other, names years."""

    def count(row: list[RawCell]) -> int:
        return sum(_YEAR.fullmatch(cell_text(c)) is not None for c in row)

    return count(rows[0]) >= 2 and not any(count(row) >= 2 for row in rows[1:])


def _wordy(rows: list[list[RawCell]]) -> bool:
    """Say whether the first row reads as a header: names of columns over other contents."""
    first = [_SPACED.sub("", cell_text(c)) for c in rows[0]]
    if len(first) < 2 or not all(first) or any(c.columns > 1 for c in rows[0]):
        return False
    if any(_NUMBER.fullmatch(t) and not _PERIOD.match(t) for t in first):
        return False
    if any(len(t) > (60 if has_han(t) else 45) or count_han(t) > 16 for t in first):
        return False
    if sum(_HEAD_WORD.search(t) is not None for t in first) >= max(1, len(first) // 3):
        return True
    below = [[cell_text(c) for c in row] for row in rows[1:]]
    for i in range(len(first)):
        column = [row[i] for row in below if i < len(row) and row[i]]
        if column and sum(_NUMBER.fullmatch(t) is not None for t in column) > 0.6 * len(column):
            return True
    longest = max((len(t) for row in below for t in row), default=0)
    return longest > 3 * max(map(len, first))
