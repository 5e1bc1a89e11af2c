"""JSON Schemas (draft 2020-12) of the output files, generated from the records."""

from typing import Any

import msgspec

from pipeline.emit.jsonl import FILES
from pipeline.records import CONTRACT
from pipeline.run import RunSummary

NAMES = (*FILES, "run")
"""What ``zhen schema`` can print."""


def schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema of one line of a file (or of run.json).

    Raises:
        KeyError: there is no such file.
    """
    kind = RunSummary if name == "run" else FILES[name]
    found = msgspec.json.schema(kind)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:zhen:contract:{CONTRACT}:{name}",
        "title": name,
        **found,
    }
