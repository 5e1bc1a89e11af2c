"""The maintainers' commands: what they print and how they end."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import main

GOOD = "# head\n- id: aa\n  type: company\n  en: Aa Robotics\n  zh: 甲甲机器人\n  source: test\n"


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the large built-in gazetteers, which take long to compile."""
    home = tmp_path / "home"
    home.mkdir()
    for place in ("pipeline.match.gazetteer", "pipeline.curate.session", "pipeline.curate.entrydata"):
        monkeypatch.setattr(f"{place}.builtin_folder", lambda: home)
    monkeypatch.chdir(tmp_path)


def zhen(*arguments: object, input: str = "") -> Result:
    return CliRunner().invoke(main, ["gazetteer", *map(str, arguments)], input=input)


def write(folder: Path, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "firms.yaml").write_text(text, encoding="utf-8")
    return folder


def test_lint_status(tmp_path: Path) -> None:
    folder = write(tmp_path / "g", GOOD)
    assert zhen("lint", folder).exit_code == 0
    write(folder, GOOD.replace("甲甲机器人", "甲甲機器人"))
    result = zhen("lint", folder)
    assert result.exit_code == 1
    assert result.output.splitlines()[0].startswith(f"{folder}/firms.yaml:5: error: ")
    assert json.loads(zhen("lint", folder, "--json").output.splitlines()[0])["code"] == "traditional"
    assert zhen("lint", folder, "--fix").exit_code == 0
    assert "甲甲机器人" in (folder / "firms.yaml").read_text(encoding="utf-8")
    write(folder, GOOD.replace("# head\n", ""))
    assert zhen("lint", folder).exit_code == 0
    assert zhen("lint", folder, "--strict").exit_code == 1
    assert "warning" not in zhen("lint", folder, "--errors").output.splitlines()[0].split(":")[0]


@pytest.mark.parametrize(
    "arguments",
    [
        ("lint", "none"), ("stats", "none"), ("build", "--gazetteer", "none"), ("candidates", "none"), ("review", "none"),
        ("export", "x.csv", "--gazetteer", "none"), ("export", "x.doc"), ("import", "none.csv"),
        ("diff", "none", "none", "--corpus", "x"),
    ],
)  # fmt: skip
def test_what_users_can_mend_is_one_line(arguments: tuple[str, ...]) -> None:
    result = zhen(*arguments)
    assert result.exit_code == 2
    assert result.output.startswith("zhen: ")
    assert result.output.count("\n") == 1


def test_stats_and_build(tmp_path: Path) -> None:
    folder = write(tmp_path / "g", GOOD)
    counted = json.loads(zhen("stats", folder, "--json").output)
    assert (counted["total"]["entries"], counted["total"]["both"], counted["total"]["names"]) == (1, 1, 2)
    assert "100%" in zhen("stats", folder).output
    assert zhen("build", "--gazetteer", folder).output.startswith("1 entries, 2 names, 2 patterns, version ")


def test_candidates_are_printed_and_written(run: Path, folder: Path) -> None:
    result = zhen("candidates", run, "--gazetteer", folder)
    assert result.exit_code == 0, result.output
    assert "Chenguang AI, 晨光智能" in result.output
    lines = [json.loads(line) for line in (run / "candidates.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["what"] for line in lines] == ["new", "alias", "new"]
    assert lines[0]["proposal"]["id"] == "chenguang-ai"


def test_review_from_the_command_line(run: Path, folder: Path) -> None:
    result = zhen("review", run, "--gazetteer", folder, "--who", "me", input="a\nq\n")
    assert result.exit_code == 0, result.output
    assert json.loads((folder / "decisions.jsonl").read_text(encoding="utf-8"))["who"] == "me"


def test_export_and_import(tmp_path: Path) -> None:
    folder = write(tmp_path / "g", GOOD)
    assert "1 entries" in zhen("export", "names.csv", "--gazetteer", folder).output
    assert "1 entries added, 0 changed" in zhen("import", "names.csv", "--gazetteer", "other").output
    assert "0 entries added, 0 changed" in zhen("import", "names.csv", "--gazetteer", "other").output


def test_diff_from_the_command_line(tmp_path: Path) -> None:
    old, new = (
        write(tmp_path / "old", GOOD),
        write(tmp_path / "new", GOOD.replace("甲甲机器人", "乙乙机器人")),
    )
    (tmp_path / "a.txt").write_text("乙乙机器人来了。", encoding="utf-8")
    result = zhen("diff", old, new, "--corpus", tmp_path / "a.txt", "--no-model", "--to", "d.json")
    assert result.exit_code == 0, result.output
    assert "+ '乙乙机器人' company/aa" in result.output
    assert json.loads((tmp_path / "d.json").read_text(encoding="utf-8"))["changed"] == 1
