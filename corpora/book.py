"""Tables of a sample PDF: ruled, half-ruled or unruled, with merged cells, repeated headers and fake-bold cells."""

from collections.abc import Collection, Sequence

from layout import Page
from markup import Truth, plain


class Book(Page):
    """A PDF being written, with tables."""

    def table(
        self, header: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float], *, caption: str = "",
        number: str | None = None, style: str = "grid", size: float = 9, merged: Sequence[tuple[int, int]] = (),
        caption_markup: str | None = None,
    ) -> None:  # fmt: skip
        """Draw a table; its header is repeated on each page.

        Args:
            header: header cells; empty for none.
            rows: markup of the cells; ``!`` before a cell sets it in bold.
            widths: column widths in points.
            caption: the whole caption, printed above.
            number: the number it gives.
            style: ``grid``, ``half`` (rules under header and rows) or ``none``.
            merged: cells ``(row, column)`` that are one with the cell above them.
        """
        if caption:
            self.need(60)
            self.text(caption_markup or caption, size=9.5, bold=True, align="left", after=3)
        first = len(self.truth.tables)
        pages: list[int] = []
        bold = sorted(
            [r, c] for r, row in enumerate(rows) for c, cell in enumerate(row) if cell.startswith("!")
        )
        shown = [[plain(cell.lstrip("!")) for cell in row] for row in rows]
        for row, column in merged:
            shown[row][column] = shown[row - 1][column]
        self.truth.tables.insert(first, {
            "number": number, "caption": caption, "header": [plain(h) for h in header], "rows": shown, "pages": pages,
            "bold": bold,
        })  # fmt: skip
        self._row(header, widths, size, style, pages, head=True, first=True)
        for index, cells in enumerate(rows):
            height = self._row_height(cells, widths, size)
            if self.y - height < self.bottom:
                self.new_page()
                if header:
                    self._row(
                        [f"{plain(h)}" for h in header], widths, size, style, pages, head=True, first=True
                    )
            above = {column for r, column in merged if r == index}
            below = {column for r, column in merged if r == index + 1}
            self._row(cells, widths, size, style, pages, above=above, below=below)
        self.y -= 12

    def _row_height(self, row: Sequence[str], widths: Sequence[float], size: float) -> float:
        counts = [
            len(self._lines(Truth().read(cell.lstrip("!")), width - 8, size, cell.startswith("!")))
            for cell, width in zip(row, widths, strict=True)
        ]
        return max(counts) * size * 1.25 + 6

    def _row(
        self, row: Sequence[str], widths: Sequence[float], size: float, style: str, pages: list[int], *, head: bool = False,
        first: bool = False, above: Collection[int] = (), below: Collection[int] = (),
    ) -> None:  # fmt: skip
        if not row:
            return
        height = self._row_height(row, widths, size)
        if self.page not in pages:
            pages.append(self.page)
        x, top = self.left, self.y
        for column, (cell, width) in enumerate(zip(row, widths, strict=True)):
            bold = head or cell.startswith("!")
            y = top - 3
            for line in self._lines(self.truth.read(cell.lstrip("!")), width - 8, size, bold):
                y -= size * 1.25
                self._draw(line, x + 4, y + size * 0.3, size, bold)
                self.truth.place(line, self.page)
            if style == "grid":
                self.canvas.line(x, top, x, top - height)
                self.canvas.line(x + width, top, x + width, top - height)
                if column not in above:
                    self.canvas.line(x, top, x + width, top)
                if column not in below:
                    self.canvas.line(x, top - height, x + width, top - height)
            x += width
        if style == "half":
            if first:
                self.canvas.line(self.left, top, x, top)
            self.canvas.line(self.left, top - height, x, top - height)
        self.y = top - height
