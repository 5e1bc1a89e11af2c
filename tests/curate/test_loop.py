"""The maintainer's loop as README tells it: ingest a notice, review what it names, see what the change brings."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import main

NOTICE = Path(__file__).parents[2] / "corpora" / "notice.pdf"


def zhen(*arguments: object, input: str = "") -> Result:
    result = CliRunner().invoke(main, [str(a) for a in arguments], input=input)
    assert result.exit_code == 0, result.output
    return result


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_ten_candidates_of_a_notice_become_entries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", "false")
    names, before, run = tmp_path / "names", tmp_path / "before", tmp_path / "run"
    for folder in (names, before):
        folder.mkdir()
    zhen("ingest", NOTICE, "--out", run, "--no-report")
    zhen("gazetteer", "candidates", run, "--gazetteer", names)
    offered = lines(run / "candidates.jsonl")
    assert len(offered) >= 10
    assert not any(name["text"].startswith("市") for c in offered for name in c["names"])  # type: ignore[attr-defined,index]

    zhen("gazetteer", "review", run, "--gazetteer", names, "--who", "tester", input="a\n" * 10 + "q\n")
    decisions = lines(names / "decisions.jsonl")
    assert [d["what"] for d in decisions] == ["accept"] * 10
    zhen("gazetteer", "lint", names)

    again = json.loads(
        zhen(
            "gazetteer", "diff", before, names, "--over-builtin", "--corpus", NOTICE, "--no-model", "--json"
        ).output
    )
    gained = json.dumps(again, ensure_ascii=False)
    accepted = [c["names"][0]["text"] for c in offered[:10]]  # type: ignore[index]
    assert sum(name in gained for name in accepted) >= 8

    zhen("gazetteer", "candidates", run, "--gazetteer", names)
    left = [c["key"] for c in lines(run / "candidates.jsonl")]
    assert not {c["key"] for c in offered[:10]} & set(left)
