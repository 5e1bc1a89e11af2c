"""Word's automatic numbering, written out: 第一条, 一、, （二）, 3.1."""

import re
from xml.etree.ElementTree import Element

from pipeline.parse.docx_styles import Styles, W, attribute, integer

_CHINESE = frozenset(
    ("chineseCounting", "chineseCountingThousand", "chineseLegalSimplified", "ideographDigital", "japaneseCounting",
     "taiwaneseCounting", "taiwaneseCountingThousand", "ideographTraditional", "japaneseDigitalTenThousand")
)  # fmt: skip


class Numbering:
    """Counts a document's numbered paragraphs.

    Args:
        root: of ``word/numbering.xml``, or None.
        styles: the document's styles, which may number paragraphs.
    """

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._levels: dict[str, dict[int, Element]] = {}
        self._abstract: dict[str, str] = {}
        self._starts: dict[tuple[str, int], int] = {}
        self._counts: dict[tuple[str, int], int] = {}
        for element in root if root is not None else ():
            if element.tag == f"{W}abstractNum":
                self._levels[attribute(element, "abstractNumId") or ""] = {
                    integer(attribute(level, "ilvl")): level for level in element if level.tag == f"{W}lvl"
                }
            elif element.tag == f"{W}num":
                number = attribute(element, "numId") or ""
                abstract = element.find(f"{W}abstractNumId")
                self._abstract[number] = (attribute(abstract, "val") if abstract is not None else "") or ""
                for override in element:
                    start = override.find(f"{W}startOverride")
                    if override.tag == f"{W}lvlOverride" and start is not None:
                        self._starts[number, integer(attribute(override, "ilvl"))] = integer(
                            attribute(start, "val")
                        )

    def mark(self, properties: Element | None) -> str | None:
        """Return the mark of a paragraph (empty for a bullet), counting it; None when it has no number.

        Args:
            properties: the paragraph's ``w:pPr``.
        """
        numbered = self._styles.numbering(properties)
        if numbered is None:
            return None
        key, depth = numbered.find(f"{W}numId"), numbered.find(f"{W}ilvl")
        number = attribute(key, "val") if key is not None else None
        level = integer(attribute(depth, "val")) if depth is not None else 0
        if not number or number == "0" or number not in self._abstract:
            return None
        abstract = self._abstract[number]
        levels = self._levels.get(abstract, {})
        if level not in levels:
            return ""
        counter = (number if (number, level) in self._starts else abstract, level)
        start = self._starts.get((number, level), _value(levels[level], "start", 1))
        self._counts[counter] = self._counts.get(counter, start - 1) + 1
        for held in [k for k in self._counts if k[0] in (abstract, number) and k[1] > level]:
            del self._counts[held]
        form = levels[level].find(f"{W}lvlText")
        text = (attribute(form, "val") if form is not None else "") or ""
        if _format(levels[level]) in ("bullet", "none"):
            return ""

        def shown(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            if at not in levels:
                return ""
            count = self._counts.get(
                (number, at), self._counts.get((abstract, at), _value(levels[at], "start", 1))
            )
            return _written(count, _format(levels[at]))

        return re.sub(r"%([1-9])", shown, text)


def _format(level: Element) -> str:
    found = level.find(f"{W}numFmt")
    return (attribute(found, "val") if found is not None else None) or "decimal"


def _value(level: Element, name: str, default: int) -> int:
    found = level.find(f"{W}{name}")
    return integer(attribute(found, "val")) if found is not None else default


def _written(number: int, form: str) -> str:
    if form in _CHINESE:
        return chinese(number)
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 % 10 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman"):
        return _roman(number) if form == "upperRoman" else _roman(number).lower()
    if form.startswith("decimalEnclosedCircle") and 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    return str(number)


def chinese(number: int) -> str:
    """Write a number up to 9999 in Chinese: 十二, 一百零五."""
    digits = "零一二三四五六七八九"
    if not 0 < number < 10_000:
        return str(number)
    out = ""
    zero = False
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            out += ("零" if zero and out else "") + digits[digit] + unit
            zero = False
        else:
            zero = True
    return out[1:] if out.startswith("一十") else out


def _roman(number: int) -> str:
    out = ""
    for value, sign in (
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
        (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ):  # fmt: skip
        out += sign * (min(number, 9999) // value)
        number %= value
    return out
