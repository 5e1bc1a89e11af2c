"""OCR: which pages need it, images made ready, and (with the extra) a page read."""

import importlib.util

import numpy as np
import pytest

from pipeline.parse.lines import space_between
from pipeline.parse.ocr_judge import needs_ocr
from pipeline.parse.ocr_text import corrected
from pipeline.parse.pdf_model import Word
from pipeline.records import Page, ParsedPage

extra = pytest.mark.skipif(importlib.util.find_spec("rapidocr") is None, reason="without the extra [ocr]")


def page(text: str) -> ParsedPage:
    record = Page(document="d", page=1, width=600, height=800, text=text, blocks=[], notes=[])
    return ParsedPage(page=record, glyphs=None, runs_on=False, bold=[])


@pytest.mark.parametrize(
    ("text", "images", "why"),
    [
        ("", True, "no text"), ("", False, None), ("· —", True, "no text"), ("(cid:12)(cid:7)(cid:9) 的", False, "unmapped glyphs"),
        ("\ue001\ue002\ue003的名单", False, "unmapped glyphs"), ("Ä¿Â¼ ¹ØÓÚºì¾ü×÷Õ½µÄÔ­Ôò", False, "mojibake"),
        ("佛佛佛佛佛佛山市釉釉釉砖有限公司", False, "repeated glyphs"), ("截至20I5年末，20l6年1O月的资产", True, "bad text layer"),
        ("截至20I5年末，20l6年1O月的资产", False, None), ("截至2015年末，5G、4K和3D打印收入增长12.5%", True, None),
        ("Résumé naïve café, Zürich", True, None), ("哈哈哈，大家好，欢迎来到武汉", False, None),
    ],
)  # fmt: skip
def test_pages_that_need_it(text: str, images: bool, why: str | None) -> None:
    assert needs_ocr(page(text), images) == why


@pytest.mark.parametrize(
    ("read", "right"),
    [
        ("Al and loT", "AI and IoT"),
        ("Al-Jazeera", "Al-Jazeera"),
        ("Alibaba", "Alibaba"),
        ("2O19", "2019"),
        ("20l9年", "2019年"),
        ("all", "all"),
        ("5G", "5G"),
    ],
)
def test_shapes_that_look_alike(read: str, right: str) -> None:
    assert corrected(read) == right


@pytest.mark.parametrize(
    ("font", "gap", "between"),
    [("ocr", 6.0, ""), ("ocr", 12.0, " "), ("SimSun", 6.0, " "), ("SimSun", 3.0, "")],
)
def test_recognised_characters_stand_less_exactly(font: str, gap: float, between: str) -> None:
    left, right = (
        Word(text=text, boxes=b"", x0=x, top=0, x1=x + 10, bottom=10, base=9, size=10, font=font, bold=False)
        for text, x in (("诸", 0), ("暨", 10 + gap))
    )
    assert space_between(left, right) == between


@extra
def test_skew_is_measured_and_taken_out() -> None:
    from pipeline.parse.ocr_image import deskew, skew_of

    image = np.full((400, 600), 255, np.uint8)
    for top in range(40, 380, 30):
        image[top : top + 10, 40:560] = 0
    assert skew_of(image) == 0.0
    assert skew_of(deskew(image, -1.5)) == pytest.approx(1.5, abs=0.1)


@extra
def test_rules_and_shades_are_found_and_type_is_not() -> None:
    from pipeline.parse.ocr_image import fills, rules

    image = np.full((600, 800), 250, np.uint8)
    image[100:102, 100:700] = 60
    image[100:300, 400:402] = 60
    image[400:450, 100:700] = 225
    for left in range(100, 700, 22):
        image[200:216, left : left + 14] = 20
    across, down = rules(image, 200)
    assert [(round(b[0], -1), round(b[2], -1)) for b in across] == [(100, 700)]
    assert len(down) == 1
    assert [tuple(round(v, -1) for v in b) for b in fills(image, 200)] == [(100, 400, 700, 450)]


@extra
def test_an_image_is_read_with_boxes_in_points() -> None:
    import io

    from PIL import Image, ImageDraw, ImageFont

    from pipeline.layout import rectangles
    from pipeline.parse.image import parse_image

    picture = Image.new("L", (900, 300), 255)
    ImageDraw.Draw(picture).text(
        (100, 100), "Wuhan University of Technology", font=ImageFont.load_default(40), fill=0
    )
    made = io.BytesIO()
    picture.save(made, "PNG", dpi=(200, 200))
    found = parse_image(made.getvalue(), "d")
    text = found.pages[0].page.text
    assert text == "Wuhan University of Technology"
    assert [w.code for w in found.warnings] == ["ocr"]
    (box,) = rectangles(found.pages[0].glyphs, 0, 5)
    assert 30 < box[0] < 42
    assert 35 < box[1] < 55
    assert box[2] < 110
