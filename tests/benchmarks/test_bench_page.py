"""The page of benchmarks from figures."""

import sys

from tests.conftest import ROOT

sys.path.insert(0, str(ROOT / "benchmarks"))
from bench_page import page


def test_parts_that_were_not_measured_are_named_and_builds_told_apart() -> None:
    asked = {"program": "a", "runs": 3}
    shown = page(
        {
            "machine": {"program": "1", "cores": 2, "system": "x", "python": "3"},
            "asked": {"workers": asked, "raw": {"program": "b", "runs": 1}},
            "parts": {
                "workers": {"a folder": {"1": 30.0, "2": 15.0, "end": 1.0}},
                "raw": {
                    "x (English)": {
                        "pages/s": {"raw_text": 500.0, "raw_boxes": 100.0, "our_parse": 50.0, "ours": 10.0},
                        "share": {"parse": {"pipeline.parse.pdf_tokens": 3.0, "pdfminer": 0.5, "all": 4.0}},
                    }
                },
            },
        }
    )
    assert "| a folder | 30.0 | 1.0 | 15.0 | 2.00 | 1.7 |" in shown
    assert "| x (English) | 500 | 100 | 50.0 | 10.0 | 10 |" in shown
    assert "parse: pipeline.parse.pdf_tokens 75%, pdfminer 12%" in shown
    assert "Medians of 3 interleaved runs." in shown and "as the program grew: raw; workers." in shown
    assert "Not measured yet: chains, parse, rerun, memory, merge, engines." in shown
