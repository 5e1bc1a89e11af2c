"""Glyphs become words: runs of one style without a gap."""

import numpy as np

from pipeline.normal import is_han
from pipeline.parse.pdf_glyphs import Column, Glyphs
from pipeline.parse.pdf_model import Rule, Word

_SPACES = frozenset(" \u3000\u2002\u2003\u2009\u200a\u202f\u2007\u2008\u2004\u2005\u2006\u2000\u2001")
_RAISED_DIGITS = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")
_BMP = 0x10000


def _table(chars: frozenset[str]) -> Column:
    table = np.zeros(_BMP, bool)
    table[[ord(c) for c in chars]] = True
    return table


_IS_SPACE = _table(_SPACES)
_IS_RAISED = _table(_RAISED_DIGITS)
_IS_HAN = _table(frozenset(c for c in map(chr, range(_BMP)) if is_han(c)))


def _among(codes: Column, table: Column) -> Column:
    """Say of each code point whether it is one of a table's (none beyond the basic plane is)."""
    found: Column = table[np.where(codes < _BMP, codes, 0)]
    return found


def han(codes: Column) -> Column:
    """Say of each code point whether it is a Han ideograph."""
    return _among(codes, _IS_HAN) | ((codes >= 0x20000) & (codes <= 0x323AF))


def turn_box(box: tuple[float, float, float, float], turn: int, width: float, height: float) -> (
    tuple[float, float, float, float]
):  # fmt: skip
    """A displayed box in the system where text turned by ``turn`` degrees runs left to right."""
    x0, top, x1, bottom = box
    if turn == 90:
        return height - bottom, x0, height - top, x1
    if turn == 270:
        return top, width - x1, bottom, width - x0
    if turn == 180:
        return width - x1, height - bottom, width - x0, height - top
    return box


def is_vertical(glyphs: Glyphs) -> bool:
    """Say whether upright glyphs follow each other downwards: vertical Chinese writing."""
    chinese = han(glyphs.codes)
    pairs = np.flatnonzero(chinese[:-1] & chinese[1:])
    if len(pairs) < 5:
        return False
    size = glyphs.size[pairs]
    across = glyphs.x0[pairs + 1] - glyphs.x0[pairs]
    fall = glyphs.top[pairs + 1] - glyphs.top[pairs]
    below = (np.abs(across) < 0.2 * size) & (0.7 * size < fall) & (fall < 2.5 * size)
    along = ~below & (np.abs(fall) < 0.2 * size) & (glyphs.x0[pairs + 1] > glyphs.x0[pairs])
    down = int(below.sum())
    return down > 4 and down > 3 * int(along.sum())


def build_words(glyphs: Glyphs, vertical: list[Rule], turn: int, width: float, height: float) -> list[Word]:
    """Join glyphs of one direction, in drawing order, to words.

    A word ends at a space, a gap, a change of baseline or style, and at a vertical rule (text of
    two table cells may touch). ``boxes`` keep the displayed coordinates, the rest is in the layout
    system of ``turn``; ``vertical`` are rules in that system too.
    """
    if not len(glyphs):
        return []
    shown = np.stack([glyphs.x0, glyphs.top, glyphs.x1, glyphs.bottom], axis=1)
    x0, top, x1, bottom, base = glyphs.x0, glyphs.top, glyphs.x1, glyphs.bottom, glyphs.base
    if turn:
        x0, top, x1, bottom = turn_box((x0, top, x1, bottom), turn, width, height)  # type: ignore[arg-type, assignment]
        # The baseline of turned text is set near the box's bottom.
        base = bottom - 0.2 * (bottom - top)
    space = _among(glyphs.codes, _IS_SPACE)
    size = glyphs.size
    # Which glyphs go on the word of the glyph before them.
    a, b = slice(None, -1), slice(1, None)
    raised = _among(glyphs.codes, _IS_RAISED)
    chinese = han(glyphs.codes)
    gap = x0[b] - x1[a]
    wide = np.where(chinese[a] & chinese[b], 0.4, 0.17)
    joins = (
        ~space[a] & ~space[b] & (glyphs.bold[a] == glyphs.bold[b]) & (glyphs.font[a] == glyphs.font[b])
        & ~(np.abs(size[a] - size[b]) > 0.06 * size[a]) & ~(np.abs(base[a] - base[b]) > 0.08 * size[a])
        & (raised[a] == raised[b]) & (-0.6 * size[a] < gap) & (gap < wide * size[a])
        & (x0[b] >= x0[a] - 0.1 * size[a])
    )  # fmt: skip
    if vertical:
        _fence(joins, vertical, (x0 + x1) / 2, (top + bottom) / 2)
    begins = ~space
    begins[1:] &= ~joins
    starts = np.flatnonzero(begins)
    if not len(starts):
        return []
    return _words(glyphs, space, starts, shown, (x0, top, x1, bottom, base))


def _fence(joins: Column, rules: list[Rule], x: Column, y: Column) -> None:
    """Part glyphs between whose middles (``x``; ``y`` of the first) a vertical rule stands."""
    rules = sorted(rules)
    xs = [r.x0 for r in rules]
    low = np.searchsorted(xs, x[:-1], "left")
    high = np.searchsorted(xs, x[1:], "right")
    for i in np.flatnonzero(joins & (low < high)).tolist():
        middle = y[i]
        if any(r.top <= middle <= r.bottom for r in rules[low[i] : high[i]]):
            joins[i] = False


def _words(
    glyphs: Glyphs, space: Column, starts: Column, shown: Column, layout: tuple[Column, ...]
) -> list[Word]:
    """The words that begin at ``starts``."""
    x0, top, x1, bottom, base = layout
    # A word reaches to the next one's beginning, spaces before that left out.
    solid = np.flatnonzero(~space)
    first = np.searchsorted(solid, starts)
    counts = np.diff(np.append(first, len(solid)))
    tops = np.minimum.reduceat(top[solid], first).tolist()
    bottoms = np.maximum.reduceat(bottom[solid], first).tolist()
    rights = np.maximum.reduceat(x1[solid], first).tolist()
    boxes = shown.astype(np.float32)
    text, names = glyphs.text, glyphs.fonts
    spaces = space.tolist()
    total = len(text)
    out: list[Word] = []
    append = out.append
    last: Word | None = None
    for start, count, low, high, right, left, line, size, font, bold in zip(
        starts.tolist(), counts.tolist(), tops, bottoms, rights, x0[starts].tolist(), base[starts].tolist(),
        glyphs.size[starts].tolist(), glyphs.font[starts].tolist(), glyphs.bold[starts].tolist(), strict=True,
    ):  # fmt: skip
        end = start + count
        before = after = ""
        if end < total and spaces[end]:
            after = "\u3000" if text[end] == "\u3000" else " "
        if start and spaces[start - 1] and last is not None:
            blank = start - 1
            em = float(glyphs.size[blank])
            if abs(last.base - base[blank]) < 0.5 * em and -0.5 * em < x0[blank] - last.x1:
                before = "\u3000" if text[blank] == "\u3000" else " "
        last = Word(
            "".join(text[start:end]), boxes[start:end].tobytes(), left, low, right, high, line, size,
            names[font], bold, before, after,
        )  # fmt: skip
        append(last)
    return out
