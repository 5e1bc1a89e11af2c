"""A PDF of many pages, some of them with tables, in which names and paragraphs run over page ends."""

from pathlib import Path

from tests.parse.pdf_maker import BODY, Maker


def make_long(path: Path, pages: int) -> Path:
    """Write one and return its path."""
    maker = Maker()
    for number in range(1, pages + 1):
        maker.text(60, 40, "Yearly Report of the Delta Robot Alliance", 8)
        y = maker.justified(60, 90, BODY) + 8
        said = f"In {1900 + number} the Ningbo Robot Testing Office (N{number}RTO) met the Zhejiang Chip Fund in Jiaxing."
        founded = f"The Zhejiang Chip Fund established the Ningbo Robot Testing Office in {1900 + number}."
        y = maker.lines(60, y, [said, "The meeting was led by Wang Xiaoming.", founded]) + 20
        if number % 3 == 0:  # a table that goes on
            rows = [y + 20 * i for i in range(5)]
            maker.grid([60, 200, 360], rows)
            for row in range(4):
                maker.text(64, rows[row] + 14, f"Office {number}-{row}")
                maker.text(204, rows[row] + 14, f"{row * number} million RMB")
            y = rows[-1] + 20
        maker.lines(60, y, ["The report was adopted by the board of the Delta Robot Testing"])
        maker.text(200, 580, str(number), 8)
        maker.page()
    path.write_bytes(maker.bytes())
    return path
