"""The examples of docs/spacy.md do what it says."""

import doctest
import re
from pathlib import Path

from pipeline.match.spacy_own import LABELS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "spacy.md"


def test_examples() -> None:
    text = "\n".join(re.findall(r"```pycon\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL))
    test = doctest.DocTestParser().get_doctest(text, {}, "spacy.md", str(PAGE), 0)
    assert len(test.examples) > 5
    report: list[str] = []
    doctest.DocTestRunner().run(test, out=report.append)
    assert not report, "".join(report)


def test_all_labels_are_told() -> None:
    named = set(re.findall(r"`([A-Z_]+)`", PAGE.read_text(encoding="utf-8")))
    assert set(LABELS) <= named
