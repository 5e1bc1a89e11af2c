"""Pages of a sample PDF: paragraphs, columns, footnotes and running headers, drawn glyph run by glyph run.

Drawn by hand rather than by a layout library, since the samples need what real PDFs have and libraries avoid:
glyphs drawn twice for boldness, raised note marks in a smaller font, hyphens at line ends, letter-spacing.
"""

from collections.abc import Sequence

from markup import Char, Truth, plain
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4
_NO_LINE_START = "，。、；：？！）》〕】”’％,.;:)]"
_NO_LINE_END = "（《〔【“‘(["


class Page:
    """A PDF being written.

    Args:
        path: the file.
        truth: collects what should be found.
        title: of the metadata.
        latin: the Latin font; its bold is ``latin_bold``.
        han: the CID font for Han characters.
        header: text of the running header from page 2 on.
        wide_quotes: whether curly quotes and dashes are set in the Han font.
    """

    def __init__(
        self, path: str, truth: Truth, *, title: str, latin: str = "Times-Roman", latin_bold: str = "Times-Bold",
        han: str = "STSong-Light", header: str = "", footer: str = "{page}", wide_quotes: bool = False,
        margin: float = 72,
    ) -> None:  # fmt: skip
        for font in {han, "STSong-Light"}:
            pdfmetrics.registerFont(UnicodeCIDFont(font))
        self.canvas = Canvas(path, pagesize=A4, invariant=1)
        self.canvas.setTitle(title)
        self.truth, self.latin, self.latin_bold, self.han = truth, latin, latin_bold, han
        self.header, self.footer, self.wide_quotes, self.margin = header, footer, wide_quotes, margin
        self.page = 1
        self.left, self.right = margin, WIDTH - margin
        self.top = self.y = HEIGHT - margin
        self.bottom = margin
        self.columns: list[tuple[float, float]] = []
        self.column = 0
        self.footnotes: list[tuple[str, str]] = []

    # -- pages ---------------------------------------------------------------------------------------------

    def finish(self) -> None:
        """Close the last page and write the file."""
        self._furniture()
        self.canvas.save()

    def new_page(self) -> None:
        """Close the page and begin the next."""
        self._furniture()
        self.canvas.showPage()
        self.page += 1
        self.y = self.top = HEIGHT - self.margin
        self.column = 0
        self.bottom = self.margin
        if self.columns:
            self.left, self.right = self.columns[0]

    def two_columns(self, height: float, gap: float = 22) -> None:
        """Set what follows in two columns of a height in points, until ``one_column``."""
        self.bottom = self.y - height
        middle = WIDTH / 2
        self.columns = [(self.margin, middle - gap / 2), (middle + gap / 2, WIDTH - self.margin)]
        self.column = 0
        self.top = self.y
        self.left, self.right = self.columns[0]

    def one_column(self) -> None:
        """Go back to one column, below the columns."""
        self.y, self.bottom = self.bottom, self.margin
        self.columns = []
        self.left, self.right = self.margin, WIDTH - self.margin

    def need(self, height: float) -> None:
        """Go to the next column or page unless this much room is left."""
        if self.y - height >= self.bottom:
            return
        if self.columns and self.column + 1 < len(self.columns):
            self.column += 1
            self.left, self.right = self.columns[self.column]
            self.y = self.top
        else:
            self.new_page()

    def _furniture(self) -> None:
        y = self.bottom - 4
        if self.footnotes:
            self.canvas.line(self.margin, y + 6, self.margin + 120, y + 6)
        for label, text in self.footnotes:
            self._run(label, self.latin, 6, self.margin, y - 6)
            chars = self.truth.read(text)
            for line in self._lines(chars, WIDTH - 2 * self.margin - 8, 8, False):
                self._draw(line, self.margin + 8, y - 9, 8, False)
                self.truth.place(line, self.page)
                y -= 10
        self.footnotes = []
        if self.header and self.page > 1:
            self._run(
                self.header, self.latin if self.header.isascii() else self.han, 8, self.margin, HEIGHT - 46
            )
        foot = self.footer.format(page=self.page)
        self._run(foot, self.latin if foot.isascii() else self.han, 9, WIDTH / 2 - 6, 34)

    # -- text ----------------------------------------------------------------------------------------------

    def text(
        self, markup: str, *, size: float = 10.5, bold: bool = False, align: str = "justify", indent: float = 0,
        after: float = 6, leading: float = 1.32, hang: float = 0,
    ) -> None:  # fmt: skip
        """Set a paragraph; ``indent`` in points, ``align`` one of left, center, right, justify."""
        chars = self.truth.read(markup)
        step = size * leading
        first = True
        rest = chars
        while rest:
            self.need(step)
            inset = indent if first else hang
            line, rest = self._cut(rest, self.right - self.left - inset, size, bold)
            self.y -= step
            x = self.left + inset
            width = self._width(line, size, bold)
            if align == "center":
                x = (self.left + self.right - width) / 2
            elif align == "right":
                x = self.right - width
            stretch = self.right - x - width if align == "justify" and rest else 0.0
            self._draw(line, x, self.y, size, bold, stretch)
            self.truth.place(line, self.page)
            first = False
        self.y -= after

    def note(self, label: str, markup: str) -> None:
        """Put a footnote at the bottom of this page."""
        self.footnotes.append((label, markup))
        self.bottom += 10 * (
            1 + int(self._width([Char(c) for c in plain(markup)], 8, False) / (WIDTH - 2 * self.margin - 8))
        )

    def _font(self, char: str, bold: bool) -> str:
        if ord(char) >= 0x2E80 or (self.wide_quotes and char in "“”‘’—…·"):
            return self.han
        return self.latin_bold if bold else self.latin

    def _size(self, char: Char, size: float) -> float:
        return size * 0.6 if char.mark is not None else size

    def _width(self, chars: Sequence[Char], size: float, bold: bool) -> float:
        chars = self._printed(chars)
        return sum(
            float(pdfmetrics.stringWidth(c.text, self._font(c.text, bold), self._size(c, size)))
            for c in chars
        )

    @staticmethod
    def _printed(chars: Sequence[Char]) -> list[Char]:
        """Return what of a line is printed: no outer spaces, a discretionary hyphen only at its end."""
        shown = list(chars)
        while shown and shown[-1].text == " ":
            shown.pop()
        while shown and shown[0].text == " ":
            shown.pop(0)
        kept = [c for c in shown if c.text != "¬"]
        if shown and shown[-1].text == "¬":
            kept.append(Char("-"))
        return kept

    def _cut(self, chars: list[Char], room: float, size: float, bold: bool) -> tuple[list[Char], list[Char]]:
        """Cut a line that fits off a paragraph."""
        best = 0
        at = 0.0
        for i, char in enumerate(chars):
            if char.text == "\n":
                return chars[:i], chars[i + 1 :]
            if char.text != "¬":
                at += pdfmetrics.stringWidth(char.text, self._font(char.text, bold), self._size(char, size))
            over = at - room > 0.01 and char.text != " "
            if over and best:
                return chars[:best], chars[best:]
            if self._may_break(chars, i, room - at > size * 0.4):
                best = i + 1
        return chars, []

    @staticmethod
    def _may_break(chars: Sequence[Char], i: int, roomy: bool) -> bool:
        char = chars[i].text
        following = chars[i + 1].text if i + 1 < len(chars) else ""
        if not following or following == " ":
            return False
        if char == " " or (char == "¬" and roomy):
            return True
        if char == "-" and following.isalpha():
            return True
        wide = ord(char) >= 0x2E80 or char in "”’"
        if following in _NO_LINE_START or char in _NO_LINE_END or chars[i + 1].mark is not None:
            return False
        return wide or ord(following) >= 0x2E80

    def _lines(self, chars: list[Char], room: float, size: float, bold: bool) -> list[list[Char]]:
        lines = []
        while chars:
            line, chars = self._cut(chars, room, size, bold)
            lines.append(line)
        return lines or [[]]

    def _draw(
        self, line: Sequence[Char], x: float, y: float, size: float, bold: bool, stretch: float = 0.0
    ) -> None:
        chars = self._printed(line)
        spaces = sum(c.text == " " for c in chars)
        extra = stretch / spaces if spaces and stretch < size * 5 else 0.0
        i = 0
        while i < len(chars):
            font, scale, raised = self._font(chars[i].text, bold), self._size(chars[i], size), chars[i].mark
            end = i
            while (
                end < len(chars) and chars[end].mark is raised and self._font(chars[end].text, bold) == font
                and not (extra and end > i and chars[end - 1].text == " ")
            ):  # fmt: skip
                end += 1
            text = "".join(c.text for c in chars[i:end])
            x += self._run(text, font, scale, x, y + (size * 0.35 if raised else 0.0))
            if extra and text.endswith(" "):
                x += extra
            if bold and font == self.han:  # no bold CID font: drawn twice, as word processors do
                width = pdfmetrics.stringWidth(text, font, scale)
                self._run(text, font, scale, x - width + 0.3, y)
            i = end

    def _run(self, text: str, font: str, size: float, x: float, y: float) -> float:
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, y, text)
        return float(pdfmetrics.stringWidth(text, font, size))
