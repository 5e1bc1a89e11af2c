"""A page's characters as columns: what an engine delivers, whichever it is."""

from array import array
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Column = npt.NDArray[Any]


class Run(NamedTuple):
    """What the characters of a run share; coordinates are those of the page's media box, upwards.

    Engines append plain tuples of this form: there may be a run for each character.
    """

    number: int
    """How many characters there are."""
    y0: float
    y1: float
    size: float
    origin: float
    """Height of the text matrix: of the baseline, but for a rise."""
    font: str
    turn: int
    """See ``Glyph.turn``."""
    stroked: bool
    """Painted in a rendering mode that fills and strokes: how word processors fake bold."""
    scale: float = 0.0
    """0: the places of the characters are as they are; else they are along the line, before scale and shift."""
    shift: float = 0.0


class Chars:
    """Characters in drawing order, in runs that share everything but their text and place along the line."""

    __slots__ = ("runs", "texts", "x0", "x1")

    def __init__(self) -> None:
        self.texts: list[str] = []
        """What each character says in a page's text; may be empty or several code points (a ligature)."""
        self.x0 = array("d")
        """Where a character begins; where its run has a scale: along the line."""
        self.x1 = array("d")
        """Where it ends; where its run has a scale: its width along the line."""
        self.runs: list[tuple[int, float, float, float, float, str, int, bool, float, float]] = []
        """In the form of ``Run``."""

    def column(self, field: str, kind: type) -> Column:
        """A value of ``Run`` of each run."""
        place = Run._fields.index(field)
        return np.array([run[place] for run in self.runs], kind)

    def spans(self) -> tuple[Column, Column, Column]:
        """Where each character begins and ends, and the number of its run."""
        runs = np.repeat(np.arange(len(self.runs)), self.column("number", np.int64))
        x0, x1 = np.array(self.x0, np.float64), np.array(self.x1, np.float64)
        scale = self.column("scale", np.float64)[runs]
        scaled = scale > 0
        if scaled.any():
            shift = self.column("shift", np.float64)[runs]
            x0 = np.where(scaled, x0 * scale + shift, x0)
            x1 = np.where(scaled, scale * x1 + x0, x1)
        return x0, x1, runs


def turn_of(matrix: Sequence[float]) -> int:
    """The direction that text set with ``matrix`` runs in (see ``Glyph.turn``)."""
    a, b = matrix[0], matrix[1]
    if abs(b) <= 0.2 * abs(a):
        return 0 if a >= 0 else 180
    if abs(a) <= 0.2 * abs(b):
        return 90 if b > 0 else 270
    return 1
