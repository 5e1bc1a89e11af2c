"""Tables on a terminal; text from documents can neither style them nor steer the terminal."""

import re
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

_PIPE = 160
_STEERS = re.compile("[\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What JSON allows in strings and terminals heed: control characters above ASCII, and turns of direction."""
_STEERING = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""What is shown as an escape: all but white space, which becomes a space."""


def console() -> Console:
    """Return the console for standard output; in a pipe it is wide, so that rows are cut up less."""
    found = Console(highlight=False)
    return found if found.is_terminal else Console(highlight=False, width=_PIPE)


def escaped(text: str) -> str:
    """Return a text in which what could steer a terminal or turn its direction stands as an escape that can be seen."""
    return _STEERING.sub(
        lambda found: f"\\u{ord(found[0]):04x}" if ord(found[0]) > 0xFF else f"\\x{ord(found[0]):02x}", text
    )


def plain(value: object) -> Text:
    """Return a value as text on one line without control characters or markup."""
    text = "" if value is None else escaped(str(value))
    return Text(" ".join("".join(c if c.isprintable() else " " for c in text).split()))


def harmless(line: str) -> str:
    """Return a line without line ends, in which nothing steers a terminal; tabs stay."""
    return "".join(c if c.isprintable() or c == "\t" else " " for c in escaped(line))


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
