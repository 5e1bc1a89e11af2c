"""Whether a Latin abbreviation spells the initials of the words before it.

The right-to-left scan of Schwartz and Hearst, A simple algorithm for identifying abbreviation definitions in
biomedical text (PSB 2003), held to word beginnings.
"""

import re
from collections.abc import Iterable

SMALL = frozenset(["of", "and", "the", "for", "on", "in", "to", "&", "de", "at", "by"])
"""Words that an abbreviation may pass over."""


def initials_start(text: str, end: int, short: str) -> int | None:
    """Return where the words begin whose initials an abbreviation spells, or None.

    Schwartz and Hearst's right-to-left scan, held to word beginnings: every letter must begin a word
    or follow one that does inside the same word, the first must begin the first word.
    """
    letters = [c for c in short.rstrip("s") if c.isalnum()]
    if len(letters) < 2:
        return None
    line = text.rfind("\n", 0, end) + 1
    window = text[max(line, end - 12 * len(letters) - 40) : end]
    tokens = [(m.start(), m.group()) for m in re.finditer(r"[A-Za-z0-9&]+(?:'s)?", window)]
    base = end - len(window)

    def scan(token: int, letter: int, skipped: int) -> int | None:
        if letter < 0:
            return token + 1
        if token < 0 or skipped > 2:
            return None
        word = tokens[token][1]
        if word.lower() in SMALL and letters[letter].lower() != word[0].lower():
            return scan(token - 1, letter, skipped)
        # the word may give its first letter, or several in order ("TechCrunch" TC, "Cyberspace" CS)
        for count in (1, 2, 3):
            if letter - count + 1 < 0:
                break
            want = "".join(letters[letter - count + 1 : letter + 1]).lower()
            if word.lower().startswith(want[0]) and in_order(want, word.lower()):
                found = scan(token - 1, letter - count, 0)
                if found is not None:
                    return found
        if word.lower() in SMALL:
            return scan(token - 1, letter, skipped)
        return scan(token - 1, letter, skipped + 1) if letter < len(letters) - 1 else None

    first = scan(len(tokens) - 1, len(letters) - 1, 0)
    if first is None:
        return None
    # "National Natural Science Foundation": a doubled initial is written once
    whole = first + 1 >= len(tokens) or tokens[first + 1][1][0].isupper() or tokens[first + 1][1] in SMALL
    while (
        whole
        and first > 0
        and tokens[first - 1][1][0] == tokens[first][1][0].upper()
        and tokens[first - 1][1].istitle()
    ):
        between = window[tokens[first - 1][0] + len(tokens[first - 1][1]) : tokens[first][0]]
        if between != " ":
            break
        first -= 1
    while first < len(tokens) and tokens[first][1].lower() in ("the", "a", "an", "and", "of"):
        first += 1
    return base + tokens[first][0] if first < len(tokens) else None


def in_order(parts: Iterable[str], whole: Iterable[str]) -> bool:
    """Say whether all parts stand in a whole in this order, others between them: letters of a word, words of a name.

    >>> in_order("北航", "北京航空航天大学"), in_order("航北", "北京航空航天大学")
    (True, False)
    """
    rest = iter(whole)
    return all(part in rest for part in parts)


def shortens(short: str, full: str) -> bool:
    """Say whether a text of at least two characters is a longer one with characters left out."""
    return 2 <= len(short) < len(full) and in_order(short, full)
