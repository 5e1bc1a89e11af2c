"""Long documents are worked on by several workers, and come out as from one."""

import itertools
import sys
from pathlib import Path

import pytest

from pipeline.engines.parts import work_on
from pipeline.engines.pieces import Piece, Plan
from pipeline.engines.ray import RayEngine
from pipeline.engines.sharing import Sharing, packed
from pipeline.engines.task import Task
from pipeline.ingest import ingest
from pipeline.inputs import Input, UsageError, digest_of
from pipeline.match.answers import Questions, answer, batch_key
from pipeline.parse.pdf import RangeReader
from pipeline.parse.shared import Unshared, ranges
from pipeline.relate.shared import Said
from pipeline.run import RunFolder
from pipeline.segment import read
from pipeline.segment.words import Segmenter
from pipeline.settings import Limits, Settings
from pipeline.work import Halfway, Pipeline, Worked
from tests.engines.long_pdf import make_long

_QUICK = Settings(gazetteer=False, model=False)
_MODEL = Settings(gazetteer=False)
_FILES = ("documents", "pages", "tables", "mentions", "entities", "relations")


def _task(path: Path, name: str = "k") -> Task:
    return Task(
        digest=digest_of(path),
        key=name,
        parsed=f"p{name}",
        passing=f"x{name}",
        file=Input(file=path, path=path.name),
    )


@pytest.fixture
def folder(tmp_path: Path) -> RunFolder:
    made = RunFolder(tmp_path / "out")
    with made.locked():
        pass
    return made


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_long(tmp_path_factory.mktemp("long") / "long.pdf", 60)


def test_a_plan_gives_out_parts_before_the_document_that_waits_for_them(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a")
    one, two = _task(tmp_path / "a", "one"), _task(tmp_path / "a", "two")
    plan = Plan([one, two])
    whole = plan.take()
    assert whole == Piece(task=one)
    parts = [Piece(task=one, kind="pages", key=f"p{i}", numbers=[i, i]) for i in range(2)]
    assert plan.done(whole, parts) is None
    assert [plan.take(), plan.take()] == parts
    assert plan.take() == Piece(task=two)
    assert plan.done(Piece(task=two)) == two
    assert plan.done(parts[1]) is None
    assert plan.take() is None  # one part is not done
    plan.give_back(parts[0])
    assert plan.take() == parts[0]
    assert plan.done(parts[0]) is None
    again = plan.take()
    assert again == Piece(task=one, shared=["pages"])
    assert plan.left == 1
    assert plan.done(again) == one
    assert plan.left == 0


def test_a_failed_part_fails_its_document_once(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a")
    plan = Plan([_task(tmp_path / "a")])
    whole = plan.take()
    assert whole is not None
    parts = [Piece(task=whole.task, kind="pages", key=f"p{i}") for i in range(3)]
    plan.done(whole, parts)
    first, second = plan.take(), plan.take()
    assert first and second
    assert plan.failed(first)
    assert not plan.failed(second)
    assert (plan.take(), plan.left) == (None, 0)


@pytest.mark.parametrize("settings", [_QUICK, _MODEL])
def test_parts_done_by_others_change_nothing(
    pdf: Path, folder: RunFolder, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.work._LONG", 1)
    monkeypatch.setattr("pipeline.engines.sharing._LEAST_QUESTIONS", 1)
    monkeypatch.setattr("pipeline.engines.sharing._LEAST_SENTENCES", 1)
    tools = Pipeline(settings)
    work_on(Piece(task=_task(pdf, "alone")), tools, folder, share=False)
    want = folder.kept("alone", Worked)
    plan = Plan([_task(pdf, "shared")])
    kinds = []
    while (piece := plan.take()) is not None:
        kinds.append(piece.kind)
        plan.done(piece, work_on(piece, tools, folder, share=True))
    assert kinds.count("pages") == 3
    assert ("names" in kinds, "statements" in kinds) == (settings.model, True)
    assert want is not None and want.relations
    assert folder.kept("shared", Worked) == want
    assert not [key for key in sorted(folder.keys()) if "." in key]  # parts go when the document is done


def test_a_part_that_is_not_there_is_done_by_the_one_who_needs_it(pdf: Path, folder: RunFolder) -> None:
    tools = Pipeline(_QUICK)
    work_on(Piece(task=_task(pdf, "alone")), tools, folder, share=False)
    assert (
        work_on(Piece(task=_task(pdf), shared=["pages", "names", "statements"]), tools, folder, share=True)
        == []
    )
    assert folder.kept("k", Worked) == folder.kept("alone", Worked)


def test_pages_come_back_as_they_were_read(pdf: Path, folder: RunFolder) -> None:
    pages = RangeReader().read("d", pdf.read_bytes(), 26, 30)
    sharing = Sharing(Piece(task=_task(pdf)), folder)
    with pytest.raises(Unshared):
        sharing.ask_pages(60)
    (part,) = [p for p in sharing.wanted if p.numbers == [26, 50]]
    folder.keep(part.key, packed([*pages, (31, "broken")]))
    assert sharing.pages(26, 50) == [*pages, (31, "broken")]
    assert sharing.pages(1, 25) is None


def test_the_answers_to_other_questions_are_not_taken(
    pdf: Path, folder: RunFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a killed run with other gazetteers left has other keys."""
    monkeypatch.setattr("pipeline.work._LONG", 1)
    monkeypatch.setattr("pipeline.engines.sharing._LEAST_SENTENCES", 1)
    tools = Pipeline(_QUICK)
    work_on(Piece(task=_task(pdf, "alone")), tools, folder, share=False)
    plan = Plan([_task(pdf, "shared")])
    while (piece := plan.take()) is not None:
        plan.done(piece, work_on(piece, tools, folder, share=True))
        if piece.kind == "statements":
            folder.keep(f"{piece.key[:-1]}?", Said())
    assert folder.kept("shared", Worked) == folder.kept("alone", Worked)


def test_models_are_asked_once_and_answer_the_same(
    folder: RunFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.engines.sharing._LEAST_QUESTIONS", 1)
    (tmp_path / "a.txt").write_text("x")
    english = [
        [f"The Delta Robot Office met Wang Xiaoming in Ningbo in {year}." for year in range(i, i + 64)]
        for i in range(20)
    ]
    sharing = Sharing(Piece(task=_task(tmp_path / "a.txt")), folder)
    questions = Questions(english=english)
    state = Halfway(reading=read([], Segmenter()))
    with pytest.raises(Unshared):
        sharing.ask(questions, state)
    for part in sharing.wanted:
        work_on(part, Pipeline(_MODEL), folder, share=True)
    assert sharing.ask(questions, state) == answer(questions)


@pytest.mark.worker
def test_two_workers_give_the_bytes_of_one(pdf: Path, tmp_path: Path) -> None:
    ingest([str(pdf)], tmp_path / "one", settings=_MODEL)
    ingest([str(pdf)], tmp_path / "two", settings=_MODEL, workers=2)
    ingest([str(pdf)], tmp_path / "limits", settings=_MODEL, workers=1, limits=Limits())
    for name in _FILES:
        want = (tmp_path / "one" / f"{name}.jsonl").read_bytes()
        assert (tmp_path / "two" / f"{name}.jsonl").read_bytes() == want
        assert (tmp_path / "limits" / f"{name}.jsonl").read_bytes() == want


def test_without_ray_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(UsageError, match=r"zhen-pipeline\[ray\]"):
        RayEngine()


def test_batches_with_one_text_cut_otherwise_are_two() -> None:
    assert batch_key(["a\0b", "c"]) != batch_key(["a", "b\0c"])


def test_a_document_of_thousands_of_pages_is_not_opened_hundreds_of_times() -> None:
    for count in (1, 49, 50, 1000, 1001, 20_000):
        found = ranges(count)
        assert len(found) <= 40 and found[0][0] == 1 and found[-1][1] == count
        assert all(a[1] + 1 == b[0] for a, b in itertools.pairwise(found))
    assert ranges(60) == [(1, 25), (26, 50), (51, 60)]
