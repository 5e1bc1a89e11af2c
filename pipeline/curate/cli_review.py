"""``zhen gazetteer candidates`` and ``review``."""

import sys
from pathlib import Path

import click

from pipeline.curate.cli_common import EXIT_USAGE, FOLDER, GAZETTEER, JSON, clear


@click.command()
@click.argument("runs", type=FOLDER, nargs=-1, required=True)
@GAZETTEER
@click.option(
    "--to",
    "target",
    type=FOLDER,
    default=None,
    help="JSON Lines file (default: candidates.jsonl in the first run).",
)
@click.option("--certain", type=click.FloatRange(0, 1), default=0.0, help="The least certainty.")
@click.option("--doubtful", is_flag=True, help="Also risky names that were taken for known entries.")
@click.option("--show", type=click.IntRange(0), default=20, show_default=True, help="How many to print.")
@JSON
def candidates(
    runs: tuple[Path, ...], folder: Path, target: Path | None, certain: float, doubtful: bool, show: int, as_json: bool
) -> None:  # fmt: skip
    """List what runs name that no entry holds, ranked by what it would bring, and write it to a file.

    \b
    Example:
      zhen gazetteer candidates outputs/sample
    """
    import msgspec
    from rich.console import Console
    from rich.table import Table

    from pipeline.curate.entrydata import is_installed
    from pipeline.curate.session import Session
    from pipeline.curate.similar import similar
    from pipeline.curate.yamlfile import write_text
    from pipeline.match.gazetteer import builtin_folder
    from pipeline.show.terminal import harmless_json, plain

    with clear():
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
        sys.exit(EXIT_USAGE)
    if as_json:
        shown = msgspec.json.encode({"file": str(path), "count": len(found), "candidates": found[:show]})
        click.echo(harmless_json(msgspec.json.format(shown, indent=2)))
        return
    console = Console(width=None if sys.stdout.isatty() else 160)
    table = Table(box=None, pad_edge=False)
    widths = {"what": 32, "names": 50, "evidence": 56}
    for column in ("rank", "what", "names", "documents", "mentions", "certainty", "evidence"):
        table.add_column(column, overflow="fold", max_width=widths.get(column))
    for c in found[:show]:
        first = c.evidence[0]
        table.add_row(
            f"{c.rank:.1f}", f"{c.what} {c.entity or c.type}", plain(", ".join(n.text for n in c.names)), str(c.documents),
            str(c.mentions), f"{c.certainty:.2f}", plain(f"{first.path} p. {first.page}: …{first.before[-40:]}{first.name}{first.after[:40]}…"),
        )  # fmt: skip
    console.print(table)
    click.echo(f"{path}: {len(found)} candidates")


@click.command()
@click.argument("runs", type=FOLDER, nargs=-1, required=True)
@GAZETTEER
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

    with clear():
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
