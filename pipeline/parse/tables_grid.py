"""Tables with rules both ways: cells are the areas that the rules enclose."""

from bisect import bisect_right

from pipeline.parse.lines import make_lines
from pipeline.parse.pdf_model import RawCell, RawPage, RawTable, Rule, Word
from pipeline.records import Box

_NEAR = 3.0
"""Rules that end within this distance (points) of each other meet."""
_MOST_RULES = 3000


def find_grids(page: RawPage) -> list[RawTable]:
    """The tables of a page whose cells are ruled on all sides (the outer border may lack).

    Boxes around text, forms of one column and drawings whose cells are empty are no tables. A
    table inside a cell of another is part of that cell's text.
    """
    if len(page.horizontal) > _MOST_RULES or len(page.vertical) > _MOST_RULES:
        return []
    tables = []
    for horizontal, vertical in _components(page.horizontal, page.vertical):
        table = _grid(page, horizontal, vertical)
        if table is not None:
            tables.append(table)
    tables.sort(key=lambda t: -(t.box[2] - t.box[0]) * (t.box[3] - t.box[1]))
    kept: list[RawTable] = []
    for table in tables:
        if not any(inside(table.box, other.box) for other in kept):
            kept.append(table)
    return sorted(kept, key=lambda t: (t.box[1], t.box[0]))


def inside(box: Box, other: Box) -> bool:
    """Say whether the middle of ``box`` lies in ``other``."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return other[0] <= x <= other[2] and other[1] <= y <= other[3]


def _components(horizontal: list[Rule], vertical: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Sets of rules that hang together."""
    parent = list(range(len(horizontal) + len(vertical)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    tops = [h.top for h in horizontal]
    for j, v in enumerate(vertical):
        for i in range(bisect_right(tops, v.top - _NEAR), bisect_right(tops, v.bottom + _NEAR)):
            h = horizontal[i]
            if h.x0 - _NEAR <= v.x0 <= h.x1 + _NEAR:
                parent[root(len(horizontal) + j)] = root(i)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, h in enumerate(horizontal):
        groups.setdefault(root(i), ([], []))[0].append(h)
    for j, v in enumerate(vertical):
        groups.setdefault(root(len(horizontal) + j), ([], []))[1].append(v)
    return [g for g in groups.values() if len(g[0]) >= 2 and g[1]]


def _positions(values: list[float]) -> list[float]:
    """Sorted positions, those within a few points of each other as one."""
    out: list[list[float]] = []
    for value in sorted(values):
        if out and value - out[-1][-1] <= _NEAR:
            out[-1].append(value)
        else:
            out.append([value])
    return [sum(v) / len(v) for v in out]


def _grid(page: RawPage, horizontal: list[Rule], vertical: list[Rule]) -> RawTable | None:
    xs = _positions([v.x0 for v in vertical])
    ys = _positions([h.top for h in horizontal])
    left, right = min(h.x0 for h in horizontal), max(h.x1 for h in horizontal)
    top, bottom = min(v.top for v in vertical), max(v.bottom for v in vertical)
    # Open sides: the rules of the other direction tell how far the table reaches.
    if left < xs[0] - 8:
        xs.insert(0, left)
    if right > xs[-1] + 8:
        xs.append(right)
    if top < ys[0] - 8:
        ys.insert(0, top)
    if bottom > ys[-1] + 8:
        ys.append(bottom)
    if len(xs) < 3 or len(ys) < 2 or len(xs) > 200 or len(ys) > 1000:
        return None
    rows, columns = len(ys) - 1, len(xs) - 1
    owner = _owners(xs, ys, horizontal, vertical)
    box = (xs[0], ys[0], xs[-1], ys[-1])
    contents: dict[int, list[Word]] = {}
    for word in page.words:
        x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        if box[0] - 1 <= x <= box[2] + 1 and box[1] - 1 <= y <= box[3] + 1:
            column = min(max(bisect_right(xs, x) - 1, 0), columns - 1)
            row = min(max(bisect_right(ys, y) - 1, 0), rows - 1)
            contents.setdefault(owner[row * columns + column], []).append(word)
    cells = []
    for key, places in sorted(_groups(owner).items()):
        r0, r1 = min(p // columns for p in places), max(p // columns for p in places)
        c0, c1 = min(p % columns for p in places), max(p % columns for p in places)
        cells.append(
            RawCell(
                row=r0, column=c0, rows=r1 - r0 + 1, columns=c1 - c0 + 1,
                box=(xs[c0], ys[r0], xs[c1 + 1], ys[r1 + 1]), lines=make_lines(contents.get(key, [])),
            )
        )  # fmt: skip
    table = RawTable(
        page=page.number, box=box, rows=rows, columns=columns, cells=cells, header_rows=0,
        edges=xs, style="grid",
    )  # fmt: skip
    table = _pruned(table)
    return table if _is_table(table) else None


def _owners(xs: list[float], ys: list[float], horizontal: list[Rule], vertical: list[Rule]) -> list[int]:
    """For each place of the grid, row by row, the first place of the cell that it belongs to."""
    rows, columns = len(ys) - 1, len(xs) - 1
    parent = list(range(rows * columns))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    by_x: list[list[Rule]] = [[v for v in vertical if abs(v.x0 - x) <= _NEAR] for x in xs]
    by_y: list[list[Rule]] = [[h for h in horizontal if abs(h.top - y) <= _NEAR] for y in ys]
    for r in range(rows):
        for c in range(columns):
            here = r * columns + c
            if c + 1 < columns:
                span = (ys[r], ys[r + 1])
                if not _covered(span, [(v.top, v.bottom) for v in by_x[c + 1]]):
                    parent[root(here + 1)] = root(here)
            if r + 1 < rows:
                span = (xs[c], xs[c + 1])
                if not _covered(span, [(h.x0, h.x1) for h in by_y[r + 1]]):
                    a, b = sorted((root(here), root(here + columns)))
                    parent[b] = a
    owner = [root(i) for i in range(rows * columns)]
    # A cell must be a rectangle; what rules leave as another shape is split into its places.
    for places in _groups(owner).values():
        height = max(p // columns for p in places) - min(p // columns for p in places) + 1
        width = max(p % columns for p in places) - min(p % columns for p in places) + 1
        if height * width != len(places):
            for place in places:
                row_first = next(p for p in places if p // columns == place // columns)
                owner[place] = row_first
    return owner


def _groups(owner: list[int]) -> dict[int, list[int]]:
    """The places of each cell."""
    groups: dict[int, list[int]] = {}
    for place, key in enumerate(owner):
        groups.setdefault(key, []).append(place)
    return groups


def _covered(span: tuple[float, float], rules: list[tuple[float, float]]) -> bool:
    """Say whether rules run along most of ``span``."""
    total = sum(max(0.0, min(span[1], b) - max(span[0], a)) for a, b in rules)
    return total >= 0.6 * (span[1] - span[0])


def _pruned(table: RawTable) -> RawTable:
    """``table`` without the rows and columns in which no cell begins (doubled rules make them)."""
    keep_rows = sorted({c.row for c in table.cells if c.box[3] - c.box[1] > 4})
    keep_columns = sorted({c.column for c in table.cells if c.box[2] - c.box[0] > 4})
    if len(keep_rows) == table.rows and len(keep_columns) == table.columns:
        return table
    if not keep_rows or not keep_columns:
        return table
    cells = []
    for cell in table.cells:
        covered_rows = [i for i, r in enumerate(keep_rows) if cell.row <= r < cell.row + cell.rows]
        covered = [i for i, c in enumerate(keep_columns) if cell.column <= c < cell.column + cell.columns]
        if covered_rows and covered:
            cells.append(
                RawCell(row=covered_rows[0], column=covered[0], rows=len(covered_rows),
                        columns=len(covered), box=cell.box, lines=cell.lines)
            )  # fmt: skip
    edges = [table.edges[c] for c in keep_columns] + [table.edges[-1]]
    return RawTable(
        page=table.page, box=table.box, rows=len(keep_rows), columns=len(keep_columns), cells=cells,
        header_rows=0, edges=edges, style=table.style,
    )  # fmt: skip


def _is_table(table: RawTable) -> bool:
    """Say whether a grid holds tabular text and not a drawing, a form box or a frame."""
    if table.columns < 2:
        return False
    full = [c for c in table.cells if c.lines]
    rows_with_text = {c.row for c in full}
    columns_with_text = {c.column for c in full}
    if len(full) < 2 or len(columns_with_text) < 2:
        return False
    # One row is the rest of a table from the page before, if it has several columns.
    if len({c.row for c in table.cells}) < 2 and table.columns < 3:
        return False
    # A frame with one long text and a stray compartment is no table.
    return len(rows_with_text) >= 0.4 * table.rows or len(full) >= 0.4 * len(table.cells)
