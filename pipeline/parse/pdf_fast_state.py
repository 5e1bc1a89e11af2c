"""The graphics state of a content stream, as far as the parser needs it: matrices, colours and paths."""

from collections.abc import Sequence
from typing import Any

from pdfminer.pdfdevice import PDFDevice
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.utils import MATRIX_IDENTITY, mult_matrix

from pipeline.parse.pdf_chars import Chars
from pipeline.parse.pdf_fast_font import FastFont
from pipeline.parse.pdf_paths import Drawings
from pipeline.parse.pdf_tokens import Unsure

Matrix = tuple[float, float, float, float, float, float]
_DEEPEST = 12
_FLOAT = {float}


class SharedState:
    """What the page's content and the forms in it share."""

    def __init__(
        self, page: Any, fonts: dict[Any, FastFont], most: int, most_drawings: int, ctm: Matrix
    ) -> None:
        self.rsrcmgr = page.pdf.rsrcmgr
        self.fonts = fonts
        self.most = most
        self.chars = Chars()
        self.drawings = Drawings(page, most_drawings)
        self.ctm = ctm
        """The device's matrix. As in pdfminer, a form leaves its own behind."""


class GraphicsState:
    """The state of one content stream (of the page, or of a form), and the operators that set it.

    Operators take their operands as pdfminer's do; one with operands that pdfminer would not take, or would
    take in its own way, raises ``Unsure``. Those without operands of their own get the list of all.
    """

    def __init__(
        self, page: SharedState, resources: Any, ctm: Matrix, parents: frozenset[int], depth: int
    ) -> None:
        if depth > _DEEPEST:
            raise Unsure("deep nesting")
        self.page = page
        self.parents = parents
        self.own: set[int] = set()
        self.depth = depth
        self.resources = resources
        # pdfminer's own preparation of fonts, forms and colour spaces.
        prepared = PDFPageInterpreter(page.rsrcmgr, PDFDevice(page.rsrcmgr))
        prepared.init_resources(resources)
        self.fontmap = prepared.fontmap
        self.xobjects = prepared.xobjmap
        self.spaces = prepared.csmap
        self.ctm = ctm
        page.ctm = ctm
        self.stack: list[Any] = []
        self.path: list[tuple[Any, ...]] = []
        self.font: FastFont | None = None
        self.fontsize: float = 0
        self.charspace: float = 0
        self.wordspace: float = 0
        self.scaling: float = 100
        self.leading: float = 0
        self.render = 0
        self.rise: float = 0
        self.matrix: Matrix = MATRIX_IDENTITY
        self.line: tuple[float, float] = (0, 0)
        self.scs = self.ncs = self.spaces["DeviceGray"]
        self.colour: Any = 0

    # -- state -----------------------------------------------------------------------------------

    def save(self, _: list[Any]) -> None:
        self.stack.append(
            (self.ctm, self.font, self.fontsize, self.charspace, self.wordspace, self.scaling, self.leading,
             self.render, self.rise, self.matrix, self.line, self.scs, self.ncs, self.colour)
        )  # fmt: skip

    def restore(self, _: list[Any]) -> None:
        if self.stack:
            (self.ctm, self.font, self.fontsize, self.charspace, self.wordspace, self.scaling, self.leading,
             self.render, self.rise, self.matrix, self.line, self.scs, self.ncs, self.colour) = self.stack.pop()  # fmt: skip
            self.page.ctm = self.ctm

    def concatenate(self, *matrix: Any) -> None:
        need_numbers(matrix)
        self.page.ctm = self.ctm = mult_matrix(matrix, self.ctm)

    def nothing(self, *_: Any) -> None:
        pass

    # -- colour ----------------------------------------------------------------------------------

    def stroking_space(self, name: Any) -> None:
        self.scs = self.spaces.get(checked_name(name), self.scs)

    def filling_space(self, name: Any) -> None:
        self.ncs = self.spaces.get(checked_name(name), self.ncs)

    def stroking_grey(self, grey: Any) -> None:
        need_numbers((grey,))
        self.scs = self.spaces["DeviceGray"]

    def filling_grey(self, grey: Any) -> None:
        need_numbers((grey,))
        self.colour, self.ncs = grey, self.spaces["DeviceGray"]

    def stroking_rgb(self, *rgb: Any) -> None:
        need_numbers(rgb)
        self.scs = self.spaces["DeviceRGB"]

    def filling_rgb(self, *rgb: Any) -> None:
        need_numbers(rgb)
        self.colour, self.ncs = rgb, self.spaces["DeviceRGB"]

    def stroking_cmyk(self, *cmyk: Any) -> None:
        need_numbers(cmyk)
        self.scs = self.spaces["DeviceCMYK"]

    def filling_cmyk(self, *cmyk: Any) -> None:
        need_numbers(cmyk)
        self.colour, self.ncs = cmyk, self.spaces["DeviceCMYK"]

    def stroking_colour(self, args: list[Any]) -> None:
        _components(args, self.scs)

    def filling_colour(self, args: list[Any]) -> None:
        parts = _components(args, self.ncs)
        if parts is None:
            return
        if self.ncs.name == "Pattern":
            # A pattern's name, or its colour and name: neither is white.
            if isinstance(parts[-1], str):
                self.colour = "pattern"
            return
        if len(parts) in (1, 3, 4) and all(type(p) is float for p in parts):
            self.colour = parts[0] if len(parts) == 1 else tuple(parts)

    # -- paths -----------------------------------------------------------------------------------

    def path_move(self, x: Any, y: Any) -> None:
        need_numbers((x, y))
        self.path.append(("m", x, y))

    def path_line(self, x: Any, y: Any) -> None:
        need_numbers((x, y))
        self.path.append(("l", x, y))

    def path_curve(self, *points: Any) -> None:
        need_numbers(points)
        self.path.append(("c", points[4], points[5]))

    def path_curve_v(self, *points: Any) -> None:
        need_numbers(points)
        self.path.append(("v", points[2], points[3]))

    def path_curve_y(self, *points: Any) -> None:
        need_numbers(points)
        self.path.append(("y", points[2], points[3]))

    def path_close(self, _: list[Any] | None = None) -> None:
        self.path.append(("h",))

    def path_rectangle(self, x: Any, y: Any, w: Any, h: Any) -> None:
        need_numbers((x, y, w, h))
        self.path += (("m", x, y), ("l", x + w, y), ("l", x + w, y + h), ("l", x, y + h), ("h",))

    def path_end(self, _: list[Any]) -> None:
        self.path = []

    def paint(self, stroke: bool, fill: bool, close: bool = False) -> None:
        if close:
            self.path_close()
        if self.path:
            self.page.drawings.paint(self.path, self.page.ctm, stroke, fill, self.colour)
        self.path = []


def name_of(token: bytes) -> str:
    try:
        return token[1:].decode("utf-8")
    except UnicodeDecodeError:
        raise Unsure("an odd name") from None


def checked_name(value: Any) -> str:
    if type(value) is not str:
        raise Unsure("no name")
    return value


def need_numbers(values: Sequence[Any]) -> None:
    if set(map(type, values)) != _FLOAT:
        raise Unsure("no number")


def _components(args: list[Any], space: Any) -> list[Any] | None:
    """Take a colour's components from the operands; None when too few are left."""
    count = space.ncomponents
    if type(count) is not int or count < 0:
        raise Unsure("an odd colour space")
    if count == 0:
        return None
    parts = args[-count:]
    del args[-count:]
    return parts if len(parts) == count else None
