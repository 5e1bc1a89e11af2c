"""The review in the terminal, answered by a script."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from rich.console import Console

from pipeline.curate.decisions import read_decisions
from pipeline.curate.review import review
from pipeline.curate.session import Session


def answer(session: Session, *lines: str) -> str:
    """Answer with lines and return what was shown."""
    given: Iterator[str] = iter(lines)

    def ask(_: str) -> str:
        try:
            return next(given)
        except StopIteration:
            raise EOFError from None

    shown = io.StringIO()
    review(session, Console(file=shown, width=120), ask)
    return shown.getvalue()


def decided(folder: Path) -> list[str]:
    return [d.what for d in read_decisions(folder)]


def test_every_key(session: Callable[..., Session], folder: Path) -> None:
    review = session()
    shown = answer(review, "a", "u", "s", "b", "?", "n 9", "n 2", "m 科技", "1", "v")
    assert decided(folder) == ["accept", "undo", "not_here", "alias", "never"]
    assert "Chenguang AI (canonical)" in shown
    assert "+  en: Chenguang AI" in shown
    assert "there is no evidence 9" in shown
    assert "1 government/ministry-of-science-and-technology" in shown
    assert "+  aliases: [科技部, 科技局]" in shown
    assert "Nothing is left to decide." in shown
    assert {d.who for d in read_decisions(folder)} == {"tester"}


def test_end_of_input_and_quit_keep_what_was_decided(session: Callable[..., Session], folder: Path) -> None:
    answer(session(), "a")
    answer(session(), "q")
    answer(session(), "m", "no such entry", "")
    assert decided(folder) == ["accept"]


def test_editing(
    session: Callable[..., Session], folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nsed -i "s/chenguang-ai/chenguang/" "$1"\n')
    editor.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(editor))
    answer(session(), "e")
    assert "- id: chenguang\n" in (folder / "firms.yaml").read_text(encoding="utf-8")
    editor.write_text('#!/bin/sh\necho "- [" > "$1"\n')
    assert "not valid YAML" in answer(session(), "s", "e")
    monkeypatch.setenv("VISUAL", "/no/such/editor")
    assert "/no/such/editor" in answer(session(), "s", "e").replace("\n", "")


def test_documents_do_not_steer_the_terminal(session: Callable[..., Session], run: Path) -> None:
    pages = run / "pages.jsonl"
    pages.write_text(pages.read_text("utf-8").replace(" ", "\\u001b[5m\\u009b2J"), "utf-8")
    assert not set(answer(session(), "s")) & {"\x1b", "\x9b"}


def test_markup_in_documents_is_shown_as_it_is(session: Callable[..., Session], run: Path) -> None:
    pages = (run / "pages.jsonl").read_text(encoding="utf-8")
    (run / "pages.jsonl").write_text(pages.replace("works with", "[red] with"), encoding="utf-8")
    assert "[red] with" in answer(session(), "s", "s")
