"""Which pages of a PDF have no text worth the name, or one that a bad OCR program wrote."""

import re

from pipeline.normal import count_han
from pipeline.records import ParsedPage

_CID = re.compile(r"\(cid:\d+\)")
_REPEATED = re.compile(r"([\u3400-\u9fff])\1{2,}")
_NUMERIC = re.compile(r"(?<![A-Za-z\d])[\dIlOoZq|]*\d[\dIlOoZq|]*(?![A-Za-z\d])")
_BROKEN = re.compile(r"(?=.*[IlOoZq|])(?=.*\d).{2,}")
_HAN_IN_YEAR = re.compile(
    r"(?<!\d)(?:19|20)(?:[^\d\s,.，。、年月日多余]\d|\d?[\u4e00-\u9fff丁门]?[丁竹门孔们仆])年"
)
_SPACED = re.compile(r"(?<=[\u4e00-\u9fff]) ")


def needs_ocr(page: ParsedPage, has_images: bool, languages: tuple[str, ...] = ("zh", "en")) -> str | None:
    """Say why a page should be read by OCR, or return None when its text is good.

    Args:
        page: as parsed.
        has_images: a picture covers most of the page, as on a scan.
        languages: what the document is written in; accented Latin letters are no sign of a fault
            when another language than English or Chinese is among them.

    Returns:
        ``no text``, ``unmapped glyphs``, ``repeated glyphs``, ``mojibake`` or ``bad text layer``.
    """
    text = page.page.text
    solid = "".join(text.split())
    if not any(c.isalnum() for c in solid):
        return "no text" if has_images else None
    unmapped = sum(len(m) for m in _CID.findall(text)) + sum(map(_private, solid))
    if unmapped > 0.1 * len(solid):
        return "unmapped glyphs"
    if set(languages) <= {"zh", "en"} and _mojibake(solid):
        return "mojibake"
    han = count_han(solid)
    repeated = [len(m.group()) for m in _REPEATED.finditer(solid)]
    if len(repeated) > 1 and sum(repeated) > 0.1 * han:
        return "repeated glyphs"
    if has_images and bad_layer(text):
        return "bad text layer"
    return None


def _private(char: str) -> bool:
    code = ord(char)
    return 0xE000 <= code <= 0xF8FF or code >= 0xF0000 or char == "\ufffd" or (code < 32)


def _mojibake(solid: str) -> bool:
    """Say whether a text is Chinese bytes shown as Latin-1: accented letters and signs outnumber plain ones."""
    high = sum(0xA1 <= ord(c) <= 0xFF for c in solid)
    return high >= 8 and high > 0.4 * len(solid)


def bad_layer(text: str) -> bool:
    """Say whether a text shows the marks of a poor OCR program: letters inside numbers (20I5, Z0l6).

    Args:
        text: of a page that is a scan.
    """
    numbers = _NUMERIC.findall(text)
    broken = sum(_BROKEN.fullmatch(n) is not None for n in numbers) + len(_HAN_IN_YEAR.findall(text))
    return broken >= 2 and broken >= 0.03 * len(numbers)
