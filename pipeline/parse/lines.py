"""Words on one baseline become lines, and the spaces between them are decided."""

import operator
from collections.abc import Iterable
from itertools import pairwise

from pipeline.normal import is_han
from pipeline.parse.hyphens import wide
from pipeline.parse.pdf_model import Line, Word

CLOSING = frozenset("，。、；：？！）》」』】〕〉％…”’,.;:?!)]}%")
_STOPS = frozenset("，。、；：？！）》」』】〕〉…”’")
_OPENING = frozenset("（《「『【〔〈“‘([{")


def make_line(words: list[Word]) -> Line:
    """A line of ``words`` (at least one), which are put in order; its style is that of most of it."""
    if len(words) == 1:
        word = words[0]
        text = word.kind == "text"
        return Line(
            [word], word.x0, word.top, word.x1, word.bottom, word.base, round(word.size, 1) if text else word.size,
            word.font, word.bold and text,
        )  # fmt: skip
    words = sorted(words, key=_place)
    styles: dict[tuple[float, str, bool], int] = {}
    found = False
    right, top, bottom, base, longest = words[0].x1, 0.0, 0.0, 0.0, 0
    for word in words:
        if word.x1 > right:
            right = word.x1
        if word.kind != "text":
            continue
        count = len(word.text)
        key = (word.size, word.font, word.bold)
        styles[key] = styles.get(key, 0) + count
        if not found:
            found, top, bottom, base, longest = True, word.top, word.bottom, word.base, count
            continue
        if word.top < top:
            top = word.top
        if word.bottom > bottom:
            bottom = word.bottom
        if count > longest:
            longest, base = count, word.base
    if not found:
        top, bottom = min(w.top for w in words), max(w.bottom for w in words)
        base = max(words, key=lambda w: len(w.text)).base
    if len(styles) == 1:
        [(size, font, bold)] = styles
        size = round(size, 1)
    elif styles:
        rounded: dict[tuple[float, str, bool], int] = {}
        for (size, font, bold), count in styles.items():
            key = (round(size, 1), font, bold)
            rounded[key] = rounded.get(key, 0) + count
        size, font, _ = max(rounded, key=rounded.__getitem__)
        bold = sum(n for (_, _, b), n in rounded.items() if b) > 0.9 * sum(rounded.values())
    else:
        size, font, bold = words[0].size, words[0].font, False
    return Line(words, words[0].x0, top, right, bottom, base, size, font, bold)


_place = operator.attrgetter("x0", "x1")
_base = operator.attrgetter("base")


def make_lines(words: Iterable[Word]) -> list[Line]:
    """Group words by their baselines, top line first."""
    rows: list[list[Word]] = []
    first = tallest = 0.0
    for word in sorted(words, key=_base):
        size = word.size
        if rows and word.base - first <= 0.33 * (size if size < tallest else tallest):
            rows[-1].append(word)
            tallest = max(tallest, size)
        else:
            rows.append([word])
            first, tallest = word.base, size
    return [make_line(row) for row in rows]


def split_at(line: Line, cuts: list[tuple[float, float]]) -> list[Line]:
    """Split a line at the gaps (x0, x1) in ``cuts``."""
    parts: list[list[Word]] = [[]]
    for word in line.words:
        if parts[-1]:
            left, middle = parts[-1][-1].x1, (word.x0 + word.x1) / 2
            if any(
                (left - 1 <= c0 and c1 <= middle + 1) or left <= (c0 + c1) / 2 <= word.x0 for c0, c1 in cuts
            ):
                parts.append([])
        parts[-1].append(word)
    return [make_line(p) for p in parts if p]


def segments(lines: Iterable[Line]) -> list[Line]:
    """Split lines where text of two columns only happens to share a baseline.

    A wide gap parts, and a narrower one where the size of the type changes: a figure's caption
    beside running text. Columns of one style are told apart later, from several lines together.
    """
    out: list[Line] = []
    for line in lines:
        cuts = []
        for a, b in pairwise(line.words):
            gap = b.x0 - a.x1
            em = a.size if a.size > b.size else b.size
            if gap > 0.6 * em and (
                gap > 4 * em or (a.kind == b.kind == "text" and abs(a.size - b.size) > 0.04 * em)
            ):
                cuts.append((a.x1, b.x0))
        out += split_at(line, cuts) if cuts else [line]
    return out


def gaps(line: Line, least: float) -> list[tuple[float, float]]:
    """The gaps of a line that are at least ``least`` points wide."""
    out = []
    right = line.words[0].x1
    for word in line.words[1:]:
        if word.x0 - right >= least:
            out.append((right, word.x0))
        if word.x1 > right:
            right = word.x1
    return out


def letter_spaced(words: list[Word]) -> set[int]:
    """Indices of words before which a gap is mere letter-spacing: four or more single characters."""
    out: set[int] = set()
    run: list[int] = []
    if len(words) < 4:
        return out
    for i, (a, b) in enumerate(pairwise(words), 1):
        if len(b.text) > 1 or not (is_han(b.text) and is_han(a.text[-1])):
            run = []
            continue
        gap = b.x0 - a.x1
        if 0.2 * b.size < gap < 2.5 * b.size:
            first = words[run[0]].x0 - words[run[0] - 1].x1 if run else gap
            if run and abs(gap - first) > 0.15 * b.size:
                run = []
            run.append(i)
        else:
            run = []
        if len(run) >= 3:
            out.update(run)
    return out


def space_between(a: Word, b: Word) -> str:
    """What is printed between two neighbours of a line: nothing, a space, or a full-width space.

    Spaces that a producer puts between Han characters or before Chinese punctuation are no spaces
    while they are narrower than about half a character.
    """
    mark = a.space_after or b.space_before
    left, right = a.text[-1], b.text[0]
    if mark and left < "\u2000" and right < "\u2000" and a.kind != "raised" != b.kind:
        return " "  # words in Latin letters, the most frequent case
    gap = (b.x0 - a.x1) / max(min(a.size, b.size), 0.1)
    if wide(left) and wide(right):
        # The glyph of a Chinese stop fills half of its square: what follows seems apart. Where a recognised character
        # stands is known to about half of its width.
        least = 1.3 if left in _STOPS else 0.9 if a.font == "ocr" else 0.45
        if gap < least or right in CLOSING or left in _OPENING:
            return ""
        return mark or " "
    if wide(left) or wide(right):
        han = is_han(left) or is_han(right)
        if (mark and gap > 0.08 and han) or gap > (0.5 if han else 0.6):
            return "" if right in CLOSING or left in _OPENING else " "
        return ""
    if b.kind == "raised" or a.kind == "raised":
        return " " if mark and gap > 0.1 else ""
    if mark:
        return " "
    if (left in "”’" and is_han(a.text[0])) or (right in "“‘" and is_han(b.text[-1])):
        return " " if gap > 0.6 else ""
    return " " if gap > 0.17 else ""


def spaces(words: list[Word]) -> list[str]:
    """What comes before each word of a line (nothing before the first)."""
    spread = letter_spaced(words)
    out = [""]
    for i, (a, b) in enumerate(pairwise(words), 1):
        out.append("" if i in spread else space_between(a, b))
    return out


def line_spaces(line: Line) -> list[str]:
    """What comes before each word of a line; worked out once."""
    if line.spaces is None:
        line.spaces = spaces(line.words)
    return line.spaces


def line_text(line: Line) -> str:
    """A line's text with its note marks left out."""
    if line.text is not None:
        return line.text
    parts: list[str] = []
    pending = ""
    for word, space in zip(line.words, line_spaces(line), strict=True):
        if word.kind == "note":
            pending = pending or space
            continue
        if parts:
            pending = "" if pending and not space and word.text[0] in CLOSING else pending
            parts.append(pending or space)
        parts.append(word.text)
        pending = ""
    line.text = "".join(parts)
    return line.text
