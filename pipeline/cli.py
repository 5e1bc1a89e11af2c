"""The command line."""

import inspect
import json
import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click

import pipeline
from pipeline.curate.cli import gazetteer
from pipeline.emit.exports import FORMATS
from pipeline.names.cli import COMMANDS as NAME_COMMANDS
from pipeline.show.commands import COMMANDS

if TYPE_CHECKING:
    from pipeline.ingest import Engine
    from pipeline.store import Store

_EXIT_FAULT, _EXIT_USAGE, _EXIT_PARTIAL, _EXIT_FOLDER = 1, 2, 3, 4


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(pipeline.__version__, prog_name="zhen")
def main() -> None:
    """Find the names of China's technology ecosystem in documents: who, where on which page, and how related.

    \b
    Example:
      zhen ingest reports/ --out outputs/reports
    """


@main.command()
@click.argument("paths", nargs=-1, required=True)
@click.option(
    "--out", required=True, help="Folder for the results; made when missing, reused when an earlier run."
)
@click.option(
    "--gazetteer",
    "gazetteers",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A further gazetteer folder, laid over the built-in one (repeatable).",
)
@click.option("--no-gazetteer", is_flag=True, help="Do without gazetteers: rules, glosses and models only.")
@click.option("--no-model", is_flag=True, help="Do without statistical models.")
@click.option(
    "--model",
    "models",
    multiple=True,
    metavar="LANG=PATH_OR_PACKAGE",
    help="Your own spaCy pipeline for zh or en, asked in place of zhen's model (repeatable).",
)
@click.option(
    "--password-file",
    type=click.Path(path_type=Path),
    help="File of passwords for encrypted PDFs, one a line.",
)
@click.option(
    "--workers",
    type=click.IntRange(1),
    default=None,
    help="Processes to work in (default: the number of cores).",
)
@click.option(
    "--ocr",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Read page images by OCR: where a page has no usable text, everywhere, or nowhere.",
)
@click.option(
    "--parser",
    type=click.Choice(["auto", "pdfplumber"]),
    default="auto",
    show_default=True,
    help="Read PDFs the fast way where that is sure, or all by pdfplumber (slower, with the same result).",
)
@click.option("--no-report", is_flag=True, help="Do without report.html.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=1),
    default=600.0,
    show_default=True,
    help="Seconds a document may take.",
)
@click.option(
    "--memory",
    type=click.IntRange(0),
    default=8192,
    show_default=True,
    help="Megabytes a worker may take; 0: no limit.",
)
@click.option(
    "--engine",
    type=click.Choice(["local", "ray"]),
    default="local",
    show_default=True,
    help="Work in processes of this machine, or on a Ray cluster (then --workers counts its CPUs).",
)
@click.option(
    "--ray-address",
    metavar="ADDRESS",
    help="The cluster: auto, HOST:PORT or ray://HOST:PORT (default: RAY_ADDRESS, else one is started here).",
)
@click.option(
    "--store",
    metavar="FOLDER_OR_URL",
    help="Keep finished results in a folder or object store (s3://…) that runs and machines share (default: in OUT).",
)
@click.option("--json", "as_json", is_flag=True, help="Print run.json instead of a summary.")
def ingest(
    paths: tuple[str, ...], out: str, gazetteers: tuple[Path, ...], no_gazetteer: bool, no_model: bool, models: tuple[str, ...],
    password_file: Path | None, workers: int | None, ocr: str, parser: str, no_report: bool, timeout: float, memory: int, as_json: bool,
    engine: str, ray_address: str | None, store: str | None,
) -> None:  # fmt: skip
    """Read files and folders and write what they name to a folder.

    \b
    Examples:
      zhen ingest report.pdf --out outputs/report
      zhen ingest reports/ notices/ --out outputs/all --workers 2
      zhen ingest locked.pdf --out outputs/locked --password-file passwords.txt
      zhen ingest /shared/in --out /shared/out --engine ray --ray-address auto --store s3://bucket/results
    """
    from pipeline.ingest import ingest as run
    from pipeline.inputs import UsageError
    from pipeline.match.entries import GazetteerError
    from pipeline.progress import print_summary, progress_bar
    from pipeline.run import FolderError, ProgramFault
    from pipeline.settings import Limits, Settings, parse_models

    try:
        passwords = password_file.read_text(encoding="utf-8").splitlines() if password_file else []
    except (OSError, UnicodeDecodeError) as problem:
        _stop(
            f"{password_file}: cannot be read: {getattr(problem, 'strerror', None) or 'not UTF-8 text'}",
            _EXIT_USAGE,
        )
    if models and no_model:
        _stop("--model and --no-model exclude each other", _EXIT_USAGE)
    try:
        named = parse_models(models)
    except UsageError as problem:
        _stop(str(problem), _EXIT_USAGE)
    settings = Settings(
        gazetteers=list(gazetteers),
        gazetteer=not no_gazetteer,
        model=not no_model,
        models=named,
        passwords=[p for p in passwords if p],
        ocr=ocr,
        parser=parser,
    )
    signal.signal(signal.SIGTERM, _terminated)
    count = workers or (0 if engine == "ray" else os.cpu_count() or 1)
    try:
        if ray_address and engine != "ray":
            raise UsageError("--ray-address needs --engine ray")
        with progress_bar() as progress:
            summary = run(
                list(paths),
                out,
                settings=settings,
                workers=count,
                report=not no_report,
                limits=Limits(seconds=timeout, memory=memory),
                progress=progress,
                engine=_engine(engine, ray_address),
                store=_store(store),
            ).summary
    except (UsageError, GazetteerError) as problem:
        _stop(str(problem), _EXIT_USAGE)
    except FolderError as problem:
        _stop(str(problem), _EXIT_FOLDER)
    except ProgramFault as problem:
        _stop(str(problem), _EXIT_FAULT)
    except KeyboardInterrupt:
        _stop("stopped; start the same command again to go on where it stopped", 130)
    except _Terminated:
        _stop("stopped; start the same command again to go on where it stopped", 143)
    if as_json:
        click.echo((Path(out) / "run.json").read_text(encoding="utf-8"), nl=False)
    else:
        print_summary(summary, Path(out))
    if summary.counts["failed"] or summary.counts["partial"]:
        sys.exit(_EXIT_PARTIAL)


def _engine(name: str, address: str | None) -> "Engine":
    if name == "ray":
        from pipeline.engines.ray import RayEngine

        return RayEngine(address)
    from pipeline.engines.local import work_all

    return work_all


def _store(place: str | None) -> "Store | None":
    from pipeline.inputs import UsageError
    from pipeline.store import store_at

    try:
        return store_at(place) if place else None
    except OSError as problem:
        raise UsageError(f"{place}: cannot be used: {problem}") from None


class _Terminated(BaseException):
    """SIGTERM."""


def _terminated(number: int, frame: FrameType | None) -> None:
    raise _Terminated


def _stop(message: str, status: int) -> None:
    """End with one clear line."""
    click.echo(f"zhen: {one_line(message)}", err=True)
    sys.exit(status)


def one_line(message: str) -> str:
    """Return a message without line ends or control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in message).split())


@main.command()
@click.argument("name", required=False)
@click.option(
    "--json", "as_json", is_flag=True, help="Print the list of names as JSON; a schema is JSON anyway."
)
def schema(name: str | None, as_json: bool) -> None:
    """Print the JSON Schema of an output file; without a name, list the names.

    \b
    Example:
      zhen schema mentions
    """
    from pipeline.emit.schema import NAMES
    from pipeline.emit.schema import schema as made

    if name is None:
        click.echo(json.dumps(NAMES) if as_json else "\n".join(NAMES))
    elif name in NAMES:
        click.echo(json.dumps(made(name), ensure_ascii=False, indent=2))
    else:
        _stop(f"no schema {name!r}; there are: {', '.join(NAMES)}", _EXIT_USAGE)


@main.command()
@click.argument("run", type=click.Path(path_type=Path))
@click.option("--to", "form", required=True, type=click.Choice(sorted(FORMATS)), help="Format.")
@click.option(
    "--target",
    type=click.Path(path_type=Path),
    default=None,
    help="Folder for the files (default: RUN/export).",
)
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON.")
def export(run: Path, form: str, target: Path | None, as_json: bool) -> None:
    """Write a run in another format.

    \b
    Formats:
    {formats}

    \b
    Examples:
      zhen export outputs/sample --to csv
      zhen export outputs/sample --to sqlite --target /tmp/sample
    """
    from pipeline.emit.exports import MissingExtra, exporter

    if not (run / "run.json").is_file():
        _stop(f"{run}: no finished zhen run", _EXIT_USAGE)
    place = target or run / "export"
    try:
        counts = exporter(form)(run, place)
    except MissingExtra as problem:
        _stop(str(problem), _EXIT_USAGE)
    except OSError as problem:
        _stop(f"{place}: cannot be written: {problem.strerror}", _EXIT_FOLDER)
    if as_json:
        click.echo(json.dumps(counts, ensure_ascii=False, indent=2))
        return
    for name, count in counts.items():
        click.echo(f"{place / name}{'' if '.' in name else '.' + form}: {count}")


@main.command()
@click.argument("run", type=click.Path(path_type=Path))
@click.option(
    "--before",
    type=click.Path(path_type=Path),
    default=None,
    help="An earlier run over some of the same documents: its entities must still be found by their ids.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the finding as JSON.")
def check(run: Path, before: Path | None, as_json: bool) -> None:
    """Check a run's files against the contract and name the first thing that does not hold.

    \b
    Example:
      zhen check outputs/sample
    """
    from pipeline.emit.check import Violation
    from pipeline.emit.check import check as checked

    if not run.is_dir() or (before is not None and not before.is_dir()):
        _stop(f"{run if not run.is_dir() else before}: no such folder", _EXIT_USAGE)
    try:
        counts = checked(run, before)
    except Violation as problem:
        if as_json:
            click.echo(json.dumps({"sound": False, "problem": str(problem)}, ensure_ascii=False))
        _stop(f"{run}: {problem}", _EXIT_FAULT)
    except OSError as problem:
        _stop(f"{run}: cannot be read: {problem.strerror}", _EXIT_USAGE)
    if as_json:
        click.echo(json.dumps({"sound": True, "counts": counts}))
        return
    click.echo(f"{run}: sound: " + ", ".join(f"{count} {name}" for name, count in counts.items()))


assert export.help is not None
export.help = inspect.cleandoc(export.help).replace(
    "{formats}", "\n".join(f"  {name:<12}{text}" for name, (_, text) in sorted(FORMATS.items()))
)
for command in (gazetteer, *COMMANDS, *NAME_COMMANDS.values()):
    main.add_command(command)

if __name__ == "__main__":
    main()
