"""pdfminer's fonts with what they say of each code remembered."""

import struct
from collections.abc import Iterable
from typing import Any

from pdfminer.cmapdb import IdentityCMap, IdentityCMapByte
from pdfminer.pdffont import PDFCIDFont, PDFUnicodeNotDefined

from pipeline.parse.pdf_glyphs import clean
from pipeline.parse.pdf_tokens import Unsure

Shown = tuple[str, float, bool]
"""What a code says in the text, its width (of a size of 1), and whether it is code 32."""

_MOST_STRINGS = 20_000
_WIDEST = 1000.0


class FastFont:
    """A font: strings become characters with their widths."""

    def __init__(self, font: Any) -> None:
        self.font = font
        name = font.fontname
        self.name: str = name if isinstance(name, str) else repr(name)
        self.vertical: bool = font.is_vertical()
        self.multibyte: bool = font.is_multibyte()
        self.descent: float = font.get_descent()
        if isinstance(self.descent, bool) or not isinstance(self.descent, int | float):
            raise Unsure("a font without a descent")
        self.backwards = False
        """Some character seen so far has a negative width."""
        self._codes: dict[int, Shown] = {}
        self._shown: dict[bytes, list[Shown]] = {}
        cmap = getattr(font, "cmap", None)
        self._double = (
            type(font) is PDFCIDFont
            and isinstance(cmap, IdentityCMap)
            and not isinstance(cmap, IdentityCMapByte)
        )

    def decode(self, data: bytes) -> Iterable[int]:
        """The codes of a string."""
        if self._double:
            count = len(data) // 2
            return struct.unpack(f">{count}H", data[: count * 2])
        found: Iterable[int] = self.font.decode(data)
        return found

    def shown(self, data: bytes) -> list[Shown]:
        """The characters of a string."""
        known = self._shown.get(data)
        if known is None:
            if len(self._shown) > _MOST_STRINGS:
                self._shown.clear()
            codes = self._codes
            known = [codes.get(code) or self.look_up(code) for code in self.decode(data)]
            self._shown[data] = known
        return known

    def look_up(self, code: int) -> Shown:
        """What pdfminer says of a code; asked once."""
        font = self.font
        try:
            text = font.to_unichr(code)
        except PDFUnicodeNotDefined:
            text = f"(cid:{code})"
        if not isinstance(text, str):
            raise Unsure("a code without text")
        width = font.char_width(code)
        if isinstance(width, bool) or not isinstance(width, int | float) or not -_WIDEST < width < _WIDEST:
            raise Unsure("an odd width")
        if width < 0:
            self.backwards = True
        shown = (clean(text), width, code == 32)
        self._codes[code] = shown
        return shown
