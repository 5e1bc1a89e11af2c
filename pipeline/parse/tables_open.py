"""Tables without vertical rules: columns are found by the white gutters that all rows leave."""

import itertools
from bisect import bisect_right
from collections.abc import Sequence

from pipeline.parse.lines import gaps, line_text, make_lines
from pipeline.parse.pdf_captions import SOURCE, Caption, parse_caption
from pipeline.parse.pdf_model import Line, RawCell, RawPage, RawTable, Rule, Word, union
from pipeline.records import Box

Span = tuple[float, float]


def find_half_ruled(page: RawPage, words: Sequence[Word], grids: Sequence[RawTable]) -> list[RawTable]:
    """Tables between horizontal rules, or on stripes of colour.

    Args:
        page: where the rules are.
        words: the page's words that are in no table yet, headers and footers left out.
        grids: the tables found by then; rules in them are theirs.
    """
    tables: list[RawTable] = []
    for x0, x1, ys in _rule_groups(page, grids):
        bands = []
        for top, bottom in itertools.pairwise(ys):
            inner = [
                w for w in words
                if top - 1 <= (w.top + w.bottom) / 2 <= bottom + 1 and x0 - 3 <= (w.x0 + w.x1) / 2 <= x1 + 3
            ]  # fmt: skip
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
        if 2 <= len(row) <= 30 and all(0 < b.x0 - a.x1 <= 12 for a, b in itertools.pairwise(row)):
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


Band = tuple[float, float, list[Line]]


def _below(bands: list[Band], gutters: list[Span], words: Sequence[Word], x0: float, x1: float) -> list[Band]:
    """``bands`` with the rows that follow the last rule or stripe, where a table has no last rule."""
    own = [line for b in bands for line in b[2]]
    pitches = sorted(b.base - a.base for a, b in itertools.pairwise(own)) or [1.6 * own[0].size]
    usual = max(pitches[len(pitches) // 2], 1.2 * own[-1].size)
    last, more = own[-1], []
    for line in make_lines(
        w for w in words if (w.top + w.bottom) / 2 > bands[-1][1] and x0 - 3 <= w.x0 and w.x1 <= x1 + 3
    ):
        text = line_text(line)
        if line.base - last.base > 1.7 * usual or SOURCE.match(text) or parse_caption(text):
            break
        if abs(line.size - last.size) > 0.12 * last.size or (
            _crosses(line, gutters) and not gaps(line, 0.5 * line.size)
        ):
            break
        if any(a < w.x1 - 1 and w.x0 + 1 < b for w in line.words for a, b in gutters):
            break
        more.append(line)
        last = line
    if not more or len(gaps(more[0], 0.5 * more[0].size)) < 0.5 * len(gutters):
        return bands
    return [*bands, (bands[-1][1], more[-1].bottom + 1, more)]


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
            # Ordinary spaces inside a line are no gutters.
            x0 = right if word.x0 - right < 0.55 * size else word.x0
            covered.append((x0, word.x1))
            right = max(right, word.x1)
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
    return _count_both(lines, gutter) >= need


def _count_both(lines: Sequence[Line], gutter: Span) -> int:
    return sum(
        any(w.x1 <= gutter[0] + 1 for w in line.words) and any(w.x0 >= gutter[1] - 1 for w in line.words)
        for line in lines
    )


def _from_bands(
    page: RawPage, x0: float, x1: float, bands: list[Band], gutters: list[Span]
) -> RawTable | None:
    filled = [b for b in bands if b[2]]
    lines = [line for b in filled for line in b[2]]
    if len(lines) < 2 or (len(filled) < 2 and len(lines) < 3):
        return None
    if len(lines) > 2 and any(_count_both(lines, g) < 2 for g in gutters):
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
    table = _table(page, box, edges, rows, tops, "rules")
    if table is not None and len(filled) > 1 and len(rows) > len(filled) and len(filled[0][2]) <= 3:
        # One rule parts the first band from many rows that no rules part: it is the header.
        table.header_rows = 1
    return table


def _starts(lines: list[Line], edges: list[float]) -> int:
    """How many of ``lines`` fill the first column and another one."""
    return sum(line.x0 < edges[1] and line.x1 > edges[1] for line in lines)


def _table(
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
    pitches = [b.base - a.base for a, b in itertools.pairwise(lines)]
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
    for a, b in itertools.pairwise(values):
        if a > 0 and b / a > best:
            best, at = b / a, (a + b) / 2
    # One far line (the header's distance) among close ones says nothing about wrapping.
    if at is not None and sum(p > at for p in pitches) < 2 and len(pitches) > 3:
        return None
    return at


def find_unruled(page: RawPage, words: Sequence[Word], caption: Caption, body_size: float) -> RawTable | None:
    """The table that stands below a caption without any rules, None when there is none.

    Args:
        page: the page.
        words: words that belong to no table, caption, header or footer.
        caption: a table's caption.
        body_size: the size of running text, which may stand beside a narrow table.
    """
    below = [w for w in words if w.top >= caption.box[3] - 2 and w.top < caption.box[3] + 600]
    near = [
        w
        for w in below
        if caption.box[0] - 30 < (w.x0 + w.x1) / 2 < caption.box[2] + 5 and w.x0 > caption.box[0] - 40
    ]
    if not near:
        return None
    first = min(near, key=lambda w: (round(w.base), w.x0))
    if first.top - caption.box[3] > 40:
        return None
    if abs(first.size - body_size) > 0.06 * body_size:
        left, right = _beside(words, caption, first, body_size)
        below = [
            w for w in below
            if abs(w.size - body_size) > 0.06 * body_size and abs(w.size - first.size) < 0.2 * first.size
            and left <= (w.x0 + w.x1) / 2 <= right
        ]  # fmt: skip
    return _open_table(page, _tabular([line for line in make_lines(below) if line.x1 >= caption.box[0] - 40]))


def find_underlined(page: RawPage, words: Sequence[Word], taken: Sequence[Box]) -> list[RawTable]:
    """Tables whose only rule is the one below the header.

    Args:
        page: where the rules are.
        words: words that belong to nothing else yet.
        taken: boxes of tables found so far.
    """
    tables: list[RawTable] = []
    for rule in page.horizontal:
        if rule.x1 - rule.x0 < 60 or any(
            b[1] - 4 <= rule.top <= b[3] + 4 and b[0] < rule.x1 and rule.x0 < b[2] for b in taken
        ):
            continue
        inner = [w for w in words if rule.x0 - 4 <= w.x0 and w.x1 <= rule.x1 + 4]
        above = [w for w in inner if 0 <= rule.top - w.bottom + 0.3 * w.size <= 1.2 * w.size]
        below = [w for w in inner if rule.top - 0.3 * w.size <= w.top <= rule.top + 500]
        if not above or len(gaps(make_lines(above)[-1], 0.9 * above[0].size)) < 1:
            continue
        lines = _tabular(make_lines([*above, *below]))
        table = _open_table(page, lines) if len(lines) >= 4 else None
        if table is not None and sum(bool(c.lines) for c in table.cells) >= 0.7 * len(table.cells):
            tables.append(table)
            used = {id(w) for line in lines for w in line.words}
            words = [w for w in words if id(w) not in used]
    return tables


def _tabular(candidates: Sequence[Line]) -> list[Line]:
    """The lines at the beginning of ``candidates`` that leave common gutters."""
    lines: list[Line] = []
    for line in candidates:
        text = line_text(line)
        if SOURCE.match(text) or parse_caption(text):
            break
        if lines and line.base - lines[-1].base > max(3.2 * line.size, 34):
            break
        if len(lines) >= 1 and not find_gutters([*lines, line]):
            break
        if len(lines) >= 4 and len(find_gutters([line])) == 0 and _crosses(line, find_gutters(lines)):
            break
        lines.append(line)
    return lines


def _open_table(page: RawPage, lines: list[Line]) -> RawTable | None:
    """The table that ``lines`` make, None when they make none."""
    gutters = find_gutters(lines)
    if len(lines) < 3 or not gutters or any(_count_both(lines, g) < 2 for g in gutters):
        return None
    box = union([(line.x0, line.top, line.x1, line.bottom) for line in lines])
    edges = [box[0] - 1, *((a + b) / 2 for a, b in gutters), box[2] + 1]
    rows = rows_by_pitch(lines, edges)
    tops = [min(line.top for line in row) for row in rows] + [box[3]]
    return _table(page, box, edges, rows, tops, "open")


def _beside(words: Sequence[Word], caption: Caption, first: Word, body_size: float) -> Span:
    """Between which x a table stands that running text runs beside."""
    left, right = -1e9, 1e9
    for word in words:
        if (
            abs(word.size - body_size) > 0.06 * body_size
            or word.bottom < caption.box[1]
            or word.top > first.bottom
        ):
            continue
        if word.x1 <= caption.box[0] + 2:
            left = max(left, word.x1)
        elif word.x0 >= caption.box[0]:
            right = min(right, word.x0)
    return left, right


def _crosses(line: Line, gutters: list[Span]) -> bool:
    return any(line.x0 < a and b < line.x1 for a, b in gutters)


def find_aligned(page: RawPage, words: Sequence[Word]) -> list[RawTable]:
    """Tables without rules and without a caption: only what can hardly be anything else.

    At least four rows of at least three columns, most cells filled, short and many of them numbers.
    """
    tables = []
    lines = make_lines(words)
    start = 0
    while start < len(lines):
        stop = start
        gutters: list[Span] = []
        while stop < len(lines):
            line = lines[stop]
            if stop > start and line.base - lines[stop - 1].base > 2.6 * line.size:
                break
            own = find_gutters([line])
            if len(own) < 2:
                break
            found = find_gutters(lines[start : stop + 1])
            if len(found) < 2:
                break
            gutters = found
            stop += 1
        if stop - start >= 4:
            table = _aligned(page, lines[start:stop], gutters)
            if table is not None:
                tables.append(table)
        start = max(stop, start + 1)
    return tables


def _aligned(page: RawPage, lines: list[Line], gutters: list[Span]) -> RawTable | None:
    box = union([(line.x0, line.top, line.x1, line.bottom) for line in lines])
    edges = [box[0] - 1, *((a + b) / 2 for a, b in gutters), box[2] + 1]
    rows = [[line] for line in lines]
    table = _table(page, box, edges, rows, [line.top for line in lines] + [box[3]], "open")
    if table is None:
        return None
    texts = ["".join(map(line_text, c.lines)) for c in table.cells]
    full = [t for t in texts if t]
    numeric = sum(any(c.isdigit() for c in t) and sum(c.isalpha() for c in t) <= 3 for t in full)
    leaders = sum("...." in t or "……" in t for t in full)
    if len(full) < 0.7 * len(texts) or leaders > 1 or numeric < 0.4 * len(full):
        return None
    return table if max(map(len, full)) <= 60 else None


def _overlap(a: Box, b: Box) -> bool:
    return min(a[2], b[2]) - max(a[0], b[0]) > 5 and min(a[3], b[3]) - max(a[1], b[1]) > 5
