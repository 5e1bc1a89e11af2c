"""The commands that ask a run."""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import main
from tests.conftest import ROOT
from tests.emit.made_run import small_run


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small run."""
    return small_run(tmp_path_factory.mktemp("show") / "run")


def zhen(*arguments: object) -> Result:
    """Run a command."""
    return CliRunner().invoke(main, [str(a) for a in arguments])


@pytest.mark.parametrize("name", ["company/megvii", "Megvii", "MEGVII", "旷视科技", "曠視科技"])
def test_show_by_id_or_any_name(run: Path, name: str) -> None:
    said = json.loads(zhen("show", run, name, "--json").stdout)
    assert said["entity"]["id"] == "company/megvii"
    assert [m["text"] for m in said["mentions"]] == ["Megvii", "旷视科技"]
    assert {r["type"] for r in said["relations"]} == {"partner_of", "owns", "located_in"}
    assert ["company/baidu", 1] in said["together"]
    table = zhen("show", run, name)
    assert table.exit_code == 0 and "旷视科技" in table.stdout


def test_show_of_what_is_not_there(run: Path) -> None:
    found = zhen("show", run, "Nobody")
    assert found.exit_code == 2 and found.stderr.count("\n") == 1


def test_show_lists_candidates(run: Path) -> None:
    found = zhen("show", run, "B", "--json")
    assert found.exit_code == 2
    assert len(json.loads(found.stdout)["candidates"]) > 1


@pytest.mark.parametrize("text", ["旷视", "曠視", "megvii", "ＭＥＧＶＩＩ"])
def test_search(run: Path, text: str) -> None:
    found = json.loads(zhen("search", run, text, "--json").stdout)
    assert found["entities"][0]["id"] == "company/megvii"
    page = json.loads((run / "pages.jsonl").read_text("utf-8").rstrip("\n").split("\n")[0])["text"]
    assert found["count"] and all(page[h["start"] : h["end"]] == h["text"] for h in found["hits"])


def test_search_for_nothing_there(run: Path) -> None:
    assert "not found" in zhen("search", run, "量子计算机").stdout


def test_document_text_does_not_steer_the_terminal(tmp_path: Path) -> None:
    run = small_run(tmp_path / "run")
    pages = (run / "pages.jsonl").read_text("utf-8").replace(" works ", " \\u001b[31m ")
    (run / "pages.jsonl").write_text(pages, "utf-8")
    found = zhen("search", run, "旷视科技")
    assert "\x1b" not in found.stdout and "[31m" in found.stdout


STEERING = "\x1b]0;x\x07\x9b31m\u202e\x7f"


@pytest.mark.parametrize(
    "command",
    [
        ("search", "{run}", "旷视科技"), ("search", "{run}", "旷视科技", "--json"), ("explain", "{run}", "旷视科技"),
        ("explain", "{run}", "旷视科技", "--json"), ("show", "{run}", "旷视科技"), ("relations", "{run}"),
        ("relations", "{run}", "--json"), ("relations", "{run}", "--format", "csv"),
        ("gazetteer", "candidates", "{run}"), ("gazetteer", "candidates", "{run}", "--json"),
    ],
)  # fmt: skip
def test_no_command_lets_documents_steer_the_terminal(tmp_path: Path, command: tuple[str, ...]) -> None:
    run = small_run(tmp_path / "run")
    steering = json.dumps(STEERING)[1:-1]
    for name, said in (
        ("pages", " works "),
        ("relations", '"evidence":"'),
    ):  # offsets after it do not matter here
        lines = (run / f"{name}.jsonl").read_text("utf-8").replace(said, said + steering)
        (run / f"{name}.jsonl").write_text(lines, "utf-8")
    found = zhen(*(c.format(run=run) for c in command))
    assert found.exit_code == 0, found.output
    assert not [c for c in found.stdout if not c.isprintable() and c not in "\n\t\u3000"]
    if command[0] in ("search", "explain") or "relations" in command:
        assert "\\u202e" in found.stdout or "csv" in command  # what is taken out of the stream is shown


@pytest.mark.parametrize(
    ("options", "want"),
    [
        ([], "abcde"), (["--type", "issued"], "a"), (["--type", "issued", "--type", "owns"], "ac"), (["--entity", "百度"], "bce"),
        (["--date", "2017"], "a"), (["--since", "2018"], "b"), (["--until", "2020-12"], "a"), (["--since", "2023-05-01"], "b"),
        (["--document", "onclick"], "abcde"), (["--document", "other"], ""), (["--entity", "Megvii", "--type", "issued"], ""),
    ],
)  # fmt: skip
def test_relations_filtered(run: Path, options: list[str], want: str) -> None:
    found = zhen("relations", run, *options, "--format", "json")
    assert "".join(r["id"][0] for r in json.loads(found.stdout)) == want
    table = zhen("relations", run, *options)
    assert table.exit_code == 0
    assert ("no relations match" in table.stdout) == (not want)
    rows = list(csv.DictReader(io.StringIO(zhen("relations", run, *options, "--format", "csv").stdout)))
    assert len(rows) == len(want)
    assert not any(str(v).startswith("=") for row in rows for v in row.values())


@pytest.mark.parametrize("options", [["--date", "yesterday"], ["--entity", "Nobody"], ["--type", "likes"]])
def test_relations_refuse(run: Path, options: list[str]) -> None:
    assert zhen("relations", run, *options).exit_code == 2


def test_compare_a_run_with_itself(run: Path) -> None:
    assert zhen("compare", run, run).stdout.strip() == "no difference"


def test_compare_tells_what_changed(run: Path, tmp_path: Path) -> None:
    other = small_run(tmp_path / "other")
    lines = (other / "mentions.jsonl").read_text("utf-8").rstrip("\n").split("\n")
    kept = [x for x in lines if '"Beijing"' not in x]
    kept = [x.replace('"company/baidu"', '"company/other"') for x in kept]
    (other / "mentions.jsonl").write_text("\n".join(kept) + "\n", "utf-8")
    (other / "relations.jsonl").write_text("", "utf-8")
    found = json.loads(zhen("compare", run, other, "--json").stdout)
    assert found["counts"] == {"mentions entity": 1, "mentions lost": 1, "relations lost": 5}
    back = json.loads(zhen("compare", other, run, "--json").stdout)
    assert back["counts"]["mentions gained"] == 1 and back["counts"]["relations gained"] == 5
    assert "lost" in zhen("compare", run, other).stdout


def test_import_annotations(run: Path, tmp_path: Path) -> None:
    from pipeline.emit.exports import exporter

    name = next(iter(exporter("inception")(run, tmp_path)))
    found = zhen("import-annotations", run, tmp_path / name, "--to", tmp_path / "out.jsonl")
    assert found.exit_code == 0 and "6 kept" in found.stdout
    assert zhen("import-annotations", run, tmp_path / "no.json").exit_code == 2


@pytest.mark.parametrize("command", [["show", "X"], ["search", "X"], ["relations"]])
def test_a_folder_that_is_no_run(tmp_path: Path, command: list[str]) -> None:
    found = zhen(command[0], tmp_path, *command[1:])
    assert found.exit_code == 2 and "no finished zhen run" in found.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_completion_script_asks_the_program(shell: str) -> None:
    assert f"_ZHEN_COMPLETE={shell}_complete" in zhen("completion", shell).stdout


@pytest.mark.parametrize(
    ("words", "want"),
    [(["exp"], ["explain", "export"]), (["gazetteer", "st"], ["stats"]), (["show", "--li"], ["--limit"]),
     (["export", "out", "--to", "gra"], ["graphml"]), (["schema", "--j"], ["--json"])],
)  # fmt: skip
def test_completion_completes_in_bash(words: list[str], want: list[str], tmp_path: Path) -> None:
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("no bash here")
    program = "from pipeline.cli import main; main(prog_name='zhen')"
    (tmp_path / "zhen").write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "{program}" "$@"\n')
    (tmp_path / "zhen").chmod(0o755)
    (tmp_path / "script").write_text(zhen("completion", "bash").stdout)
    typed = " ".join(["zhen", *words])
    script = f'. ./script; COMP_WORDS=({typed}); COMP_CWORD={len(words)}; _zhen_completion zhen; printf "%s\\n" "${{COMPREPLY[@]}}"'
    environment = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    done = subprocess.run([bash, "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert sorted(done.stdout.split()) == want, done.stderr
