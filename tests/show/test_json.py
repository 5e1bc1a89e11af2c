"""What commands print with ``--json`` is JSON and nothing else."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.commands import QUICK, zhen
from tests.conftest import DATA
from tests.emit.made_run import small_run


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small run."""
    return small_run(tmp_path_factory.mktemp("json") / "run")


def told(*arguments: object, status: int = 0) -> Any:
    """Run a command and return what it printed."""
    done = zhen(*arguments, "--json")
    assert done.exit_code == status, done.output
    return json.loads(done.stdout)


def test_ingest(text: Path, tmp_path: Path) -> None:
    made = told("ingest", text, "--out", tmp_path / "out", "--no-report", *QUICK)
    assert made == json.loads((tmp_path / "out" / "run.json").read_text("utf-8"))
    assert told("check", tmp_path / "out")["sound"] is True


def test_check_of_a_damaged_run(text: Path, tmp_path: Path) -> None:
    told("ingest", text, "--out", tmp_path / "out", "--no-report", *QUICK)
    (tmp_path / "out" / "mentions.jsonl").write_text('{"id": 1}\n')
    found = told("check", tmp_path / "out", status=1)
    assert found["sound"] is False and "mentions" in found["problem"]


def test_schema() -> None:
    assert "mentions" in told("schema")
    assert told("schema", "mentions")["title"] == "mentions"


def test_export(run: Path, tmp_path: Path) -> None:
    assert told("export", run, "--to", "csv", "--target", tmp_path)["entities"] > 1


def test_gazetteers(tmp_path: Path) -> None:
    folder = DATA / "gazetteer"
    assert told("gazetteer", "build", "--gazetteer", folder)["entries"] > 1
    made = told("gazetteer", "export", tmp_path / "names.csv", "--gazetteer", folder)
    assert made["file"] == str(tmp_path / "names.csv") and made["entries"] > 1
    (tmp_path / "mine").mkdir()
    assert (
        told("gazetteer", "import", tmp_path / "names.csv", "--gazetteer", tmp_path / "mine")["added"]
        == made["entries"]
    )
    (tmp_path / "a.txt").write_text("Nothing here.\n", "utf-8")
    told("gazetteer", "diff", folder, folder, "--corpus", tmp_path / "a.txt", "--no-model")


def test_candidates(run: Path, tmp_path: Path) -> None:
    found = told(
        "gazetteer", "candidates", run, "--gazetteer", DATA / "gazetteer", "--to", tmp_path / "c.jsonl"
    )
    assert found["count"] == len((tmp_path / "c.jsonl").read_text("utf-8").splitlines())
