"""Entries as reviewers and spreadsheets give them: where they go, whether they are valid, what they are called."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.curate.edits import DecisionError
from pipeline.curate.lint_form import check_entry
from pipeline.curate.source import SourceEntry
from pipeline.match.entries import Entry
from pipeline.match.gazetteer import builtin_folder
from pipeline.records import EntityType

FILES: dict[EntityType, str] = {
    "government": "ministries.yaml", "company": "firms.yaml", "plan": "plans.yaml", "association": "associations.yaml",
    "institution": "institutions.yaml", "person": "people.yaml", "place": "places.yaml",
    "publication": "publications.yaml", "technology": "technologies.yaml", "event": "events.yaml",
    "product": "products.yaml",
}  # fmt: skip
"""Where a new entry of each type is written."""


def names_in(entry: Entry) -> list[str]:
    """Return all names of an entry."""
    former = [n for f in entry.former for n in (f.zh, f.en) if n]
    return (
        [n for n in (entry.en, entry.zh) if n]
        + entry.aliases
        + entry.abbreviations
        + former
        + entry.traditional
    )


def checked(data: Mapping[str, Any]) -> Entry:
    """Return an entry that was proposed or edited, once it is valid.

    Raises:
        DecisionError: it is not; the message says what is wrong.
    """
    filled = {k: v for k, v in data.items() if v not in (None, "", [], {})}
    source = SourceEntry(path=Path("entry"), line=1, data=filled, lines={}, order=list(filled))
    entry, findings = check_entry(source)
    errors = [f"{f.message}; {f.mend}" for f in findings if f.severity == "error"]
    if entry is None or errors:
        raise DecisionError(errors[0] if errors else "no valid entry")
    return entry


def is_installed(folder: Path) -> bool:
    """Say whether a folder is the copy of the gazetteers inside an installed package."""
    home = builtin_folder()
    return home.parent.name == "pipeline" and folder.resolve() == home.resolve()
