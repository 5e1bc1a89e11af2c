"""Run a page's content through pdfminer, keeping what pdfplumber would drop: how text is painted."""

from collections.abc import Iterator
from typing import Any

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar, LTContainer, LTItem
from pdfminer.pdfinterp import PDFPageInterpreter, PDFTextState

from pipeline.parse.pdf_chars import Chars, turn_of
from pipeline.parse.pdf_glyphs import clean

STROKED = (2, 6)
"""Text rendering modes that fill and stroke: how word processors fake bold."""


class _Device(PDFPageAggregator):
    """Collects a page's objects; each character gets the rendering mode that it is painted in."""

    mode = 0

    def render_string(self, textstate: PDFTextState, *args: Any, **kwargs: Any) -> None:
        self.mode = textstate.render
        super().render_string(textstate, *args, **kwargs)

    def render_char(self, *args: Any, **kwargs: Any) -> float:
        advance = super().render_char(*args, **kwargs)
        if self.mode in STROKED:
            self.cur_item._objs[-1].stroked_text = True  # type: ignore[attr-defined]
        return advance


def run_page(page: Any) -> tuple[Chars, list[dict[str, Any]]]:
    """The characters of a page and its other objects (rules, shapes, pictures).

    Args:
        page: a pdfplumber page.

    Returns:
        pdfminer's characters, and pdfplumber's dictionaries of everything else. (pdfplumber's dictionaries of characters cost as much as reading the page.)
    """
    device = _Device(page.pdf.rsrcmgr, pageno=page.page_number, laparams=None)
    PDFPageInterpreter(page.pdf.rsrcmgr, device).process_page(page.page_obj)
    chars = Chars()
    texts: dict[str, str] = {}
    others: list[dict[str, Any]] = []
    for item in _flat(device.get_result()):
        if isinstance(item, LTChar):
            _add(chars, item, texts)
        else:
            others.append(page.process_object(item))
    return chars, others


def _add(chars: Chars, char: LTChar, texts: dict[str, str]) -> None:
    """Append a character as a run of its own; ``texts`` remembers what is said of each text."""
    raw = char.get_text()
    text = texts.get(raw)
    if text is None:
        text = texts[raw] = clean(raw)
    x0, y0, x1, y1 = char.bbox
    turn = turn_of(char.matrix)
    size = max(char.size if turn in (0, 1, 180) else x1 - x0, 0.1)
    font = char.fontname if isinstance(char.fontname, str) else repr(char.fontname)
    chars.texts.append(text)
    chars.x0.append(x0)
    chars.x1.append(x1)
    chars.runs.append((1, y0, y1, size, char.matrix[5], font, turn, hasattr(char, "stroked_text"), 0.0, 0.0))


def _flat(container: Any) -> Iterator[LTItem]:
    """The objects of a page, those of forms (nested content) included."""
    stack: list[Iterator[Any]] = [iter(container)]
    while stack:
        for item in stack[-1]:
            if isinstance(item, LTContainer) and not isinstance(item, LTChar):
                stack.append(iter(item))
                break
            yield item
        else:
            stack.pop()
