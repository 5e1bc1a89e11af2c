"""CSV tables: what a spreadsheet would execute is text."""

import csv
from pathlib import Path

import pytest

from pipeline.emit.csv import export_csv, safe


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "  =1",
        "\u00a0=1",
        "＝1",
        "＋1",
        "－1",
        "＠x",
        "|cmd",
        "%x",
        "\ufeff=1",
        "\u200b=1",
    ],
)
def test_formulas_become_text(text: str) -> None:
    assert safe(text).startswith("'")


@pytest.mark.parametrize(
    ("value", "want"),
    [(None, ""), (3, "3"), (-2.5, "-2.5"), ("Geek+", "Geek+"), ("a\nb\tc", "a b c"), ("科技部", "科技部")],
)
def test_other_cells(value: object, want: str) -> None:
    assert safe(value) == want


def test_a_run_exported(sample_run: Path, tmp_path: Path) -> None:
    counts = export_csv(sample_run, tmp_path / "csv")
    for name, count in counts.items():
        raw = (tmp_path / "csv" / f"{name}.csv").read_bytes()
        assert raw.startswith(b"\xef\xbb\xbf")
        rows = list(csv.DictReader(raw.decode("utf-8-sig").splitlines()))
        assert len(rows) == count == len((sample_run / f"{name}.jsonl").read_text("utf-8").splitlines())
        for row in rows:
            assert all(not v.lstrip().startswith(("=", "@")) for v in row.values())
            assert None not in row
    assert counts["mentions"] > 100
    assert not list((tmp_path / "csv").glob("*.part"))
