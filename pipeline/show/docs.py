"""The pages on the commands, made from their help.

    python -m pipeline.show.docs [--check]

writes ``docs/commands/NAME.md`` for each command and an index; ``--check`` only says whether they are current.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

_ROOT = Path(__file__).resolve().parents[2]
_WIDTH = 100


def commands(
    group: click.Group, context: click.Context, prefix: str = ""
) -> Iterator[tuple[str, click.Command, click.Context]]:
    """Yield the names, commands and contexts of a group, those of its groups included, sorted."""
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is None or command.hidden:
            continue
        full = f"{prefix}{name}"
        inner = click.Context(
            command, info_name=name, parent=context, terminal_width=_WIDTH, max_content_width=_WIDTH
        )
        yield full, command, inner
        if isinstance(command, click.Group):
            yield from commands(command, inner, f"{full} ")


def pages() -> dict[str, str]:
    """Return the pages by file name."""
    from pipeline.cli import main

    # as the command line makes it: click keeps a command's help option from the first context that asks for it
    settings = {**main.context_settings, "max_content_width": _WIDTH}
    root = click.Context(main, info_name="zhen", terminal_width=_WIDTH, **settings)
    made: dict[str, str] = {}
    index = ["# Commands", "", "Made from `--help` by `python -m pipeline.show.docs`.", ""]
    for name, command, context in commands(main, root):
        file = f"{name.replace(' ', '-')}.md"
        help_text = "\n".join(line.rstrip() for line in command.get_help(context).splitlines())
        made[file] = f"# zhen {name}\n\n```text\n{help_text}\n```\n"
        index.append(f"- [zhen {name}]({file}): {command.get_short_help_str(120)}")
    made["index.md"] = "\n".join(index) + "\n"
    return made


def main(folder: Path, *, check: bool) -> list[str]:
    """Write the pages, or only return the names of those that are not current."""
    made = pages()
    there = (
        {p.name: p.read_text(encoding="utf-8") for p in sorted(folder.glob("*.md"))}
        if folder.is_dir()
        else {}
    )
    stale = sorted(name for name in made.keys() | there.keys() if made.get(name) != there.get(name))
    if not check:
        folder.mkdir(parents=True, exist_ok=True)
        for name in stale:
            if name in made:
                (folder / name).write_text(made[name], encoding="utf-8")
            else:
                (folder / name).unlink()
    return stale


if __name__ == "__main__":
    old = main(_ROOT / "docs" / "commands", check="--check" in sys.argv)
    if old and "--check" in sys.argv:
        sys.exit(f"docs/commands: not current, run python -m pipeline.show.docs: {', '.join(old)}")
