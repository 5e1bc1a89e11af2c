"""A user's own spaCy pipeline in place of the models that ship."""

import json
from pathlib import Path

import pytest
import spacy
from click.testing import CliRunner

from pipeline.cli import main
from pipeline.ingest import ingest
from pipeline.inputs import UsageError
from pipeline.match import Matcher, spacy_own
from pipeline.match.spacy_en import spacy_names
from pipeline.records import Page, ParsedPage
from pipeline.segment import read
from pipeline.segment.words import Segmenter
from pipeline.settings import Settings, parse_models


def made(folder: Path, language: str, patterns: dict[str, str]) -> str:
    """Write a pipeline that takes the given strings for names."""
    nlp = spacy.blank(language)
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"pattern": text, "label": label} for text, label in patterns.items()])  # type: ignore[attr-defined]
    nlp.to_disk(folder)
    return str(folder)


def test_options() -> None:
    assert parse_models(["zh=a/b", "en=some_package"]) == {"zh": "a/b", "en": "some_package"}
    for wrong in (["zh"], ["zh="], ["fr=x"], ["=x"], ["zh=a", "zh=b"]):
        with pytest.raises(UsageError, match="--model"):
            parse_models(wrong)


@pytest.mark.parametrize(
    ("label", "kind"),
    [("PERSON", "person"), ("per", "person"), ("FAC", "place"), ("government", "government"), ("DATE", None)],
)
def test_labels(label: str, kind: str | None) -> None:
    assert spacy_own.type_for(label) == kind


def test_what_cannot_be_loaded(tmp_path: Path) -> None:
    english = made(tmp_path / "en", "en", {})
    (tmp_path / "empty").mkdir()
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "meta.json").write_text('{"lang": "zh", "spacy_version": ">=3.0"}')
    (tmp_path / "broken" / "config.cfg").write_text("[nlp]\nlang = zh\npipeline = [\n")
    for name, says in (
        ("no_such_package", "neither a folder nor an installed package"),
        (str(tmp_path / "missing"), "neither a folder nor an installed package"),
        (str(tmp_path / "empty"), "cannot be loaded"),
        (str(tmp_path / "broken"), "cannot be loaded"),
        (english, "is a pipeline for 'en'"),
    ):
        with pytest.raises(UsageError, match=says) as problem:
            spacy_own.load("zh", name)
        assert "\n" not in str(problem.value)


def test_digest_tells_pipelines_apart(tmp_path: Path) -> None:
    one = made(tmp_path / "one", "zh", {"星图": "ORG"})
    two = made(tmp_path / "two", "zh", {"云图": "ORG"})
    again = made(tmp_path / "three", "zh", {"星图": "ORG"})
    found = [spacy_own.digests({"zh": name})["zh"] for name in (one, two, again)]
    assert found[0] == found[2] != found[1]


def test_chinese_names_by_their_heads(tmp_path: Path) -> None:
    name = made(
        tmp_path / "zh",
        "zh",
        {"星图大学": "ORG", "《星图》": "WORK_OF_ART", "今天": "DATE", "云谷": "institution"},
    )
    text = "今天星图大学在云谷发布《星图》。"
    found = spacy_own.chinese(text, [(0, len(text))], spacy_own.load("zh", name))
    assert [(text[c.start : c.end], c.type) for c in found] == [
        ("星图大学", "institution"),
        ("云谷", "institution"),
        ("星图", "publication"),
    ]


def test_english_names_of_own_types_stand(tmp_path: Path) -> None:
    name = made(tmp_path / "en", "en", {"quantum computing": "technology", "Xingtu Works": "ORG"})
    text = "Last year Xingtu Works began to invest in quantum computing at home."
    found = spacy_names(text, [], spacy_own.load("en", name))
    assert [(text[c.start : c.end], c.type) for c in found] == [
        ("Xingtu Works", "company"),
        ("quantum computing", "technology"),
    ]


def test_matcher_asks_it_in_place_of_ours(tmp_path: Path) -> None:
    text = "王小明在北京访问了云谷。"

    page = ParsedPage(
        page=Page(document="d", page=1, width=None, height=None, text=text, blocks=[], notes=[]),
        glyphs=None, runs_on=False, bold=[],
    )  # fmt: skip
    reading = read([page], Segmenter())
    name = made(tmp_path / "zh", "zh", {"云谷": "GPE"})
    found = {
        text[c.start : c.end]
        for c in Matcher(None, models={"zh": name}).match(reading)
        if c.method == "model"
    }
    assert found == {"云谷"}


def test_ingest_works_anew_with_another_pipeline(tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text("王小明访问了云谷。", encoding="utf-8")
    seen = []
    for label in ("GPE", "ORG"):
        name = made(tmp_path / label, "zh", {"云谷": label})
        settings = Settings(gazetteer=False, models={"zh": name})
        ingest([str(source)], tmp_path / "out", settings=settings, report=False)
        told = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
        assert [m.startswith(f"zh={name} (") for m in told["settings"]["models"]] == [True]
        seen.append(told["entities"])
    assert seen == [{"place": 1}, {"company": 1}]


def test_command_line(tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text("云谷", encoding="utf-8")
    for options in (["--model", "zh=nowhere"], ["--model", "zh"], ["--model", "zh=a", "--no-model"]):
        result = CliRunner().invoke(main, ["ingest", str(source), "--out", str(tmp_path / "out"), *options])
        assert result.exit_code == 2
        assert result.stderr.startswith("zhen: --model") and result.stderr.count("\n") == 1
    assert not (tmp_path / "out").exists()
