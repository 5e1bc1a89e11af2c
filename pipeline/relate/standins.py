"""English sentences as the parser reads them: each name replaced by a short stand-in of its kind."""

import re
from collections.abc import Iterable

from pipeline.records import EntityType, Record
from pipeline.relate.mask import SLOT, Masked

_SLOT = re.compile(SLOT)
_SEVERAL: dict[EntityType, str] = {
    "government": "companies", "company": "companies", "institution": "companies", "association": "companies",
    "person": "people", "place": "cities", "plan": "plans", "publication": "books", "technology": "robots",
    "event": "events", "product": "products",
}  # fmt: skip
_STAND_IN: dict[EntityType, str] = {
    "government": "Google", "company": "Google", "institution": "Google", "association": "Google",
    "person": "John", "place": "London", "plan": "Protocol", "publication": "Bible", "technology": "robotics",
    "event": "Olympics", "product": "Windows",
}  # fmt: skip
_GLUED = re.compile(r"(?<=[a-z)0-9])\.(\d{1,3}(?:, ?\d+)*)$")
"""Note marks at a sentence's end."""


class Sentence(Record, frozen=True, kw_only=True):
    """A masked sentence as the parser reads it, and where its nodes and its words came from."""

    masked: Masked
    text: str
    spans: list[tuple[int, int]]
    """For each node, its stand-in's span in ``text``."""
    origin: list[int]
    """For each character of ``text``, its offset in the masked text."""


def stand_ins(masked: Masked) -> Sentence:
    """Write a masked sentence with stand-ins for its names."""
    out: list[str] = []
    origin: list[int] = []
    spans: list[tuple[int, int]] = []
    at = 0

    def put(words: str, places: Iterable[int]) -> None:
        out.append(words)
        origin.extend(places)

    def between(stop: int) -> None:
        """Copy the words before a name; a dash beside a name is set off, note marks are left out."""
        nonlocal at
        piece = masked.text[at:stop]
        if at and piece.startswith("-") and not re.match(r"-[a-z]+(?:ed|wide|led|based)\b", piece):
            put(" ", [at])
        if note := _GLUED.search(piece):
            put(piece[: note.start(1)], range(at, at + note.start(1)))
        else:
            put(piece, range(at, stop))
        if piece.endswith("-") and stop < len(masked.text):
            put(" ", [stop])
        at = stop

    for match in _SLOT.finditer(masked.text):
        node = masked.node(match.group())
        between(match.start())
        words = (_SEVERAL if len(node.members) > 1 else _STAND_IN)[min(node.types)]
        spans.append((len(origin), len(origin) + len(words)))
        put(words, [match.start()] * len(words))
        at = match.end()
    between(len(masked.text))
    return Sentence(masked=masked, text="".join(out), spans=spans, origin=origin)
