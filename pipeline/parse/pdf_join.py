"""Glyphs become words: runs of one style without a gap."""

import numpy as np

from pipeline.normal import is_han
from pipeline.parse.pdf_chars import Column
from pipeline.parse.pdf_glyphs import Glyphs
from pipeline.parse.pdf_model import Rule, Word

_SPACES = frozenset(" \u3000\u2002\u2003\u2009\u200a\u202f\u2007\u2008\u2004\u2005\u2006\u2000\u2001")
_RAISED_DIGITS = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")
_BMP = 0x10000


_SPACE, _RAISED, _HAN = 1, 2, 4


def _kinds() -> Column:
    """For each code point of the basic plane, whether it is a space, a raised digit, a Han ideograph."""
    table = np.zeros(_BMP, np.uint8)
    table[[ord(c) for c in _SPACES]] |= _SPACE
    table[[ord(c) for c in _RAISED_DIGITS]] |= _RAISED
    table[[code for code in range(_BMP) if is_han(chr(code))]] |= _HAN
    return table


_KINDS = _kinds()


def _kinds_of(codes: Column) -> Column:
    """Which of these each code point is."""
    kinds: Column = _KINDS[np.minimum(codes, _BMP - 1)]
    beyond = codes >= 0x20000
    if beyond.any():
        kinds[beyond & (codes <= 0x323AF)] = _HAN
    return kinds


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
    chinese = (_kinds_of(glyphs.codes) & _HAN) > 0
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
    kinds = _kinds_of(glyphs.codes)
    space = (kinds & _SPACE) > 0
    size = glyphs.size
    # Which glyphs go on the word of the glyph before them.
    a, b = slice(None, -1), slice(1, None)
    raised, chinese = kinds & _RAISED, kinds & _HAN
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
    boxes = shown.astype(np.float32).tobytes()
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
            text[start:end], boxes[16 * start : 16 * end], left, low, right, high, line, size,
            names[font], bold, before, after,
        )  # fmt: skip
        append(last)
    return out
