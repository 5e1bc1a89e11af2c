"""Running text of PDFs: order, joining, notes, headings, headers and footers."""

import math
from array import array

import pytest
from pdf_maker import BODY, SONG, Maker, with_body

from pipeline.parse.pdf import PdfResult, parse_pdf


def parse(maker: Maker) -> PdfResult:
    return parse_pdf(maker.bytes(), document="d")


def blocks(result: PdfResult, page: int = 1) -> list[tuple[str, str]]:
    record = result.pages[page - 1].page
    return [
        (b.kind, b.text if isinstance(b.text, str) else record.text[b.start : b.end]) for b in record.blocks
    ]


def text_of(result: PdfResult, page: int = 1) -> str:
    return result.pages[page - 1].page.text


def test_lines_of_a_paragraph_are_joined() -> None:
    maker = Maker()
    with_body(maker)
    assert blocks(parse(maker)) == [("paragraph", " ".join(BODY))] * 2


def test_hyphens_go_only_where_they_broke_the_word() -> None:
    maker = Maker()
    y = with_body(maker)
    maker.justified(
        60, y,
        [
            "They use open-source tools and human-machine teams for the develop-",
            "ment of open-",
        ],
    )  # fmt: skip
    y = with_body(maker, y + 60, 1)
    maker.justified(
        60, y,
        [
            "The Medium- and Long-term plan names some AI-driven firms, all human-",
            "machine teams, and the open-source software that they share with us in",
            "the Medium- and Long-term plan.",
        ],
    )  # fmt: skip
    text = text_of(parse(maker))
    assert "for the development of open-" in text
    assert "all human-machine teams" in text
    assert "The Medium- and Long-term plan names some AI-driven firms" in text


def test_two_columns_are_read_one_after_the_other() -> None:
    maker = Maker()
    left = [
        "The left column tells of the",
        "ministries and of the plans",
        "that they have made for the",
        "years to come, and ends.",
    ]
    right = [
        "Then the right column goes",
        "on with the provinces, the",
        "firms and the institutes in",
        "them, and ends as well.",
    ]
    maker.justified(60, 100, left, 140)
    maker.justified(216, 100, right, 140)
    assert text_of(parse(maker)) == " ".join(left) + "\n" + " ".join(right)


def test_headers_footers_and_page_numbers_are_off_the_text() -> None:
    maker = Maker()
    for number in range(1, 5):
        side = 60 if number % 2 else 330
        maker.text(side, 40, "THE YEARLY REPORT", 8)
        with_body(maker)
        maker.text(200, 570, f"— {number} —", 9)
        maker.page()
    result = parse(maker)
    for number in range(1, 5):
        assert ("header", "THE YEARLY REPORT") in blocks(result, number)
        assert ("footer", f"— {number} —") in blocks(result, number)
        assert "REPORT" not in text_of(result, number)
        assert "—" not in text_of(result, number)


def test_raised_note_marks_are_notes() -> None:
    maker = Maker()
    y = with_body(maker)
    end = maker.text(60, y, "The virus came to Wuhan")
    maker.text(end, y - 4, "106", 6.5)
    maker.text(end + 11, y, "in January, it is said.")
    result = parse(maker)
    text = text_of(result)
    assert text.endswith("The virus came to Wuhan in January, it is said.")
    (note,) = result.pages[0].page.notes
    assert note.label == "106"
    assert text[: note.at].endswith("Wuhan")


def test_exponents_stay_in_the_text() -> None:
    maker = Maker()
    y = with_body(maker)
    end = maker.text(60, y, "It covers 24 km")
    maker.text(end, y - 4, "2", 6.5)
    result = parse(maker)
    assert text_of(result).endswith("It covers 24 km2")
    assert result.pages[0].page.notes == []


@pytest.mark.parametrize("copies", [2, 3, 5])
def test_fake_bold_is_read_once_and_is_bold(copies: int) -> None:
    maker = Maker()
    y = with_body(maker)
    for i in range(copies):
        maker.text(60 + 0.25 * i, y, "阿里巴巴", 10, SONG)
    maker.text(160, y, "百度", 10, SONG)
    result = parse(maker)
    text = text_of(result)
    assert text.endswith("阿里巴巴 百度")
    assert [text[a:b] for a, b in result.pages[0].bold] == ["阿里巴巴"]


def test_doubled_letters_are_kept() -> None:
    maker = Maker()
    maker.text(60, 100, "illlll WWW 11111 ......", 5, "Helvetica")
    assert text_of(parse(maker)) == "illlll WWW 11111 ......"


def test_han_lines_are_joined_without_a_space() -> None:
    maker = Maker()
    first, second = "为了推动新一代人工智能的发展加快建设创新型国家和世界", "科技强国，制定本规划。"
    for y in (100, 180):
        maker.text(80, y, first, 10, SONG)
        maker.text(60, y + 16, first + "各地", 10, SONG)
        maker.text(60, y + 32, second, 10, SONG)
    assert blocks(parse(maker)) == [("paragraph", first + first + "各地" + second)] * 2


def test_letter_spaced_names_keep_a_space_and_stray_gaps_are_dropped() -> None:
    maker = Maker()
    maker.text(60, 100, "李", 10, SONG)
    maker.text(80, 100, "萌", 10, SONG)
    maker.text(60, 130, "科技", 10, SONG)
    maker.text(83, 130, "部", 10, SONG)
    for i, char in enumerate("武汉市人民政府"):
        maker.text(60 + 16 * i, 160, char, 10, SONG)
    assert text_of(parse(maker)).split("\n") == ["李 萌", "科技部", "武汉市人民政府"]


def test_headings_have_levels_by_size_and_weight() -> None:
    maker = Maker()
    maker.text(60, 60, "Plans of the State", 20, "Times-Bold")
    maker.text(60, 90, "First Part", 14, "Times-Bold")
    y = with_body(maker, 120)
    maker.text(60, y + 10, "A Bold Line", 10, "Times-Bold")
    with_body(maker, y + 26, 1)
    result = parse(maker)
    headings = [(b.level, result.pages[0].page.text[b.start : b.end]) for b in result.pages[0].page.blocks
                if b.kind == "heading"]  # fmt: skip
    assert headings == [(1, "Plans of the State"), (2, "First Part"), (3, "A Bold Line")]
    assert result.title == "Plans of the State"


def test_list_items_are_blocks_of_their_own() -> None:
    maker = Maker()
    y = with_body(maker, 100, 1)
    for i, item in enumerate(["1. Demand for research", "2. Basic research", "• Talent and funds"]):
        maker.text(70, y + 14 * i, item)
    assert blocks(parse(maker))[1:] == [
        ("list_item", "1. Demand for research"),
        ("list_item", "2. Basic research"),
        ("list_item", "• Talent and funds"),
    ]


def test_footnotes_stand_at_their_place() -> None:
    maker = Maker()
    with_body(maker, 100, 4)
    maker.rule(60, 520, 160, 520)
    maker.text(60, 530, "* A note on the term that is used above.", 7)
    assert blocks(parse(maker))[-1] == ("footnote", "A note on the term that is used above.")


def test_a_paragraph_that_a_page_end_cuts_runs_on() -> None:
    maker = Maker()
    y = with_body(maker, 100, 2)
    maker.justified(60, y, [*BODY[:2], BODY[2]])
    maker.page()
    maker.justified(60, 100, [BODY[3], ""])
    with_body(maker, 130, 1)
    maker.page()
    with_body(maker, 100, 1)
    result = parse(maker)
    assert [p.runs_on for p in result.pages] == [True, False, False]


def test_figure_labels_and_captions() -> None:
    maker = Maker()
    y = with_body(maker, 100, 2)
    maker.text(60, y + 16, "Figure 3. Expected Investments", 9, "Helvetica-Bold")
    for i, label in enumerate(["Big Data", "Rail", "Smart Grid"]):
        maker.fill(80 + 80 * i, y + 40 + 9 * i, 120 + 80 * i, y + 100)
        maker.text(80 + 80 * i, y + 112, label, 7, "Helvetica")
    with_body(maker, y + 150, 1)
    kinds = blocks(parse(maker))
    assert ("caption", "Figure 3. Expected Investments") in kinds
    assert [t for k, t in kinds if k == "figure"] == ["Big Data", "Rail", "Smart Grid"]
    assert [k for k, _ in kinds].count("paragraph") == 3


def test_turned_pages_are_read_in_their_direction() -> None:
    for turn in (90, 180, 270):
        maker = Maker()
        canvas = maker.canvas
        canvas.saveState()
        canvas.translate(210, 300)
        canvas.rotate(turn)
        canvas.setFont("Times-Roman", 10)
        canvas.drawString(-150, 20, "The Ministry of Science")
        canvas.drawString(-150, 7, "and Technology has spoken.")
        canvas.restoreState()
        result = parse(maker)
        assert text_of(result) == "The Ministry of Science and Technology has spoken."
        boxes = array("f", result.pages[0].glyphs.boxes) if result.pages[0].glyphs else array("f")
        ends = [v for v in boxes if not math.isnan(v)]
        assert min(ends) >= 0 and max(ends) <= 600


def test_vertical_chinese_is_read_from_right_to_left() -> None:
    maker = Maker()
    for column, text in enumerate(("工业和信息化部令", "第一号公布施行之")):
        for row, char in enumerate(text):
            maker.text(300 - 18 * column, 100 + 12 * row, char, 10, SONG)
    assert text_of(parse(maker)) == "工业和信息化部令第一号公布施行之"


def test_a_crop_box_moves_the_boxes() -> None:
    maker = Maker()
    maker.canvas.setCropBox((50, 100, 400, 560))
    maker.text(60, 100, "Seen")
    maker.text(10, 100, "Cut")
    result = parse(maker)
    page = result.pages[0]
    assert (page.page.width, page.page.height) == (350, 460)
    assert page.page.text == "Seen"
    assert page.glyphs is not None
    assert array("f", page.glyphs.boxes)[0] == pytest.approx(10, abs=0.1)
    assert 50 < array("f", page.glyphs.boxes)[1] < 60


def test_printed_lines_have_numbers_and_joining_spaces_none() -> None:
    maker = Maker()
    with_body(maker, 100, 1)
    page = parse(maker).pages[0]
    assert page.glyphs is not None
    boxes, lines = array("f", page.glyphs.boxes), array("i", page.glyphs.lines)
    assert len(boxes) == 4 * len(page.page.text) and len(lines) == len(page.page.text)
    for i, char in enumerate(page.page.text):
        assert (lines[i] == -1) == math.isnan(boxes[4 * i]) == (char in " \n\t")
    assert sorted({n for n in lines if n >= 0}) == [0, 1, 2, 3]


def test_signs_of_footnotes_are_notes_too() -> None:
    maker = Maker()
    y = with_body(maker, 100, 2)
    maker.text(60, y, "They made soft-encryption* a rule for all.")
    maker.text(60, 530, "* A note on the term that is used above.", 7)
    result = parse(maker)
    text = text_of(result)
    assert "They made soft-encryption a rule for all." in text
    assert [(n.label, text[: n.at].endswith("soft-encryption")) for n in result.pages[0].page.notes] == [
        ("*", True),
        ("*", False),
    ]


def test_gbk_bytes_in_a_latin_font_are_put_together() -> None:
    maker = Maker()
    maker.canvas.setFont("Helvetica", 10)
    for i, text in enumerate(("关于工业和信息化部", "新一代人工智能发展")):
        maker.text(60, 100 + 40 * i, text.encode("gbk").decode("latin-1"), 10, "Helvetica")
    assert text_of(parse(maker)) == "关于工业和信息化部\n新一代人工智能发展"
