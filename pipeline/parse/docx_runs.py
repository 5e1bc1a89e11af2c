"""The text of a Word paragraph: its runs with tracked changes accepted, note marks and bold stretches."""

from xml.etree.ElementTree import Element

from pipeline.parse.docx_styles import Styles, W, attribute, flag

_DROPPED = frozenset(
    f"{W}{n}" for n in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "sdtEndPr", "instrText", "delText", "annotationRef", "rt", "rubyPr")
)  # fmt: skip
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


class Runs:
    """A paragraph as it reads with all changes accepted.

    Args:
        paragraph: the ``w:p``.
        styles: the document's styles.
        marks: labels given to footnotes and endnotes so far, by ``kind:id``; new ones are added.
    """

    def __init__(self, paragraph: Element, styles: Styles, marks: dict[str, str]) -> None:
        self._chars: list[str] = []
        self._styles = styles
        self._marks = marks
        self.notes: list[tuple[int, str]] = []
        self.bold: list[tuple[int, int]] = []
        self.boxes: list[Element] = []
        """Text boxes anchored in the paragraph; their text stands apart."""
        self._base_bold = styles.bold(paragraph.find(f"{W}pPr"))
        self._walk(paragraph)

    @property
    def text(self) -> str:
        """The paragraph's text."""
        return "".join(self._chars)

    @property
    def all_bold(self) -> bool:
        """Whether all of it is bold."""
        return sum(e - s for s, e in self.bold) >= len(self.text.strip()) > 0

    def _walk(self, element: Element) -> None:
        for child in element:
            tag = child.tag
            if tag in _DROPPED:
                continue
            if tag == f"{W}r":
                self._run(child)
            elif tag == f"{_MC}AlternateContent":
                self._alternate(child)
            else:
                self._walk(child)

    def _alternate(self, element: Element) -> None:
        """Take the first choice of an alternative; the fallback says the same again."""
        choice = element.find(f"{_MC}Choice")
        self._content(choice if choice is not None else element)

    def _run(self, run: Element) -> None:
        properties = run.find(f"{W}rPr")
        if properties is not None and (flag(properties, "vanish") or properties.find(f"{W}del") is not None):
            return
        start = len(self._chars)
        self._content(run)
        bold = (
            self._base_bold
            if properties is None
            else flag(properties, "b", self._styles.run_bold(properties, self._base_bold))
        )
        if bold and len(self._chars) > start:
            if self.bold and self.bold[-1][1] == start:
                start = self.bold.pop()[0]
            self.bold.append((start, len(self._chars)))

    def _content(self, run: Element) -> None:
        for child in run:
            name = child.tag.rpartition("}")[2]
            if child.tag in _DROPPED:
                continue
            if name == "t" and child.tag.startswith(W):
                self._write(child.text or "")
            elif name in ("tab", "ptab"):
                self._write(" ")
            elif name in ("br", "cr"):
                if attribute(child, "type") not in ("page", "column"):
                    self._write("\n")
            elif name == "noBreakHyphen":
                self._write("-")
            elif name == "sym":
                self._write(_symbol(child))
            elif name in ("footnoteReference", "endnoteReference"):
                self._note(name.removesuffix("Reference"), child)
            elif name == "txbxContent":
                self.boxes.append(child)
            elif name == "AlternateContent":
                self._alternate(child)
            elif name == "r":
                self._run(child)
            else:
                self._content(child)

    def _write(self, text: str) -> None:
        for char in text:
            if char == "\n" or char.isprintable() or char == "　":
                self._chars.append(char)
            elif char.isspace():
                self._chars.append(" ")

    def _note(self, kind: str, reference: Element) -> None:
        key = f"{kind}:{attribute(reference, 'id')}"
        label = self._marks.setdefault(key, str(len([k for k in self._marks if k.startswith(kind)]) + 1))
        self.notes.append((len(self._chars), label))


def _symbol(element: Element) -> str:
    """Return a ``w:sym`` where it is plain text; characters of symbol fonts mean nothing."""
    try:
        code = int(attribute(element, "char") or "", 16)
    except ValueError:
        return ""
    return chr(code) if code < 0xE000 and chr(code).isprintable() else ""
