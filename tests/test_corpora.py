"""The sample documents: what the script writes, and what the pipeline makes of them."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.conftest import CORPORA


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("corpora_expect", CORPORA / "expect.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


expect = _load()


def test_the_committed_files_are_what_the_script_writes(tmp_path: Path) -> None:
    pytest.importorskip("reportlab")
    subprocess.run([sys.executable, str(CORPORA / "make.py"), str(tmp_path)], check=True, capture_output=True)
    made = sorted(p.relative_to(tmp_path) for p in tmp_path.rglob("*") if p.is_file())
    assert len(made) >= 8
    for file in made:
        assert (tmp_path / file).read_bytes() == (CORPORA / file).read_bytes(), f"{file}: run corpora/make.py"


def test_gains_and_losses(sample_run: Path) -> None:
    """What the pipeline misses is exactly what is on record: run ``python corpora/expect.py`` to see a change."""
    gains, losses = expect.changes(expect.state(sample_run), expect.known())
    assert not losses, "lost:\n" + "\n".join(losses)
    assert not gains, "gained (record with `python corpora/expect.py --accept`):\n" + "\n".join(gains)


def test_the_samples_hold_enough_to_compare() -> None:
    files = [p for p in expect.EXPECTED.glob("*.json") if p != expect.KNOWN]
    assert len(files) >= 4
    asked = [json.loads(p.read_text("utf-8")) for p in files]
    assert sum(len(e["mentions"]) for e in asked) > 250
    assert sum(len(e["tables"]) for e in asked) >= 7
    assert sum(len(e["relations"]) for e in asked) > 30


def _run() -> dict[str, list[dict[str, object]]]:
    return {
        "documents": [{"id": "d", "path": "x.txt", "title": "T"}],
        "pages": [{"document": "d", "page": 1, "text": "Megvii (旷视) in China", "notes": [], "blocks": []}],
        "tables": [],
        "mentions": [
            {"document": "d", "page": 1, "type": "company", "text": "Megvii", "entity": "company/a"},
            {"document": "d", "page": 1, "type": "company", "text": "旷视", "entity": "company/b"},
            {"document": "d", "page": 1, "type": "person", "text": "China", "entity": "person/c"},
        ],
        "entities": [
            {"id": "company/a", "names": [{"text": "Megvii", "evidence": "d:1"}], "documents": ["d"]},
            {"id": "company/b", "names": [{"text": "旷视", "evidence": "d:1"}], "documents": ["d"]},
            {"id": "person/c", "names": [], "documents": ["d"]},
        ],
        "relations": [],
    }


def test_every_kind_of_shortfall_is_seen() -> None:
    asked = {
        "file": "x.txt", "document": {"title": "Other"},
        "entities": {"m": ["company", "Megvii", "旷视"], "c": ["place", "China", None]},
        "mentions": [[1, "Megvii", "m"], [1, "旷视", "m"], [1, "China", "c"]],
        "pairs": ["m"], "tables": [{"number": "1"}], "relations": [["located_in", "m", "c", {}]],
        "notes": [[1, "China", "1"]], "blocks": [[1, "heading", "Megvii"]], "contains": {"1": ["India"]}, "absent": ["China"],
    }  # fmt: skip
    assert expect.shortfalls(_run(), asked) == sorted([
        "document: title is 'T', not 'Other'", "entity m: its mentions have 2 entities", "extra page 1: person “China” #1",
        "page 1: place “China” #1", "pair: Megvii = 旷视", "table 1: not found", "tables: 0, not 1", "relation: m located_in c",
        "note: page 1 has no 1 after “China”", "heading: page 1 has no “Megvii”", "text: page 1 lacks “India”",
        "text: page 1 has “China”",
    ])  # fmt: skip


def test_gains_and_losses_are_told_apart() -> None:
    assert expect.changes({"a": ["x", "new"]}, {"a": ["x", "old"]}) == (["a: old"], ["a: new"])
