"""How a scan is held against the pages that it was made from."""

import json
from pathlib import Path

from benchmarks.scan import by_lines, compare


def _run(folder: Path, page: int, text: str, mentions: list[tuple[str, str, str]]) -> Path:
    folder.mkdir()
    (folder / "pages.jsonl").write_text(json.dumps({"page": page, "text": text}), "utf-8")
    rows = [json.dumps({"page": page, "type": t, "entity": e, "text": x}) for t, e, x in mentions]
    (folder / "mentions.jsonl").write_text("\n".join(rows), "utf-8")
    return folder


def test_mentions_that_survive_are_counted(tmp_path: Path) -> None:
    miit, baidu = ("government", "government/miit"), ("company", "company/baidu")
    digital = _run(tmp_path / "a", 8, "MIIT and Baidu", [(*miit, "MIIT"), (*baidu, "Baidu")])
    scan = _run(tmp_path / "b", 1, "MllT and Baidu", [(*miit, "MllT")])
    (row,) = compare(scan, digital, {1: 8})
    assert (row["mentions"], row["survive"], row["same text"], row["further"]) == (2, 1, 0, 0)
    assert (row["characters"], row["edits"]) == (12, 2)


def test_a_line_may_stand_elsewhere() -> None:
    assert by_lines("first line\nsecond one", "second one\nfirst l1ne") == 1
