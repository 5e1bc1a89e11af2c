"""The formats that ``zhen export`` knows, each loaded when it is asked for."""

import importlib
from collections.abc import Callable
from pathlib import Path

Export = Callable[[Path, Path], dict[str, int]]
"""Takes a run's folder and the folder for the files; returns written file names with their counts."""

FORMATS: dict[str, tuple[str, str]] = {
    "csv": ("pipeline.emit.csv:export_csv", "tables for spreadsheets, cells safe"),
    "xlsx": ("pipeline.emit.xlsx:export_xlsx", "one Excel workbook, cells safe"),
    "sqlite": ("pipeline.emit.sqlite:export_sqlite", "one SQLite database with full-text search"),
    "parquet": (
        "pipeline.emit.parquet:export_parquet",
        "Parquet files, typed as the contract (extra: parquet)",
    ),
    "ftm": ("pipeline.emit.ftm:export_ftm", "FollowTheMoney entities, one JSON a line"),
    "graphml": ("pipeline.emit.graph:export_graphml", "the network of relations as GraphML"),
    "gephi": ("pipeline.emit.graph:export_gephi", "nodes and edges as CSV for Gephi"),
    "neo4j": ("pipeline.emit.graph:export_neo4j", "nodes and edges as CSV for neo4j-admin import"),
    "jsonld": ("pipeline.emit.jsonld:export_jsonld", "JSON-LD with schema.org"),
    "conll": ("pipeline.emit.conll:export_conll", "tokens with IOB tags, a file a document"),
    "spacy": ("pipeline.emit.spacy_docs:export_spacy", "spaCy documents (DocBin), a language a file"),
    "labelstudio": (
        "pipeline.emit.labelstudio:export_labelstudio",
        "tasks with predictions for Label Studio",
    ),
    "inception": ("pipeline.emit.inception:export_inception", "UIMA CAS for INCEpTION, a file a document"),
}
"""Name of a format: where its function is and what it writes."""


class MissingExtra(Exception):
    """A format needs a library that is not installed; one clear line."""


def exporter(name: str) -> Export:
    """Return the function of a format.

    Raises:
        KeyError: there is no such format.
        MissingExtra: its library is not installed.
    """
    module, function = FORMATS[name][0].split(":")
    try:
        found: Export = getattr(importlib.import_module(module), function)
    except ModuleNotFoundError as problem:
        missing = problem.name or ""
        if missing.startswith("pipeline"):
            raise
        raise MissingExtra(
            f"--to {name} needs the library {missing}: pip install 'zhen-pipeline[{name}]'"
        ) from None
    return found
