"""Glyphs become words: runs of one style without a gap, with raised note marks set apart."""

import itertools
import re
import unicodedata
from array import array
from bisect import bisect_left

import msgspec

from pipeline.normal import is_han
from pipeline.parse.pdf_model import Glyph, Rule, Word

_SPACES = frozenset(" \u3000\u2002\u2003\u2009\u200a\u202f\u2007\u2008\u2004\u2005\u2006\u2000\u2001")
_RAISED_DIGITS = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")
_SIGNS = frozenset(("*", "**", "***", "†", "‡"))
_LABEL = re.compile(
    r"[\[(（〔【]?(?:\d{1,4}|[*†‡§¶#＊※]{1,3}|[a-z]|[ivx]{1,5}|[①-⑳㉑-㉟⑴-⒇])"
    r"(?:\s*[,，、;；–-]\s*(?:\d{1,4}|[*†‡§¶a-z①-⑳]))*[,，]?[\])）〕】]?"
)
_UNIT = re.compile(r"(?:^|[\d\s(（/·.])(?:[kcdmnμµ]?m|km|ft|in|s|sec|h|yr|cm|㎡|米|R|r|χ|σ|10)$")


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


def turn_glyph(glyph: Glyph, turn: int, width: float, height: float) -> Glyph:
    """``glyph`` in the layout system of ``turn``; its baseline is set near the box's bottom."""
    x0, top, x1, bottom = turn_box(glyph[1:5], turn, width, height)
    return glyph._replace(x0=x0, top=top, x1=x1, bottom=bottom, base=bottom - 0.2 * (bottom - top), turn=0)


def is_vertical(glyphs: list[Glyph]) -> bool:
    """Say whether upright glyphs follow each other downwards: vertical Chinese writing."""
    down = along = 0
    for a, b in itertools.pairwise(glyphs):
        if not (is_han(a.text) and is_han(b.text)):
            continue
        if abs(a.x0 - b.x0) < 0.2 * a.size and 0.7 * a.size < b.top - a.top < 2.5 * a.size:
            down += 1
        elif abs(a.top - b.top) < 0.2 * a.size and b.x0 > a.x0:
            along += 1
    return down > 4 and down > 3 * along


class _Builder:
    """Collects the glyphs of one word."""

    def __init__(self, glyph: Glyph, shown: Glyph, before: str) -> None:
        self.first = self.last = glyph
        self.text = [glyph.text]
        self.boxes = array("f", shown[1:5])
        self.top, self.bottom, self.x1 = glyph.top, glyph.bottom, glyph.x1
        self.before = before

    def add(self, glyph: Glyph, shown: Glyph) -> None:
        self.last = glyph
        self.text.append(glyph.text)
        self.boxes.extend(shown[1:5])
        self.top, self.bottom = min(self.top, glyph.top), max(self.bottom, glyph.bottom)
        self.x1 = max(self.x1, glyph.x1)

    def word(self, after: str) -> Word:
        first = self.first
        return Word(
            text="".join(self.text), boxes=self.boxes.tobytes(), x0=first.x0, top=self.top,
            x1=self.x1, bottom=self.bottom, base=first.base, size=first.size, font=first.font,
            bold=first.bold, space_before=self.before, space_after=after,
        )  # fmt: skip


class _Fences:
    """Vertical rules, to ask whether one stands between two glyphs."""

    def __init__(self, rules: list[Rule]) -> None:
        self.rules = sorted(rules)
        self.xs = [r.x0 for r in self.rules]

    def between(self, a: Glyph, b: Glyph) -> bool:
        if not self.xs:
            return False
        middle = (b.top + b.bottom) / 2
        left, right = (a.x0 + a.x1) / 2, (b.x0 + b.x1) / 2
        for i in range(bisect_left(self.xs, left), len(self.xs)):
            if self.xs[i] > right:
                return False
            if self.rules[i].top <= middle <= self.rules[i].bottom:
                return True
        return False


def build_words(glyphs: list[Glyph], vertical: list[Rule], turn: int, width: float, height: float) -> (
    list[Word]
):  # fmt: skip
    """Join glyphs of one direction, in drawing order, to words.

    A word ends at a space, a gap, a change of baseline or style, and at a vertical rule (text of
    two table cells may touch). ``boxes`` keep the displayed coordinates, the rest is in the layout
    system of ``turn``; ``vertical`` are rules in that system too.
    """
    fences = _Fences(vertical)
    words: list[Word] = []
    current: _Builder | None = None
    space = ""
    for shown in glyphs:
        glyph = turn_glyph(shown, turn, width, height) if turn else shown
        if glyph.text in _SPACES:
            mark = "\u3000" if glyph.text == "\u3000" else " "
            if current is not None:
                words.append(current.word(mark))
                current = None
            space = mark if words and _near(words[-1], glyph) else ""
            continue
        if current is not None and _joins(current.last, glyph) and not fences.between(current.last, glyph):
            current.add(glyph, shown)
            continue
        if current is not None:
            words.append(current.word(""))
            space = ""
        current = _Builder(glyph, shown, space)
        space = ""
    if current is not None:
        words.append(current.word(""))
    return words


def _near(word: Word, glyph: Glyph) -> bool:
    return abs(word.base - glyph.base) < 0.5 * glyph.size and -0.5 * glyph.size < glyph.x0 - word.x1


def _joins(a: Glyph, b: Glyph) -> bool:
    """Say whether ``b`` goes on the word that ``a`` ends."""
    if a.bold != b.bold or a.font != b.font or abs(a.size - b.size) > 0.06 * a.size:
        return False
    if abs(a.base - b.base) > 0.08 * a.size:
        return False
    if (a.text in _RAISED_DIGITS) != (b.text in _RAISED_DIGITS):
        return False
    gap = b.x0 - a.x1
    wide = 0.4 if is_han(a.text) and is_han(b.text) else 0.17
    return -0.6 * a.size < gap < wide * a.size and b.x0 >= a.x0 - 0.1 * a.size


def mark_raised(words: list[Word]) -> None:
    """Set ``kind`` of words that are raised or lowered parts of a line, and their line's baseline.

    A raised word is small and stands directly behind (at a note's own beginning: before) a larger
    one whose baseline is lower. Digits, letters and signs are note marks; behind a unit or a ten
    they are exponents, and so is everything else (``14th``).
    """
    bases = sorted((word.base, i) for i, word in enumerate(words))
    tallest = max((w.size for w in words), default=0.0)
    last: Word | None = None
    for word in words:
        previous, last = last, word
        if all(c in _RAISED_DIGITS for c in word.text):
            if previous is None or not _UNIT.search(previous.text):
                word.kind = "note"
            continue
        if word.size >= 0.85 * tallest or len(word.text) > 12:
            continue
        label = _LABEL.fullmatch(word.text) is not None
        if (
            label and previous is not None and previous.kind == "note"
            and abs(previous.size - word.size) < 0.1 and abs(previous.top - word.top) < 1
            and -0.3 <= (word.x0 - previous.x1) / word.size <= 0.8
        ):  # fmt: skip
            word.kind, word.base = "note", previous.base
            continue
        before = _neighbour(words, bases, word, behind=True)
        if before is not None:
            exponent = before.base < word.base or _UNIT.search(before.text) or not label
            word.kind = "raised" if exponent else "note"
            word.base = before.base
            continue
        after = _neighbour(words, bases, word, behind=False) if label else None
        if after is not None:
            word.kind, word.base = "note", after.base


def _neighbour(words: list[Word], bases: list[tuple[float, int]], word: Word, behind: bool) -> Word | None:
    """The larger word that ``word`` is a raised (or lowered) part of."""
    for i in range(bisect_left(bases, (word.base - 0.5 * word.size, -1)), len(bases)):
        base, index = bases[i]
        other = words[index]
        shift = base - word.base
        if shift > 1.2 * word.size:
            return None
        if other is word or other.kind != "text" or other.size * 0.85 < word.size:
            continue
        if not (0.12 < shift / other.size < 0.7 or -0.35 < shift / other.size < -0.08):
            continue
        gap = word.x0 - other.x1 if behind else other.x0 - word.x1
        if -0.25 * other.size <= gap <= 0.35 * other.size:
            return other
    return None


def mark_signs(words: list[Word]) -> list[Word]:
    """Set note signs apart that are no smaller than the text: ``word*`` with a footnote ``* ...``.

    A sign is a note mark where a line of small print, at its beginning, has the same sign.
    """
    tallest = max((w.size * (len(w.text) > 2) for w in words), default=0.0)
    signs: set[str] = set()
    for word in words:
        if word.text in _SIGNS and word.size < 0.9 * tallest and word.kind != "raised":
            if not any(
                abs(o.base - word.base) < 1 and o.x1 <= word.x0 and word.x0 - o.x1 < 200 for o in words
            ):
                signs.add(word.text)
                word.kind = "note"
    if not signs:
        return words
    out: list[Word] = []
    for word in words:
        sign = next((s for s in ("***", "**", "*", "†", "‡") if word.text.endswith(s)), None)
        if word.kind != "text" or sign not in signs or word.text == sign:
            out.append(word)
            continue
        cut = len(word.text) - len(sign)
        boxes = array("f", word.boxes)
        edge = boxes[4 * cut] - boxes[0] + word.x0
        head = msgspec.structs.replace(
            word, text=word.text[:cut], boxes=boxes[: 4 * cut].tobytes(), x1=edge, space_after=""
        )
        tail = msgspec.structs.replace(
            word, text=sign, boxes=boxes[4 * cut :].tobytes(), x0=edge, space_before="", kind="note"
        )
        out += [head, tail]
    return out


def note_labels(text: str) -> list[str]:
    """The labels of a printed note mark.

    >>> note_labels("23, 24"), note_labels("[7]"), note_labels("⁵")
    (['23', '24'], ['7'], ['5'])
    """
    plain = unicodedata.normalize("NFKC", text) if text[:1] in _RAISED_DIGITS else text
    plain = plain.strip("[]()（）〔〕【】 ")
    return [part for part in re.split(r"\s*[,，、;；]\s*", plain) if part]
