"""The figures of benchmarks/calibration.py, on made passages."""

import json
from pathlib import Path

import pytest

from benchmarks import calibration
from benchmarks.calibration import Judged


def write(out: Path, name: str, *rows: object) -> None:
    (out / f"{name}.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")


def test_judge(tmp_path: Path) -> None:
    gold = [{"id": "p1", "entities": [{"type": "place", "mentions": [[0, 2], [12, 14]]}], "ignore": [[4, 6]]}]
    write(tmp_path, "documents", {"id": "d", "path": "p1.txt"})
    write(
        tmp_path,
        "pages",
        {"document": "d", "page": 1, "text": "0123456789"},
        {"document": "d", "page": 2, "text": "0123456"},
    )

    def mention(page: int, start: int, end: int, kind: str = "place") -> dict[str, object]:
        return {"document": "d", "page": page, "start": start, "end": end, "type": kind, "method": "rule",
                "language": "en", "score": 0.8}  # fmt: skip

    write(
        tmp_path, "mentions", mention(1, 0, 2), mention(1, 5, 7), mention(1, 7, 9), mention(2, 2, 4),
        mention(2, 2, 4, "person"),
    )  # fmt: skip
    assert [j.right for j in calibration.judge(gold, tmp_path)] == [True, False, True, False]


def test_figures() -> None:
    judged = [Judged("rule", "en", 0.95, right) for right in (True, True, False, False)]
    judged += [Judged("model", "zh", 0.3, False)] * 4
    assert calibration.calibration_error(judged) == pytest.approx((0.45 * 4 + 0.3 * 4) / 8)
    assert calibration.calibration_error([]) == 0
    assert [calibration.tenth(s) for s in (0.0, 0.3, 0.7, 1.0)] == [0, 3, 7, 9]
    text = calibration.tables(judged)
    assert "| rule | en | 4 | 0.950 | 0.500 |" in text and "| 0.3 to 0.4 | 4 | 0.300 | 0.000 |" in text
    drawn = calibration.curve([("a", "#000", judged)])
    assert drawn.count("<circle") == 2 and drawn.startswith("<svg") and drawn.endswith("</svg>\n")
