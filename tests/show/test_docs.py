"""Every command and option has words, every command has its page, and the pages are what the help says."""

from pathlib import Path

import click

from pipeline.cli import main
from pipeline.show.docs import commands, pages
from pipeline.show.docs import main as write

ROOT = Path(__file__).resolve().parents[2]


def test_pages_are_current() -> None:
    assert write(ROOT / "docs" / "commands", check=True) == [], "run: python -m pipeline.show.docs"


def test_every_command_says_what_it_does_with_an_example() -> None:
    for name, command, _ in commands(main, click.Context(main, **main.context_settings)):
        assert command.help, name
        if not isinstance(command, click.Group):
            assert "zhen " in command.help, f"{name} shows no example"
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.help, f"{name} {parameter.opts}"


def test_every_command_that_tells_something_tells_it_as_json() -> None:
    groups = {"decide", "gazetteer"}
    silent = groups | {"completion", "gazetteer review", "serve"}  # a script, a dialogue, a server
    named = {
        name: {flag for parameter in command.params for flag in parameter.opts}
        for name, command, _ in commands(main, click.Context(main, **main.context_settings))
    }
    assert {name for name, flags in named.items() if "--json" not in flags} == silent


def test_pages_are_written_and_stale_ones_removed(tmp_path: Path) -> None:
    (tmp_path / "gone.md").write_text("old")
    write(tmp_path, check=False)
    assert {p.name for p in tmp_path.iterdir()} == set(pages())
    assert write(tmp_path, check=True) == []
