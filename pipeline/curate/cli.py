"""``zhen gazetteer …``: the maintainers' commands. Everything heavy is imported when a command runs."""

import sys
from pathlib import Path

import click

from pipeline.curate.cli_common import EXIT_FINDINGS, FOLDER, clear, default_folder
from pipeline.curate.cli_exchange import diff, export, import_
from pipeline.curate.cli_review import candidates, review


@click.group()
def gazetteer() -> None:
    """Care for the gazetteers: check, count, compile, review what documents bring, exchange, compare."""


@gazetteer.command()
@click.argument("folder", type=FOLDER, required=False)
@click.option(
    "--fix", "mend", is_flag=True, help="Sort entries and normalise names first; generated files stay."
)
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@click.option("--errors", "only", is_flag=True, help="Print errors only.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a finding.")
def lint(folder: Path | None, mend: bool, strict: bool, only: bool, as_json: bool) -> None:
    """Check a gazetteer folder (default: the built-in one, or ./gazetteers): one line a finding.

    Exit status: 0 nothing wrong (warnings apart), 1 errors found, 2 the folder cannot be read.

    \b
    Examples:
      zhen gazetteer lint
      zhen gazetteer lint my-names --fix
    """
    import msgspec

    from pipeline.curate.fix import fix
    from pipeline.curate.lint import lint as check
    from pipeline.show.terminal import harmless, harmless_json

    with clear():
        place = folder or default_folder()
        if mend:
            for path in fix(place):
                click.echo(f"{path}: mended", err=True)
        findings = check(place, _beneath(place))
    errors = sum(f.severity == "error" for f in findings)
    for finding in findings:
        if not only or finding.severity == "error":
            click.echo(harmless_json(msgspec.json.encode(finding)) if as_json else harmless(str(finding)))
    click.echo(f"{place}: {errors} errors, {len(findings) - errors} warnings", err=True)
    if errors or (strict and findings):
        sys.exit(EXIT_FINDINGS)


def _beneath(folder: Path) -> list[Path]:
    """Return the folders that a folder is laid over: the built-in one, unless it is that one or a checkout of it."""
    from pipeline.match.gazetteer import builtin_folder

    home = builtin_folder()
    alone = folder.resolve() == home.resolve() or (folder / "regional.yaml").is_file()
    return [] if alone else [home]


@gazetteer.command()
@click.argument("folders", type=FOLDER, nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def stats(folders: tuple[Path, ...], as_json: bool) -> None:
    """Print what the gazetteers hold: entries by file and type, and the share with both names.

    \b
    Example:
      zhen gazetteer stats
    """
    import msgspec
    from rich.console import Console
    from rich.table import Table

    from pipeline.curate.stats import stats as count

    with clear():
        counted = count(list(folders) or [default_folder()])
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(counted), indent=1).decode())
        return
    console = Console(width=None if sys.stdout.isatty() else 120)
    for title, rows in (("file", counted.files), ("type", counted.types)):
        table = Table(box=None, pad_edge=False)
        table.add_column(title)
        for column in (
            "entries",
            "both names",
            "share",
            "en only",
            "zh only",
            "names",
            "former",
            "parent",
            "rules",
            "source",
        ):
            table.add_column(column, justify="right")
        for row in [*rows, counted.total]:
            share = f"{100 * row.both / row.entries:.0f}%" if row.entries else ""
            cells = (
                row.entries,
                row.both,
                share,
                row.english,
                row.chinese,
                row.names,
                row.former,
                row.parents,
                row.rules,
                row.sources,
            )
            table.add_row(row.name, *map(str, cells))
        console.print(table)
        console.print()


@gazetteer.command()
@click.option("--gazetteer", "folders", type=FOLDER, multiple=True, help="A further folder (repeatable).")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def build(folders: tuple[Path, ...], as_json: bool) -> None:
    """Compile the gazetteers to the binary index that workers load.

    The index lies in the cache folder under the hash of the files' content; ingest builds it by itself
    when it is missing. Of entries with one type and id, the one in the folder named last counts.

    \b
    Example:
      zhen gazetteer build --gazetteer my-names
    """
    import json
    import time

    from pipeline.match.gazetteer import load_gazetteers

    with clear():
        begin = time.perf_counter()
        made = load_gazetteers(list(folders))
    counts = {"entries": len(made.entries), "names": len(made.surfaces), "patterns": len(made.patterns)}
    if as_json:
        click.echo(json.dumps({**counts, "version": made.version}))
        return
    told = ", ".join(f"{count} {what}" for what, count in counts.items())
    click.echo(f"{told}, version {made.version}, {time.perf_counter() - begin:.2f} s")


for _command in (candidates, review, export, import_, diff):
    gazetteer.add_command(_command)
