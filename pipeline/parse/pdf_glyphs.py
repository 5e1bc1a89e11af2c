"""The glyphs of a PDF page, each once."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

import numpy as np

from pipeline.parse.pdf_chars import Chars, Column
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


class Glyphs:
    """The glyphs of a page, a code point each, as columns; ``Glyph`` says what each is."""

    __slots__ = (
        "base",
        "bold",
        "bottom",
        "codes",
        "font",
        "fonts",
        "size",
        "text",
        "top",
        "turn",
        "x0",
        "x1",
    )

    def __init__(self, text: str, fonts: list[str], **columns: Column) -> None:
        self.text = text
        self.fonts = fonts
        """The names that ``font`` counts."""
        self.codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4").astype(np.int64)
        self.x0, self.top, self.x1, self.bottom = (columns[k] for k in ("x0", "top", "x1", "bottom"))
        self.base, self.size = columns["base"], columns["size"]
        self.font, self.bold, self.turn = columns["font"], columns["bold"], columns["turn"]

    def __len__(self) -> int:
        return len(self.text)

    def take(self, places: Column) -> "Glyphs":
        """The glyphs at ``places``, in that order."""
        return Glyphs(
            self.codes[places].astype("<u4").tobytes().decode("utf-32-le", "surrogatepass"), self.fonts,
            x0=self.x0[places], top=self.top[places], x1=self.x1[places], bottom=self.bottom[places],
            base=self.base[places], size=self.size[places], font=self.font[places],
            bold=self.bold[places], turn=self.turn[places],
        )  # fmt: skip

    def rows(self) -> list[Glyph]:
        """The glyphs as records."""
        names = self.fonts
        columns = zip(
            self.text, self.x0.tolist(), self.top.tolist(), self.x1.tolist(), self.bottom.tolist(),
            self.base.tolist(), self.size.tolist(), [names[i] for i in self.font.tolist()],
            self.bold.tolist(), self.turn.tolist(), strict=True,
        )  # fmt: skip
        return [Glyph(*row) for row in columns]


def glyphs_of(rows: Sequence[Glyph]) -> Glyphs:
    """Records as columns."""
    fonts = {name: i for i, name in enumerate(dict.fromkeys(g.font for g in rows))}
    numbers = np.array([g[1:7] for g in rows], np.float64).reshape(len(rows), 6)
    return Glyphs(
        "".join([g.text for g in rows]), list(fonts), x0=numbers[:, 0], top=numbers[:, 1], x1=numbers[:, 2],
        bottom=numbers[:, 3], base=numbers[:, 4], size=numbers[:, 5],
        font=np.array([fonts[g.font] for g in rows], np.int64), bold=np.array([g.bold for g in rows], bool),
        turn=np.array([g.turn for g in rows], np.int64),
    )  # fmt: skip


def read_glyphs(chars: Chars, left: float, bottom: float) -> Glyphs:
    """Convert characters, in the order in which the page draws them.

    Args:
        chars: the characters, in PDF coordinates (upwards).
        left, bottom: where the displayed page begins and ends: its left edge, and the height of its
            top edge (from which glyphs are measured downwards).
    """
    run: Column
    x0: Column
    x1: Column
    x0, x1, run = chars.spans()
    low: Column = chars.column("y0", np.float64)[run]
    high: Column = chars.column("y1", np.float64)[run]
    text = "".join(chars.texts)
    plain = len(text) == len(chars.texts) and "" not in chars.texts
    lengths: Column = np.ones(len(run), np.int64)
    if not plain:
        lengths = np.fromiter(map(len, chars.texts), np.int64, len(chars.texts))
    with np.errstate(invalid="ignore"):
        sane = (
            (lengths > 0)
            & (x0 > -1e5)
            & (x0 <= x1)
            & (x1 < 1e5)
            & (low > -1e5)
            & (low <= high)
            & (high < 1e5)
        )
    if not sane.all():
        text = "".join([chars.texts[i] for i in np.flatnonzero(sane).tolist()])
        run, x0, x1, low, high = (v[sane] for v in (run, x0, x1, low, high))
        lengths = lengths[sane]
    font, fonts, fall, heavy, bold = _faces(chars, np.bincount(run, minlength=len(chars.runs)).tolist())
    if not plain:
        # The letters of a ligature share its box.
        run, x0, x1, low, high = (np.repeat(v, lengths) for v in (run, x0, x1, low, high))
    size, turn = chars.column("size", np.float64)[run], chars.column("turn", np.int64)[run]
    # The box of a glyph moves with a text rise, its matrix does not: the baseline is found from the
    # box, with the descent that most glyphs of the font show.
    y0, y1 = bottom - high, bottom - low
    face = font[run]
    drop = fall[face]
    base = y1 - drop * size
    # A font that states an absurd descent has boxes that lie beside its glyphs.
    absurd = ~((drop >= 0) & (drop <= 0.6)) & (turn == 0)
    if absurd.any():
        y0, y1 = np.where(absurd, base - 0.8 * size, y0), np.where(absurd, base + 0.2 * size, y1)
    # One face is often embedded as several subsets, each with a tag of its own.
    names = [_SUBSET.sub("", name) for name in fonts]
    unique = {name: i for i, name in enumerate(dict.fromkeys(names))}
    index = np.array([unique[name] for name in names], np.int64)
    return Glyphs(
        text, list(unique), x0=x0 - left, top=y0, x1=x1 - left, bottom=y1, base=base, size=size,
        font=index[face] if len(index) else face, bold=bold[run] | heavy[face], turn=turn,
    )  # fmt: skip


def _faces(chars: Chars, kept: list[int]) -> tuple[Column, list[str], Column, Column, Column]:
    """What the runs say of their fonts.

    Args:
        chars: the page's characters.
        kept: how many characters of each run are glyphs.

    Returns:
        By run, the font's number; by number, its name, its usual descent (of a size of 1) and whether
        it is a bold one; by run, whether a stroke makes it bold.
    """
    numbers: dict[str, int] = {}
    falls: list[Counter[float]] = []
    font = []
    stroked = 0
    for (count, y0, _, size, origin, name, turn, stroke, _, _), left in zip(chars.runs, kept, strict=True):
        if stroke:
            stroked += count
        number = numbers.get(name)
        if number is None:
            number = numbers[name] = len(numbers)
            falls.append(Counter())
        font.append(number)
        if turn == 0 and left:
            falls[number][round((origin - y0) / size, 2)] += left
    # Where all text is stroked, the stroke says nothing about weight.
    fake = 0 < stroked < 0.6 * len(chars.texts)
    return (
        np.array(font, np.int64), list(numbers),
        np.array([c.most_common(1)[0][0] if c else 0.2 for c in falls], np.float64),
        np.array([is_bold(name) for name in numbers], bool),
        chars.column("stroked", bool) & fake,
    )  # fmt: skip
