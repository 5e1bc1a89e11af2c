"""Documents alone and in a crowd say the same, and no id is lost between runs: a small part of benchmarks/truth.py."""

import json
import shutil
import sys
from pathlib import Path

import pytest

from pipeline.ingest import ingest
from pipeline.settings import Settings
from tests.conftest import CORPORA, ROOT

sys.path.insert(0, str(ROOT / "benchmarks"))
import truth


def test_the_samples_alone_and_together(sample_run: Path, tmp_path: Path) -> None:
    files = sorted(p for p in CORPORA.iterdir() if p.suffix in (".docx", ".html", ".md", ".pdf"))
    for number, some in enumerate((files[:1], files[1:3], files[-2:])):
        ingest([str(f) for f in some], tmp_path / str(number), report=False)
        assert truth.differences(tmp_path / str(number), sample_run) == []


TEXTS = (
    "The Delta Robot Testing Office (DRTO) met the Ningbo Robot Alliance (NRA). DRTO left.",
    "浙江砺森机器人有限公司（Lisen Robotics Co., Ltd.）与嘉兴市机器人行业协会签署协议。",
    "DRTO and Lisen Robotics met. 砺森机器人 was founded in Ningbo.",
    "The Delta Robot Testing Office (德尔塔机器人检测办公室) met Lisen Robotics Co., Ltd.",
)


@pytest.mark.parametrize("left", range(4))
def test_ids_survive_when_a_document_comes_or_goes(tmp_path: Path, left: int) -> None:
    for number, text in enumerate(TEXTS):
        (tmp_path / f"{number}.txt").write_text(text, "utf-8")
    files = [str(tmp_path / f"{number}.txt") for number in range(4)]
    quick = Settings(gazetteer=False, model=False)
    ingest(files, tmp_path / "all", settings=quick, report=False)
    ingest([f for f in files if f != files[left]], tmp_path / "some", settings=quick, report=False)
    assert truth.differences(tmp_path / "some", tmp_path / "all") == []


def test_a_difference_is_told(sample_run: Path, tmp_path: Path) -> None:
    for path in sample_run.glob("*.json*"):
        shutil.copy(path, tmp_path / path.name)
    lines = (tmp_path / "mentions.jsonl").read_text("utf-8").splitlines()
    first = json.loads(lines[0]) | {"method": "fuzzy"}
    lines[0] = json.dumps(first, ensure_ascii=False, separators=(",", ":"))
    (tmp_path / "mentions.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    assert [x for x in truth.differences(tmp_path, sample_run) if x.startswith(first["document"])]
