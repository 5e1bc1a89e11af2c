"""pdfminer's fonts with what they say of each code remembered."""

import struct
from collections.abc import Sequence
from typing import Any

from pdfminer.cmapdb import IdentityCMap, IdentityCMapByte
from pdfminer.pdffont import PDFCIDFont, PDFFont, PDFUnicodeNotDefined

from pipeline.parse.pdf_glyphs import clean
from pipeline.parse.pdf_tokens import Unsure

_WIDEST = 1000.0
_SHORT, _MOST = 4, 50_000
"""Strings of so many bytes are remembered, and so many of them."""


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
        self.texts: dict[int, str] = {}
        """What a code says in a page's text, for the codes met so far."""
        self.widths: dict[int, float] = {}
        """How wide its character is (of a size of 1)."""
        self._short: dict[bytes, Sequence[int]] = {}
        self._met = b""
        """The codes met so far, of a font whose codes are bytes."""
        self._single = type(font).decode is PDFFont.decode
        cmap = getattr(font, "cmap", None)
        self._double = (
            type(font) is PDFCIDFont
            and isinstance(cmap, IdentityCMap)
            and not isinstance(cmap, IdentityCMapByte)
        )

    def decode(self, data: bytes) -> Sequence[int]:
        """The codes of a string."""
        if self._single:
            return data
        if self._double:
            count = len(data) // 2
            return struct.unpack(f">{count}H", data[: count * 2])
        return list(self.font.decode(data))

    def codes(self, data: bytes) -> Sequence[int]:
        """The codes of a string; ``texts`` and ``widths`` have them all."""
        known = self._short.get(data)
        if known is not None:
            return known
        codes = self.decode(data)
        if not self._single or data.translate(None, self._met):
            for code in set(codes) - self.texts.keys():
                self._look_up(code)
            if self._single:
                self._met = bytes(self.texts)
        if len(data) <= _SHORT and len(self._short) < _MOST:
            self._short[data] = codes
        return codes

    def _look_up(self, code: int) -> None:
        """Ask pdfminer for a code."""
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
        self.widths[code] = width
        self.texts[code] = clean(text)
