"""Whether what a statistical model calls a name has the look of one."""

import re

from pipeline.match.heads import HEAD
from pipeline.match.words_en import LINKS, NATIONS, NEVER_FIRST, PARTICLES, STATES, TITLES, TOPICS
from pipeline.normal import has_han
from pipeline.ordinary import all_ordinary
from pipeline.pinyin import is_pinyin_name
from pipeline.records import EntityType

_RUN_ON = re.compile(r"(?:^|[^fros] )[A-Z]\w*[a-z] the [A-Z]")
"""A name and the next one, without a preposition between them: ``Lanzhou the Institute``."""
_NOTE = re.compile(r"[a-z]{2}\.\d")
"""The end of a sentence with its note mark: ``Xinjiang.31 The Commerce Department``."""


def plausible_model_name(text: str, start: int, end: int, kind: EntityType) -> bool:
    """Say whether what a statistical model calls a name has the look of one.

    Models take sentence beginnings, titles and acronyms of techniques for names; a name has capitals,
    no line end, and for a person at least two words of which none is a word for an office or a body.
    """
    name = text[start:end]
    words = name.split()
    if (
        not words
        or len(name) < 2
        or len(words) > 12
        or has_han(name)
        or "\n" in name
        or not name[0].isupper()
    ):
        return False
    if _NOTE.search(name):
        return False
    if (
        any(c in "[]<>{}|@_,;、—–" for c in name)
        or ": " in name
        or name.count("(") != name.count(")")
        or name.count('"') % 2
    ):
        return False
    if words[0] in NEVER_FIRST or words[-1] in LINKS or name in NATIONS:
        return False
    if _RUN_ON.search(name) or _of_nothing(words):
        return False
    if kind == "person":
        return (
            2 <= len(words) <= 4
            and (name.isupper() or not words[-1].isupper())
            and not any(
                w in HEAD
                or w in TOPICS
                or w in TITLES
                or (len(w) > 2 and w.isupper() and not name.isupper())
                or (w.islower() and w not in PARTICLES)
                for w in words
            )
        )
    if kind == "place":
        return (not name.isupper() or (len(name) > 3 and "." not in name) or name in STATES) and not (
            len(words) == 1 and words[0].endswith("ly")
        )
    if any(w.islower() and w not in LINKS and w not in PARTICLES for w in words):
        return False  # a verb: "Department of Commerce added Hikvision"
    if re.fullmatch(r"[A-Z]+-?\d+", name) or (" and " in name and len(words) < 5):
        return False
    if len(words) == 1:
        return kind == "company" and not (name.isupper() and len(name) < 6) and not all_ordinary(name)
    return not all_ordinary(name)


def _of_nothing(words: list[str]) -> bool:
    """Say whether words that are no head noun stand before ``of`` and a capital: a person and a firm, run together."""
    if "of" not in words[1:-1]:
        return False
    before = words[: words.index("of", 1)]
    return len(before) > 1 and is_pinyin_name(" ".join(before))
