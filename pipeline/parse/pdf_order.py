"""Reading order: columns are told apart, and lines brought in the order in which they are read."""

import re
from collections.abc import Sequence

import msgspec

from pipeline.parse.lines import gaps, make_line, split_at
from pipeline.parse.pdf_model import Line

_INF = 1e9
_MARK = re.compile(r"[•·▪▫●○◦■□◆◇➢❖✓‣∙\ufffd]|\d{1,2}[.)、]|[（(]\d{1,2}[)）]")


class Placed(msgspec.Struct):
    """A line with the column that it stands in: ``column`` counts up in reading order."""

    line: Line
    column: int


def join_bullets(lines: Sequence[Line]) -> list[Line]:
    """Put bullets and list numbers that are set on a baseline of their own before their text."""
    rest = sorted(lines, key=lambda x: (x.base, x.x0))
    for bullet in [x for x in rest if _MARK.fullmatch("".join(w.text for w in x.words))]:
        near = [
            x for x in rest
            if x is not bullet and 0 <= x.x0 - bullet.x1 < 4 * x.size
            and min(x.bottom, bullet.bottom) - max(x.top, bullet.top) > 0.4 * min(x.size, bullet.size)
        ]  # fmt: skip
        if near:
            text = min(near, key=lambda x: x.x0)
            joined = make_line([*bullet.words, *text.words])
            joined.base, joined.size, joined.font, joined.bold = text.base, text.size, text.font, text.bold
            rest = [joined if x is text else x for x in rest if x is not bullet]
    return rest


def split_columns(lines: Sequence[Line]) -> list[Line]:
    """Split lines at white strips that run down between columns of text.

    A strip is one where at least three lines in a row leave it white with text of some width on
    both sides; the gap behind a list's numbers is none.
    """
    cuts: list[list[tuple[float, float]]] = [[] for _ in lines]
    for i, line in enumerate(lines):
        for gap in gaps(line, 0.8 * line.size):
            if any(c0 < gap[1] and gap[0] < c1 for c0, c1 in cuts[i]):
                continue
            strip, members = _follow(lines, i, gap)
            both = [j for j in members if _sides(lines[j], strip) == (True, True)]
            if len(both) < 3:
                continue
            em = line.size
            left = sorted(strip[0] - lines[j].x0 for j in both)[len(both) // 2]
            right = sorted(lines[j].x1 - strip[1] for j in both)[len(both) // 2]
            if left < 7 * em or right < 7 * em:
                continue
            for j in both:
                cuts[j].append(strip)
    out: list[Line] = []
    for line, own in zip(lines, cuts, strict=True):
        out += split_at(line, own) if own else [line]
    return out


def _follow(
    lines: Sequence[Line], start: int, gap: tuple[float, float]
) -> tuple[tuple[float, float], list[int]]:
    """How far down a gap of line ``start`` stays white: the strip left over, and the lines."""
    strip, members = gap, [start]
    for j in range(start + 1, len(lines)):
        line = lines[j]
        if line.base - lines[members[-1]].base > 4 * line.size:
            break
        whites = [(-_INF, line.x0), *gaps(line, 0.5 * line.size), (line.x1, _INF)]
        best = max(((max(strip[0], a), min(strip[1], b)) for a, b in whites), key=lambda s: s[1] - s[0])
        if best[1] - best[0] < 0.7 * line.size:
            break
        strip = best
        members.append(j)
    return strip, members


def _sides(line: Line, strip: tuple[float, float]) -> tuple[bool, bool]:
    return line.x0 < strip[0], line.x1 > strip[1]


def reading_order(lines: Sequence[Line]) -> list[Placed]:
    """Bring lines in reading order: down each column, columns from left to right.

    Args:
        lines: the page's lines outside tables and figures, split at columns.
    """
    out: list[Placed] = []
    _order(sorted(lines, key=lambda line: (line.base, line.x0)), out, 0)
    return out


def _order(lines: list[Line], out: list[Placed], depth: int) -> None:
    if not lines:
        return
    column = out[-1].column + 1 if out else 0
    strip = _strip(lines) if depth < 8 and len(lines) > 1 else None
    if strip is None:
        out += [Placed(line, column) for line in _by_rows(lines)]
        return
    run: list[Line] = []
    for line in lines:
        if line.x0 < strip[0] - 1 and line.x1 > strip[1] + 1:
            _columns(run, strip, out, depth)
            run = []
            # Lines over the full width that follow each other are one column of their own.
            if out and out[-1].column == column and column >= 0 and _full(out[-1].line, strip):
                out.append(Placed(line, column))
            else:
                column = out[-1].column + 1 if out else 0
                out.append(Placed(line, column))
        else:
            run.append(line)
    _columns(run, strip, out, depth)


def _full(line: Line, strip: tuple[float, float]) -> bool:
    return line.x0 < strip[0] - 1 and line.x1 > strip[1] + 1


def _columns(run: list[Line], strip: tuple[float, float], out: list[Placed], depth: int) -> None:
    """Order lines none of which crosses ``strip``."""
    left = [line for line in run if line.x1 <= strip[1] + 1]
    right = [line for line in run if line.x1 > strip[1] + 1]
    if not left or not right:
        # The last line of a paragraph over the full width stays in that paragraph's column.
        for line in run:
            same = out and _full(out[-1].line, strip)
            column = (
                out[-1].column if out and (same or line is not run[0]) else (out[-1].column + 1 if out else 0)
            )
            out.append(Placed(line, column))
        return
    # What stands above both columns, or below them, is no part of one.
    first_right, last_right = min(r.top for r in right), max(r.bottom for r in right)
    first_left, last_left = min(r.top for r in left), max(r.bottom for r in left)
    head = [r for r in left if r.bottom < first_right - 0.2 * r.size] + [
        r for r in right if r.bottom < first_left - 0.2 * r.size
    ]
    head = _above_gap(head, run)
    tail = _below_gap([r for r in left if r.top > last_right] + [r for r in right if r.top > last_left], run)
    middle = [r for r in run if r not in head and r not in tail]
    for line in head:
        same = bool(out) and (_full(out[-1].line, strip) or line is not head[0])
        out.append(Placed(line, out[-1].column if same else (out[-1].column + 1 if out else 0)))
    _order([r for r in middle if r.x1 <= strip[1] + 1], out, depth + 1)
    _order([r for r in middle if r.x1 > strip[1] + 1], out, depth + 1)
    if tail:
        column = out[-1].column + 1
        out += [Placed(line, column) for line in tail]


def _above_gap(lines: list[Line], run: list[Line]) -> list[Line]:
    """Those of ``lines`` after which white space goes through the whole run."""
    for k in range(len(lines), 0, -1):
        bottom = max(line.bottom for line in lines[:k])
        rest = [line for line in run if line not in lines[:k]]
        if rest and min(line.top for line in rest) - bottom > 0.35 * lines[k - 1].size:
            pitch = min(line.base for line in rest) - max(line.base for line in lines[:k])
            if pitch > 1.45 * rest[0].size or abs(lines[k - 1].size - rest[0].size) > 0.5:
                return lines[:k]
    return []


def _below_gap(lines: list[Line], run: list[Line]) -> list[Line]:
    """Those of ``lines`` before which white space goes through the whole run."""
    for k in range(len(lines)):
        top = min(line.top for line in lines[k:])
        rest = [line for line in run if line not in lines[k:]]
        if rest and top - max(line.bottom for line in rest) > 0.6 * lines[k].size:
            return lines[k:]
    return []


def _strip(lines: list[Line]) -> tuple[float, float] | None:
    """The white strip between columns that most pairs of neighbouring lines leave."""
    votes: dict[tuple[int, int], tuple[int, tuple[float, float]]] = {}
    for i, a in enumerate(lines):
        for b in lines[i + 1 :]:
            if b.top > a.bottom:
                break
            first, second = (a, b) if a.x0 < b.x0 else (b, a)
            if min(a.bottom, b.bottom) - max(a.top, b.top) < 0.3 * min(a.size, b.size):
                continue
            if second.x0 - first.x1 < 3:
                continue
            key = (round(second.x0 / 12), 0)
            count, strip = votes.get(key, (0, (-_INF, _INF)))
            merged = (max(strip[0], first.x1), min(strip[1], second.x0))
            if merged[1] - merged[0] > 2:
                votes[key] = (count + 1, merged)
    if not votes:
        return None
    count, strip = max(votes.values(), key=lambda v: (v[0], v[1][1] - v[1][0]))
    # Two words at the ends of one or two lines are no columns.
    return strip if count >= 3 else None


def _by_rows(lines: list[Line]) -> list[Line]:
    """Lines from top to bottom; those that overlap in height from left to right."""
    out: list[Line] = []
    row: list[Line] = []
    for line in sorted(lines, key=lambda x: x.base):
        if row and line.base - row[0].base > 0.35 * min(line.size, row[0].size):
            out += sorted(row, key=lambda x: x.x0)
            row = []
        row.append(line)
    return out + sorted(row, key=lambda x: x.x0)


def same_row(lines: Sequence[Line]) -> list[Line]:
    """Put parts of one printed line together again where no column parts them."""
    out: list[Line] = []
    for line in lines:
        last = out[-1] if out else None
        if last is not None and abs(last.base - line.base) <= 0.3 * line.size and last.x1 <= line.x0 + 1:
            out[-1] = make_line([*last.words, *line.words])
        else:
            out.append(line)
    return out
