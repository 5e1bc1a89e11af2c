"""What the maintainers' commands share."""

import contextlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click

EXIT_FINDINGS, EXIT_USAGE = 1, 2
FOLDER = click.Path(path_type=Path)
GAZETTEER = click.option(
    "--gazetteer", "folder", type=FOLDER, default=Path("gazetteers"), show_default=True,
    help="The folder that is curated.",
)  # fmt: skip
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@contextlib.contextmanager
def clear() -> Iterator[None]:
    """Turn what users can mend into one clear line and exit status 2."""
    from pipeline.curate.edits import DecisionError
    from pipeline.inputs import UsageError
    from pipeline.match.entries import GazetteerError

    try:
        yield
    except (UsageError, GazetteerError, DecisionError) as problem:
        line = " ".join("".join(c if c.isprintable() else " " for c in str(problem)).split())
        click.echo(f"zhen: {line}", err=True)
        sys.exit(EXIT_USAGE)


def default_folder() -> Path:
    from pipeline.match.gazetteer import builtin_folder

    here = Path("gazetteers")
    return here if here.is_dir() else builtin_folder()


def told(as_json: bool, line: str, **values: object) -> None:
    """Print what was done, as a line or as JSON."""
    click.echo(json.dumps(values, ensure_ascii=False) if as_json else line)
