"""The whole program: what a run shows, what it reuses, and that its bytes depend on nothing else."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.ingest import ingest
from pipeline.inputs import UsageError
from pipeline.settings import Settings
from tests.conftest import CORPORA

_QUICK = Settings(gazetteer=False, model=False)
_FILES = ("documents", "pages", "tables", "mentions", "entities", "relations")


def _lines(out: Path, name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (out / f"{name}.jsonl").read_text("utf-8").splitlines()]


def _bytes(out: Path) -> dict[str, bytes]:
    return {name: (out / f"{name}.jsonl").read_bytes() for name in _FILES}


def _kept(out: Path) -> set[str]:
    return {p.name for p in (out / ".zhen" / "kept").iterdir()}


def _write(folder: Path, **files: str | bytes) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        path = folder / name.replace("_", ".")
        path.write_bytes(data.encode() if isinstance(data, str) else data)
    return folder


def test_the_folder_shows_exactly_the_inputs_of_the_last_command(tmp_path: Path) -> None:
    source, out = tmp_path / "in", tmp_path / "out"
    _write(source, a_txt="The Delta Robot Alliance met.", b_txt="The Ningbo Robot Alliance met.")
    ingest([str(source)], out, settings=_QUICK)
    assert [d["path"] for d in _lines(out, "documents")] == ["a.txt", "b.txt"]
    (source / "a.txt").unlink()
    ingest([str(source)], out, settings=_QUICK)
    assert [d["path"] for d in _lines(out, "documents")] == ["b.txt"]
    assert {e["en"] for e in _lines(out, "entities")} == {"Ningbo Robot Alliance"}
    ingest([str(source)], tmp_path / "fresh", settings=_QUICK)
    assert _kept(out) == _kept(tmp_path / "fresh")  # nothing is kept of what is no longer there


def test_only_what_changed_is_worked_on(tmp_path: Path) -> None:
    source, out = tmp_path / "in", tmp_path / "out"
    _write(source, a_txt="The Delta Robot Alliance met.", b_txt="The Ningbo Robot Alliance met.")
    told: list[str] = []

    def note(done: int, total: int, path: str) -> None:
        told.append(path)

    ingest([str(source)], out, settings=_QUICK, progress=note)
    ingest([str(source)], out, settings=_QUICK, progress=note)
    assert sorted(told) == ["a.txt", "b.txt"]
    _write(source, b_txt="The Jiaxing Robot Alliance met.")
    ingest([str(source)], out, settings=_QUICK, progress=note)
    assert told[2:] == ["b.txt"]
    ingest(
        [str(source)], out, settings=Settings(gazetteer=False, model=False, passwords=["x"]), progress=note
    )
    assert len(told) == 5  # other settings may give another output


def test_adding_a_document_changes_nothing_of_the_others(tmp_path: Path) -> None:
    source, out = tmp_path / "in", tmp_path / "out"
    _write(source, a_txt="The Delta Robot Alliance (三角机器人联盟) met.")
    ingest([str(source)], out, settings=_QUICK)
    before = _lines(out, "mentions")
    _write(source, b_txt="三角机器人联盟（Delta Robot Alliance）开会。")
    ingest([str(source)], out, settings=_QUICK)
    document = before[0]["document"]
    assert [m for m in _lines(out, "mentions") if m["document"] == document] == before
    assert len(_lines(out, "entities")) == 1


def test_copies_are_one_document(tmp_path: Path) -> None:
    source, out = tmp_path / "in", tmp_path / "out"
    _write(source, b_txt="The same.", a_txt="The same.", c_txt="Another.")
    summary = ingest([str(source)], out, settings=_QUICK)
    assert [(d["path"], d["copies"]) for d in _lines(out, "documents")] == [
        ("a.txt", ["b.txt"]),
        ("c.txt", []),
    ]
    assert summary.counts["documents"] == 2
    (source / "a.txt").unlink()
    ingest([str(source)], out, settings=_QUICK)
    assert [(d["path"], d["copies"]) for d in _lines(out, "documents")] == [("b.txt", []), ("c.txt", [])]


def test_copies_under_different_endings(tmp_path: Path) -> None:
    source, out = tmp_path / "in", tmp_path / "out"
    _write(source, a_md="# One", b_txt="# One")
    ingest([str(source)], out, settings=_QUICK)
    documents = _lines(out, "documents")
    assert len({d["id"] for d in documents}) == len(documents)
    shown = {str(d["path"]) for d in documents} | {c for d in documents for c in d["copies"]}  # type: ignore[attr-defined]
    assert shown == {"a.md", "b.txt"}


def test_a_text_in_gb18030_is_decoded(tmp_path: Path) -> None:
    text = "浙江砺森机器人有限公司与㐀㒨有关，价格为€5。\n"
    source = _write(tmp_path / "in", a_txt=text.encode("gb18030"))
    ingest([str(source)], tmp_path / "out", settings=_QUICK)
    (page,) = _lines(tmp_path / "out", "pages")
    assert page["text"] == text
    assert any(m["text"] == "浙江砺森机器人有限公司" for m in _lines(tmp_path / "out", "mentions"))


@pytest.mark.parametrize(
    ("data", "want", "warned"),
    [
        (b"\xef\xbb\xbfa\r\nb\rc\n", "a\nb\nc\n", False),
        ("科技部\r\n".encode("utf-16"), "科技部\n", False),
        ("科技\ufffe部".encode(), "科技\ufffe部", False),
        (b"caf\xe9 \xff\xff au lait, and so on for a while", None, True),
    ],
)
def test_text_is_the_decoded_file_and_nothing_else(
    tmp_path: Path, data: bytes, want: str | None, warned: bool
) -> None:
    source = _write(tmp_path / "in", a_txt=data)
    ingest([str(source)], tmp_path / "out", settings=_QUICK)
    (page,) = _lines(tmp_path / "out", "pages")
    (document,) = _lines(tmp_path / "out", "documents")
    assert want is None or page["text"] == want
    assert bool(document["warnings"]) is warned
    if warned:
        assert "\ufffd" in str(page["text"])


def test_a_name_cut_by_a_page_end_continues(sample_run: Path) -> None:
    mentions = {m["id"]: m for m in _lines(sample_run, "mentions")}
    (rest,) = [m for m in mentions.values() if m["continues"] and m["page"] == 2]
    first = mentions[str(rest["continues"])]
    assert (first["text"], rest["text"]) == ("浙江砺森机器人有限公", "司")
    assert first["entity"] == rest["entity"]
    (entity,) = [e for e in _lines(sample_run, "entities") if e["id"] == rest["entity"]]
    assert entity["zh"] == "浙江砺森机器人有限公司"


@pytest.mark.worker
def test_bytes_do_not_depend_on_workers_locale_or_hash_seed(sample_run: Path, tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "pipeline.cli",
        "ingest",
        str(CORPORA),
        "--out",
        str(tmp_path / "out"),
        "--workers",
        "2",
    ]
    changed = {
        "PYTHONHASHSEED": "777",
        "LC_ALL": "zh_CN.GB18030",
        "LANG": "zh_CN.GB18030",
        "TZ": "Asia/Shanghai",
        "PYTHONUTF8": "0",
    }
    done = subprocess.run(command, env={**os.environ, **changed}, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr == b""
    assert _bytes(tmp_path / "out") == _bytes(sample_run)
    assert len(_bytes(sample_run)["mentions"]) > 10_000


def test_a_rerun_and_a_run_elsewhere_give_the_same_bytes(tmp_path: Path) -> None:
    source = _write(
        tmp_path / "in",
        a_txt="The Delta Robot Alliance (三角机器人联盟) met.",
        b_md="# 三角机器人联盟\n\nIt met.\n",
    )
    ingest([str(source)], tmp_path / "one", settings=_QUICK)
    first = _bytes(tmp_path / "one")
    ingest([str(source)], tmp_path / "one", settings=_QUICK)
    assert _bytes(tmp_path / "one") == first
    ingest([str(source)], tmp_path / "two", settings=_QUICK)
    assert _bytes(tmp_path / "two") == first


def test_a_kept_result_that_cannot_be_read_is_made_again(tmp_path: Path) -> None:
    source, out = _write(tmp_path / "in", a_txt="The Delta Robot Alliance met."), tmp_path / "out"
    ingest([str(source)], out, settings=_QUICK)
    first = _bytes(out)
    for file in (out / ".zhen" / "kept").iterdir():
        file.write_bytes(b"\xc1")
    ingest([str(source)], out, settings=_QUICK)
    assert _bytes(out) == first


def test_nothing_is_written_when_there_is_nothing_to_do(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    with pytest.raises(UsageError):
        ingest([str(tmp_path / "in")], tmp_path / "out", settings=_QUICK)
    assert not (tmp_path / "out").exists()


def test_run_json(tmp_path: Path) -> None:
    source, out = (
        _write(tmp_path / "in", a_txt="The Delta Robot Alliance met.", b_zip=b"x"),
        tmp_path / "out",
    )
    summary = ingest([str(source)], out, settings=_QUICK)
    run = json.loads((out / "run.json").read_text("utf-8"))
    assert run["contract"] == "1.0"
    assert run["skipped"] == {".zip": 1}
    assert run["counts"] == summary.counts
    assert run["gazetteers"] is None
    assert set(run["seconds"]) >= {"parse", "segment", "match", "align", "relate", "emit", "total"}


def test_a_document_of_blanks_names_nothing(tmp_path: Path) -> None:
    source = _write(tmp_path / "in", a_txt="\n \n\t\n")
    summary = ingest([str(source)], tmp_path / "out", settings=_QUICK)
    assert (summary.counts["failed"], summary.counts["mentions"]) == (0, 0)
