"""The table of what was found in real documents."""

import json
from pathlib import Path

from benchmarks.corpora_table import found, judged, rows, short


def test_a_field_is_found_missed_wrong_or_not_printed() -> None:
    judgement = {"printed": "tdi", "wrong": "t"}
    document = {"title": "目录", "date": "2020-01-01", "number": None, "issuers": [], "addressees": ["各区"]}
    assert [found(document, letter, judgement) for letter in "tdnia"] == [
        "wrong",
        "yes",
        "–",
        "no",
        "invented",
    ]


def test_judgements_name_fields_and_each_file_once() -> None:
    assert len(judged()) == 43
    for row in judged().values():
        assert set(row["printed"]) <= set("tdnia") >= set(row["wrong"])
        assert row["remark"] and "|" not in row["remark"]


def test_a_row_counts_what_the_document_names(tmp_path: Path) -> None:
    document = {"id": "d", "path": "laws/A__b.md", "pages": 1, "title": "T"}
    entity = {"gazetteer": False, "documents": ["d"]}
    for name, lines in {
        "documents": [document], "entities": [entity], "mentions": [{"document": "d"}] * 2, "relations": [],
    }.items():  # fmt: skip
        (tmp_path / f"{name}.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    judgement = {"b.md": {"printed": "t", "wrong": "", "remark": "fine"}}
    assert short(document["path"]) == "b.md"
    assert rows(tmp_path, judgement) == ["| b.md | 1 | yes | – | – | – | – | 2 | 1 | 1 | 0 | fine |"]
