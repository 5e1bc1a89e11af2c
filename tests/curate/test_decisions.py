"""decisions.jsonl: what each line means to the pipeline, and that a torn last line does no harm."""

import json
from pathlib import Path

import pytest

from pipeline.curate.decisions import FILE, append, load_decisions, new_decision, read_decisions, writing
from pipeline.match.entries import GazetteerError


def decide(folder: Path, what: str, **rest: object) -> str:
    with writing(folder):
        made = new_decision(what, who="t", count=len(read_decisions(folder)), **rest)  # type: ignore[arg-type]
        append(folder, made)
    return made.id


def test_no_decisions(tmp_path: Path) -> None:
    found = load_decisions(tmp_path, tmp_path / "missing")
    assert not found.effective
    assert found.fingerprint == ""
    assert not found.suppressed("d", "AI", "company")


def test_never_and_not_here(tmp_path: Path) -> None:
    decide(tmp_path, "never", names=["Ａi  Lab"], type="company")
    decide(tmp_path, "not_here", names=["地平线"], document="d1", type="company")
    decide(tmp_path, "never", names=["Any"])
    found = load_decisions(tmp_path)
    assert found.suppressed("any", "AI Lab", "company")
    assert not found.suppressed("any", "AI Lab", "place")
    assert found.suppressed("d1", "地平線", "company")
    assert not found.suppressed("d2", "地平线", "company")
    assert found.suppressed("d9", "any", "plan")


def test_pairs(tmp_path: Path) -> None:
    decide(tmp_path, "same", names=["Aa", "company/aa"])
    decide(tmp_path, "different", names=["company/bb", "Ｂb"])
    found = load_decisions(tmp_path)
    assert found.same("company/aa", "AA")
    assert found.different("bb", "company/bb")
    assert not found.different("aa", "company/aa")
    assert found.pairs == {"same": [("aa", "company/aa")], "different": [("bb", "company/bb")]}


def test_undo_takes_a_line_back_and_the_fingerprint_tells_only_what_counts(tmp_path: Path) -> None:
    decide(tmp_path, "reject", names=["Aa"], type="company", fingerprint="f1")
    assert load_decisions(tmp_path).fingerprint == ""
    first = decide(tmp_path, "never", names=["Aa"])
    before = load_decisions(tmp_path)
    assert before.fingerprint
    decide(tmp_path, "undo", undoes=first)
    after = load_decisions(tmp_path)
    assert not after.suppressed("d", "Aa", "company")
    assert after.fingerprint == ""
    assert len(after.lines) == 3


def test_a_rejection_holds_for_its_evidence(tmp_path: Path) -> None:
    decide(tmp_path, "reject", names=["Aa"], type="company", fingerprint="f1")
    found = load_decisions(tmp_path)
    assert found.rejected("AA", "company", "f1")
    assert not found.rejected("AA", "company", "f2")
    assert not found.rejected("AA", "place", "f1")


def test_a_torn_last_line_is_left_out_and_cut_off(tmp_path: Path) -> None:
    decide(tmp_path, "never", names=["Aa"])
    with open(tmp_path / FILE, "ab") as file:
        file.write(b'{"id":"x","wh')
    assert len(read_decisions(tmp_path)) == 1
    decide(tmp_path, "never", names=["Bb"])
    assert [d.names for d in read_decisions(tmp_path)] == [["Aa"], ["Bb"]]


def test_a_wrong_line_is_named(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('{"id": 1}\n{}\n')
    with pytest.raises(GazetteerError, match=r"decisions\.jsonl:1: no decision"):
        read_decisions(tmp_path)


def test_a_line_says_who_when_and_what(tmp_path: Path) -> None:
    decide(tmp_path, "never", names=["Aa"], note="why")
    line = json.loads((tmp_path / FILE).read_text())
    assert list(line)[:5] == ["id", "when", "who", "what", "type"]
    assert (line["who"], line["what"], line["names"], line["note"]) == ("t", "never", ["Aa"], "why")
