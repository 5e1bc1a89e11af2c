"""report.html: one file, the same bytes each time, and no way for a document to say more than text."""

import json
import re
from pathlib import Path

import pytest

from pipeline.emit.report import write_report
from pipeline.emit.report_data import simple_characters
from pipeline.emit.report_images import draw, page_images
from tests.emit.made_run import HOSTILE, small_run

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """The small run's page."""
    run = small_run(tmp_path / "run")
    write_report(run, run / "report.html", run / ".zhen", skipped={".png": 2})
    return run / "report.html"


def blocks(page: str) -> dict[str, object]:
    """Return the data of a page."""
    found = re.findall(r'<script type="application/json" id="(\w+)">(.*?)</script>', page, re.S)
    return {name: json.loads(text) for name, text in found}


def test_document_text_is_only_ever_data(made: Path) -> None:
    page = made.read_text("utf-8")
    data = blocks(page)
    assert data["pages"][0]["t"].count(HOSTILE) == 1  # type: ignore[index]
    raw = "".join(re.findall(r'<script type="application/json"[^>]*>(.*?)</script>', page, re.S))
    assert not re.search("[<>&\u2028\u2029]", raw)
    assert page.count("<script") == page.count("</script>") == 4


def test_the_policy_allows_nothing_from_outside(made: Path) -> None:
    page = made.read_text("utf-8")
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy is not None
    assert "default-src 'none'" in policy[1] and "unsafe" not in policy[1] and "http" not in policy[1]
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page)


def test_the_same_run_gives_the_same_bytes(made: Path) -> None:
    before = made.read_bytes()
    write_report(made.parent, made, made.parent / ".zhen", skipped={".png": 2})
    assert made.read_bytes() == before
    assert not list((made.parent / ".zhen").iterdir())


def test_what_failed_and_what_was_skipped_is_told(made: Path) -> None:
    index = blocks(made.read_text("utf-8"))["index"]
    assert [d["error"]["code"] for d in index["documents"] if d["error"]] == ["empty_file"]  # type: ignore[index]
    assert index["skipped"] == {".png": 2}  # type: ignore[index]


def test_a_run_too_large_for_a_page_says_where_to_look(made: Path) -> None:
    run = made.parent
    write_report(run, made, run / ".zhen", whole=100)
    write_report(run, made, run / ".zhen", most=100)
    assert "zhen serve" in made.read_text("utf-8")
    assert not (run / "report").exists()


def test_a_large_run_is_split_by_document(made: Path) -> None:
    run = made.parent
    write_report(run, made, run / ".zhen", whole=100)
    parts = sorted((run / "report").iterdir())
    assert len(parts) == 1
    assert blocks(made.read_text("utf-8"))["pages"] == []
    assert len(blocks(parts[0].read_text("utf-8"))["pages"]) == 1  # type: ignore[arg-type]
    write_report(run, made, run / ".zhen")
    assert not (run / "report").exists()


def test_page_images_keep_to_the_budget() -> None:
    file = ROOT / "corpora" / "report.pdf"
    wanted = {"x": [(1, 3), (2, 0), (99, 1)]}
    images = page_images(wanted, {"x": file}, 400_000)
    assert set(images) == {"x:1", "x:2"}
    assert all(v.startswith("data:image/png;base64,") for v in images.values())
    assert sum(map(len, images.values())) <= 400_000
    assert page_images(wanted, {"x": file}, 400_000) == images
    assert page_images({**wanted, "y": [(1, 0)]}, {"x": file, "y": file}, 500_000, workers=2) == page_images(
        {**wanted, "y": [(1, 0)]}, {"x": file, "y": file}, 500_000
    )
    assert list(page_images(wanted, {"x": file}, 9_000)) == ["x:1"] or not page_images(
        wanted, {"x": file}, 9_000
    )
    assert sum(map(len, draw(str(file), [1], 3_000, []).values())) <= 3_000


def test_a_file_that_is_no_pdf_has_no_images(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.7 nothing")
    assert page_images({"x": [(1, 0)]}, {"x": tmp_path / "x.pdf"}, 100_000) == {}


def test_a_file_that_fails_costs_its_own_images(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7 nothing")
    good = ROOT / "corpora" / "notice.pdf"
    files = {"a": tmp_path / "a.pdf", "b": good, "c": tmp_path / "gone.pdf", "d": good}
    wanted = {key: [(1, 0)] for key in files}
    assert set(page_images(wanted, files, 400_000)) == {"b:1", "d:1"}
    monkeypatch.setattr("pipeline.emit.report_images._SECONDS", 0)
    assert page_images(wanted, files, 400_000) == {}


def test_traditional_characters_are_found_under_simplified_ones() -> None:
    pairs = simple_characters()
    assert len(pairs) % 2 == 0
    assert "曠旷" in pairs and "視视" in pairs


def test_both_languages_have_every_word() -> None:
    source = (ROOT / "pipeline/emit/report_assets/words.js").read_text("utf-8")
    english, chinese = source.split("\n  zh: {")
    keys = [set(re.findall(r"(?:^|[\s{,])(\w+): (?=[\"\[])", part)) for part in (english, chinese)]
    assert {k for k in keys[0] if not k.endswith("1")} == keys[1]
