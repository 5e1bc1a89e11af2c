"""``zhen gazetteer export``, ``import`` and ``diff``."""

import sys
from pathlib import Path

import click

from pipeline.curate.cli_common import FOLDER, GAZETTEER, JSON, clear, default_folder, told


@click.command("export")
@click.argument("target", type=FOLDER)
@click.option(
    "--gazetteer",
    "folder",
    type=FOLDER,
    default=None,
    help="The folder (default: ./gazetteers, or the built-in one).",
)
@click.option(
    "--to",
    "form",
    type=click.Choice(["csv", "xlsx", "jsonl", "ftm"]),
    default=None,
    help="Format (default: by the ending).",
)
@JSON
def export(target: Path, folder: Path | None, form: str | None, as_json: bool) -> None:
    """Write the entries to one file: CSV or XLSX for spreadsheets, JSON Lines, or FollowTheMoney entities.

    \b
    Examples:
      zhen gazetteer export names.xlsx
      zhen gazetteer export names.ftm.json
    """
    from pipeline.curate.exchange import export_entries, form_of
    from pipeline.match.entries import entry_files, read_entries

    with clear():
        entries = read_entries(entry_files([folder or default_folder()]))
        count = export_entries(entries, target, form or form_of(target))
    told(as_json, f"{target}: {count} entries", file=str(target), entries=count)


@click.command("import")
@click.argument("source", type=FOLDER)
@GAZETTEER
@click.option(
    "--from",
    "form",
    type=click.Choice(["csv", "xlsx", "jsonl", "ftm"]),
    default=None,
    help="Format (default: by the ending).",
)
@JSON
def import_(source: Path, folder: Path, form: str | None, as_json: bool) -> None:
    """Read entries from a file into a gazetteer folder; one with a known type and id replaces that entry.

    All rows are checked first; nothing is written when one of them is wrong.

    \b
    Example:
      zhen gazetteer import names.xlsx --gazetteer my-names
    """
    from pipeline.curate.exchange import form_of, import_entries

    with clear():
        made, changed = import_entries(source, folder, form or form_of(source))
    told(
        as_json,
        f"{folder}: {made} entries added, {changed} changed",
        folder=str(folder),
        added=made,
        changed=changed,
    )


@click.command()
@click.argument("old", type=FOLDER)
@click.argument("new", type=FOLDER)
@click.option(
    "--corpus", "paths", multiple=True, required=True, help="File or folder to compare on (repeatable)."
)
@click.option("--over-builtin", is_flag=True, help="OLD and NEW are laid over the built-in gazetteers.")
@click.option("--no-model", is_flag=True, help="Do without statistical models.")
@click.option(
    "--to", "target", type=FOLDER, default=None, help="Write the whole comparison to this file as JSON."
)
@JSON
@click.option(
    "--show", type=click.IntRange(0), default=20, show_default=True, help="How many of each to print."
)
def diff(
    old: Path,
    new: Path,
    paths: tuple[str, ...],
    over_builtin: bool,
    no_model: bool,
    target: Path | None,
    as_json: bool,
    show: int,
) -> None:
    """Show which mentions, entities and relations a change of the gazetteers gains and loses on a corpus.

    OLD and NEW are gazetteer folders, for example two checkouts. Documents are parsed once and kept; only
    those whose gazetteer names differ go through the later stages.

    \b
    Example:
      zhen gazetteer diff ../before/gazetteers gazetteers --corpus corpora
    """
    from rich.console import Console

    from pipeline.curate.diff import compare, comparison_json, print_comparison, write_comparison
    from pipeline.show.terminal import harmless_json

    with clear():
        found = compare(old, new, list(paths), over_builtin=over_builtin, model=not no_model)
        if target is not None:
            write_comparison(found, target)
    if as_json:
        click.echo(harmless_json(comparison_json(found).encode()), nl=False)
        return
    print_comparison(found, Console(width=None if sys.stdout.isatty() else 160), show)
