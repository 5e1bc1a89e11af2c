"""Markdown: the decoded file is the text; headings, items and tables are found in it, nothing is changed."""

import itertools
import re

from pipeline.parse.dates import iso_date
from pipeline.records import Block, Cell, Record, Table

_RULE = re.compile(r"\s*\|?\s*:?-{1,}:?\s*(?:\|\s*:?-{1,}:?\s*)*\|?\s*$")
_BAR = re.compile(r"(?<!\\)\|")
_CODE = re.compile(r"(`+)(?:(?!\1).)+\1")
_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_SETEXT = re.compile(r" {0,3}(=+|-{2,})\s*$")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_MATTER = re.compile(r"---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|$)", re.S)


class Structure(Record, frozen=True, kw_only=True):
    """What Markdown adds to a plain text's blocks."""

    blocks: list[Block]
    """Tables, front matter and underlined headings; other blocks lie between them."""
    tables: list[Table]
    bold: list[tuple[int, int]]
    title: str | None
    date: str | None
    """Title and date of the front matter."""


def structure(text: str, document: str) -> Structure:
    """Find the tables, underlined headings, bold stretches and front matter of a Markdown text.

    Args:
        text: the page text.
        document: the document's id.
    """
    matter = _MATTER.match(text)
    values = dict(re.findall(r"^(\w+)\s*:\s*[\"']?(.*?)[\"']?\s*$", matter.group(1), re.M)) if matter else {}
    blocks: list[Block] = []
    tables: list[Table] = []
    if matter:
        blocks.append(Block(kind="paragraph", start=0, end=len(matter.group().rstrip()), bbox=None))
    lines: list[tuple[int, str]] = []
    at = 0
    for line in text.split("\n"):
        lines.append((at, line))
        at += len(line) + 1
    fence: str | None = None
    index = 0
    while index < len(lines):
        start, line = lines[index]
        following = lines[index + 1][1] if index + 1 < len(lines) else ""
        opened = _FENCE.match(line)
        if opened and (fence is None or opened[1].startswith(fence)):
            fence = opened[1] if fence is None else None
        elif fence is None and (matter is None or start >= matter.end()):
            if (
                "|" in line
                and _RULE.match(following)
                and "-" in following
                and _columns(following) == _columns(line) > 0
            ):
                last = index + 2
                while last < len(lines) and lines[last][1].strip() and ("|" in lines[last][1]):
                    last += 1
                if _columns(line) > 1 or line.strip().startswith("|"):
                    tables.append(_table(lines[index], lines[index + 2 : last], document, len(tables) + 1))
                    end = lines[last - 1][0] + len(lines[last - 1][1].rstrip())
                    blocks.append(Block(kind="table", start=start + _indent(line), end=end, bbox=None))
                    index = last
                    continue
            underline = _SETEXT.match(following)
            plain = line.strip() and not re.match(r"\s*(?:[#>|*+-]|\d+[.)]|```|~~~)", line)
            if underline and plain and (index == 0 or not lines[index - 1][1].strip()):
                level = 1 if underline[1].startswith("=") else 2
                blocks.append(
                    Block(
                        kind="heading",
                        start=start + _indent(line),
                        end=start + len(line.rstrip()),
                        bbox=None,
                        level=level,
                    )
                )
                index += 2
                continue
        index += 1
    bold = [(m.start(2), m.end(2)) for m in _STRONG.finditer(text) if "\n" not in m[2]]
    title = values.get("title", "").strip() or None
    return Structure(
        blocks=blocks, tables=tables, bold=bold, title=title, date=iso_date(values.get("date", ""))
    )


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _columns(line: str) -> int:
    return len(_split(line))


def _split(line: str) -> list[tuple[int, int]]:
    """Return where the cells of a table line stand, without the white space around them."""
    hidden = _CODE.sub(lambda m: m.group().replace("|", " "), line)
    bars = [m.start() for m in _BAR.finditer(hidden)]
    edges = [-1, *bars, len(line)]
    spans = list(itertools.pairwise(edges))
    if line.lstrip().startswith("|"):
        spans = spans[1:]
    if line.rstrip().endswith("|") and bars and bars[-1] == len(line.rstrip()) - 1:
        spans = spans[:-1]
    found = []
    for before, after in spans:
        piece = line[before + 1 : after]
        start = before + 1 + len(piece) - len(piece.lstrip())
        found.append((start, max(start, before + 1 + len(piece.rstrip()))))
    return found


def _table(head: tuple[int, str], body: list[tuple[int, str]], document: str, number: int) -> Table:
    width = _columns(head[1])
    header: list[str] = []
    rows: list[list[str]] = []
    cells: list[Cell] = []
    for row, (at, line) in enumerate([head, *body], -1):
        texts: list[str] = []
        for column, (start, end) in enumerate(_split(line)[:width]):
            bold = False
            strong = _STRONG.fullmatch(line[start:end])
            if strong:
                start, end, bold = start + 2, end - 2, True
            texts.append(" ".join(line[start:end].split()))
            cells.append(
                Cell(row=row, column=column, page=1, start=at + start, end=at + end, bbox=None, bold=bold)
            )
        texts += [""] * (width - len(texts))
        if row < 0:
            header = texts
        else:
            rows.append(texts)
    return Table(
        id=f"{document}:t{number}", document=document, pages=[1], number=None, caption="", header=header, rows=rows,
        cells=cells,
    )  # fmt: skip
