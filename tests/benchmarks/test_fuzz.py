"""Damaged and hostile files cost themselves only: a small part of `make fuzz`."""

import os
import random
import sys
from pathlib import Path

import pytest

from pipeline.emit.check import check
from pipeline.ingest import ingest
from pipeline.settings import Settings
from tests.commands import lines
from tests.conftest import CORPORA, ROOT

sys.path.insert(0, str(ROOT / "benchmarks"))
import fuzz
from mutations import hostile, mutated, sound_files

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
    assert len(set(paths)) == len(paths) == summary.counts["documents"] == 6
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
