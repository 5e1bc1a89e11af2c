"""A page's characters as columns: what an engine delivers, whichever it is."""

from array import array
from collections.abc import Sequence


class Chars:
    """Characters in drawing order, in runs that share everything but their text and place along the line.

    Coordinates are those of the page's media box, upwards. ``texts``, ``x0`` and ``x1`` have an item a
    character, the lists of a run an item a run; ``counts`` says how many characters a run has.
    """

    __slots__ = ("counts", "fonts", "origins", "sizes", "stroked", "texts", "turns", "x0", "x1", "y0", "y1")

    def __init__(self) -> None:
        self.texts: list[str] = []
        """What each character says in a page's text; may be empty or several code points (a ligature)."""
        self.x0 = array("d")
        self.x1 = array("d")
        self.counts: list[int] = []
        self.y0: list[float] = []
        self.y1: list[float] = []
        self.sizes: list[float] = []
        self.origins: list[float] = []
        """Height of a run's text matrix: of its baseline, but for a rise."""
        self.fonts: list[str] = []
        self.turns: list[int] = []
        """See ``Glyph.turn``."""
        self.stroked: list[bool] = []
        """Painted in a rendering mode that fills and strokes: how word processors fake bold."""

    def run(self, count: int, y0: float, y1: float, size: float, origin: float, font: str, turn: int, stroked: bool) -> None:  # fmt: skip
        """Close a run of ``count`` characters, whose texts and places have been appended."""
        self.counts.append(count)
        self.y0.append(y0)
        self.y1.append(y1)
        self.sizes.append(size)
        self.origins.append(origin)
        self.fonts.append(font)
        self.turns.append(turn)
        self.stroked.append(stroked)


def turn_of(matrix: Sequence[float]) -> int:
    """The direction that text set with ``matrix`` runs in (see ``Glyph.turn``)."""
    a, b = matrix[0], matrix[1]
    if abs(b) <= 0.2 * abs(a):
        return 0 if a >= 0 else 180
    if abs(a) <= 0.2 * abs(b):
        return 90 if b > 0 else 270
    return 1
