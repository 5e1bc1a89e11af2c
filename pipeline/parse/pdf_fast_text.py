"""Text operators: strings become characters with places, by pdfminer's arithmetic."""

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from pdfminer.utils import MATRIX_IDENTITY, apply_matrix_rect, mult_matrix, translate_matrix

from pipeline.parse.pdf_chars import turn_of
from pipeline.parse.pdf_device import STROKED
from pipeline.parse.pdf_fast_font import FastFont
from pipeline.parse.pdf_fast_state import GraphicsState, Matrix, checked_name, need_numbers
from pipeline.parse.pdf_tokens import Unsure

_FAR = 1e7


class TextState(GraphicsState):
    """The state of a content stream with the operators that set and show text.

    What is no number makes the arithmetic fail, and with it the fast reading, as soon as it matters.
    """

    # -- text ------------------------------------------------------------------------------------

    def begin_text(self, _: list[Any]) -> None:
        self.matrix, self.line = MATRIX_IDENTITY, (0, 0)

    def set_font(self, name: Any, size: Any) -> None:
        font = self.fontmap.get(checked_name(name))
        if font is None:
            raise Unsure("an unknown font")
        known = self.page.fonts.get(font)
        if known is None:
            known = self.page.fonts[font] = FastFont(font)
        self.font, self.fontsize = known, size

    def set_charspace(self, value: Any) -> None:
        self.charspace = value

    def set_wordspace(self, value: Any) -> None:
        self.wordspace = value

    def set_scaling(self, value: Any) -> None:
        self.scaling = value

    def set_leading(self, value: Any) -> None:
        self.leading = -value

    def set_render(self, value: Any) -> None:
        need_numbers((value,))
        self.render = int(value)

    def set_rise(self, value: Any) -> None:
        self.rise = value

    def move(self, tx: Any, ty: Any) -> None:
        a, b, c, d, e, f = self.matrix
        self.matrix = (a, b, c, d, tx * a + ty * c + e, tx * b + ty * d + f)
        self.line = (0, 0)

    def move_leading(self, tx: Any, ty: Any) -> None:
        self.move(tx, ty)
        self.leading = ty

    def set_matrix(self, *matrix: Any) -> None:
        self.matrix, self.line = matrix, (0, 0)

    def next_line(self, _: Any = None) -> None:
        a, b, c, d, e, f = self.matrix
        self.matrix = (a, b, c, d, self.leading * c + e, self.leading * d + f)
        self.line = (0, 0)

    def show(self, data: Any) -> None:
        self.show_all([data])

    def show_next(self, data: Any) -> None:
        self.next_line()
        self.show_all([data])

    def show_spaced(self, word: Any, char: Any, data: Any) -> None:
        self.wordspace, self.charspace = word, char
        self.show_all([data])  # pdfminer does not move to the next line here

    def show_all(self, parts: Any) -> None:
        """Show strings; numbers between them move the next one."""
        font = self.font
        if font is None:
            return
        if type(parts) is not list:
            raise Unsure("no array of text")
        strings: list[Any] = []
        for part in parts:
            if type(part) is float:
                strings.append(part)
            elif type(part) is bytes:
                strings.append(font.codes(part))
            else:
                raise Unsure("no text")
        a, b, c, d, e, f = matrix = mult_matrix(self.matrix, self.page.ctm)
        x, y = self.line
        size, rise = self.fontsize, self.rise
        scaling = self.scaling * 0.01
        if not (
            b == 0 and c == 0 and a > 0 and d > 0 and y == 0 and size > 0 and scaling > 0
            and not font.vertical and not font.backwards
        ):  # fmt: skip
            self._show_any(strings, matrix)
            return
        if not (
            a < _FAR and d < _FAR and size < _FAR and scaling < _FAR and -_FAR < e < _FAR and -_FAR < f < _FAR
        ):
            raise Unsure("numbers out of range")
        charspace = self.charspace * scaling
        wordspace = 0 if font.multibyte else self.wordspace * scaling
        step = 0.001 * size * scaling
        chars = self.page.chars
        width_of, text_of = font.widths.__getitem__, font.texts.__getitem__
        places: list[float] = []
        advances: list[float] = []
        spaced = False
        for part in strings:
            if type(part) is float:
                x -= part * step
                spaced = True
            elif part:
                own = [width * size * scaling for width in map(width_of, part)]
                chars.texts.extend(map(text_of, part))
                if charspace or wordspace:
                    x = _spread(part, own, x, charspace, wordspace, spaced, places)
                else:
                    found = list(accumulate(own, initial=x))
                    x = found.pop()
                    places += found
                advances += own
                spaced = True
        self.line = (x, y)
        if places:
            chars.x0.extend(places)
            chars.x1.extend(advances)
            low = font.descent * size + rise
            y0, y1 = d * low + f, d * (low + size) + f
            chars.runs.append(
                (len(places), y0, y1, max(y1 - y0, 0.1), f, font.name, 0, self.render in STROKED, a, e)
            )
            if len(chars.texts) > self.page.most:
                self._check()

    def _show_any(self, strings: Sequence[Any], matrix: Matrix) -> None:
        """Show text that is turned, mirrored or vertical, a character at a time."""
        font = self.font
        assert font is not None
        x, y = self.line
        size, rise = self.fontsize, self.rise
        scaling = self.scaling * 0.01
        charspace = self.charspace * scaling
        wordspace = 0 if font.multibyte else self.wordspace * scaling
        step = 0.001 * size * scaling
        stroked = self.render in STROKED
        if font.vertical:
            raise Unsure("vertical writing")
        chars = self.page.chars
        spaced = False
        for part in strings:
            if type(part) is float:
                x -= part * step
                spaced = True
                continue
            for code in part:
                width = font.widths[code]
                if spaced:
                    x += charspace
                placed = translate_matrix(matrix, (x, y))
                advance = width * size * scaling
                low = font.descent * size
                box = apply_matrix_rect(placed, (0, low + rise, advance, low + rise + size))
                x0, y0, x1, y1 = box
                turn = turn_of(placed)
                height = y1 - y0 if turn in (0, 1, 180) else x1 - x0
                chars.texts.append(font.texts[code])
                chars.x0.append(x0)
                chars.x1.append(x1)
                chars.runs.append(
                    (1, y0, y1, max(height, 0.1), placed[5], font.name, turn, stroked, 0.0, 0.0)
                )
                x += advance
                if code == 32 and wordspace:
                    x += wordspace
                spaced = True
        self.line = (x, y)
        self._check()

    def _check(self) -> None:
        if len(self.page.chars.texts) > self.page.most:
            raise ValueError(f"more than {self.page.most} characters on a page")


def _spread(
    codes: Sequence[int], advances: list[float], x: float, charspace: float, wordspace: float, spaced: bool, places: list[float]
) -> float:  # fmt: skip
    """Append the places of a string's characters, with space between them; returns where the next one begins."""
    for code, advance in zip(codes, advances, strict=True):
        if spaced:
            x += charspace
        places.append(x)
        x += advance
        if code == 32 and wordspace:
            x += wordspace
        spaced = True
    return x
