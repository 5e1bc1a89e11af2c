"""Run a page's content without pdfminer's interpreter: the same characters and drawings, several times faster.

pdfminer spends its time on cutting tokens and on an object for each character. This module uses its
document, fonts, colour spaces and arithmetic (operation by operation, so that even the last bit agrees), and
does the rest with columns of numbers. What it is not sure to read as pdfminer would raises
``Unsure``: the caller lets pdfminer read that page.

Other engines are faster still, but do not say the same: pdfium makes up spaces, pdf_oxide does not tell how
text is painted (so fake bold is lost) and leaves characters out, and both measure boxes in their own way;
playa-pdf agrees and is three times slower than this module.
"""

from collections.abc import Callable
from typing import Any

from pdfminer.pdfinterp import LITERAL_FORM, LITERAL_IMAGE
from pdfminer.pdftypes import dict_value, list_value, stream_value
from pdfminer.utils import MATRIX_IDENTITY, mult_matrix

from pipeline.parse.pdf_chars import Chars
from pipeline.parse.pdf_fast_font import FastFont
from pipeline.parse.pdf_fast_state import SharedState, checked_name, name_of
from pipeline.parse.pdf_fast_text import TextState
from pipeline.parse.pdf_streams import stream_data
from pipeline.parse.pdf_tokens import MAX_STREAM, Unsure, hexadecimal, number, string, tokens

_DIGITS = frozenset(b"0123456789+-.")
_DICTIONARY = object()
"""Stands for a dictionary among the operands: no operator that matters reads one."""


def run_page_fast(
    page: Any, fonts: dict[Any, FastFont], most: int, most_drawings: int
) -> tuple[Chars, list[dict[str, Any]]]:
    """The characters of a page and its other objects, as ``pdf_device.run_page`` gives them.

    Args:
        page: a pdfplumber page.
        fonts: the fonts of the document met so far; filled.
        most, most_drawings: how many characters a page may have, and how many drawings are looked at.

    Raises:
        Unsure: pdfminer must read the page.
    """
    miner = page.page_obj
    x0, y0, x1, y1 = miner.mediabox
    turns = {90: (0, -1, 1, 0, -y0, x1), 180: (-1, 0, 0, -1, x1, y1), 270: (0, 1, -1, 0, y1, -x0)}
    ctm = turns.get(miner.rotate, (1, 0, 0, 1, -x0, -y0))
    state = SharedState(page, fonts, most, most_drawings, ctm)
    _Run(state, miner.resources, ctm, frozenset(), 0).execute(miner.contents)
    return state.chars, state.drawings.items


class _Run(TextState):
    """One content stream (of the page, or of a form) being run."""

    # -- content ---------------------------------------------------------------------------------

    def execute(self, streams: Any) -> None:
        """Run the streams, one after another; operands may stand in another stream than their operator."""
        valid = []
        for item in list_value(streams):
            stream = stream_value(item)
            if stream.objid is None or stream.objid in self.parents:
                continue  # as pdfminer does
            valid.append(stream)
            self.own.add(stream.objid)
        args: list[Any] = []
        for stream in valid:
            self.stream(stream_data(stream), args)

    def stream(self, data: bytes, args: list[Any]) -> None:
        """Run one stream; ``args`` holds the operands so far."""
        if len(data) > MAX_STREAM:
            raise Unsure("a long stream")
        # What tokens mean: operators, and the operands met so far.
        known: dict[bytes, Any] = dict(_OPERATORS)
        digits = _DIGITS
        current = args
        open_: list[tuple[int, list[Any]]] = []
        for token in tokens(data):
            found = known.get(token)
            if type(found) is tuple:
                if current is not args:
                    raise Unsure("an operator in an array")
                count, method = found
                if not count:
                    method(self, args)
                    continue
                if len(args) == count:
                    method(self, *args)
                    args.clear()
                    continue
                own = args[-count:]
                del args[-count:]
                if len(own) == count:
                    method(self, *own)
                continue
            if found is not None:
                current.append(found)
                continue
            first = token[0]
            if first in digits:
                known[token] = value = number(token)
                current.append(value)
            elif first == 40:
                current.append(string(token))
            elif first == 47:
                known[token] = name = name_of(token)
                current.append(name)
            elif token == b"[":
                open_.append((93, current))
                current = []
            elif token == b"]":
                if not open_ or open_[-1][0] != 93:
                    raise Unsure("a stray bracket")
                whole = current
                current = open_.pop()[1]
                current.append(whole)
            elif token == b"<<":
                open_.append((62, current))
                current = []
            elif token == b">>":
                if not open_ or open_[-1][0] != 62 or len(current) % 2:
                    raise Unsure("a stray bracket")
                current = open_.pop()[1]
                current.append(_DICTIONARY)
            elif first == 60:
                text = hexadecimal(token)
                current.append(text)
                if len(token) < 8:
                    known[token] = text
            elif first != 37:
                raise Unsure("an unknown operator")
        if open_:
            raise Unsure("an open array")

    # -- forms and pictures ----------------------------------------------------------------------

    def external(self, name: Any) -> None:
        key = checked_name(name)
        if key not in self.xobjects:
            return
        item = stream_value(self.xobjects[key])
        kind = item.get("Subtype")
        if kind is LITERAL_FORM and "BBox" in item:
            box, matrix = list_value(item["BBox"]), list_value(item.get("Matrix", MATRIX_IDENTITY))
            if len(box) != 4 or len(matrix) != 6 or not all(type(v) in (int, float) for v in (*box, *matrix)):
                raise Unsure("an odd form")
            own = item.get("Resources")
            resources = dict_value(own) if own else self.resources.copy()
            inner = mult_matrix(tuple(matrix), self.ctm)
            parents = self.parents | self.own
            _Run(self.page, resources, inner, parents, self.depth + 1).execute([item])
        elif kind is LITERAL_IMAGE and "Width" in item and "Height" in item:
            self.page.drawings.image(self.page.ctm)


def _painter(stroke: bool, fill: bool, close: bool = False) -> Callable[..., None]:
    def method(run: _Run, _: list[Any]) -> None:
        run.paint(stroke, fill, close)

    return method


_OPERATORS: dict[bytes, tuple[int, Callable[..., None]]] = {
    b"q": (0, _Run.save), b"Q": (0, _Run.restore), b"cm": (6, _Run.concatenate),
    b"w": (1, _Run.nothing), b"J": (1, _Run.nothing), b"j": (1, _Run.nothing), b"M": (1, _Run.nothing),
    b"d": (2, _Run.nothing), b"ri": (1, _Run.nothing), b"i": (1, _Run.nothing), b"gs": (1, _Run.nothing),
    b"m": (2, _Run.path_move), b"l": (2, _Run.path_line), b"c": (6, _Run.path_curve),
    b"v": (4, _Run.path_curve_v), b"y": (4, _Run.path_curve_y), b"h": (0, _Run.path_close),
    b"re": (4, _Run.path_rectangle), b"n": (0, _Run.path_end),
    b"S": (0, _painter(True, False)), b"s": (0, _painter(True, False, True)),
    b"f": (0, _painter(False, True)), b"F": (0, _Run.nothing), b"f*": (0, _painter(False, True)),
    b"B": (0, _painter(True, True)), b"B*": (0, _painter(True, True)),
    b"b": (0, _painter(True, True, True)), b"b*": (0, _painter(True, True, True)),
    b"W": (0, _Run.nothing), b"W*": (0, _Run.nothing), b"sh": (1, _Run.nothing),
    b"CS": (1, _Run.stroking_space), b"cs": (1, _Run.filling_space),
    b"G": (1, _Run.stroking_grey), b"g": (1, _Run.filling_grey),
    b"RG": (3, _Run.stroking_rgb), b"rg": (3, _Run.filling_rgb),
    b"K": (4, _Run.stroking_cmyk), b"k": (4, _Run.filling_cmyk),
    b"SC": (0, _Run.stroking_colour), b"SCN": (0, _Run.stroking_colour),
    b"sc": (0, _Run.filling_colour), b"scn": (0, _Run.filling_colour),
    b"BT": (0, _Run.begin_text), b"ET": (0, _Run.nothing), b"BX": (0, _Run.nothing), b"EX": (0, _Run.nothing),
    b"MP": (1, _Run.nothing), b"DP": (2, _Run.nothing), b"BMC": (1, _Run.nothing),
    b"BDC": (2, _Run.nothing), b"EMC": (0, _Run.nothing),
    b"Tc": (1, _Run.set_charspace), b"Tw": (1, _Run.set_wordspace), b"Tz": (1, _Run.set_scaling),
    b"TL": (1, _Run.set_leading), b"Tf": (2, _Run.set_font), b"Tr": (1, _Run.set_render),
    b"Ts": (1, _Run.set_rise), b"Td": (2, _Run.move), b"TD": (2, _Run.move_leading),
    b"Tm": (6, _Run.set_matrix), b"T*": (0, _Run.next_line), b"TJ": (1, _Run.show_all),
    b"Tj": (1, _Run.show), b"'": (1, _Run.show_next), b'"': (3, _Run.show_spaced),
    b"Do": (1, _Run.external),
}  # fmt: skip
