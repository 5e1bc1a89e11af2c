"""Tables between horizontal rules, or on stripes of colour."""

from collections.abc import Sequence
from itertools import pairwise

from pipeline.parse.lines import gaps, line_text, make_lines
from pipeline.parse.pdf_captions import SOURCE, parse_caption
from pipeline.parse.pdf_model import Line, RawPage, RawTable, Rule, Word
from pipeline.parse.tables_gutters import Span, count_both, crosses, find_gutters, make_table, rows_by_pitch
from pipeline.records import Box

Band = tuple[float, float, list[Line]]
"""What stands between two rules: the heights of both, and the lines."""


def find_half_ruled(page: RawPage, words: Sequence[Word], grids: Sequence[RawTable]) -> list[RawTable]:
    """Tables between horizontal rules, or on stripes of colour.

    Args:
        page: where the rules are.
        words: the page's words that are in no table yet, headers and footers left out.
        grids: the tables found by then; rules in them are theirs.
    """
    tables: list[RawTable] = []
    groups = _rule_groups(page, grids)
    middles = [((w.top + w.bottom) / 2, (w.x0 + w.x1) / 2, w) for w in words] if groups else []
    for x0, x1, ys in groups:
        bands = []
        for top, bottom in pairwise(ys):
            inner = [w for y, x, w in middles if top - 1 <= y <= bottom + 1 and x0 - 3 <= x <= x1 + 3]
            bands.append((top, bottom, make_lines(inner)))
        start = 0
        while start < len(bands):
            stop, gutters = _grow(bands, start)
            if stop > start and gutters:
                if stop == len(bands):
                    bands[start:stop] = _below(bands[start:stop], gutters, words, x0, x1)
                    stop = len(bands)
                table = _from_bands(page, x0, x1, bands[start:stop], gutters)
                if table is not None and not any(_overlap(table.box, t.box) for t in tables):
                    tables.append(table)
                start = stop
            else:
                start += 1
    return sorted(tables, key=lambda t: (t.box[1], t.box[0]))


def _rule_groups(page: RawPage, grids: Sequence[RawTable]) -> list[tuple[float, float, list[float]]]:
    """Sets of rules and stripe edges that begin and end at the same x, longest sets first."""
    rules = [r for r in page.horizontal if r.x1 - r.x0 > 40]
    for x0, top, x1, bottom in page.fills:
        if x1 - x0 > 100 and 6 < bottom - top < 300:
            rules += [Rule(x0, top, x1, top), Rule(x0, bottom, x1, bottom)]
    framed = {(round(v.x0), round(v.top)) for v in page.vertical} | {
        (round(v.x0), round(v.bottom)) for v in page.vertical
    }
    rules = [
        r for r in rules
        if not _framed(r, framed) and not any(g.box[0] - 4 <= (r.x0 + r.x1) / 2 <= g.box[2] + 4 and g.box[1] - 4 <= r.top <= g.box[3] + 4
                   for g in grids)
    ]  # fmt: skip
    # Rules that are broken between columns count as one.
    rows: dict[int, list[Rule]] = {}
    for rule in rules:
        rows.setdefault(round(rule.top), []).append(rule)
    for row in list(rows.values()):
        row.sort()
        if 2 <= len(row) <= 30 and all(0 < b.x0 - a.x1 <= 12 for a, b in pairwise(row)):
            rules.append(Rule(row[0].x0, row[0].top, row[-1].x1, row[0].top))
    groups: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda r: r.top):
        for group in groups:
            if abs(group[0].x0 - rule.x0) <= 4 and abs(group[0].x1 - rule.x1) <= 4:
                group.append(rule)
                break
        else:
            groups.append([rule])
    out = []
    for group in groups:
        ys: list[float] = []
        for rule in group:
            if not ys or rule.top - ys[-1] > 3:
                ys.append(rule.top)
        if len(ys) >= 2:
            out.append((group[0].x0, group[0].x1, ys))
    return sorted(out, key=lambda g: -len(g[2]) * (g[1] - g[0]))


def _framed(rule: Rule, ends: set[tuple[int, int]]) -> bool:
    """Say whether a vertical rule begins or ends at an end of ``rule``: it is the side of a box."""
    return any(
        (round(x) + dx, round(rule.top) + dy) in ends
        for x in (rule.x0, rule.x1) for dx in (-1, 0, 1) for dy in (-1, 0, 1)
    )  # fmt: skip


def _grow(bands: list[Band], start: int) -> tuple[int, list[Span]]:
    """How far a table that begins with band ``start`` reaches, and its gutters."""
    lines: list[Line] = []
    gutters: list[Span] = []
    stop = start
    for i in range(start, len(bands)):
        top, bottom, inner = bands[i]
        if not inner:
            # Only a thin strip may be empty: a doubled rule.
            if i == start or bottom - top > 12:
                break
            continue
        text = line_text(inner[0])
        if parse_caption(text) or SOURCE.match(text) or bottom - top > 500:
            break
        found = find_gutters(lines + inner)
        if not found or (lines and len(found) < 0.5 * len(gutters)):
            break
        lines += inner
        gutters = found
        stop = i + 1
    return stop, gutters


def _below(bands: list[Band], gutters: list[Span], words: Sequence[Word], x0: float, x1: float) -> list[Band]:
    """``bands`` with the rows that follow the last rule or stripe, where a table has no last rule."""
    own = [line for b in bands for line in b[2]]
    pitches = sorted(b.base - a.base for a, b in pairwise(own)) or [1.6 * own[0].size]
    usual = max(pitches[len(pitches) // 2], 1.2 * own[-1].size)
    last = own[-1]
    more: list[Line] = []
    for line in make_lines(
        w for w in words if (w.top + w.bottom) / 2 > bands[-1][1] and x0 - 3 <= w.x0 and w.x1 <= x1 + 3
    ):
        text = line_text(line)
        if line.base - last.base > 1.7 * usual or SOURCE.match(text) or parse_caption(text):
            break
        if abs(line.size - last.size) > 0.12 * last.size or (
            crosses(line, gutters) and not gaps(line, 0.5 * line.size)
        ):
            break
        if len(find_gutters([*own, *more, line])) < len(gutters):
            break
        more.append(line)
        last = line
    if not more or len(gaps(more[0], 0.5 * more[0].size)) < 0.5 * len(gutters):
        return bands
    return [*bands, (bands[-1][1], more[-1].bottom + 1, more)]


def _from_bands(
    page: RawPage, x0: float, x1: float, bands: list[Band], gutters: list[Span]
) -> RawTable | None:
    filled = [b for b in bands if b[2]]
    lines = [line for b in filled for line in b[2]]
    if len(lines) < 2 or (len(filled) < 2 and len(lines) < 3):
        return None
    if len(lines) > 2 and any(count_both(lines, g) < 2 for g in gutters):
        return None
    edges = [x0, *((a + b) / 2 for a, b in gutters), x1]
    split = [rows_by_pitch(b[2], edges) for b in filled]
    # Where rules or stripes part all rows, a band is a row however its text wraps: most bands
    # fill the first column once.
    several = sum(_starts(b[2], edges) > 1 and len(s) > 1 for b, s in zip(filled, split, strict=True))
    ruled = len(filled) >= 3 and several < 0.5 * len(filled)
    rows: list[list[Line]] = []
    tops: list[float] = []
    for (top, _, inner), parts in zip(filled, split, strict=True):
        if (ruled and _starts(inner, edges) < 4) or (len(filled) > 1 and not rows):
            parts = [inner]
        for k, part in enumerate(parts):
            rows.append(part)
            tops.append(top if k == 0 else min(line.top for line in part))
    tops.append(filled[-1][1])
    box = (x0, filled[0][0], x1, filled[-1][1])
    table = make_table(page, box, edges, rows, tops, "rules")
    if table is not None and len(filled) > 1 and len(rows) > len(filled) and len(filled[0][2]) <= 3:
        # One rule parts the first band from many rows that no rules part: it is the header.
        table.header_rows = 1
    return table


def _starts(lines: list[Line], edges: list[float]) -> int:
    """How many of ``lines`` fill the first column and another one."""
    return sum(line.x0 < edges[1] and line.x1 > edges[1] for line in lines)


def _overlap(a: Box, b: Box) -> bool:
    return min(a[2], b[2]) - max(a[0], b[0]) > 5 and min(a[3], b[3]) - max(a[1], b[1]) > 5
