"""The examples of README.md and of the Python guide do what they say."""

import doctest
import re
import shutil
from pathlib import Path

import pytest

import pipeline
from tests.conftest import CORPORA, ROOT


@pytest.fixture
def at_a_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a report.pdf in it."""
    shutil.copy(CORPORA / "report.pdf", tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_python_guide(at_a_report: Path) -> None:
    guide = ROOT / "docs" / "guides" / "python.md"
    done = doctest.testfile(str(guide), module_relative=False, optionflags=doctest.ELLIPSIS)
    assert done.attempted > 20 and done.failed == 0


def test_the_readme(at_a_report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    blocks = re.findall(
        r"^```python\n(.*?)^```", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    assert blocks
    for block in blocks:
        exec(compile(block, "README.md", "exec"), {})
    assert re.search(r"^\d+ Megvii$", capsys.readouterr().out, re.MULTILINE)


def test_the_guide_names_what_is_public() -> None:
    guide = (ROOT / "docs" / "guides" / "python.md").read_text("utf-8")
    names = [
        *(n for n in pipeline.__all__ if n not in ("Run", "load_gazetteers", "records")),
        *vars(pipeline.Run),
    ]
    assert [name for name in names if not name.startswith("_") and not re.search(rf"\b{name}\b", guide)] == []
