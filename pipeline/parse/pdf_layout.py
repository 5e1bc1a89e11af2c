"""One page is laid out: tables, captions, figures and running text, in reading order."""

from collections.abc import Sequence

import msgspec

from pipeline.parse.lines import gaps, line_text, make_lines, segments, split_at
from pipeline.parse.pdf_captions import SOURCE, Caption, find_captions
from pipeline.parse.pdf_figures import figure_areas, label_lines, source_lines, with_captions
from pipeline.parse.pdf_model import Draft, Line, RawPage, RawTable, Style, Word, layout_size, union
from pipeline.parse.pdf_order import Placed, join_bullets, reading_order, same_row, split_columns
from pipeline.parse.pdf_paragraphs import build_blocks
from pipeline.parse.tables_grid import find_grids, inside
from pipeline.parse.tables_half import find_half_ruled
from pipeline.parse.tables_open import find_aligned, find_underlined, find_unruled
from pipeline.records import Box


class Sheet(msgspec.Struct, array_like=True):
    """A page with its ruled tables taken out; ``lines`` is the rest."""

    page: RawPage
    grids: list[RawTable]
    lines: list[Line]
    furniture: list[tuple[str, Line]] = []


class Laid(msgspec.Struct, array_like=True):
    """A page's blocks in reading order."""

    page: RawPage
    blocks: list[Draft]
    furniture: list[tuple[str, Line]]


def make_sheet(page: RawPage) -> Sheet:
    """Find the ruled tables of a page and bring the other words into lines."""
    grids = find_grids(page)
    rest = _outside(page.words, [g.box for g in grids])
    lines = segments(make_lines(rest))
    page.words = []
    return Sheet(page=page, grids=grids, lines=lines)


def _outside(words: Sequence[Word], boxes: Sequence[Box]) -> list[Word]:
    if not boxes:
        return list(words)
    return [w for w in words if not any(inside((w.x0, w.top, w.x1, w.bottom), b) for b in boxes)]


def lay_out(sheet: Sheet, style: Style) -> Laid:
    """Lay out a page whose headers and footers are known."""
    page = sheet.page
    words = [w for line in sheet.lines for w in line.words]
    tables = list(sheet.grids)
    halves = find_half_ruled(page, words, tables)
    tables += halves
    words = _outside(words, [t.box for t in halves])
    lines = segments(make_lines(words))
    body = (style.size, style.font)
    taken = [t.box for t in tables]
    captions = find_captions(lines, body, taken, [*page.drawings, *page.fills, *page.frames])
    words_in_captions = {id(w) for c in captions for line in c.lines for w in line.words}
    in_caption = {id(line) for line in lines if id(line.words[0]) in words_in_captions}
    for caption in captions:
        if caption.table and not any(_follows(t.box, caption.box) for t in tables):
            free = [w for line in lines if id(line) not in in_caption for w in line.words]
            table = find_unruled(page, free, caption, style.size)
            if table is not None:
                tables.append(table)
                lines = _without(lines, table, in_caption)
    free = [w for line in lines if id(line) not in in_caption for w in line.words]
    for table in find_underlined(page, free, [t.box for t in tables]):
        tables.append(table)
        lines = _without(lines, table, in_caption)
    areas = with_captions(figure_areas(page, [t.box for t in tables]), captions)
    plain = [line for line in lines if id(line) not in in_caption]
    sources = source_lines(plain, [t.box for t in tables], 0.9 * style.size)
    near = [t.box for t in tables] + areas
    source_ids = {i for i in sources if plain[i].size < 0.94 * style.size or _below(plain[i], near)}
    source_ids |= {
        i for i in sources if any(abs(plain[i].base - plain[j].base) < 2 * plain[i].size for j in source_ids)
    }
    labels = label_lines(areas, plain, source_ids, style.size)
    flow = [p for i, p in enumerate(plain) if i not in source_ids and not any(i in own for own in labels)]
    aligned = find_aligned(page, [w for line in flow for w in line.words])
    for table in aligned:
        tables.append(table)
        flow = _without(flow, table, set())
    floats = [Draft(kind="table", lines=[], box=t.box, table=t) for t in tables]
    floats += [Draft(kind="caption", lines=c.lines, box=c.box) for c in captions]
    for own in labels:
        members = [plain[i] for i in own]
        if members:
            floats += _figure(members)
    floats += _sources([plain[i] for i in sorted(source_ids)])
    assign_captions(tables, captions)
    frames = [Draft(kind="figure", lines=[], box=a) for a in areas]
    groups = [g for g in _groups(floats + frames) if any(f.lines or f.table for f in g)]
    obstacles = [union([f.box for f in group]) for group in groups] + areas
    placed = _placed(join_bullets(flow), [union([f.box for f in group]) for group in groups])
    blocks = build_blocks(placed, style, obstacles, layout_size(page)[1])
    blocks = _insert(blocks, groups)
    for turned in page.turned:
        rest = make_lines(turned)
        blocks.append(
            Draft(kind="figure", lines=rest, box=union([(x.x0, x.top, x.x1, x.bottom) for x in rest]))
        )
    return Laid(page=page, blocks=blocks, furniture=sheet.furniture)


def _without(lines: list[Line], table: RawTable, keep: set[int]) -> list[Line]:
    """The lines without the words that ``table`` took."""
    used = {id(w) for c in table.cells for line in c.lines for w in line.words}
    out = []
    for line in lines:
        if id(line) in keep or not any(id(w) in used for w in line.words):
            out.append(line)
            continue
        rest = [w for w in line.words if id(w) not in used]
        if rest:
            out += make_lines(rest)
    return out


def _follows(table: Box, caption: Box) -> bool:
    return -6 <= table[1] - caption[3] <= 30 and table[0] < caption[2] and caption[0] < table[2]


def _below(line: Line, boxes: Sequence[Box]) -> bool:
    return any(-3 <= line.top - b[3] <= 22 and b[0] < line.x1 and line.x0 < b[2] for b in boxes)


def _figure(lines: list[Line]) -> list[Draft]:
    """The labels of a figure: lines set below each other are one label."""
    parts = [p for line in lines for p in split_at(line, gaps(line, 1.2 * line.size))]
    out: list[Draft] = []
    for line in sorted(parts, key=lambda x: (x.base, x.x0)):
        box = (line.x0, line.top, line.x1, line.bottom)
        for draft in out:
            last = draft.lines[-1]
            middle = abs((last.x0 + last.x1) - (line.x0 + line.x1)) < 1.2 * line.size
            if (
                0.5 * line.size < line.base - last.base <= 1.45 * line.size
                and (middle or abs(last.x0 - line.x0) < 2)
                and last.bold == line.bold
                and abs(last.size - line.size) < 0.3
            ):
                draft.lines.append(line)
                draft.box = union([draft.box, box])
                break
        else:
            out.append(Draft(kind="figure", lines=[line], box=box))
    return out


def _sources(lines: list[Line]) -> list[Draft]:
    """Sources as blocks, notes to a table or figure: lines that follow each other are one."""
    out: list[Draft] = []
    for line in lines:
        box = (line.x0, line.top, line.x1, line.bottom)
        for draft in () if SOURCE.match(line_text(line)) else out:
            last = draft.lines[-1]
            if (
                0 < line.base - last.base <= 1.7 * line.size
                and abs(line.x0 - draft.lines[0].x0) < 3 * line.size
            ):
                draft.lines.append(line)
                draft.box = union([draft.box, box])
                break
        else:
            out.append(Draft(kind="footnote", lines=[line], box=box))
    return out


def _placed(lines: list[Line], floats: list[Box]) -> list[Placed]:
    """Lines in reading order; a table or figure over the full width parts what is above and below."""
    if not lines:
        return []
    left, right = min(x.x0 for x in lines), max(x.x1 for x in lines)
    cuts = sorted(b[1] for b in floats if min(b[2], right) - max(b[0], left) > 0.6 * (right - left))
    out: list[Placed] = []
    rest = lines
    for cut in [*cuts, float("inf")]:
        part = [x for x in rest if x.base <= cut + 2]
        rest = [x for x in rest if x.base > cut + 2]
        first = out[-1].column + 1 if out else 0
        out += [Placed(p.line, p.column + first) for p in _rejoined(reading_order(split_columns(part)))]
    return out


def _rejoined(placed: list[Placed]) -> list[Placed]:
    """Parts of one printed line that no column parts are one line again."""
    out: list[Placed] = []
    for item in placed:
        if out and out[-1].column == item.column:
            joined = same_row([out[-1].line, item.line])
            if len(joined) == 1:
                out[-1] = Placed(joined[0], item.column)
                continue
        out.append(item)
    return out


def _groups(floats: list[Draft]) -> list[list[Draft]]:
    """What belongs together: a caption, its table or figure, the source below."""
    groups: list[list[Draft]] = []
    for item in sorted(floats, key=lambda f: (f.box[1], f.box[0])):
        near = [g for g in groups if any(_near(item.box, other.box) for other in g)]
        merged = [f for g in near for f in g] + [item]
        groups = [g for g in groups if g not in near] + [merged]
    return sorted(groups, key=lambda g: (union([f.box for f in g])[1], g[0].box[0]))


def _insert(blocks: list[Draft], groups: list[list[Draft]]) -> list[Draft]:
    """Put tables, captions, figures and their sources at their places between the blocks.

    A figure that text runs around stands before the paragraph that begins beside or below it,
    never inside one.
    """
    at: dict[int, list[list[Draft]]] = {}
    for group in groups:
        box = union([f.box for f in group])
        at.setdefault(_position(blocks, box), []).append(_in_order(group))
    out: list[Draft] = []
    for i in range(len(blocks) + 1):
        for group in at.get(i, []):
            out += group
        if i < len(blocks):
            out.append(blocks[i])
    return out


def _in_order(group: list[Draft]) -> list[Draft]:
    """The parts of a float from top to bottom; labels of one height from left to right."""
    return sorted(
        group, key=lambda f: (round(f.box[1] / 4) if f.kind == "figure" else f.box[1] / 4, f.box[0])
    )


def _near(a: Box, b: Box) -> bool:
    across = min(a[2], b[2]) - max(a[0], b[0])
    down = max(a[1], b[1]) - min(a[3], b[3])
    beside = max(a[0], b[0]) - min(a[2], b[2])
    return (across > 0 and down < 24) or (down < 0 and beside < 24)


def _position(blocks: list[Draft], box: Box) -> int:
    """Before which block a float with ``box`` stands."""
    over = [
        i for i, b in enumerate(blocks) if (b.box[0] < box[2] - 2 and box[0] < b.box[2] - 2) or _spans(b, box)
    ]
    for i in over:
        if blocks[i].lines[0].top >= box[1] - 2:
            return i
    above = [i for i in over if blocks[i].box[1] < box[1]]
    if above:
        return max(above) + 1
    beside = [i for i, b in enumerate(blocks) if b.box[1] < box[1] - 2]
    return max(beside) + 1 if beside else 0


def _spans(block: Draft, box: Box) -> bool:
    """Say whether some line of a block stands over or under ``box``."""
    return any(line.x0 < box[2] - 2 and box[0] < line.x1 - 2 for line in block.lines)


def assign_captions(tables: list[RawTable], captions: list[Caption]) -> None:
    """Give each table the nearest caption: right above it, else right below."""
    free = list(captions)
    for above in (True, False):
        for table in sorted(tables, key=lambda t: t.box[1]):
            if table.caption:
                continue
            best: tuple[float, Caption] | None = None
            for caption in free:
                if min(caption.box[2], table.box[2]) - max(caption.box[0], table.box[0]) <= 0:
                    continue
                distance = table.box[1] - caption.box[3] if above else caption.box[1] - table.box[3]
                if -8 <= distance <= (45 if above else 20) and (best is None or distance < best[0]):
                    best = (distance, caption)
            if best is not None:
                free.remove(best[1])
                table.caption = best[1].lines
                table.number = best[1].number if best[1].table else None
