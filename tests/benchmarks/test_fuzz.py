"""Damaged and hostile files cost themselves only: a small part of `make fuzz`."""

import os
import random
import sys
import tempfile
import time
import warnings
from pathlib import Path

import pytest

from pipeline.align.echoes import shortened
from pipeline.emit.check import check
from pipeline.ingest import ingest
from pipeline.match import Candidate
from pipeline.parse import ParseSettings, parse
from pipeline.parse.notice import squeezed
from pipeline.settings import Settings
from tests.commands import lines
from tests.conftest import CORPORA, ROOT

sys.path.insert(0, str(ROOT / "benchmarks"))
import fuzz
from attacks import LARGE, PAGE, hostile, objects, pdf, stream, workbook
from mutations import mutated, sound_files

_QUICK = Settings(gazetteer=False, model=False, ocr="never")


def _codes(out: Path) -> dict[str, str]:
    return {
        str(d["path"]): d["error"]["code"] if d["error"] else str(d["status"])
        for d in lines(out, "documents")
    }  # type: ignore[index]


def test_damaged_files(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name, data in fuzz.damaged(1, 1, sound_files([CORPORA]))[:40]:
        (tmp_path / "in" / name).write_bytes(data)
    ingest([str(tmp_path / "in")], tmp_path / "out", settings=_QUICK)
    assert not {"internal", "crashed"} & set(_codes(tmp_path / "out").values())
    check(tmp_path / "out")


def test_attacks(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name, data in hostile(0.002):
        (tmp_path / "in" / name).write_bytes(data)
    ingest([str(tmp_path / "in")], tmp_path / "out", settings=_QUICK)
    codes = _codes(tmp_path / "out")
    assert set(codes.values()) <= {"ok", "partial", "damaged", "limit", "wrong_format"}
    assert codes["laughs.docx"] == codes["outside.docx"] == codes["laughs.xlsx"] == "damaged"
    assert codes["book.docx"] == "wrong_format"  # another kind of package
    assert not any(map(os.path.lexists, fuzz.ESCAPED))
    assert "root:" not in (tmp_path / "out" / "pages.jsonl").read_text("utf-8")
    check(tmp_path / "out")


def test_mutation_depends_on_the_seed_only() -> None:
    data = (CORPORA / "memo.docx").read_bytes()
    assert mutated(data, ".docx", random.Random("a")) == mutated(data, ".docx", random.Random("a"))
    assert mutated(data, ".docx", random.Random("a")) != mutated(data, ".docx", random.Random("b"))


@pytest.mark.skipif(sys.platform != "linux", reason="names of other systems hold no such bytes")
def test_hostile_names(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number, name in enumerate(
        (
            b"\xff\xfe.txt",
            b"\\xff\\xfe.txt",
            b"a\x1b[31m\n.txt",
            "a\u202ea.txt".encode(),
            b"\xed\xa0\x80.txt",  # half of a pair
            b"=cmd.txt",
            b"x" * 251 + b".txt",
        )
    ):
        Path(os.fsdecode(bytes(folder) + b"/" + name)).write_text(f"The Delta Robot Office {number} met.")
    (folder / "loop.txt").symlink_to("loop.txt")
    (folder / "up").symlink_to("..")
    os.mkfifo(folder / "pipe.txt")
    summary = ingest([str(folder)], tmp_path / "out", settings=_QUICK).summary
    paths = [str(d["path"]) for d in lines(tmp_path / "out", "documents")]
    assert len(set(paths)) == len(paths) == summary.counts["documents"] == 7
    assert all(path.isprintable() for path in paths)
    assert summary.skipped == {".txt": 2, "(link)": 1}
    check(tmp_path / "out")


def test_a_pipe_that_is_named_is_unreadable(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    ingest(
        [str(tmp_path / "pipe.txt"), str(tmp_path / "loop.txt"), "/dev/zero"],
        tmp_path / "out",
        settings=_QUICK,
    )
    assert sorted(_codes(tmp_path / "out").values()) == ["unreadable"] * 3


def test_what_may_not_be_read_is_told() -> None:
    """Root may read everything: then the run gives that up."""
    nobody = 65534
    as_root = os.geteuid() == 0
    with tempfile.TemporaryDirectory() as place:
        folder, out = Path(place) / "in", Path(place) / "out"
        (folder / "closed").mkdir(parents=True)
        for name in ("a.txt", "b.pdf", "c.txt", "closed/d.txt"):
            (folder / name).write_text("The Delta Robot Testing Office met.")
        if as_root:
            for path in (Path(place), *Path(place).rglob("*")):
                os.chown(path, nobody, nobody)
        (folder / "a.txt").chmod(0)
        (folder / "b.pdf").chmod(0)
        (folder / "closed").chmod(0)
        if as_root:
            os.seteuid(nobody)
        try:
            summary = ingest([str(folder)], out, settings=_QUICK).summary
        finally:
            if as_root:
                os.seteuid(0)
            (folder / "closed").chmod(0o700)
        assert _codes(out) == {"a.txt": "unreadable", "b.pdf": "unreadable", "c.txt": "ok"}
        assert summary.skipped == {"(unreadable folder)": 1}
        check(out)


def test_repeated_short_names_cost_no_more_than_their_number() -> None:
    """36,000 mentions in a document: each was compared with all before it."""
    text = "Delta Office; " * 36_000
    found = [
        Candidate(
            start=at, end=at + 12, type="government", method="rule", score=0.5, entity=None, kind="canonical"
        )
        for at in range(0, len(text), 14)
    ]
    begin = time.process_time()
    assert list(shortened(text, found, ["~government/delta"] * len(found))) == []
    assert time.process_time() - begin < 20  # it took a quarter of an hour


def test_many_spaces_in_a_line_cost_no_more_than_its_length() -> None:
    begin = time.process_time()
    line = "The Delta Office met. " * 50_000
    assert squeezed(line) == line.strip()
    assert squeezed("武" + " " * 500_000 + "汉") == "武汉"
    assert time.process_time() - begin < 20  # it took minutes


@pytest.mark.parametrize("loop", [b"5 0 R", b"6 0 R"])
def test_a_reference_that_leads_to_itself_ends(loop: bytes) -> None:
    """pdfminer followed it for ever."""
    file = objects(PAGE % b"/Resources 5 0 R", stream(b"q"), loop, b"5 0 R")
    assert parse(file, "a.pdf", ParseSettings(ocr="never")).document.status == "ok"


def test_places_that_no_number_holds_are_told_of_nowhere() -> None:
    """NumPy wrote a warning to the terminal."""
    file = pdf(b"", b"BT /F1 12 Tf (text) Tj ET", box=b"0 0 %s %s" % (LARGE, LARGE))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert parse(file, "a.pdf", ParseSettings(ocr="never")).document.error is None


def test_a_workbook_that_says_one_text_in_every_cell_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    """A million rows that are not there cost nothing; a cell holds what Excel allows, a workbook so much in all."""
    monkeypatch.setattr("pipeline.parse.xlsx.MOST_TEXT", 70_000)
    cell = b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>' + b"x" * 40_000 + b"</t></is></c></row>"
    rows = b"".join(cell % (row, row) for row in (1, 2, 1_048_575, 1_048_576))
    read = parse(workbook(b"<sheetData>" + rows + b"</sheetData>"), "a.xlsx", ParseSettings())
    assert [w.code for w in read.document.warnings] == ["limit"]
    assert read.pages[0].page.text.count("x") == 3 * 32_767
