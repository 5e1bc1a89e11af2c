"""Tables of layout-less formats: merged cells placed in a grid, and which rows are the header."""

import re
from collections.abc import Sequence

from pipeline.normal import has_han
from pipeline.parse.content import GridCell

MOST_COLUMNS = 1000
_NUMBER = re.compile(r"[-+−±≥≤<>~≈]?\s*[$¥￥€£]?\d[\d.,%:/\-–~年月日 ]*[\w%°℃/·一-鿿]{0,8}|[-–—/]")
_HEAD_WORD = re.compile(
    r"序\s*号|编号|名\s*称|项目|姓\s*名|性\s*别|单位|职\s*务|职\s*称|职位|类别|类型|内容|说明|备\s*注|日期|时间|年份|地点|地区|省份|城市|金额|数量|比例"
    r"|网址|电话|地址|指标|参数|术语|定义|部门|机构|企业|公司|领域|级别|学历|专业|国家|负责人|联系人|证件|代码"
    r"|\b(?:no|nr|id|index|rank|year|date|name|title|item|type|category|description|value|website|position|institution"
    r"|location|status|terms?|definitions?|country|company|organi[sz]ation|ministry|plan|role|amount|total|city|province)\b",
    re.I,
)


class Grid:
    """Places cells that cover several rows and columns, row by row, as HTML and Word do."""

    def __init__(self) -> None:
        self.cells: list[GridCell] = []
        self._taken: set[tuple[int, int]] = set()
        self._row = -1
        self._column = 0

    def next_row(self) -> None:
        """Begin a row."""
        self._row += 1
        self._column = 0

    def put(
        self,
        text: str,
        *,
        rows: int = 1,
        columns: int = 1,
        bold: bool = False,
        notes: Sequence[tuple[int, str]] = (),
    ) -> None:
        """Put a cell into the next free place of the current row; spans are cut where a cell is in the way."""
        while (self._row, self._column) in self._taken:
            self._column += 1
        columns = max(1, min(columns, MOST_COLUMNS - self._column)) if self._column < MOST_COLUMNS else 0
        if not columns:
            return
        wide = 1
        while wide < columns and (self._row, self._column + wide) not in self._taken:
            wide += 1
        for r in range(self._row, self._row + max(1, rows)):
            for c in range(self._column, self._column + wide):
                self._taken.add((r, c))
        self.cells.append(
            GridCell(
                row=self._row,
                column=self._column,
                text=text,
                rows=max(1, rows),
                columns=wide,
                bold=bold,
                notes=list(notes),
            )
        )
        self._column += wide

    @property
    def height(self) -> int:
        """How many rows were begun."""
        return self._row + 1


def header_rows(cells: Sequence[GridCell]) -> int:
    """Return how many rows at the top of a table are its header: set in bold, or worded as one.

    Args:
        cells: the table's cells.
    """
    height = max((c.row + c.rows for c in cells), default=0)
    if height < 2:
        return 0
    rows: list[list[GridCell]] = [[] for _ in range(height)]
    for cell in cells:
        rows[cell.row].append(cell)
    bold = [any(c.text for c in row) and all(c.bold for c in row if c.text) for row in rows]
    count = 0
    if bold[0] and sum(bold[1:]) <= 0.6 * (height - 1):
        while count < min(height - 1, 4) and bold[count]:
            count += 1
    if not count and not _wordy(rows):
        return 0
    covered = (
        max((c.rows for c in rows[0]), default=1)
        if any(c.columns > 1 for c in rows[0]) and len(rows[0]) > 1
        else 1
    )
    return min(max(count, covered, 1), height - 1)


def _wordy(rows: Sequence[Sequence[GridCell]]) -> bool:
    """Say whether the first row reads as a header: names of columns over other contents."""
    first = list(rows[0])
    texts = [c.text for c in first]
    if len(texts) < 2 or sum(map(bool, texts)) < max(2, len(texts) - 1):
        return False
    named = [t for t in texts if t]
    if any(_NUMBER.fullmatch(t) for t in named) or any(len(t) > (16 if has_han(t) else 45) for t in named):
        return False
    if sum(_HEAD_WORD.search(t) is not None for t in named) >= max(1, len(named) // 3):
        return True
    for cell in first:
        below = [c.text for row in rows[1:] for c in row if c.column == cell.column and c.text]
        if below and sum(_NUMBER.fullmatch(t) is not None for t in below) > 0.6 * len(below):
            return True
    longest = max((len(c.text) for row in rows[1:] for c in row), default=0)
    return longest > 3 * max(map(len, named))
