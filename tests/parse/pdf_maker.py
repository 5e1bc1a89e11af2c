"""Small PDFs for the tests, measured from the top left like the records."""

from io import BytesIO

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

SONG = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(SONG))


class Maker:
    """A PDF of pages of one size; heights are those of baselines, in points from the top."""

    def __init__(self, width: float = 420, height: float = 600, password: str | None = None) -> None:
        self.width, self.height = width, height
        self._buffer = BytesIO()
        self.canvas = Canvas(
            self._buffer, pagesize=(width, height), encrypt=password, pageCompression=0, invariant=1
        )

    def text(self, x: float, y: float, text: str, size: float = 10, font: str = "Times-Roman") -> float:
        """Draw a string with its baseline at ``y``; returns where it ends."""
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, self.height - y, text)
        return x + pdfmetrics.stringWidth(text, font, size)

    def lines(
        self, x: float, y: float, texts: list[str], size: float = 10, font: str = "Times-Roman"
    ) -> float:
        """Draw strings below each other; returns the baseline that would follow."""
        for text in texts:
            self.text(x, y, text, size, font)
            y += 1.25 * size
        return y

    def justified(self, x: float, y: float, texts: list[str], width: float = 300, size: float = 10) -> float:
        """Draw the lines of a paragraph, all but the last spread to ``width``."""
        for i, text in enumerate(texts):
            words = text.split(" ")
            free = width - sum(pdfmetrics.stringWidth(w, "Times-Roman", size) for w in words)
            gap = free / (len(words) - 1) if i < len(texts) - 1 and len(words) > 1 else 0.25 * size
            at = x
            for word in words:
                at = self.text(at, y, word, size) + gap
            y += 1.25 * size
        return y

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Draw a line."""
        self.canvas.line(x0, self.height - y0, x1, self.height - y1)

    def fill(self, x0: float, y0: float, x1: float, y1: float, grey: float = 0.8) -> None:
        """Draw a coloured rectangle."""
        self.canvas.setFillGray(grey)
        self.canvas.rect(x0, self.height - y1, x1 - x0, y1 - y0, stroke=0, fill=1)
        self.canvas.setFillGray(0)

    def grid(self, xs: list[float], ys: list[float]) -> None:
        """Rule a full grid."""
        for x in xs:
            self.rule(x, ys[0], x, ys[-1])
        for y in ys:
            self.rule(xs[0], y, xs[-1], y)

    def picture(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Draw a grey picture."""
        from PIL import Image

        image = ImageReader(Image.new("L", (8, 8), 128))
        self.canvas.drawImage(image, x0, self.height - y1, x1 - x0, y1 - y0)

    def page(self) -> None:
        """End the page."""
        self.canvas.showPage()

    def bytes(self) -> bytes:
        """The finished file."""
        self.canvas.save()
        return self._buffer.getvalue()


BODY = [
    "The office reports every year how the plans were put into practice and",
    "which of the provinces have gone beyond what they had been asked for.",
    "Most of them did so in the last two years, with funds of their own and",
    "with the help of the institutes that stand near them.",
]


def with_body(maker: Maker, y: float = 100, paragraphs: int = 2) -> float:
    """Fill a page with paragraphs of running text, so that the style of the body is known."""
    for _ in range(paragraphs):
        y = maker.justified(60, y, BODY) + 8
    return y
