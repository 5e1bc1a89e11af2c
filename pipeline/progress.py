"""What a person sees while a run goes on and when it is done; nothing of it in a pipe."""

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from pipeline.ingest import Progress as Told
from pipeline.run import RunSummary


@contextlib.contextmanager
def progress_bar() -> Iterator[Told]:
    """Show a progress bar on a terminal; on anything else, nothing."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda done, total, path: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("reading", total=None)

        def told(done: int, total: int, path: str) -> None:
            bar.update(task, completed=done, total=total, description=escape(path[-40:]))

        yield told


def print_summary(summary: RunSummary, out: Path) -> None:
    """Print a short summary of a run; a pipe gets it too, since it is what was asked for, but plain."""
    counts = summary.counts
    bad = "".join(f", {counts[k]} {k}" for k in ("failed", "partial") if counts[k])
    kinds = ", ".join(f"{n} {kind}" for kind, n in summary.entities.items()) or "none"
    click.echo(f"documents  {counts['documents']}{bad}")
    click.echo(f"pages      {counts['pages']}, {counts['tables']} tables")
    click.echo(f"entities   {counts['entities']}: {kinds}")
    click.echo(f"mentions   {counts['mentions']}")
    click.echo(f"relations  {counts['relations']}")
    click.echo(f"seconds    {summary.seconds['total']:.1f}")
    click.echo(f"results    {out}", file=sys.stdout)
