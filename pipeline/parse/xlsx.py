"""An Excel workbook becomes one page: each visible sheet a table, its name and title rows before it."""

import datetime
import io
import re
import warnings as python_warnings
from typing import Any

import openpyxl

from pipeline.parse.content import MOST_CELLS, Content, GridCell, Writer
from pipeline.parse.errors import ParseError
from pipeline.parse.grids import MOST_COLUMNS, header_rows
from pipeline.parse.packages import Package, core_properties
from pipeline.records import Warning

_PLAIN_SHEET = re.compile(r"(?:sheet|工作表|表|chart)\s*\d*", re.I)
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_TITLE_ROWS = 6
_LONGEST = 32_767
"""Characters of a cell; Excel allows no more."""
MOST_TEXT = 20_000_000
"""Characters of a workbook: a small file can say one long text in every cell."""


def parse_xlsx(data: bytes, document: str) -> Content:
    """Parse an Excel workbook (.xlsx, .xlsm).

    Each visible sheet is a table. Rows at its top that fill one cell only are its title (a caption
    with the sheet's name before it when that says something); the header row is told by its words.
    Formulas are shown by the values that were last computed. Merged cells count for all they cover.

    Args:
        data: the file.
        document: the document's id.

    Raises:
        ParseError: ``damaged``, ``encrypted``, ``wrong_format`` or ``limit``.
    """
    package = Package(data, "Excel workbook")
    if not any(n.startswith("xl/") for n in package.names):
        raise ParseError("wrong_format", "not an Excel workbook: it has no sheets")
    for name in package.names:  # openpyxl unpacks by itself: hold every part against the limits first
        if name.endswith((".xml", ".rels")):
            package.read(name)
    writer = Writer(document)
    notes: list[Warning] = []
    title: str | None = None
    try:
        with python_warnings.catch_warnings():
            python_warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        try:
            room, space = MOST_CELLS, MOST_TEXT
            for sheet in book.worksheets:
                if sheet.sheet_state != "visible":
                    notes.append(
                        Warning(
                            code="hidden_sheet", page=1, message=f"the hidden sheet {sheet.title} is left out"
                        )
                    )
                    continue
                cells, more = _cells(sheet, _merged(package, sheet), room, space)
                room -= len(cells)
                space -= sum(len(cell.text) for cell in cells)
                if more:
                    notes.append(
                        Warning(
                            code="limit",
                            page=1,
                            message=f"the sheet {sheet.title} is cut: too many cells, or too much text",
                        )
                    )
                found = _write(writer, cells, sheet.title)
                title = title or found
        finally:
            book.close()
    except ParseError:
        raise
    except Exception as problem:  # noqa: BLE001  openpyxl raises whatever a damaged part makes it stumble over
        raise ParseError("damaged", f"not readable as an Excel workbook: {type(problem).__name__}") from None
    return Content(
        pages=[writer.finish()], tables=writer.tables, warnings=notes,
        title=title or core_properties(package).get("title") or None,
    )  # fmt: skip


def _cells(
    sheet: Any, merged: dict[tuple[int, int], tuple[int, int]], room: int, space: int
) -> tuple[list[GridCell], bool]:
    """Return a sheet's cells (empty rows and columns at its edges left out), and whether it was cut."""
    found: list[GridCell] = []
    covered: set[tuple[int, int]] = set()
    row = -1
    blank: Any = None
    for values in sheet.iter_rows(max_col=MOST_COLUMNS):
        if (
            values is blank
        ):  # openpyxl gives one and the same for all rows that are not there, of which there may be a million
            continue
        texts = [
            (cell, shown(cell.value, getattr(cell, "number_format", None) or "General")) for cell in values
        ]
        if not any(text for _, text in texts):
            blank = values
            continue
        row += 1
        for cell, text in texts:
            if not text:
                continue
            at = (cell.row - 1, cell.column - 1)
            down, right = merged.get(at, (1, 1))
            if at in covered:
                continue
            text = text[:_LONGEST]
            space -= len(text)
            if down * right > 1:
                covered |= (
                    {(at[0] + r, at[1] + c) for r in range(down) for c in range(right)}
                    if down * right < 10_000
                    else set()
                )
            font = getattr(cell, "font", None)
            found.append(
                GridCell(
                    row=row,
                    column=at[1],
                    text=text,
                    rows=down,
                    columns=right,
                    bold=bool(font is not None and font.b),
                )
            )
            if len(found) >= room or space <= 0:
                return _tidied(found), True
    return _tidied(found), False


def _tidied(cells: list[GridCell]) -> list[GridCell]:
    """Cut merged cells to the rows that there are and to each other, and take empty columns off the left."""
    if not cells:
        return []
    left = min(c.column for c in cells)
    height = max(c.row for c in cells) + 1
    used = {(c.row, c.column) for c in cells}
    width = max(c.column for c in cells) + 1
    tidy: list[GridCell] = []
    for c in cells:
        columns = min(c.columns, max(1, width - c.column))
        rows = min(c.rows, height - c.row)
        # An empty row that was left out makes a merged cell reach one too far.
        while rows > 1 and any((c.row + rows - 1, c.column + x) in used for x in range(columns)):
            rows -= 1
        tidy.append(
            GridCell(row=c.row, column=c.column - left, text=c.text, rows=rows, columns=columns, bold=c.bold)
        )
    return tidy


def _write(writer: Writer, cells: list[GridCell], name: str) -> str | None:
    """Write a sheet; return its title."""
    if not cells:
        return None
    by_row: dict[int, list[GridCell]] = {}
    for cell in cells:
        by_row.setdefault(cell.row, []).append(cell)
    width = max(c.column + c.columns for c in cells)
    titles: list[str] = []
    first = 0
    while first < min(_TITLE_ROWS, len(by_row) - 2) and len(by_row[first]) == 1 and width > 1:
        titles.append(" ".join(by_row[first][0].text.split()))
        first += by_row[first][0].rows if len(by_row) > first + by_row[first][0].rows else 1
    if not _PLAIN_SHEET.fullmatch(name.strip()):
        writer.add("heading", name, level=2)
    for text in titles[:-1]:
        writer.add("paragraph", text)
    if titles:
        writer.add("caption", titles[-1])
    rest = [
        GridCell(row=c.row - first, column=c.column, text=c.text, rows=c.rows, columns=c.columns, bold=c.bold)
        for c in cells if c.row >= first
    ]  # fmt: skip
    heads = header_rows(rest) if rest else 0
    writer.add_table(rest, header_rows=heads, caption=titles[-1] if titles else "")
    return max(titles, key=len) if titles else None


def _merged(package: Package, sheet: Any) -> dict[tuple[int, int], tuple[int, int]]:
    """Return the merged ranges of a sheet, ``(row, column)`` to ``(rows, columns)``, from 0.

    The read-only mode of openpyxl does not tell them.
    """
    path = str(getattr(sheet, "_worksheet_path", "")).lstrip("/")
    data = package.read(path) if path else None
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for match in _MERGED.finditer(data or b""):
        left, top, right, bottom = _column(match[1]), int(match[2]) - 1, _column(match[3]), int(match[4]) - 1
        if bottom >= top and right >= left:
            found[top, left] = (bottom - top + 1, min(right - left + 1, MOST_COLUMNS))
    return found


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def shown(value: object, form: str = "General") -> str:
    """Return a cell's value as a reader sees it, on one line.

    Args:
        value: what openpyxl read.
        form: the cell's number format, which tells percentages, decimals and dates.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime.datetime):
        return (
            _date(value.date(), form) if value.time() == datetime.time() else value.isoformat(" ", "minutes")
        )
    if isinstance(value, datetime.date):
        return _date(value, form)
    if isinstance(value, datetime.time):
        return value.isoformat("minutes")
    if isinstance(value, (int, float)):
        return _number(value, form)
    return " ".join(
        "".join(c if c.isprintable() or c.isspace() else " " for c in str(value)).split(" ")
    ).strip()


def _date(value: datetime.date, form: str) -> str:
    if "年" in form or ("yyyy" in form.lower() and "月" in form):
        return f"{value.year}年{value.month}月" + (f"{value.day}日" if "d" in form.lower() else "")
    return value.isoformat()


def _number(value: int | float, form: str) -> str:
    places = re.search(r"0\.(0+)", form)
    if "%" in form:
        return f"{value * 100:.{len(places[1]) if places else 0}f}%"
    if places and "E" not in form:
        return f"{value:,.{len(places[1])}f}" if "#,##" in form else f"{value:.{len(places[1])}f}"
    if isinstance(value, float) and (value.is_integer() and abs(value) < 1e15):
        value = int(value)
    if isinstance(value, int):
        return f"{value:,}" if "#,##" in form else str(value)
    return f"{value:.10g}"
