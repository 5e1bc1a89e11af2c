"""What a document calls a firm after it has given the full name: ``Vandelux`` for ``Ningbo Vandelux Optics Co., Ltd.``."""

import re
from collections.abc import Iterator, Sequence

import daachorse

from pipeline.match.candidates import Candidate
from pipeline.match.firms_en import LEGAL
from pipeline.match.heads import HEAD
from pipeline.match.words_en import NATIONS, NEVER_FIRST, PROVINCES, TITLES, TOPICS, TRADES
from pipeline.normal import has_han
from pipeline.ordinary import ordinary
from pipeline.pinyin import SURNAMES, is_pinyin_name

_BEFORE = re.compile(r"[\w&/@-]$|(?<![\w-])(?P<word>[A-Z][\w-]*) $")
_AFTER = re.compile(r"[\w&/@]|-[A-Z]| [A-Z]|\.[a-z]")
"""What stands around a word that is a piece of a longer name."""


def short_firms(text: str, found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield further places of firms that their full names' first words stand for.

    Args:
        text: normalised text.
        found: what other witnesses found.
    """
    places = {c.start: c.end for c in found if c.type == "place"}
    others = {text[c.start : c.end] for c in found if c.type not in ("company", "person", "technology")}
    sure = {text[c.start : c.end] for c in found if c.method == "gazetteer"}
    for person in found:
        if person.type == "person":
            words = text[person.start : person.end].split()
            sure_person = person.method != "model" or is_pinyin_name(" ".join(words))
            others.update(words if sure_person else words[1:])
    first: dict[str, int] = {}
    """Where the full name ends that a short one comes from."""
    for firm in found:
        name = text[firm.start : firm.end]
        if firm.type != "company" or firm.method not in ("rule", "model") or has_han(name):
            continue
        for short, brand in _shorts(text, firm, places):
            if short not in first and short not in (sure if brand else others):
                first[short] = firm.end
    if not first:
        return
    shorts = list(first)
    for start, end, number in daachorse.CharwiseDoubleArrayAhoCorasick(shorts).find_overlapping(text):
        if start < first[shorts[number]]:
            continue
        before = _BEFORE.search(text, max(0, start - 25), start)
        if (before is None or before["word"] in NEVER_FIRST | TITLES) and not _AFTER.match(text, end):
            yield Candidate(start=start, end=end, type="company", method="rule", score=0.7)


def _shorts(text: str, firm: Candidate, places: dict[int, int]) -> Iterator[tuple[str, bool]]:
    """Yield what a firm may be called: its coined words, with and without a place; and whether that is surely a brand."""
    legal = LEGAL.search(text, firm.start, firm.end)
    end = legal.start() if legal is not None and legal.end() == firm.end else firm.end
    words = text[firm.start : end].split()
    if end == firm.end and (len(words) < 2 or HEAD.get(words[-1]) != "company"):
        return
    seat = 0
    if words[0] in PROVINCES:
        seat = 1
    elif (seat_end := places.get(firm.start)) is not None and seat_end < end:
        seat = len(text[firm.start : seat_end].split())
    coined = seat
    while coined < len(words) and not _describes(words[coined]):
        coined += 1
    if coined == seat or coined == len(words) == 1:
        return
    core = words[seat:coined]
    branch = words[coined] if coined < len(words) else ""
    if seat:
        yield " ".join(words[:coined]), False
    if branch.startswith("("):
        yield " ".join([*core, branch.strip("()")]), True
    if any(not ordinary(word) for word in core) and (len(core) > 1 or len(core[0]) > 4):
        yield " ".join(core), branch.startswith("(")
    if len(core) > 1 and len(core[0]) > 4 and not ordinary(core[0]) and core[0].lower() not in SURNAMES:
        yield core[0], False


def _describes(word: str) -> bool:
    """Say whether a word of a firm's name says what the firm does."""
    return (
        word in TOPICS
        or word in HEAD
        or word in TRADES
        or word in NATIONS
        or word in NEVER_FIRST
        or not word[0].isupper()
    )
