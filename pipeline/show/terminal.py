"""Tables on a terminal; text from documents can neither style them nor steer the terminal."""

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

_PIPE = 160


def console() -> Console:
    """Return the console for standard output; in a pipe it is wide, so that rows are cut up less."""
    found = Console(highlight=False)
    return found if found.is_terminal else Console(highlight=False, width=_PIPE)


def plain(value: object) -> Text:
    """Return a value as text on one line without control characters or markup."""
    text = "" if value is None else str(value)
    return Text(" ".join("".join(c if c.isprintable() else " " for c in text).split()))


def marked(before: str, text: str, after: str) -> Text:
    """Return a place in a text with what was found in bold."""
    parts = [plain(f".{before}.").plain[1:-1], plain(text).plain, plain(f".{after}.").plain[1:-1]]
    return Text.assemble(parts[0], (parts[1], "bold"), parts[2])


def table(title: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> Table:
    """Return a table with untrusted cells."""
    made = Table(
        title=title or None,
        title_justify="left",
        title_style="bold",
        header_style="dim",
        box=None,
        pad_edge=False,
    )
    for head in heads:
        made.add_column(head, overflow="fold")
    for row in rows:
        made.add_row(*(cell if isinstance(cell, Text) else plain(cell) for cell in row))
    return made
