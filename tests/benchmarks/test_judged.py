"""The hand-checked samples of relations hold what benchmarks/judged.py counts."""

import csv
from pathlib import Path
from typing import get_args

from pipeline.records import RelationType

FILE = Path(__file__).resolve().parents[2] / "benchmarks" / "relations_judged.tsv"


def test_verdicts_are_known_and_wrong_ones_have_a_cause() -> None:
    with open(FILE, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    assert {r["type"] for r in rows} <= set(get_args(RelationType))
    assert {r["verdict"] for r in rows} <= {"right", "wrong", "direction", "modality", "qualifier"}
    assert all((r["verdict"] == "right") == (not r["cause"]) for r in rows)
    assert len({(r["seed"], r["document"], r["id"]) for r in rows}) == len(rows)
