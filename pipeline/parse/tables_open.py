"""Tables without rules, or with one below the header only."""

from collections.abc import Sequence

from pipeline.parse.lines import gaps, line_text, make_lines
from pipeline.parse.pdf_captions import SOURCE, Caption, parse_caption
from pipeline.parse.pdf_model import Line, RawPage, RawTable, Word, union
from pipeline.parse.tables_gutters import Span, count_both, crosses, find_gutters, make_table, rows_by_pitch
from pipeline.records import Box


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
        x0, x1, top = rule.x0 - 4, rule.x1 + 4, rule.top
        above = [
            w
            for w in words
            if 0 <= top - w.bottom + 0.3 * w.size <= 1.2 * w.size and x0 <= w.x0 and w.x1 <= x1
        ]
        if not above or len(gaps(make_lines(above)[-1], 0.9 * above[0].size)) < 1:
            continue
        below = [w for w in words if top - 0.3 * w.size <= w.top <= top + 500 and x0 <= w.x0 and w.x1 <= x1]
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
        if len(lines) >= 4 and len(find_gutters([line])) == 0 and crosses(line, find_gutters(lines)):
            break
        lines.append(line)
    return lines


def _open_table(page: RawPage, lines: list[Line]) -> RawTable | None:
    """The table that ``lines`` make, None when they make none."""
    gutters = find_gutters(lines)
    if len(lines) < 3 or not gutters or any(count_both(lines, g) < 2 for g in gutters):
        return None
    box = union([(line.x0, line.top, line.x1, line.bottom) for line in lines])
    edges = [box[0] - 1, *((a + b) / 2 for a, b in gutters), box[2] + 1]
    rows = rows_by_pitch(lines, edges)
    tops = [min(line.top for line in row) for row in rows] + [box[3]]
    return make_table(page, box, edges, rows, tops, "open")


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
            if len(gaps(line, 0.9 * line.size)) < 2 or len(find_gutters([line])) < 2:
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
    table = make_table(page, box, edges, rows, [line.top for line in lines] + [box[3]], "open")
    if table is None:
        return None
    texts = ["".join(map(line_text, c.lines)) for c in table.cells]
    full = [t for t in texts if t]
    numeric = sum(any(c.isdigit() for c in t) and sum(c.isalpha() for c in t) <= 3 for t in full)
    leaders = sum("...." in t or "……" in t for t in full)
    if len(full) < 0.7 * len(texts) or leaders > 1 or numeric < 0.4 * len(full):
        return None
    return table if max(map(len, full)) <= 60 else None
