"""`zhen check`: a sound run passes, and each kind of damage is named with its place."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.emit.check import Violation, check
from pipeline.ingest import ingest
from pipeline.settings import Settings
from tests.commands import one_line, zhen

Change = Callable[[dict[str, Any]], object]


def test_the_samples_are_sound(sample_run: Path) -> None:
    counts = check(sample_run)
    assert counts["documents"] >= 4
    result = zhen("check", sample_run)
    assert result.exit_code == 0
    assert f"{counts['mentions']} mentions" in result.stdout


@pytest.mark.parametrize(
    ("file", "change", "says"),
    [
        ("mentions", lambda r: r.update(text=r["text"] + "x"), "is not the page's"),
        ("mentions", lambda r: r.update(entity="company/nobody"), "no entity company/nobody"),
        ("mentions", lambda r: r.update(score=1.5), "score 1.5"),
        ("mentions", lambda r: r.update(language="de"), "not valid by the schema"),
        ("mentions", lambda r: r.update(added=1), "not the contract's"),
        ("mentions", lambda r: r.update(end=10**9), "not its place"),
        ("entities", lambda r: r.update(mentions=10**6), "1000000 mentions"),
        ("entities", lambda r: r.update(former_ids=[r["id"]]), "former id"),
        ("entities", lambda r: r["names"][0].update(evidence="nothing"), "has no mention nothing"),
        ("pages", lambda r: r["blocks"][0].update(end=10**6), "out of order"),
        ("pages", lambda r: r.update(page=7), "page"),
        ("tables", lambda r: r["rows"][0].append("one more"), "as wide as the table"),
        ("documents", lambda r: r.update(pages=99), "99 pages"),
        ("relations", lambda r: r.update(evidence="x"), "not the page's text"),
        ("relations", lambda r: r.update(object=r["subject"]), "itself"),
    ],
)
def test_what_does_not_hold_is_named(
    sample_run: Path, tmp_path: Path, file: str, change: Change, says: str
) -> None:
    run = _copy(sample_run, tmp_path)
    path = run / f"{file}.jsonl"
    lines = path.read_text("utf-8").splitlines()
    record = json.loads(lines[0])
    change(record)
    lines[0] = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    path.write_text("\n".join(lines) + "\n", "utf-8")
    with pytest.raises(Violation, match=says) as caught:
        check(run)
    assert f"{file}.jsonl" in str(caught.value)
    result = zhen("check", run)
    assert result.exit_code == 1
    assert says in one_line(result)


def _copy(run: Path, place: Path) -> Path:
    target = place / "run"
    shutil.copytree(run, target, ignore=shutil.ignore_patterns(".zhen"))
    return target


@pytest.mark.parametrize("file", ["mentions", "documents", "run"])
def test_files_that_are_missing_cut_or_swapped(sample_run: Path, tmp_path: Path, file: str) -> None:
    run = _copy(sample_run, tmp_path)
    path = run / ("run.json" if file == "run" else f"{file}.jsonl")
    data = path.read_bytes()
    for damaged in (None, data[:-2], b"", b"[1]\n", b"\xff\xfe\n", data + data):
        path.unlink(missing_ok=True)
        if damaged is not None:
            path.write_bytes(damaged)
        with pytest.raises(Violation, match=r"\.json"):
            check(run)


def test_another_version_of_the_contract(sample_run: Path, tmp_path: Path) -> None:
    run = _copy(sample_run, tmp_path)
    summary = json.loads((run / "run.json").read_text("utf-8"))
    (run / "run.json").write_text(json.dumps({**summary, "contract": "0.9"}))
    with pytest.raises(Violation, match=r"contract 0\.9"):
        check(run)


def test_ids_of_an_earlier_run(tmp_path: Path) -> None:
    settings = Settings(gazetteer=False, model=False)
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("The Delta Robot Testing Office opened.", "utf-8")
    ingest([str(folder)], tmp_path / "one", settings=settings)
    (folder / "b.txt").write_text("三角机器人检测办公室（Delta Robot Testing Office）开会。", "utf-8")
    ingest([str(folder)], tmp_path / "two", settings=settings)
    check(tmp_path / "two", tmp_path / "one")
    path = tmp_path / "one" / "entities.jsonl"
    record = json.loads(path.read_text("utf-8"))
    record["id"] = record["id"][:-1] + ("0" if record["id"][-1] != "0" else "1")
    path.write_text(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")
    with pytest.raises(Violation, match="is lost"):
        check(tmp_path / "two", tmp_path / "one")


def test_no_such_folder(tmp_path: Path) -> None:
    result = zhen("check", tmp_path / "no")
    assert result.exit_code == 2
    assert "no such folder" in one_line(result)
