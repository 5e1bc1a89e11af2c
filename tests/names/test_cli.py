"""The commands match, explain and align."""

import json
from pathlib import Path

from click.testing import CliRunner

from pipeline.cli import main


def test_match_against_a_file(tmp_path: Path) -> None:
    names = tmp_path / "names.txt"
    names.write_text("Lisen University\nHaoyu Robotics\n", encoding="utf-8")
    done = CliRunner().invoke(
        main, ["match", "砺森大学", "--against", str(names), "--no-gazetteer", "--json"]
    )
    assert done.exit_code == 0, done.output
    assert json.loads(done.output)["ranked"][0]["name"] == "Lisen University"


def test_match_says_what_is_wrong(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["match", "x", "--against", str(tmp_path / "none.txt")])
    assert done.exit_code == 2
    assert done.output.startswith("zhen: ") and done.output.count("\n") == 1
    assert CliRunner().invoke(main, ["match", "x", "--no-gazetteer"]).exit_code == 2


def test_align(tmp_path: Path) -> None:
    (tmp_path / "zh.txt").write_text("国务院在北京开会。清华大学参加了会议。", encoding="utf-8")
    (tmp_path / "en.txt").write_text(
        "The State Council met in Beijing. Tsinghua University took part.", encoding="utf-8"
    )
    done = CliRunner().invoke(main, ["align", str(tmp_path / "zh.txt"), str(tmp_path / "en.txt"), "--names"])
    assert done.exit_code == 0, done.output
    assert "国务院\tState Council\t1.000" in done.output
    assert (
        CliRunner().invoke(main, ["align", str(tmp_path / "no.txt"), str(tmp_path / "en.txt")]).exit_code == 2
    )


def test_explain(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Haoyu Robotics (昊宇机器人) was founded in 2015.", encoding="utf-8")
    out = tmp_path / "out"
    assert (
        CliRunner()
        .invoke(main, ["ingest", str(tmp_path / "a.txt"), "--out", str(out), "--workers", "1"])
        .exit_code
        == 0
    )
    done = CliRunner().invoke(main, ["explain", str(out), "昊宇机器人"])
    assert done.exit_code == 0, done.output
    assert "Haoyu Robotics" in done.output and "gloss" in done.output and "pinyin 昊宇 = Haoyu" in done.output
    entity = done.output.split()[0]
    assert CliRunner().invoke(main, ["explain", str(out), entity, "--json"]).exit_code == 0
    assert CliRunner().invoke(main, ["explain", str(out), "nobody"]).exit_code == 2
    assert CliRunner().invoke(main, ["explain", str(tmp_path), "nobody"]).exit_code == 2


def test_explain_says_where_and_what_is_near(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Haoyu Robotics (昊宇机器人) was founded in 2015.", encoding="utf-8")
    out = tmp_path / "out"
    CliRunner().invoke(main, ["ingest", str(tmp_path / "a.txt"), "--out", str(out), "--workers", "1"])
    assert "a.txt page 1" in CliRunner().invoke(main, ["explain", str(out), "Haoyu Robotics"]).output
    assert "perhaps 昊宇机器人" in CliRunner().invoke(main, ["explain", str(out), "昊宇"]).output


def test_wrong_use_is_told(tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_text("\n", encoding="utf-8")
    assert "empty" in CliRunner().invoke(main, ["match", ""]).output
    assert CliRunner().invoke(main, ["match", "x", "--kind", "firm"]).exit_code == 2
    assert "has no names" in CliRunner().invoke(main, ["match", "x", "--against", str(empty)]).output
    (tmp_path / "zh.txt").write_text("国务院在北京开会。", encoding="utf-8")
    (tmp_path / "en.txt").write_text("The State Council met in Beijing.", encoding="utf-8")
    turned = CliRunner().invoke(main, ["align", str(tmp_path / "en.txt"), str(tmp_path / "zh.txt")])
    assert turned.exit_code == 2 and "comes first" in turned.output


def test_a_decision_overrides_and_is_remembered(tmp_path: Path) -> None:
    own, out = tmp_path / "own", tmp_path / "out"
    own.mkdir()
    text = "Haoyu Robotics was founded in 2015. Wonder Arms Inc. was founded in 2016."
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    ingest = ["ingest", str(tmp_path / "a.txt"), "--out", str(out), "--workers", "1", "--no-model"]
    ingest += ["--gazetteer", str(own)]
    told = ["decide", "same", "Haoyu Robotics", "Wonder Arms Inc.", "--gazetteer", str(own)]
    assert CliRunner().invoke(main, told).exit_code == 0
    assert "before" in CliRunner().invoke(main, told).output
    assert CliRunner().invoke(main, ["decide", "different", *told[2:]]).exit_code == 2
    assert CliRunner().invoke(main, ["decide", "same", "x", "X"]).exit_code == 2
    assert CliRunner().invoke(main, ingest).exit_code == 0
    shown = CliRunner().invoke(main, ["explain", str(out), "Haoyu Robotics"]).output
    assert "Wonder Arms" in shown
