"""``zhen gazetteer …``: the maintainers' commands. Everything heavy is imported when a command runs."""

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path

import click

_EXIT_FINDINGS, _EXIT_USAGE = 1, 2
_FOLDER = click.Path(path_type=Path)
_GAZETTEER = click.option(
    "--gazetteer", "folder", type=_FOLDER, default=Path("gazetteers"), show_default=True,
    help="The folder that is curated.",
)  # fmt: skip


@contextlib.contextmanager
def _clear() -> Iterator[None]:
    """Turn what users can mend into one clear line and exit status 2."""
    from pipeline.curate.edits import DecisionError
    from pipeline.inputs import UsageError
    from pipeline.match.entries import GazetteerError

    try:
        yield
    except (UsageError, GazetteerError, DecisionError) as problem:
        line = " ".join("".join(c if c.isprintable() else " " for c in str(problem)).split())
        click.echo(f"zhen: {line}", err=True)
        sys.exit(_EXIT_USAGE)


@click.group()
def gazetteer() -> None:
    """Care for the gazetteers: check, count, compile, review what documents bring, exchange, compare."""


@gazetteer.command()
@click.argument("folder", type=_FOLDER, required=False)
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

    with _clear():
        place = folder or _default()
        if mend:
            for path in fix(place):
                click.echo(f"{path}: mended", err=True)
        findings = check(place, _beneath(place))
    errors = sum(f.severity == "error" for f in findings)
    for finding in findings:
        if not only or finding.severity == "error":
            click.echo(msgspec.json.encode(finding).decode() if as_json else str(finding))
    click.echo(f"{place}: {errors} errors, {len(findings) - errors} warnings", err=True)
    if errors or (strict and findings):
        sys.exit(_EXIT_FINDINGS)


def _default() -> Path:
    from pipeline.match.gazetteer import builtin_folder

    here = Path("gazetteers")
    return here if here.is_dir() else builtin_folder()


def _beneath(folder: Path) -> list[Path]:
    """Return the folders that a folder is laid over: the built-in one, unless it is that one or a checkout of it."""
    from pipeline.match.gazetteer import builtin_folder

    home = builtin_folder()
    alone = folder.resolve() == home.resolve() or (folder / "regional.yaml").is_file()
    return [] if alone else [home]


@gazetteer.command()
@click.argument("folders", type=_FOLDER, nargs=-1)
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

    with _clear():
        counted = count(list(folders) or [_default()])
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
@click.option("--gazetteer", "folders", type=_FOLDER, multiple=True, help="A further folder (repeatable).")
def build(folders: tuple[Path, ...]) -> None:
    """Compile the gazetteers to the binary index that workers load.

    The index lies in the cache folder under the hash of the files' content; ingest builds it by itself
    when it is missing. Of entries with one type and id, the one in the folder named last counts.

    \b
    Example:
      zhen gazetteer build --gazetteer my-names
    """
    import time

    from pipeline.match.gazetteer import load_gazetteers

    with _clear():
        begin = time.perf_counter()
        made = load_gazetteers(list(folders))
    click.echo(
        f"{len(made.entries)} entries, {len(made.surfaces)} names, {len(made.patterns)} patterns, "
        f"version {made.version}, {time.perf_counter() - begin:.2f} s"
    )


@gazetteer.command()
@click.argument("runs", type=_FOLDER, nargs=-1, required=True)
@_GAZETTEER
@click.option(
    "--to",
    "target",
    type=_FOLDER,
    default=None,
    help="JSON Lines file (default: candidates.jsonl in the first run).",
)
@click.option("--certain", type=click.FloatRange(0, 1), default=0.0, help="The least certainty.")
@click.option("--doubtful", is_flag=True, help="Also risky names that were taken for known entries.")
@click.option("--show", type=click.IntRange(0), default=20, show_default=True, help="How many to print.")
def candidates(
    runs: tuple[Path, ...], folder: Path, target: Path | None, certain: float, doubtful: bool, show: int
) -> None:
    """List what runs name that no entry holds, ranked by what it would bring, and write it to a file.

    \b
    Example:
      zhen gazetteer candidates outputs/sample
    """
    import msgspec
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from pipeline.curate.candidates import similar
    from pipeline.curate.session import Session, is_installed
    from pipeline.curate.yamlfile import write_text
    from pipeline.match.gazetteer import builtin_folder

    with _clear():
        place = folder if not is_installed(folder) else builtin_folder().parent / "none"
        session = Session(list(runs), place, certain=certain, doubtful=doubtful)
        gazetteers = session.gazetteer
        found = [msgspec.structs.replace(c, similar=similar(c, gazetteers)) if c.what == "new" and i < 500 else c
                 for i, c in enumerate(session.queue)]  # fmt: skip
    path = target or runs[0] / "candidates.jsonl"
    try:
        write_text(path, "".join(msgspec.json.encode(c).decode() + "\n" for c in found))
    except OSError as problem:
        click.echo(f"zhen: {path}: cannot be written: {problem.strerror}", err=True)
        sys.exit(_EXIT_USAGE)
    console = Console(width=None if sys.stdout.isatty() else 160)
    table = Table(box=None, pad_edge=False)
    widths = {"what": 32, "names": 50, "evidence": 56}
    for column in ("rank", "what", "names", "documents", "mentions", "certainty", "evidence"):
        table.add_column(column, overflow="fold", max_width=widths.get(column))
    for c in found[:show]:
        first = c.evidence[0]
        table.add_row(
            f"{c.rank:.1f}", f"{c.what} {c.entity or c.type}", Text(", ".join(n.text for n in c.names)), str(c.documents),
            str(c.mentions), f"{c.certainty:.2f}", Text(f"{first.path} p. {first.page}: …{first.before[-40:]}{first.name}{first.after[:40]}…"),
        )  # fmt: skip
    console.print(table)
    click.echo(f"{path}: {len(found)} candidates")


@gazetteer.command()
@click.argument("runs", type=_FOLDER, nargs=-1, required=True)
@_GAZETTEER
@click.option(
    "--who", default=None, help="Your name in decisions.jsonl (default: $ZHEN_REVIEWER, or the user's)."
)
@click.option("--certain", type=click.FloatRange(0, 1), default=0.0, help="The least certainty.")
@click.option(
    "--doubtful", is_flag=True, help="Also ask about risky names that were taken for known entries."
)
@click.option("--web", is_flag=True, help="Review in a browser, on this machine only.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="Port of --web (default: any free one)."
)
def review(
    runs: tuple[Path, ...],
    folder: Path,
    who: str | None,
    certain: float,
    doubtful: bool,
    web: bool,
    port: int,
) -> None:
    """Decide about candidates one by one: accept, edit, make an alias, reject, not a name here, never.

    Every decision is one line in decisions.jsonl of the folder and at most one change of one entry. What
    was decided does not come back, and `not a name here` and `never` hold from the next ingest on.

    \b
    Examples:
      zhen gazetteer review outputs/sample
      zhen gazetteer review outputs/sample --gazetteer my-names --web
    """
    from pipeline.curate.session import Session

    with _clear():
        session = Session(list(runs), folder, who=who, certain=certain, doubtful=doubtful)
        if web:
            from pipeline.curate.web import serve

            serve(
                session,
                port=port,
                tell=lambda url: click.echo(f"{url}\nCtrl-C ends; decisions are kept as they are made."),
            )
            return
        from rich.console import Console

        from pipeline.curate.review import review as run

        run(session, Console(), input)


@gazetteer.command("export")
@click.argument("target", type=_FOLDER)
@click.option(
    "--gazetteer",
    "folder",
    type=_FOLDER,
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
def export(target: Path, folder: Path | None, form: str | None) -> None:
    """Write the entries to one file: CSV or XLSX for spreadsheets, JSON Lines, or FollowTheMoney entities.

    \b
    Examples:
      zhen gazetteer export names.xlsx
      zhen gazetteer export names.ftm.json
    """
    from pipeline.curate.exchange import export_entries, form_of
    from pipeline.match.entries import entry_files, read_entries

    with _clear():
        entries = read_entries(entry_files([folder or _default()]))
        count = export_entries(entries, target, form or form_of(target))
    click.echo(f"{target}: {count} entries")


@gazetteer.command("import")
@click.argument("source", type=_FOLDER)
@_GAZETTEER
@click.option(
    "--from",
    "form",
    type=click.Choice(["csv", "xlsx", "jsonl", "ftm"]),
    default=None,
    help="Format (default: by the ending).",
)
def import_(source: Path, folder: Path, form: str | None) -> None:
    """Read entries from a file into a gazetteer folder; one with a known type and id replaces that entry.

    All rows are checked first; nothing is written when one of them is wrong.

    \b
    Example:
      zhen gazetteer import names.xlsx --gazetteer my-names
    """
    from pipeline.curate.exchange import form_of, import_entries

    with _clear():
        made, changed = import_entries(source, folder, form or form_of(source))
    click.echo(f"{folder}: {made} entries added, {changed} changed")


@gazetteer.command()
@click.argument("old", type=_FOLDER)
@click.argument("new", type=_FOLDER)
@click.option(
    "--corpus", "paths", multiple=True, required=True, help="File or folder to compare on (repeatable)."
)
@click.option("--over-builtin", is_flag=True, help="OLD and NEW are laid over the built-in gazetteers.")
@click.option("--no-model", is_flag=True, help="Do without statistical models.")
@click.option("--json", "target", type=_FOLDER, default=None, help="Write the whole comparison to this file.")
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

    from pipeline.curate.diff import compare, print_comparison, write_comparison

    with _clear():
        found = compare(old, new, list(paths), over_builtin=over_builtin, model=not no_model)
        if target is not None:
            write_comparison(found, target)
    print_comparison(found, Console(width=None if sys.stdout.isatty() else 160), show)
