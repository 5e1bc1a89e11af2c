"""Gains and losses of a change of the gazetteers on a small corpus."""

from pathlib import Path

import msgspec
import pytest
from rich.console import Console

from pipeline.curate.diff import Comparison, compare, print_comparison, write_comparison

ENTRY = "- id: {0}\n  type: company\n  zh: {1}\n"


@pytest.fixture
def found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Comparison:
    monkeypatch.setenv("ZHEN_CACHE", str(tmp_path / "cache"))
    for name, text in (
        ("old", ENTRY.format("aa", "甲甲机器人") + ENTRY.format("bb", "乙乙芯片")),
        ("new", ENTRY.format("aa", "甲甲机器人") + ENTRY.format("cc", "丙丙汽车")),
    ):
        (tmp_path / name).mkdir()
        (tmp_path / name / "firms.yaml").write_text(text, encoding="utf-8")
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "a.txt").write_text("甲甲机器人来了。", encoding="utf-8")
    (corpus / "b.txt").write_text("乙乙芯片走了。甲甲机器人、丙丙汽车来了。", encoding="utf-8")
    return compare(tmp_path / "old", tmp_path / "new", [str(corpus)], model=False)


def test_what_was_gained_and_lost(found: Comparison) -> None:
    assert (found.documents, found.changed, found.failed) == (2, 1, 0)
    assert [m.text for m in found.mentions.gained] == ["丙丙汽车"]  # type: ignore[union-attr]
    assert [m.text for m in found.mentions.lost] == ["乙乙芯片"]  # type: ignore[union-attr]
    assert (found.mentions.old, found.mentions.new) == (2, 2)
    assert [e.id for e in found.entities.gained] == ["company/cc"]  # type: ignore[union-attr]
    assert [e.id for e in found.entities.lost] == ["company/bb"]  # type: ignore[union-attr]
    assert found.relations.gained == found.relations.lost == []


def test_as_a_table_and_as_json(found: Comparison, tmp_path: Path) -> None:
    write_comparison(found, tmp_path / "diff.json")
    assert (
        msgspec.json.decode((tmp_path / "diff.json").read_bytes())["mentions"]["gained"][0]["text"]
        == "丙丙汽车"
    )
    console = Console(record=True, width=120)
    print_comparison(found, console, 1)
    text = console.export_text()
    assert "1 of 2 documents differ" in text
    assert "+ '丙丙汽车' company/cc" in text
    assert "丙丙汽车来了。" in text


def test_parsed_documents_are_kept(
    found: Comparison, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.curate.diff.parse", None)
    again = compare(tmp_path / "old", tmp_path / "new", [str(tmp_path / "corpus")], model=False)
    assert again == found
