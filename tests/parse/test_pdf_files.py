"""PDF files that do not open, or open only in part."""

import pytest
from pdf_maker import SONG, Maker, with_body

from pipeline.parse.errors import CODES, ParseError
from pipeline.parse.pdf import parse_pdf


def code(data: bytes, *passwords: str) -> str:
    with pytest.raises(ParseError) as caught:
        parse_pdf(data, document="d", passwords=passwords)
    assert caught.value.code in CODES
    assert "\n" not in caught.value.message
    return caught.value.code


def test_what_is_no_pdf_says_so() -> None:
    assert code(b"") == "empty_file"
    assert code(b"\x89PNG\r\n\x1a\n0000") == "wrong_format"
    assert code(b"just words") == "wrong_format"
    assert code(b"%PDF-1.7\n%%EOF") == "damaged"
    assert code(b"%PDF-1.4\n" + b"\x00\xff" * 400) == "damaged"


def test_passwords() -> None:
    maker = Maker(password="secret")
    maker.text(60, 100, "Hidden words")
    data = maker.bytes()
    assert code(data) == "encrypted"
    assert code(data, "wrong") == "encrypted"
    result = parse_pdf(data, document="d", passwords=["wrong", "secret"])
    assert result.pages[0].page.text == "Hidden words"


def test_a_cut_file_is_damaged_or_read() -> None:
    maker = Maker()
    with_body(maker)
    data = maker.bytes()
    for end in range(20, len(data), 97):
        try:
            parse_pdf(data[:end], document="d")
        except ParseError:
            continue


def test_blank_pages_are_fine_and_pictures_without_text_are_unreadable() -> None:
    maker = Maker()
    maker.page()
    maker.picture(40, 40, 380, 560)
    maker.page()
    maker.picture(40, 40, 380, 300)
    maker.text(60, 400, "A caption that can be read")
    maker.page()
    result = parse_pdf(maker.bytes(), document="d")
    assert [p.page.text for p in result.pages] == ["", "", "A caption that can be read"]
    assert [(w.code, w.page) for w in result.warnings] == [("unreadable", 2)]


def test_a_page_that_fails_is_empty_and_the_others_are_read() -> None:
    maker = Maker()
    for word in ("first", "second", "third"):
        maker.text(60, 100, f"the {word} page")
        maker.page()
    data = maker.bytes()
    # The second page loses its size.
    at = data.index(b"/MediaBox", data.index(b"/MediaBox") + 1)
    data = data[:at] + data[at:].replace(b"[ 0 0 420 600 ]", b"[ 0 0 0 0     ]", 1)
    result = parse_pdf(data, document="d")
    assert [p.page.text for p in result.pages] == ["the first page", "", "the third page"]
    assert [(w.code, w.page) for w in result.warnings] == [("page_failed", 2)]
    assert [p.page.page for p in result.pages] == [1, 2, 3]


def test_control_characters_never_reach_the_text() -> None:
    maker = Maker()
    maker.text(60, 100, "one\x00two\x07three\x1bfour")
    maker.text(60, 130, "工信部\ue000", 10, SONG)
    text = parse_pdf(maker.bytes(), document="d").pages[0].page.text
    assert not any((ord(c) < 32 and c not in "\n\t") or 0xD800 <= ord(c) <= 0xF8FF for c in text)
