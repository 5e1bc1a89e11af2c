"""Files that are not what they should be: one line that says what to do."""

import pytest

from pipeline.parse import ParseSettings, parse


@pytest.mark.parametrize(
    ("name", "data", "code", "said"),
    [
        ("a.doc", b"\xd0\xcf\x11\xe0", "unsupported", "convert it with"), ("a.wps", b"x", "unsupported", "convert it with"),
        ("a.ofd", b"PK\x03\x04", "unsupported", "convert it with"), ("a.xls", b"x", "unsupported", "xlsx"), ("a.bin", b"x", "unsupported", "known:"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1", "wrong_format", "convert it with"), ("a.docx", b"%PDF-1.4", "wrong_format", "a PDF"),
        ("a.docx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "encrypted", "password"), ("a.txt", b"PK\x03\x04", "wrong_format", "ZIP"),
        ("a.html", b"\x89PNG\r\n", "wrong_format", "PNG"), ("a.png", b"hello", "wrong_format", "image"), ("a.png", b"\x89PNG\r\n", "damaged", "image"),
        ("a.md", b"", "empty_file", "no bytes"), ("a.xlsx", b"PK\x03\x04", "damaged", "Excel"),
    ],
)  # fmt: skip
def test_user_errors(name: str, data: bytes, code: str, said: str) -> None:
    found = parse(data, name, ParseSettings()).document
    assert found.error is not None
    assert (found.status, found.error.code) == ("failed", code)
    assert said in found.error.message
    assert "\n" not in found.error.message


def test_a_jpeg_named_png_is_read_as_the_image_it_is() -> None:
    import io

    from PIL import Image

    made = io.BytesIO()
    Image.new("RGB", (30, 20), "white").save(made, "JPEG")
    found = parse(made.getvalue(), "a.png", ParseSettings(ocr="never"))
    assert (found.document.status, found.document.pages) == ("partial", 1)
    assert [w.code for w in found.document.warnings] == ["unreadable"]


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.md", b"# A \x1b]0;x\x07title\n"), ("a.html", b"<title>A &#27;]0;x&#7;title</title><p>text"), ("a.txt", b"A \x1b]0;x\x07title\n\ntext\n")],
)  # fmt: skip
def test_titles_have_no_control_characters(name: str, data: bytes) -> None:
    title = parse(data, name, ParseSettings()).document.title
    assert title is None or title.isprintable()


def test_a_library_that_finds_no_memory_is_a_matter_of_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ImportError("lib.so: failed to map segment from shared object")

    monkeypatch.setattr("pipeline.parse._content", fail)
    error = parse(b"text", "a.txt", ParseSettings()).document.error
    assert error is not None and error.code == "limit"
