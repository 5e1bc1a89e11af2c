"""Chinese text in fonts that say nothing about their encoding: bytes of GBK read as Latin letters."""

import functools

import numpy as np

from pipeline.normal import is_han
from pipeline.parse.pdf_glyphs import Glyphs, glyphs_of
from pipeline.parse.pdf_model import Glyph

_FEWEST = 8
"""Characters of a font below which nothing can be told."""


def repair(glyphs: Glyphs) -> Glyphs:
    """Put the two halves of GBK characters together, where a font's text is clearly such.

    Old Chinese producers draw each byte of a character as a letter of a Latin font: ``Ä¿Â¼`` for
    目录. Only fonts nearly all of whose letters are of that kind, and decode to Chinese, are
    touched. The repaired glyph covers both halves.
    """
    if not _suspect(glyphs):
        return glyphs
    rows = glyphs.rows()
    repaired = _repaired(rows)
    return glyphs if repaired is rows else glyphs_of(repaired)


def _suspect(glyphs: Glyphs) -> bool:
    """Say whether most letters of some font are of the upper half of Windows' encoding."""
    codes = glyphs.codes
    low = np.where(codes < 0x10000, codes, 0)
    high = np.bincount(glyphs.font[_HIGH[low]], minlength=len(glyphs.fonts))
    if not (high >= 0.7 * _FEWEST).any():
        return False
    letters = np.bincount(glyphs.font[~_BLANK[low]], minlength=len(glyphs.fonts))
    return bool(((letters >= _FEWEST) & (high >= 0.7 * letters)).any())


def _repaired(glyphs: list[Glyph]) -> list[Glyph]:
    fonts: dict[str, list[int]] = {}
    for i, glyph in enumerate(glyphs):
        if not glyph.text.isspace():
            fonts.setdefault(glyph.font, []).append(i)
    drop: set[int] = set()
    out = list(glyphs)
    for places in fonts.values():
        high = [i for i in places if _byte(glyphs[i].text) >= 0x81]
        if len(places) < _FEWEST or len(high) < 0.7 * len(places):
            continue
        pairs = _pairs(glyphs, places)
        chinese = sum(is_han(text) or 0x3000 <= ord(text) <= 0xFFEF for _, _, text in pairs)
        if 2 * chinese < 0.7 * len(high):
            continue
        for a, b, text in pairs:
            first, second = glyphs[a], glyphs[b]
            out[a] = first._replace(
                text=text, x1=max(first.x1, second.x1), x0=min(first.x0, second.x0),
                top=min(first.top, second.top), bottom=max(first.bottom, second.bottom),
            )  # fmt: skip
            drop.add(b)
    return [g for i, g in enumerate(out) if i not in drop] if drop else glyphs


@functools.cache
def _byte(char: str) -> int:
    """The byte that a Latin character stands for in Windows' encoding, 0 for none."""
    for encoding in ("cp1252", "latin-1"):
        try:
            return char.encode(encoding)[0] if len(char) == 1 else 0
        except UnicodeEncodeError:
            continue
    return 0


def _pairs(glyphs: list[Glyph], places: list[int]) -> list[tuple[int, int, str]]:
    """Neighbouring halves of characters: their places and the character."""
    pairs = []
    k = 0
    while k + 1 < len(places):
        a, b = places[k], places[k + 1]
        first, second = _byte(glyphs[a].text), _byte(glyphs[b].text)
        # Readers take the byte of a soft hyphen for a hyphen.
        second = 0xAD if second == 0x2D else second
        near = abs(glyphs[a].base - glyphs[b].base) < 1 and -1 <= glyphs[b].x0 - glyphs[a].x1 < glyphs[a].size
        if first >= 0x81 and second >= 0x40 and near:
            try:
                text = bytes((first, second)).decode("gbk")
            except UnicodeDecodeError:
                text = ""
            if len(text) == 1:
                pairs.append((a, b, text))
                k += 2
                continue
        k += 1
    return pairs


_HIGH = np.array([_byte(chr(code)) >= 0x81 for code in range(0x10000)], bool)
_BLANK = np.array([chr(code).isspace() for code in range(0x10000)], bool)
