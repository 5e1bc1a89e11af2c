"""Tables on a terminal; text from documents can neither style them nor steer the terminal."""

import re
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

_PIPE = 160
_STEERS = re.compile("[\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What JSON allows in strings and terminals heed: control characters above ASCII, and turns of direction."""


def console() -> Console:
    """Return the console for standard output; in a pipe it is wide, so that rows are cut up less."""
    found = Console(highlight=False)
    return found if found.is_terminal else Console(highlight=False, width=_PIPE)


def plain(value: object) -> Text:
    """Return a value as text on one line without control characters or markup."""
    text = "" if value is None else str(value)
    return Text(" ".join("".join(c if c.isprintable() else " " for c in text).split()))


def harmless(line: str) -> str:
    """Return a line of the same length with spaces for what could steer a terminal; tabs stay."""
    return "".join(c if c.isprintable() or c == "\t" else " " for c in line)


def harmless_json(encoded: bytes) -> str:
    """Return JSON that says the same and holds no character that a terminal would heed."""
    return _STEERS.sub(lambda found: f"\\u{ord(found[0]):04x}", encoded.decode())


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
