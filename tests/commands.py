"""How tests call the command line: in this process, without gazetteers and models unless they ask for them."""

import json
import signal
from collections.abc import Sequence
from pathlib import Path

from click.testing import CliRunner, Result

from pipeline.cli import main

QUICK = ["--no-gazetteer", "--no-model", "--workers", "1"]


def zhen(*args: object) -> Result:
    before = signal.getsignal(signal.SIGTERM)
    try:
        return CliRunner().invoke(main, [str(a) for a in args])
    finally:
        signal.signal(signal.SIGTERM, before)


def ingest(*args: object, quick: Sequence[object] = QUICK) -> Result:
    return zhen("ingest", *args, *quick)


def lines(out: Path, name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (out / f"{name}.jsonl").read_text("utf-8").splitlines()]


def one_line(result: Result) -> str:
    (line,) = result.stderr.splitlines()
    assert line.startswith("zhen: ")
    return line
