"""The glyphs of a PDF page, each once."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from pdfminer.layout import LTChar

from pipeline.parse.pdf_model import Glyph

UNMAPPED = "\ufffd"

_BOLD = re.compile(r"bold|black|heavy|demi(?!light)|-bd\b|,bd|fette|粗", re.I)
_SUBSET = re.compile(r"^[A-Z]{6}\+|-\d+$")
_CID = re.compile(r"\(cid:\d+\)")
_DROPPED = dict.fromkeys(
    [*range(0x09), *range(0x0E, 0x20), *range(0x7F, 0xA0), 0x200B, 0x200C, 0x2060, 0xFEFF]
)
_SYMBOLS = str.maketrans(
    {
        "\uf020": " ", "\uf06c": "●", "\uf06e": "■", "\uf06f": "□", "\uf071": "❑", "\uf075": "◆",
        "\uf076": "❖", "\uf0a7": "▪", "\uf0a8": "▫", "\uf0b7": "•", "\uf0d8": "➢", "\uf0fc": "✓",
        "\uf02d": "-", "\uf0e0": "→", "\t": " ", "\n": " ", "\r": " ", "\v": " ", "\f": " ",
        "\x85": " ", "\u2028": " ", "\u2029": " ",
    }
)  # fmt: skip


def is_bold(font: str) -> bool:
    """Say whether a font's name tells that it is a bold one.

    >>> is_bold("ABCDEF+Lato-Bold"), is_bold("SimSun,Bold"), is_bold("Lato-Regular")
    (True, True, False)
    """
    return _BOLD.search(font.split("+", 1)[-1]) is not None


def clean(text: str) -> str:
    """What a glyph's Unicode value says in ``page.text``: letters of ligatures, no controls.

    Kangxi radicals are printed exactly as the ideographs, and become these. What has no Unicode
    value (``(cid:12)``, private use, lone surrogates) is U+FFFD.

    >>> clean("\\ufb03"), clean("(cid:7)"), clean("\\u2f08"), clean("\\x02")
    ('ffi', '\\ufffd', '人', '')
    """
    if len(text) == 1 and " " <= text <= "~":
        return text
    if text.startswith("(cid:"):
        # Codes without a meaning in Windows' encoding are bullets, and this one is used as such.
        return "•" if text == "(cid:127)" else _CID.sub(UNMAPPED, text)
    out = []
    for char in text.translate(_SYMBOLS).translate(_DROPPED):
        code = ord(char)
        if 0xFB00 <= code <= 0xFB06 or 0x2F00 <= code <= 0x2FD5:
            out.append(unicodedata.normalize("NFKC", char))
        elif 0xD800 <= code <= 0xF8FF or code >= 0xF0000 or code in (0xFFFE, 0xFFFF):
            out.append(UNMAPPED)
        else:
            out.append(" " if char == "\xa0" else char)
    return "".join(out)


def _turn(matrix: Sequence[float]) -> int:
    """The direction that text set with ``matrix`` runs in (see ``Glyph.turn``)."""
    a, b = matrix[0], matrix[1]
    if abs(b) <= 0.2 * abs(a):
        return 0 if a >= 0 else 180
    if abs(a) <= 0.2 * abs(b):
        return 90 if b > 0 else 270
    return 1


def read_glyphs(chars: Sequence[LTChar], left: float, bottom: float) -> list[Glyph]:
    """Convert pdfminer's characters, in the order in which the page draws them.

    Args:
        chars: the characters, in PDF coordinates (upwards).
        left, bottom: where the displayed page begins and ends: its left edge, and the height of its
            top edge (from which glyphs are measured downwards).
    """
    rows: list[tuple[str, float, float, float, float, float, str, int, bool]] = []
    falls: dict[str, Counter[float]] = {}
    names: dict[str, str] = {}
    stroked = sum(hasattr(char, "stroked_text") for char in chars)
    # Where all text is stroked, the stroke says nothing about weight.
    fake = 0 < stroked < 0.6 * len(chars)
    for char in chars:
        text = clean(char.get_text())
        if not text:
            continue
        x0, y0, x1, y1 = char.bbox
        if not (-1e5 < x0 <= x1 < 1e5 and -1e5 < y0 <= y1 < 1e5):
            continue
        turn = _turn(char.matrix)
        size = max(char.size if turn in (0, 1, 180) else x1 - x0, 0.1)
        font = char.fontname if isinstance(char.fontname, str) else repr(char.fontname)
        if font not in names:
            falls[font] = Counter()
            # One face is often embedded as several subsets, each with a tag of its own.
            names[font] = _SUBSET.sub("", font)
        if turn == 0:
            falls[font][round((char.matrix[5] - y0) / size, 2)] += 1
        bold = fake and hasattr(char, "stroked_text")
        rows.append((text, x0 - left, bottom - y1, x1 - left, bottom - y0, size, font, turn, bold))
    fall = {font: counts.most_common(1)[0][0] for font, counts in falls.items() if counts}
    weight = {font: is_bold(font) for font in names}
    out: list[Glyph] = []
    for text, x0, y0, x1, y1, size, font, turn, bold in rows:
        # The box of a glyph moves with a text rise, its matrix does not: the baseline is found
        # from the box, with the descent that most glyphs of the font show.
        drop = fall.get(font, 0.2)
        base = y1 - drop * size
        if not 0 <= drop <= 0.6 and turn == 0:
            # A font that states an absurd descent has boxes that lie beside its glyphs.
            y0, y1 = base - 0.8 * size, base + 0.2 * size
        heavy = bold or weight[font]
        out.extend(Glyph(part, x0, y0, x1, y1, base, size, names[font], heavy, turn) for part in text)
    return out


def drop_duplicates(glyphs: list[Glyph]) -> list[Glyph]:
    """Keep one of the glyphs that are drawn on top of each other, and make it bold.

    Fake bold draws text two to five times, each a fraction of a point beside the last; shadows and
    careless producers draw whole strings again. Copies are looked for in a grid of small squares,
    so the cost grows with the number of glyphs only.
    """
    grid: dict[tuple[str, int, int], list[int]] = {}
    kept: list[Glyph] = []
    doubled: set[int] = set()
    for glyph in glyphs:
        text, x0, top, x1 = glyph.text, glyph.x0, glyph.top, glyph.x1
        if text == " ":
            kept.append(glyph)
            continue
        near_x = min(0.4 * (x1 - x0), max(1.0, 0.12 * glyph.size))
        near_y = min(0.4 * (glyph.bottom - top), max(1.0, 0.12 * glyph.size))
        column, row = int(x0 // 2), int(top // 2)
        reach_x, reach_y = int(near_x // 2) + 1, int(near_y // 2) + 1
        twin = -1
        for i in range(column - reach_x, column + reach_x + 1):
            for j in range(row - reach_y, row + reach_y + 1):
                for index in grid.get((text, i, j), ()):
                    other = kept[index]
                    # A ligature's letters share one box, so ``ff`` must not lose a letter.
                    if (
                        abs(other.x0 - x0) <= near_x and abs(other.top - top) <= near_y
                        and abs(other.size - glyph.size) <= 0.15 * glyph.size
                        and not _shared(kept, index, glyph)
                    ):  # fmt: skip
                        twin = index
        if twin >= 0:
            doubled.add(twin)
            continue
        grid.setdefault((text, column, row), []).append(len(kept))
        kept.append(glyph)
    # A page that is drawn twice as a whole (layers) says nothing about weight.
    if len(doubled) > 0.8 * len(kept):
        return kept
    for index in doubled:
        if not kept[index].bold:
            kept[index] = kept[index]._replace(bold=True)
    return kept


def _shared(kept: list[Glyph], index: int, glyph: Glyph) -> bool:
    """Say whether ``glyph`` is a later letter of the ligature that ``kept[index]`` begins."""
    other = kept[index]
    if other[1:5] != glyph[1:5]:
        return False
    return index >= len(kept) - 2 and all(k[1:5] == glyph[1:5] for k in kept[index:])
