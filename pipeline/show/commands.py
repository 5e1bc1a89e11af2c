"""The commands that ask a finished run: show, search, relations, compare, import-annotations, completion."""

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, get_args

import click

from pipeline.records import RelationType

if TYPE_CHECKING:
    from pipeline.emit.loaded import Loaded

_USAGE, _FOLDER = 2, 4
_RUN = click.argument("run", type=click.Path(path_type=Path))
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of tables.")
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


@click.command()
@_RUN
@click.argument("entity")
@click.option(
    "--limit", type=click.IntRange(1), default=20, help="Mentions and co-mentions to print (default: 20)."
)
@_JSON
def show(run: Path, entity: str, limit: int, as_json: bool) -> None:
    """Show what a run says of an entity: names with proof, properties, mentions, relations both ways.

    ENTITY is an id, an earlier id, or a name in either language.

    \b
    Examples:
      zhen show outputs/sample company/megvii
      zhen show outputs/sample 旷视 --json
    """
    from pipeline.show.ask import about, entities_named
    from pipeline.show.views import show_entities, show_entity

    loaded = opened(run)
    found = entities_named(loaded, entity)
    if not found:
        stop(f"no entity named {entity!r} in {run}", _USAGE)
    if len(found) > 1:
        if as_json:
            emit({"candidates": found[:limit]})
        else:
            show_entities(found[:limit], f"{len(found)} entities match; choose one by its id")
        sys.exit(_USAGE)
    said = about(loaded, found[0])
    if as_json:
        emit(said)
    else:
        show_entity(loaded, said, limit)


@click.command()
@_RUN
@click.argument("text")
@click.option("--limit", type=click.IntRange(1), default=50, help="Places to print (default: 50).")
@_JSON
def search(run: Path, text: str, limit: int, as_json: bool) -> None:
    """Search a run's names and text, in any case, script or width; Chinese needs no spaces.

    \b
    Examples:
      zhen search outputs/sample 旷视
      zhen search outputs/sample 'development plan' --json
    """
    from pipeline.show.ask import entities_named, found_text
    from pipeline.show.views import show_hits

    loaded = opened(run)
    entities = entities_named(loaded, text)
    hits = list(found_text(loaded, text))
    if as_json:
        emit({"entities": entities, "count": len(hits), "hits": hits[:limit]})
    else:
        show_hits(entities[:10], hits, limit, text)


@click.command()
@_RUN
@click.option(
    "--type",
    "types",
    multiple=True,
    type=click.Choice(get_args(RelationType)),
    help="Relation type (repeatable).",
)
@click.option("--entity", help="An end of the relation: an id or a name.")
@click.option("--since", help="Dated statements from this day, month or year on.")
@click.option("--until", help="Dated statements up to this day, month or year.")
@click.option("--date", help="Dated statements of this day, month or year: both --since and --until.")
@click.option("--document", help="A document's id, or a part of its path.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    help="How to print them.",
)
@_JSON
def relations(
    run: Path, types: tuple[str, ...], entity: str | None, since: str | None, until: str | None, date: str | None,
    document: str | None, form: str, as_json: bool,
) -> None:  # fmt: skip
    """List a run's relations with their evidence.

    \b
    Examples:
      zhen relations outputs/sample --type issued
      zhen relations outputs/sample --entity 国务院 --since 2015 --format csv
    """
    from pipeline.show.ask import entities_named, relations_that
    from pipeline.show.views import relations_csv, show_relations

    for value in (since, until, date):
        if value is not None and not _DATE.fullmatch(value):
            stop(f"{value!r} is no date: write 2017, 2017-07 or 2017-07-20", _USAGE)
    loaded = opened(run)
    ends = None
    if entity is not None:
        ends = frozenset(e.id for e in entities_named(loaded, entity))
        if not ends:
            stop(f"no entity named {entity!r} in {run}", _USAGE)
    found = relations_that(
        loaded, types=types, entities=ends, since=since or date, until=until or date, document=document
    )
    if as_json or form == "json":
        emit(found)
    elif form == "csv":
        click.echo(relations_csv(loaded, found), nl=False)
    elif found:
        show_relations(loaded, found)
    if not found:
        click.echo("no relations match", err=as_json or form != "table")


@click.command()
@click.argument("before", type=click.Path(path_type=Path))
@click.argument("after", type=click.Path(path_type=Path))
@click.option(
    "--limit", type=click.IntRange(0), default=40, help="Changes of each kind to print (default: 40)."
)
@_JSON
def compare(before: Path, after: Path, limit: int, as_json: bool) -> None:
    """Compare two runs: what a new version, gazetteer or setting gained and lost.

    \b
    Example:
      zhen compare outputs/before outputs/after
    """
    from pipeline.show.compare import compare as compared
    from pipeline.show.views import show_comparison

    for run in (before, after):
        opened(run)
    found = compared(before, after)
    if as_json:
        emit(found)
    else:
        show_comparison(found, limit)


@click.command("import-annotations")
@_RUN
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--to",
    "out",
    type=click.Path(path_type=Path),
    default=None,
    help="JSON Lines file (default: RUN/annotations.jsonl).",
)
@_JSON
def import_annotations(run: Path, files: tuple[Path, ...], out: Path | None, as_json: bool) -> None:
    """Bring corrected names back from Label Studio (JSON) or INCEpTION (UIMA CAS XMI).

    Every line says whether the name was kept, changed, added or removed against the run.

    \b
    Example:
      zhen import-annotations outputs/sample project-1.json --to corrected.jsonl
    """
    from pipeline.emit.annotations import AnnotationError
    from pipeline.emit.annotations import import_annotations as bring

    opened(run)
    place = out or run / "annotations.jsonl"
    try:
        counts = bring(run, files, place)
    except AnnotationError as problem:
        stop(str(problem), _USAGE)
    except OSError as problem:
        stop(f"{place}: cannot be written: {problem.strerror}", _FOLDER)
    if as_json:
        emit({"file": str(place), **counts})
    else:
        click.echo(f"{place}: " + ", ".join(f"{count} {status}" for status, count in counts.items()))


@click.command()
@_RUN
@click.option(
    "--inputs",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Folder in which the documents lie, for page images (repeatable; the current one is tried).",
)
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port (default: any free one).")
def serve(run: Path, inputs: tuple[Path, ...], port: int) -> None:
    """Serve a run's pages on this machine, for runs too large for one file.

    Only the loopback address is served, and only to whoever has the address that is printed.

    \b
    Example:
      zhen serve outputs/sample --inputs corpora/
    """
    opened(run)
    try:
        from pipeline.serve.app import serve as served
    except ModuleNotFoundError as problem:
        if (problem.name or "").startswith("pipeline"):
            raise
        stop(f"zhen serve needs the library {problem.name}: pip install {problem.name}", _USAGE)
    try:
        served(run, list(inputs), port, click.echo)
    except OSError as problem:
        stop(f"cannot serve: {problem.strerror or problem}", _FOLDER)


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the script that completes zhen's commands and options in a shell.

    \b
    Example:
      zhen completion bash > ~/.local/share/bash-completion/completions/zhen
    """
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    assert kind is not None
    click.echo(kind(context.find_root().command, {}, "zhen", "_ZHEN_COMPLETE").source())


COMMANDS = (show, search, relations, compare, serve, import_annotations, completion)
"""What the program registers."""


def opened(run: Path) -> "Loaded":
    """Return a finished run, or end with one clear line."""
    from pipeline.emit.loaded import Loaded

    if not (run / "run.json").is_file():
        stop(f"{run}: no finished zhen run", _USAGE)
    return Loaded(run)


def emit(value: Any) -> None:
    """Print a value as JSON."""
    import msgspec

    from pipeline.show.terminal import harmless_json

    click.echo(harmless_json(msgspec.json.format(msgspec.json.encode(value), indent=2)))


def stop(message: str, status: int) -> NoReturn:
    """End with one clear line."""
    line = " ".join("".join(c if c.isprintable() else " " for c in message).split())
    click.echo(f"zhen: {line}", err=True)
    sys.exit(status)
