"""Nothing is done where nothing changed; anything that changed is seen."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.ingest import ingest
from pipeline.settings import Settings

_QUICK = Settings(gazetteer=False, model=False)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in "abc":
        (folder / f"{name}.txt").write_text(f"The {name} Delta Robot Alliance met in Ningbo.")
    return folder


def _state(out: Path) -> dict[str, tuple[int, bytes]]:
    files = [p for p in sorted(out.rglob("*")) if p.is_file() and p.name not in ("run.json", "lock")]
    return {str(p.relative_to(out)): (p.stat().st_mtime_ns, p.read_bytes()) for p in files}


def _run(out: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads((out / "run.json").read_text("utf-8"))
    return found


def test_the_same_again_touches_nothing_but_run_json(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    ingest([str(source)], out, settings=_QUICK)
    first, before = _run(out), _state(out)
    again = ingest([str(source)], out, settings=_QUICK, workers=2).summary
    assert _state(out) == before
    assert again.worked == 0 and first["worked"] == 3
    second = _run(out)
    assert set(second["seconds"]) == {"total"}  # type: ignore[call-overload]
    assert second["settings"]["workers"] == 2  # type: ignore[index]
    for name in ("counts", "entities", "skipped", "gazetteers", "program"):
        assert second[name] == first[name]


@pytest.mark.parametrize("name", ["mentions.jsonl", "report.html", "run.json"])
@pytest.mark.parametrize("damage", ["gone", "changed"])
def test_an_output_that_is_not_as_written_is_written_again(
    source: Path, tmp_path: Path, name: str, damage: str
) -> None:
    out = tmp_path / "out"
    ingest([str(source)], out, settings=_QUICK)
    want = (out / name).read_bytes()
    if damage == "gone":
        (out / name).unlink()
    else:
        (out / name).write_bytes(want.replace(b"Delta", b"Gamma") if name != "run.json" else b"{}")
    assert ingest([str(source)], out, settings=_QUICK).summary.worked == 0
    if name == "run.json":
        assert json.loads((out / name).read_text())["counts"] == json.loads(want)["counts"]
    else:
        assert (out / name).read_bytes() == want


def test_other_names_of_the_same_files_and_one_more_are_seen(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    ingest([str(source)], out, settings=_QUICK)
    (source / "d.txt").write_text("The d Ningbo Robot Alliance met.")
    assert ingest([str(source)], out, settings=_QUICK).summary.worked == 1
    (source / "copy.txt").write_bytes((source / "d.txt").read_bytes())
    run = ingest([str(source)], out, settings=_QUICK).summary
    assert run.counts["documents"] == 4
    assert b"copy.txt" in (out / "documents.jsonl").read_bytes()
    assert not ingest([str(source)], out, settings=_QUICK, report=False).summary.worked


def test_a_file_that_could_not_be_read_is_tried_again(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (source / "gone.txt").symlink_to(source / "later.txt")
    ingest([str(source)], out, settings=_QUICK)
    (source / "later.txt").write_text("The Jiaxing Robot Alliance met.")
    assert ingest([str(source)], out, settings=_QUICK).summary.worked == 1
    assert b"Jiaxing" in (out / "entities.jsonl").read_bytes()


def test_a_run_that_finds_nothing_changed_loads_no_model(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The Ningbo Robot Alliance met.\n", "utf-8")
    ingest([str(tmp_path / "a.txt")], tmp_path / "out", settings=_QUICK)
    again = (
        "import sys; from pipeline import ingest, Settings; "
        f"ingest([{str(tmp_path / 'a.txt')!r}], {str(tmp_path / 'out')!r}, settings=Settings(gazetteer=False, model=False)); "
        "print(*sorted({'spacy', 'onnxruntime', 'jieba', 'pipeline.work'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", again], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
