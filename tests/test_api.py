"""The public API of the package."""

import gc
import importlib
from pathlib import Path

import pytest

import pipeline
from pipeline.inputs import UsageError
from pipeline.results import Run, open_run
from pipeline.settings import Settings
from tests.emit.made_run import small_run

QUICK = Settings(gazetteer=False, model=False)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The small run."""
    return open_run(small_run(tmp_path_factory.mktemp("api") / "run"))


def test_ingest_is_the_function_whatever_was_imported_first() -> None:
    module = importlib.import_module("pipeline.ingest")
    from pipeline import ingest

    assert callable(ingest)
    assert ingest is module.ingest
    assert pipeline.ingest is module.ingest


def test_without_a_folder_the_run_takes_its_own_with_it(text: Path) -> None:
    run = pipeline.ingest([str(text)], settings=QUICK)
    folder = run.folder
    assert run.counts["documents"] == len(run.documents) == 1
    assert not (folder / "report.html").exists()
    assert [m.text for m in run.mentions_of("DRTO")] == ["Delta Robot Testing Office", "DRTO"]
    del run
    gc.collect()
    assert not folder.exists()


def test_what_was_read_stays_when_the_run_is_closed(text: Path) -> None:
    with pipeline.ingest([str(text)], settings=QUICK) as run:
        pages = run.pages
    assert not run.folder.exists()
    assert run.pages is pages


def test_a_folder_that_is_given_stays(text: Path, tmp_path: Path) -> None:
    run = pipeline.ingest([str(text)], tmp_path / "out", settings=QUICK)
    run.close()
    assert (tmp_path / "out" / "report.html").exists()
    assert open_run(tmp_path / "out").entities == run.entities


def test_nothing_is_left_of_a_temporary_run_that_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(UsageError):
        pipeline.ingest([str(tmp_path / "none.pdf")], settings=QUICK)
    assert list(tmp_path.iterdir()) == []


def test_no_run(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no finished zhen run"):
        open_run(tmp_path)
    (tmp_path / "run.json").write_text("[]")
    with pytest.raises(UsageError, match="no finished zhen run"):
        open_run(tmp_path)


@pytest.mark.parametrize("key", ["company/megvii", "Megvii", "ＭＥＧＶＩＩ", "旷视科技", "曠視科技"])
def test_an_entity_by_id_or_name(run: Run, key: str) -> None:
    entity = run.entity(key)
    assert entity.id == "company/megvii"
    assert run.mentions_of(key) == run.mentions_of(entity)
    assert [m.text for m in run.mentions_of(entity)] == ["Megvii", "旷视科技"]
    assert {r.type for r in run.relations_of(entity)} == {"partner_of", "owns", "located_in"}
    assert [r.type for r in run.relations_of(entity, "owns")] == ["owns"]


@pytest.mark.parametrize("key", ["Meg", "Nobody", "company/nobody", ""])
def test_an_entity_that_is_not_there(run: Run, key: str) -> None:
    with pytest.raises(LookupError, match="no entity"):
        run.entity(key)


def test_a_shared_name_names_its_entities(tmp_path: Path) -> None:
    folder = small_run(tmp_path / "run")
    entities = (folder / "entities.jsonl").read_text("utf-8")
    (folder / "entities.jsonl").write_text(entities.replace('"Baidu"', '"Megvii"'), "utf-8")
    run = open_run(folder)
    with pytest.raises(LookupError, match=r"company/baidu.*company/megvii|company/megvii.*company/baidu"):
        run.entity("Megvii")
    assert {e.id for e in run.find("Megvii")} == {"company/baidu", "company/megvii"}


def test_lookups(run: Run) -> None:
    mention = run.mentions[0]
    assert run.mention(mention.id) is mention
    page = run.page(mention.document, mention.page)
    assert page.text[mention.start : mention.end] == mention.text
    document = run.document(mention.document)
    assert run.document(document.path) is document
    assert run.page(document) is page
    with pytest.raises(LookupError):
        run.page(document, 9)
    with pytest.raises(LookupError):
        run.mention(mention.document + ":1:9-10")
    assert run.search("旷视")[0].text == "旷视"
    assert [e.mentions for e in run.entities_of("company")] == sorted(
        (e.mentions for e in run.entities_of("company")), reverse=True
    )


def test_an_export(run: Run, tmp_path: Path) -> None:
    assert run.export("csv", tmp_path)["entities"] == len(run.entities)
