"""A small run and a small gazetteer folder to curate."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.curate.session import Session
from tests.curate.made_run import GAZETTEER, made_run


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A run's folder."""
    return made_run(tmp_path / "run")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A gazetteer folder with one ministry."""
    made = tmp_path / "gazetteers"
    made.mkdir()
    (made / "ministries.yaml").write_text(GAZETTEER, encoding="utf-8")
    return made


@pytest.fixture
def session(run: Path, folder: Path) -> Callable[..., Session]:
    """Begin a review of the run over the folder alone."""
    return lambda **more: Session([run], folder, who="tester", builtin=False, **more)
