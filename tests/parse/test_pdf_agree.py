"""The fast reading of PDFs gives what pdfplumber gives: text, blocks, cells and rectangles.

``accepted_differences.json`` holds the files, by name, whose difference is accepted, each with its reason.
"""

import base64
import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_maker import SONG, Maker

from pipeline.parse.errors import ParseError
from pipeline.parse.pdf import PdfResult, parse_pdf
from pipeline.parse.pdf_chars import Chars
from pipeline.parse.pdf_device import run_page
from pipeline.parse.pdf_fast import run_page_fast
from pipeline.parse.pdf_streams import ascii85
from pipeline.parse.pdf_tokens import Unsure
from pipeline.records import Box

_ROOT = Path(__file__).resolve().parents[2]
_OWN = sorted((_ROOT / "corpora").glob("*.pdf"))
_SHARED = sorted((_ROOT.parent / "shared" / "corpora").rglob("*.pdf"))
_ACCEPTED: dict[str, str] = json.loads(
    (Path(__file__).parent / "accepted_differences.json").read_text("utf-8")
)
_PASSWORDS = ("user", "owner", "password")


def _read(data: bytes, parser: str) -> PdfResult | tuple[str, str]:
    try:
        return parse_pdf(data, document="d", passwords=_PASSWORDS, parser=parser)
    except ParseError as problem:
        return problem.code, problem.message


def _near(a: Box | None, b: Box | None) -> bool:
    if a is None or b is None:
        return a is b
    return all(abs(x - y) <= 1 for x, y in zip(a, b, strict=True))


def _agree(data: bytes) -> None:
    fast, slow = _read(data, "auto"), _read(data, "pdfplumber")
    if isinstance(fast, tuple) or isinstance(slow, tuple):
        assert fast == slow
        return
    assert (fast.title, fast.date, fast.warnings) == (slow.title, slow.date, slow.warnings)
    for a, b in zip(fast.pages, slow.pages, strict=True):
        assert (a.page.text, a.runs_on, a.bold) == (b.page.text, b.runs_on, b.bold)
        assert [(x.kind, x.start, x.end, x.level, x.text) for x in a.page.blocks] == [
            (x.kind, x.start, x.end, x.level, x.text) for x in b.page.blocks
        ]
        assert [(n.at, n.label) for n in a.page.notes] == [(n.at, n.label) for n in b.page.notes]
        boxes = [(x.bbox, y.bbox) for x, y in zip(a.page.blocks, b.page.blocks, strict=True)]
        boxes += [(x.bbox, y.bbox) for x, y in zip(a.page.notes, b.page.notes, strict=True)]
        assert all(_near(x, y) for x, y in boxes)
        assert (a.glyphs is None) == (b.glyphs is None)
        if a.glyphs is not None and b.glyphs is not None:
            assert a.glyphs.lines == b.glyphs.lines
            own, other = memoryview(a.glyphs.boxes).cast("f"), memoryview(b.glyphs.boxes).cast("f")
            assert all(x == y or x != x or abs(x - y) <= 1 for x, y in zip(own, other, strict=True))
    assert len(fast.tables) == len(slow.tables)
    for s, t in zip(fast.tables, slow.tables, strict=True):
        assert (s.pages, s.number, s.caption, s.header, s.rows) == (
            t.pages,
            t.number,
            t.caption,
            t.header,
            t.rows,
        )
        for c, d in zip(s.cells, t.cells, strict=True):
            assert (c.row, c.column, c.page, c.start, c.end, c.bold) == (
                d.row,
                d.column,
                d.page,
                d.start,
                d.end,
                d.bold,
            )
            assert _near(c.bbox, d.bbox)


@pytest.mark.parametrize("path", _OWN, ids=lambda p: p.name)
def test_own_corpora(path: Path) -> None:
    _agree(path.read_bytes())


@pytest.mark.skipif(not _SHARED, reason="the shared corpora are not here")
@pytest.mark.parametrize("path", _SHARED, ids=lambda p: p.name)
def test_shared_corpora(path: Path) -> None:
    if path.name in _ACCEPTED:
        pytest.skip(_ACCEPTED[path.name])
    _agree(path.read_bytes())


def _pages(data: bytes) -> Any:
    return pdfplumber.open(BytesIO(data)).pages


@pytest.mark.parametrize("path", _OWN, ids=lambda p: p.name)
def test_own_corpora_are_read_the_fast_way(path: Path) -> None:
    for page in _pages(path.read_bytes()):
        run_page_fast(page, {}, 100_000, 10_000)


def test_odd_typography() -> None:
    """Fake bold of both kinds, turned, mirrored and spaced text, rises, forms, ligatures, strings with escapes."""
    maker = Maker()
    canvas = maker.canvas
    maker.text(50, 60, "Plain (and nested (brackets)) \\ text with a back\\slash", 11)
    maker.text(50, 80, "国务院关于印发规划的通知", 12, SONG)
    maker.text(50, 100, "Doubled", 11)
    maker.text(50.3, 100, "Doubled", 11)
    stroked = canvas.beginText(50, maker.height - 120)
    stroked.setFont("Times-Roman", 11)
    stroked.setTextRenderMode(2)
    stroked.textOut("Stroked")
    stroked.setTextRenderMode(0)
    stroked.setCharSpace(2)
    stroked.setWordSpace(4)
    stroked.setHorizScale(80)
    stroked.textLine(" spaced out words")
    stroked.setRise(4)
    stroked.textOut("12")
    canvas.drawText(stroked)
    for degrees in (90, 180, 270, 30):
        canvas.saveState()
        canvas.translate(200, 300)
        canvas.rotate(degrees)
        canvas.drawString(20, 0, f"turned by {degrees}")
        canvas.restoreState()
    canvas.saveState()
    canvas.scale(-1, 1)
    canvas.drawString(-300, 200, "mirrored")
    canvas.restoreState()
    canvas.beginForm("stamp")
    canvas.setFont("Helvetica", 9)
    canvas.drawString(10, 10, "inside a form")
    canvas.rect(5, 5, 80, 15)
    canvas.endForm()
    canvas.translate(30, 40)
    canvas.doForm("stamp")
    canvas.drawString(10, 90, "after the form")
    canvas.bezier(10, 10, 40, 90, 80, 20, 120, 60)
    canvas.circle(100, 100, 20, fill=1)
    _agree(maker.bytes())


def test_an_odd_page_is_read_by_pdfminer(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise KeyError("anything")

    maker = Maker()
    maker.lines(50, 60, ["One line of text,", "and another one."])
    data = maker.bytes()
    before = parse_pdf(data, document="d")
    monkeypatch.setattr("pipeline.parse.pdf_read.run_page_fast", broken)
    assert parse_pdf(data, document="d") == before
    assert "and another one" in before.pages[0].page.text


def test_too_many_characters_fail_either_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.parse.pdf_read.MAX_GLYPHS", 20)
    maker = Maker()
    maker.lines(50, 60, ["One line of text,", "and another one."])
    data = maker.bytes()
    found = [parse_pdf(data, document="d", parser=p) for p in ("auto", "pdfplumber")]
    assert found[0] == found[1]
    assert [w.code for w in found[0].warnings] == ["page_failed"]


@pytest.mark.parametrize("path", _OWN, ids=lambda p: p.name)
def test_pages_of_long_documents_are_packed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first pages are held as objects, later ones as bytes, then squeezed: with the same result."""
    data = path.read_bytes()
    held = parse_pdf(data, document="d")
    for limit in ("LOOSE", "PLAIN"):
        monkeypatch.setattr(f"pipeline.parse.pdf_pack.{limit}", 0)
        assert parse_pdf(data, document="d") == held


@given(st.binary(min_size=1, max_size=40))
def test_ascii85(data: bytes) -> None:
    encoded = base64.a85encode(data)
    assert ascii85(encoded + b" \n~>") == (None if b"z" in encoded else data)


# -- random content ------------------------------------------------------------------------------


def _pdf(content: bytes) -> bytes:
    """A PDF of one page with ``content``; it has a font, a form and a colour space."""
    form = b"BT /F1 8 Tf 5 5 Td (form) Tj ET 1 0 0 1 3 3 cm 0 0 5 5 re f"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources"
        b"<</Font<</F1 5 0 R>>/XObject<</X 6 0 R>>/ColorSpace<</C[/DeviceN[/A/B]/DeviceRGB 7 0 R]/P/Pattern>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        b"<</Type/XObject/Subtype/Form/BBox[0 0 50 50]/Matrix[1 0 0 1 9 9]/Length %d>>stream\n%s\nendstream"
        % (len(form), form),
        b"<</FunctionType 2/Domain[0 1]/N 1>>",
    ]
    out = b"%PDF-1.4\n"
    for number, body in enumerate(objects, 1):
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    return out + b"trailer<</Root 1 0 R/Size 8>>\n%%EOF"


def _columns(chars: Chars) -> list[tuple[object, ...]]:
    x0, x1, runs = chars.spans()
    shared = [chars.runs[i][1:8] for i in runs.tolist()]
    return [(t, a, b, *r) for t, a, b, r in zip(chars.texts, x0.tolist(), x1.tolist(), shared, strict=True)]


_READ = ("object_type", "x0", "x1", "top", "bottom", "pts", "stroke", "fill")
_VALUES = st.sampled_from(
    "0 1 -1 2 10 50.5 .5 -.25 5. +3 120 0.001 /F1 /X /C /P /DeviceRGB /None (a) (b\\)c) (\\101\\(x\\)) (q(r)s) "
    "<41> <4> <4142 43> [(ab)-120(c)] [12 (d) .5] [ ] <</MCID 0>> (\\q) true".split(" ")
)
_OPERATORS = st.sampled_from(
    "q Q cm BT ET Tf Tj TJ ' \" Td TD Tm T* Tc Tw Tz TL Ts Tr g rg k G sc scn SCN cs CS m l c v y h re n S s f f* "
    "F B b W W* Do w d i gs BDC BMC EMC sh MP zz %note\n".split(" ")
)
_CALLS = st.sampled_from(
    ["BT", "/F1 9 Tf", "1 0 0 1 20 30 Tm", "10 5 Td", "(Text) Tj", "[(Te)-250(xt)] TJ", "ET", "q", "Q", "2 0 0 2 5 5 cm",
     "0 1 -1 0 50 50 cm", "10 10 50 20 re", "f", "S", "0 0 m 50 0 l", "h", "1 g", "1 1 1 rg", "/X Do", "2 Tr", "0 Tr",
     "3 Ts", "(x) '", "1 2 (y) \"", "12 TL", "T*", "50 Tz", "1 0 0 -1 0 0 Tm", "/C cs 1 1 scn", "/P cs /N scn"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(_CALLS, _CALLS, _VALUES, _OPERATORS), max_size=40))
def test_random_content(parts: list[str]) -> None:
    """Whatever stands in a page's content: what the fast reading gives is what pdfminer gives."""
    data = _pdf(" ".join(parts).encode())
    try:
        fast = run_page_fast(_pages(data)[0], {}, 100_000, 10_000)
    except Unsure:
        return
    except Exception:  # noqa: BLE001 - the page goes to pdfminer, which fails on it too, or reads it
        return
    slow = run_page(_pages(data)[0])
    assert _columns(fast[0]) == _columns(slow[0])
    assert [{k: i[k] for k in _READ if k in i} for i in fast[1] if i["object_type"] != "image"] == [
        {k: i[k] for k in _READ if k in i} for i in slow[1] if i["object_type"] != "image"
    ]


@pytest.mark.parametrize("garbage", [b"/)F1 12 Tf", b"/ (", b"(a(b(c)d)e) Tj", b"+inf", b"/A#20B gs"])
def test_garbage_hides_no_text(garbage: bytes) -> None:
    """What the grammar does not cover takes the rest of the stream: pdfminer must read such a page."""
    _agree(_pdf(b"BT /F1 12 Tf 10 30 Td (before) Tj " + garbage + b" (after) Tj ET (x)"))


def test_widths_of_billions_of_characters() -> None:
    from pdfminer import pdffont

    assert len(pdffont.get_widths([0, 2**31 - 1, 500])) == 65_536
    assert pdffont.get_widths([3, [500.5, 600], 7, 8, 250]) == {3: 500.5, 4: 600, 7: 250, 8: 250}
