"""Columns and rows of tables without a full grid: white gutters, and the distances of lines."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from pipeline.parse.lines import gaps, line_text, make_lines
from pipeline.parse.pdf_model import Line, RawCell, RawPage, RawTable, Word
from pipeline.records import Box

Span = tuple[float, float]


def find_gutters(lines: Sequence[Line]) -> list[Span]:
    """The vertical white strips (x0, x1) that run through ``lines``.

    The title of a group may cross them (one line in ten, at least one of four), and so may the
    first line: a header over several columns.
    """
    if not lines:
        return []
    size = sorted(line.size for line in lines)[len(lines) // 2]
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    titles = [
        line for line in lines
        if line.x1 - line.x0 > 0.45 * (right - left) and not gaps(line, 0.9 * size)
    ]  # fmt: skip
    plain = list(lines)
    if 0 < len(titles) <= (max(1, len(lines) // 10) if len(lines) >= 4 else 0):
        plain = [line for line in lines if line not in titles]
    found = _strips(plain, size)
    if len(plain) > 3 and gaps(plain[0], 0.9 * size):
        without = _strips(plain[1:], size)
        if len(without) > len(found):
            return without
    return found


def _strips(lines: Sequence[Line], size: float) -> list[Span]:
    """The white strips that all ``lines`` leave, with text on both sides."""
    least = (0.55 if len(lines) > 5 else 0.9) * size
    covered: list[tuple[float, float]] = []
    for line in lines:
        right = -1e9
        for word in line.words:
            x0, x1 = word.x0, word.x1
            # Ordinary spaces inside a line are no gutters.
            covered.append((right if x0 - right < 0.55 * size else x0, x1))
            if x1 > right:
                right = x1
    covered.sort()
    out: list[Span] = []
    right = covered[0][1]
    for x0, x1 in covered:
        if x0 - right >= least and _both_sides(lines, (right, x0)):
            out.append((right, x0))
        right = max(right, x1)
    return out


def _both_sides(lines: Sequence[Line], gutter: Span) -> bool:
    """Say whether lines have text on both sides of a gutter: one of six, two of more than five."""
    need = max(2, len(lines) // 6) if len(lines) > 5 else 1
    return count_both(lines, gutter) >= need


def count_both(lines: Sequence[Line], gutter: Span) -> int:
    left, right = gutter[0] + 1, gutter[1] - 1
    count = 0
    for line in lines:
        words = line.words
        # The words of a line stand in the order of their left edges.
        if words[-1].x0 >= right and (words[0].x1 <= left or any(w.x1 <= left for w in words)):
            count += 1
    return count


def crosses(line: Line, gutters: list[Span]) -> bool:
    return any(line.x0 < a and b < line.x1 for a, b in gutters)


def _runs(line: Line, edges: list[float]) -> list[list[Word]]:
    """A line's words in runs that no column border parts."""
    runs: list[list[Word]] = []
    for word in line.words:
        if runs:
            last = runs[-1][-1]
            wide = word.x0 - last.x1 > 0.5 * line.size
            if wide and any(last.x1 - 1 <= e <= word.x0 + 1 for e in edges[1:-1]):
                runs.append([])
        else:
            runs.append([])
        runs[-1].append(word)
    return runs


def rows_by_pitch(lines: list[Line], edges: list[float]) -> list[list[Line]]:
    """Group printed lines to table rows where no rules tell: wrapped lines stand closer.

    Where all lines are equally far apart, a line begins a row if it fills the first column, or
    most columns.
    """
    if len(lines) < 2:
        return [lines]
    columns = len(edges) - 1
    pitches = [b.base - a.base for a, b in pairwise(lines)]
    threshold = _jump(pitches)
    filled = []
    for line in lines:
        filled.append(
            {min(max(bisect_right(edges, r[0].x0 + 1) - 1, 0), columns - 1) for r in _runs(line, edges)}
        )
    rows = [[lines[0]]]
    for i in range(1, len(lines)):
        if threshold is not None:
            begins = pitches[i - 1] > threshold
        elif 0 in filled[i]:
            begins = len(filled[i]) > 1 or columns < 2 or not _wraps(lines[i])
        else:
            begins = len(filled[i]) >= max(2, 0.6 * columns)
        if begins:
            rows.append([])
        rows[-1].append(lines[i])
    return rows


def _wraps(line: Line) -> bool:
    text = line_text(line)
    return text[:1].islower() or text[:1] in "(（&"


def _jump(pitches: list[float]) -> float | None:
    """The distance that parts close lines (wrapped) from far ones (rows); None when all are alike."""
    values = sorted(pitches)
    best, at = 1.22, None
    for a, b in pairwise(values):
        if a > 0 and b / a > best:
            best, at = b / a, (a + b) / 2
    # One far line (the header's distance) among close ones says nothing about wrapping.
    if at is not None and sum(p > at for p in pitches) < 2 and len(pitches) > 3:
        return None
    return at


def make_table(
    page: RawPage, box: Box, edges: list[float], rows: list[list[Line]], tops: list[float], style: str
) -> RawTable | None:
    """Make a table of rows of lines; words go to the columns that their runs stand in."""
    columns = len(edges) - 1
    cells: list[RawCell] = []
    for r, lines in enumerate(rows):
        found: dict[tuple[int, int], list[Word]] = {}
        for line in lines:
            for run in _runs(line, edges):
                first = min(max(bisect_right(edges, run[0].x0 + 1) - 1, 0), columns - 1)
                last = min(max(bisect_right(edges, run[-1].x1 - 1) - 1, first), columns - 1)
                found.setdefault((first, last), []).extend(run)
        taken: set[int] = set()
        merged: list[tuple[int, int, list[Word]]] = []
        # Runs that overlap (a title over two columns, and its parts) share one cell.
        for (first, last), words in sorted(found.items()):
            if merged and first <= merged[-1][1]:
                a, b, others = merged[-1]
                merged[-1] = (a, max(b, last), others + words)
            else:
                merged.append((first, last, words))
        for first, last, words in merged:
            taken.update(range(first, last + 1))
            cells.append(
                RawCell(row=r, column=first, rows=1, columns=last - first + 1,
                        box=(edges[first], tops[r], edges[last + 1], tops[r + 1]), lines=make_lines(words))
            )  # fmt: skip
        cells += [
            RawCell(row=r, column=c, rows=1, columns=1, box=(edges[c], tops[r], edges[c + 1], tops[r + 1]), lines=[])
            for c in range(columns) if c not in taken
        ]  # fmt: skip
    cells.sort(key=lambda c: (c.row, c.column))
    if columns < 2 or len(rows) < 2:
        return None
    return RawTable(page=page.number, box=box, rows=len(rows), columns=columns, cells=cells,
                    header_rows=0, edges=edges, style=style)  # fmt: skip
