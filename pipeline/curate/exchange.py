"""Entries out to one file and in again: CSV and XLSX for spreadsheets, JSON Lines, FollowTheMoney.

In a spreadsheet, lists are joined by `` | ``; ``former``, ``posts`` and ``match`` are JSON. Cells that a
spreadsheet would take for formulas get an apostrophe in CSV (which comes off again) and are text in XLSX.
"""

import csv
import datetime
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

import msgspec

from pipeline.curate.candidates import slug
from pipeline.curate.edits import HEAD, DecisionError
from pipeline.curate.entrydata import FILES, checked, is_installed
from pipeline.curate.fix import is_generated
from pipeline.curate.ftm import from_ftm, to_ftm
from pipeline.curate.source import KEYS, entry_paths
from pipeline.curate.yamlfile import YamlFile, write_text
from pipeline.curate.yamltext import compact, set_field
from pipeline.emit.csv import safe
from pipeline.inputs import UsageError
from pipeline.match.entries import Entry, read_file

Form = Literal["csv", "xlsx", "jsonl", "ftm"]
_LISTS = ("aliases", "abbreviations", "traditional", "issuer")
_NESTED = ("former", "posts", "match")
_JOIN = " | "


def form_of(path: Path) -> Form:
    """Return the format that a file's name tells.

    Raises:
        UsageError: it tells none.
    """
    name = path.name.lower()
    for ending, form in (
        (".csv", "csv"),
        (".xlsx", "xlsx"),
        (".ftm.json", "ftm"),
        (".ftm", "ftm"),
        (".jsonl", "jsonl"),
    ):
        if name.endswith(ending):
            return form  # type: ignore[return-value]
    raise UsageError(
        f"{path}: which format? give --to or --from, or an ending .csv, .xlsx, .jsonl or .ftm.json"
    )


def export_entries(entries: Sequence[Entry], target: Path, form: str) -> int:
    """Write entries to a file and return their count.

    Raises:
        UsageError: it cannot be written.
    """
    plain = [compact(msgspec.to_builtins(e)) for e in entries]
    try:
        if form == "xlsx":
            _write_xlsx(plain, target)
        elif form == "csv":
            buffer = io.StringIO(newline="")
            writer = csv.writer(buffer)
            writer.writerow(KEYS)
            writer.writerows([safe(cell) for cell in _cells(data)] for data in plain)
            write_text(target, "\ufeff" + buffer.getvalue())
        else:
            objects: Iterable[dict[str, Any]] = to_ftm(entries) if form == "ftm" else plain
            write_text(target, "".join(json.dumps(o, ensure_ascii=False) + "\n" for o in objects))
    except OSError as problem:
        raise UsageError(f"{target}: cannot be written: {problem.strerror}") from None
    return len(entries)


def _cells(data: dict[str, Any]) -> list[str]:
    cells: list[str] = []
    for name in KEYS:
        value = data.get(name, "")
        if name in _LISTS:
            cells.append(_JOIN.join(value))
        elif name in _NESTED and value:
            cells.append(json.dumps(value, ensure_ascii=False))
        else:
            cells.append(str(value))
    return cells


def _write_xlsx(plain: Sequence[dict[str, Any]], target: Path) -> None:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet("entries")
    sheet.freeze_panes = "B2"
    for row in (list(KEYS), *map(_cells, plain)):
        cells = []
        for value in row:
            cell = WriteOnlyCell(sheet, value="".join(c if c.isprintable() else " " for c in value) or None)
            if value:
                cell.data_type = "s"  # text, whatever it begins with
            cells.append(cell)
        sheet.append(cells)
    target.parent.mkdir(parents=True, exist_ok=True)
    book.save(target)


def import_entries(source: Path, folder: Path, form: str) -> tuple[int, int]:
    """Read entries from a file into a gazetteer folder; return how many were added and how many changed.

    An entry with a known type and id gets the file's values in place of its own; its comments stay. All
    rows are checked before anything is written.

    Raises:
        UsageError: the file cannot be read, a row is wrong (the message has its number), or the folder is
            the installed copy.
        GazetteerError: the folder's files cannot be read or written.
    """
    if is_installed(folder):
        raise UsageError(f"{folder}: is the installed copy; name a folder of your own with --gazetteer")
    rows = _rows(source, form)
    parsed: dict[str, dict[str, Any]] = {}
    for number, data in rows:
        try:
            entry = checked(data)
        except DecisionError as problem:
            raise UsageError(f"{source}: row {number}: {problem}") from None
        if entry.key in parsed:
            raise UsageError(f"{source}: row {number}: {entry.key} stands twice")
        parsed[entry.key] = compact(msgspec.to_builtins(entry))
    files, places = _open(folder)
    added = changed = 0
    new: list[tuple[YamlFile, dict[str, Any]]] = []
    for key, data in parsed.items():
        if key in places:
            file, index = places[key]
            if is_generated(file):
                raise UsageError(
                    f"{file.path}: is generated, {key} cannot be changed there; import into another folder"
                )
            changed += _update(file, index, data)
        else:
            name = FILES[data["type"]]
            if name not in files:
                files[name] = YamlFile(folder / name)
                files[name].head = files[name].head or HEAD
            new.append((files[name], data))
            added += 1
    for file, data in new:
        file.append(data)
    for file in files.values():
        if file.changed:
            file.sort()
            file.save()
    return added, changed


def _open(folder: Path) -> tuple[dict[str, YamlFile], dict[str, tuple[YamlFile, int]]]:
    files: dict[str, YamlFile] = {}
    places: dict[str, tuple[YamlFile, int]] = {}
    for path in entry_paths(folder) if folder.is_dir() else ():
        files[path.name] = file = YamlFile(path)
        for index, located in enumerate(read_file(path)):
            places[located.entry.key] = (file, index)
    return files, places


def _update(file: YamlFile, index: int, data: dict[str, Any]) -> bool:
    """Set an entry's values to those of a row; say whether anything changed."""
    node = file.entry(index)
    before = file.blocks[index]
    have = compact(msgspec.to_builtins(checked(json.loads(json.dumps(node, default=str)))))
    for name in KEYS:
        if data.get(name) != have.get(name):
            set_field(node, name, data.get(name))
    if data != have:
        file.replace(index, node)
    return file.blocks[index] != before


def _rows(source: Path, form: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the rows of a file with their numbers, as an entry's plain data."""
    readers: dict[str, Callable[[Path], Iterable[tuple[int, dict[str, Any]]]]] = {
        "csv": _csv_rows, "xlsx": _xlsx_rows, "jsonl": _json_rows, "ftm": _ftm_rows,
    }  # fmt: skip
    try:
        yield from readers[form](source)
    except OSError as problem:
        raise UsageError(f"{source}: cannot be read: {problem.strerror or problem}") from None
    except (ValueError, KeyError, csv.Error) as problem:
        raise UsageError(f"{source}: cannot be read: {str(problem).splitlines()[0]}") from None


def _csv_rows(source: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    with open(source, encoding="utf-8-sig", newline="") as file:
        yield from _table(csv.reader(file))


def _xlsx_rows(source: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    import zipfile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(source, read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError) as problem:
        raise ValueError(f"no XLSX file: {problem}") from None
    sheet = book.worksheets[0]
    yield from _table([[_text(c) for c in row] for row in sheet.iter_rows(values_only=True)])


def _text(cell: object) -> str:
    """Return a cell as text; what a spreadsheet took for a date or number is turned back."""
    if cell is None:
        return ""
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _table(rows: Iterable[Sequence[str]]) -> Iterator[tuple[int, dict[str, Any]]]:
    header: list[str] | None = None
    for number, row in enumerate(rows, 1):
        if header is None:
            header = [cell.strip() for cell in row]
            unknown = [name for name in header if name and name not in KEYS]
            if unknown or "id" not in header or "type" not in header:
                raise ValueError(
                    f"the first row must name columns from {', '.join(KEYS)}, id and type among them"
                )
        elif any(cell.strip() for cell in row):
            yield (
                number,
                {n: _value(n, c, number) for n, c in zip(header, row, strict=False) if n and c.strip()},
            )


def _value(name: str, cell: str, number: int) -> Any:
    text = cell.strip()
    if text.startswith("'") and safe(text[1:]) == text:  # the apostrophe that export put there
        text = text[1:]
    if name in _LISTS:
        return [part.strip() for part in text.split("|") if part.strip()]
    if name in _NESTED:
        try:
            return json.loads(text)
        except json.JSONDecodeError as problem:
            raise ValueError(f"row {number}: {name} is no JSON: {problem.msg}") from None
    return text


def _json_rows(source: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(source.read_text(encoding="utf-8-sig").splitlines(), 1):
        if line.strip():
            data = json.loads(line)
            if not isinstance(data, dict):
                raise ValueError(f"line {number}: no JSON object")
            yield number, data


def _ftm_rows(source: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    yield from enumerate(from_ftm((data for _, data in _json_rows(source)), slug), 1)
