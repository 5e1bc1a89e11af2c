"""Whether a Latin short form in a bracket belongs to the name before it, and where that name then begins."""

import re

from pipeline.align.gloss_left import Context
from pipeline.align.initials import in_order, initials_start
from pipeline.match.candidates import Candidate
from pipeline.normal import is_han


def as_known(context: Context, initials: int, known: Candidate | None, end: int, short: str) -> int:
    """Return where the name begins whose initials were found at an offset: where it is known to begin, if that fits.

    A leading ``China`` or number may be left out of the initials; a word before the name may share its letter.
    """
    if known is None or known.type == "place" or known.method == "model" or known.start == initials:
        return initials
    if (
        known.start < initials
        or initials_start(context.text[known.start : end], end - known.start, short) == 0
    ):
        return known.start
    return initials


def some_initials(full: str, short: str) -> bool:
    """Say whether an abbreviation of at least three letters takes initials of a name in order, the first among them."""
    initials = [w[0].lower() for w in full.split() if w[:1].isupper()]
    letters = short.lower()
    return (
        short.isalpha() and short.isupper() and 3 <= len(short) < len(initials) and letters[0] == initials[0]
        and in_order(letters, initials)
    )  # fmt: skip


def with_first_word(context: Context, start: int, short: str) -> int | None:
    """Return where a name begins of which only the end is known, when its short form in brackets is its first word."""
    text = context.text
    first = text.rfind(short, max(text.rfind("\n", 0, start) + 1, start - 40), start)
    if first < 0 or (first and text[first - 1].isalnum() and not is_han(text[first - 1])):
        return None
    between = text[first + len(short) : start]
    return first if re.fullmatch(r" (?:[A-Z&][\w&.-]* )*", between) else None


def one_entry(context: Context, end: int, start: int, stop: int) -> bool:
    """Say whether a bracket is, as a whole, another name of the entry before it: ``(PRC, China)``."""
    before = {c.entity for c in context.ending.get(end, ()) if c.method == "gazetteer"}
    inside = {c.entity for c in context.starting.get(start, ()) if c.method == "gazetteer" and c.end == stop}
    return bool(before & inside)


def begins_with(full: str, short: str) -> bool:
    return full.lower().startswith(short.lower()) and len(short) < len(full)


def spells_initials(full: str, short: str) -> bool:
    return initials_start(full, len(full), short) is not None
