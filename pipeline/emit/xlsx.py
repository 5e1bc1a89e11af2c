"""A run's tables as one Excel workbook; no cell is a formula, whatever a document says."""

from collections.abc import Iterable
from itertools import chain, islice
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from pipeline.emit.csv import safe, sheets
from pipeline.emit.loaded import replaced

_LONGEST = 32_767
_ROWS = 1_000_000
_WIDE = {"text": 30, "en": 34, "zh": 26, "names": 60, "evidence": 80, "document": 34, "entity": 34}


def export_xlsx(run: Path, target: Path) -> dict[str, int]:
    """Write ``run.xlsx`` and return its count of rows by sheet.

    A sheet that would be longer than Excel allows goes on in another.

    Args:
        run: a folder that ``zhen ingest`` wrote.
        target: the folder for the workbook; made when missing.
    """
    book = Workbook(write_only=True)
    counts = {
        f"run.xlsx ({name})": _fill(book, name, header, rows) for name, (header, rows) in sheets(run).items()
    }
    replaced(target / "run.xlsx", lambda part: book.save(part))
    return counts


def _fill(book: Workbook, name: str, header: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> int:
    from openpyxl.cell import WriteOnlyCell

    waiting = iter(rows)
    count = number = 0
    while True:
        first = list(islice(waiting, 1))
        if not first and number:
            return count
        number += 1
        sheet = book.create_sheet(name if number == 1 else f"{name} {number}")
        sheet.freeze_panes = "A2"
        for column, title in enumerate(header, 1):
            sheet.column_dimensions[get_column_letter(column)].width = _WIDE.get(title, 14)
        heads = [WriteOnlyCell(sheet, title) for title in header]
        for head in heads:
            head.font = Font(bold=True)
        sheet.append(heads)
        for row in chain(first, islice(waiting, _ROWS - 1)):
            sheet.append([_cell(value) for value in row])
            count += 1


def _cell(value: object) -> object:
    """Return numbers as numbers, and text on one line that no spreadsheet executes."""
    return value if isinstance(value, (int, float)) else safe(value)[:_LONGEST]
