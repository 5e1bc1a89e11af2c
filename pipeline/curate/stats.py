"""``zhen gazetteer stats``: what the gazetteers hold, by file and by type."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from pipeline.match.entries import Entry, entry_files, read_file
from pipeline.match.gazetteer import compile_entries
from pipeline.records import Record


class Row(Record, frozen=True, kw_only=True):
    """Counts of a file or a type."""

    name: str
    entries: int
    both: int
    """Entries with an English and a Chinese canonical name."""
    english: int
    """Entries with an English one only."""
    chinese: int
    names: int
    """Names of all kinds, in both languages."""
    former: int
    parents: int
    rules: int
    """Entries with a match rule."""
    sources: int
    """Entries that say what proves them."""


class Stats(Record, frozen=True, kw_only=True):
    """Counts by file, by type, and in all."""

    files: list[Row]
    types: list[Row]
    total: Row


def stats(folders: Sequence[Path]) -> Stats:
    """Count the entries of gazetteer folders.

    Raises:
        GazetteerError: a file cannot be read.
    """
    files: dict[str, list[Entry]] = {}
    types: dict[str, list[Entry]] = {}
    everything: list[Entry] = []
    for path in entry_files(folders):
        entries = [located.entry for located in read_file(path)]
        name = path.name if len(folders) == 1 else str(path)
        files[name] = entries
        everything += entries
        for entry in entries:
            types.setdefault(entry.type, []).append(entry)
    return Stats(
        files=[_row(name, found) for name, found in files.items()],
        types=[_row(name, types[name]) for name in sorted(types)],
        total=_row("all", everything),
    )


def _row(name: str, entries: Sequence[Entry]) -> Row:
    def count(tests: Iterable[object]) -> int:
        return sum(map(bool, tests))

    return Row(
        name=name,
        entries=len(entries),
        both=count(e.en and e.zh for e in entries),
        english=count(e.en and not e.zh for e in entries),
        chinese=count(e.zh and not e.en for e in entries),
        names=len(compile_entries(entries, "").surfaces),
        former=count(e.former for e in entries),
        parents=count(e.parent for e in entries),
        rules=count(e.match for e in entries),
        sources=count(e.source for e in entries),
    )
