"""One document: what may recur is kept, what may pass is tried again, and the folder's faults are not its own."""

import os
from pathlib import Path

import pytest

from pipeline.engines.local import _Pool
from pipeline.engines.task import Task, work_one
from pipeline.inputs import Input, digest_of
from pipeline.records import Parsed
from pipeline.run import FolderError, ProgramFault, RunFolder
from pipeline.settings import Limits, Settings
from pipeline.work import Pipeline, Worked

_QUICK = Settings(gazetteer=False, model=False)


@pytest.fixture
def folder(tmp_path: Path) -> RunFolder:
    made = RunFolder(tmp_path / "out")
    with made.locked():
        pass
    return made


def _task(path: Path, **changed: str) -> Task:
    names = {"digest": digest_of(path), "key": "k", "parsed": "p", "passing": "x", **changed}
    return Task(file=Input(file=path, path=path.name), **names)


def _code(folder: RunFolder, key: str) -> str | None:
    worked = folder.kept(key, Worked)
    assert worked is not None
    return worked.document.error.code if worked.document.error else None


@pytest.fixture
def text(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text("The Delta Robot Alliance met.\n")
    return tmp_path / "a.txt"


def test_a_file_that_changes_while_it_is_read_is_tried_in_the_next_run(text: Path, folder: RunFolder) -> None:
    task = _task(text)
    text.write_text("Other words.\n")
    work_one(task, Pipeline(_QUICK), folder)
    assert not folder.has("k")
    assert _code(folder, "xu") == "unreadable"


def test_a_failure_of_memory_is_kept_apart(
    text: Path, folder: RunFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> Parsed:
        raise MemoryError

    tools = Pipeline(_QUICK)
    monkeypatch.setattr(tools, "parse", full)
    work_one(_task(text), tools, folder)
    assert not folder.has("k")
    assert _code(folder, "x") == "limit"


def test_a_fault_of_a_library_is_not_taken_for_a_full_disk(
    text: Path, folder: RunFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    tools = Pipeline(_QUICK)
    real = tools.parse

    def torn(data: bytes, path: str) -> Parsed:
        if path == "a.txt":
            raise OSError("image file is truncated")  # as PIL says it
        return real(data, path)

    monkeypatch.setattr(tools, "parse", torn)
    work_one(_task(text), tools, folder)
    assert not folder.has("k")  # with more memory it may be read
    assert _code(folder, "x") == "internal"


def test_text_that_cannot_be_encoded_is_the_documents_fault(
    text: Path, folder: RunFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    import msgspec

    tools = Pipeline(_QUICK)
    real = tools.parse

    def lone(data: bytes, path: str) -> Parsed:
        parsed = real(data, path)
        if path != "a.txt":
            return parsed
        document = msgspec.structs.replace(parsed.document, title="\ud800")
        return msgspec.structs.replace(parsed, document=document)

    monkeypatch.setattr(tools, "parse", lone)
    work_one(_task(text), tools, folder)
    assert not folder.has("k")  # with more memory it may be read
    assert _code(folder, "x") == "internal"


def test_a_broken_installation_is_no_documents_fault(
    text: Path, folder: RunFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> Worked:
        raise RuntimeError("no model")

    tools = Pipeline(_QUICK)
    monkeypatch.setattr(tools, "understand", broken)
    with pytest.raises(ProgramFault, match="plain sentence"):
        work_one(_task(text), tools, folder)
    assert not any(map(folder.has, _task(text).keys))


def test_a_result_that_cannot_be_written_ends_the_run(
    text: Path, folder: RunFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> tuple[int, str]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pipeline.store.tempfile.mkstemp", full)
    with pytest.raises(FolderError, match="No space left"):
        work_one(_task(text), Pipeline(_QUICK), folder)


@pytest.mark.worker
def test_a_worker_in_a_broken_installation_ends_the_run(
    text: Path, folder: RunFolder, tmp_path: Path
) -> None:
    settings = Settings(gazetteers=[tmp_path / "nothing"], model=False)
    with pytest.raises(ProgramFault, match="plain sentence"):
        list(_Pool([_task(text)], settings, folder, 1, Limits()))
    assert not any(map(folder.has, _task(text).keys))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_unreadable_and_does_not_block(tmp_path: Path, folder: RunFolder) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(OSError, match="not a regular file"):
        digest_of(tmp_path / "pipe.txt")
    task = Task(
        digest="0" * 64,
        key="k",
        parsed="p",
        passing="x",
        file=Input(file=tmp_path / "pipe.txt", path="pipe.txt"),
    )
    work_one(task, Pipeline(_QUICK), folder)
    assert _code(folder, "xu") == "unreadable"
