"""The served run's database and what every question uses."""

import json
import sqlite3
from pathlib import Path
from typing import Any

from pipeline.emit.sqlite import write_database
from pipeline.show.ask import folded

MOST = 2000
"""Rows that a list holds at most; the number of all is told besides."""
REACH = 70
"""Characters around a place."""
_EXTRA = """
CREATE TABLE folded (id INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE TABLE folded_names (entity TEXT NOT NULL, text TEXT NOT NULL);
CREATE VIRTUAL TABLE folded_fts USING fts5(text, content=folded, content_rowid=id, tokenize='trigram');
"""


def served_database(run: Path) -> Path:
    """Return the run's database, made anew when the run is newer.

    It is that of ``zhen export --to sqlite`` with the texts as they are compared in searches besides.
    """
    path = run / ".zhen" / "serve.sqlite"
    if path.is_file() and path.stat().st_mtime > (run / "run.json").stat().st_mtime:
        return path
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    path.parent.mkdir(exist_ok=True)
    write_database(run, part)
    database = sqlite3.connect(part)
    try:
        database.create_function("folded", 1, folded, deterministic=True)
        database.executescript(_EXTRA)
        database.execute("INSERT INTO folded SELECT id, folded(text) FROM pages")
        database.execute("INSERT INTO folded_names SELECT entity, folded(text) FROM names")
        database.execute("INSERT INTO folded_fts(folded_fts) VALUES ('rebuild')")
        database.commit()
    finally:
        database.close()
    part.replace(path)
    return path


class Database:
    """A run's database, opened for reading only.

    Args:
        path: what ``served_database`` returned.
    """

    def __init__(self, path: Path) -> None:
        self.database = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False
        )
        self.database.row_factory = sqlite3.Row

    def rows(self, query: str, *values: object) -> list[dict[str, Any]]:
        """Return the rows of a query."""
        return [dict(row) for row in self.database.execute(query, values)]

    def one(self, query: str, *values: object) -> Any:
        """Return the first value of a query's first row, or None."""
        row = self.database.execute(query, values).fetchone()
        return None if row is None else row[0]


def document_of(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row of documents as the pages know it."""
    made = {
        name: row[name]
        for name in ("id", "path", "media_type", "status", "title", "date", "pages", "characters")
    }
    made |= {name: json.loads(row[name]) for name in ("languages", "warnings", "copies")}
    made["error"] = {"code": row["error_code"], "message": row["error"]} if row["error_code"] else None
    return made
