"""What the stage's parts hand back, before it becomes relation records."""

from collections.abc import Iterator
from typing import Literal

from pipeline.records import Amount, EntityType, Qualifiers, Record, RelationType
from pipeline.relate.mask import Node

Way = Literal["pattern", "dependency", "table"]


class Statement(Record, frozen=True, kw_only=True):
    """One statement between two mentions; the span is that of its evidence, in normalised text."""

    type: RelationType
    subject: int
    object: int
    start: int
    end: int
    method: Way
    score: float
    qualifiers: Qualifiers = Qualifiers()
    table: str | None = None
    place: tuple[int, int, int] | None = None
    """Page index and page offsets of the evidence where it is a table row; then the span is not used."""


class Found(Record, frozen=True, kw_only=True):
    """A statement between two nodes of a sentence; ``respectively`` pairs their items in order."""

    type: RelationType
    subject: Node
    object: Node
    method: Way
    score: float
    at: int
    """Where the trigger stands, in normalised text: dates and modal words are looked for around it."""
    title: str | None = None
    role: str | None = None
    modality: Literal["planned", "possible", "reported"] | None = None
    amount: Amount | None = None
    pairs: bool = False
    """The subject's own members are each other's partners; the object is the same node."""


class Signature(Record, frozen=True, kw_only=True):
    """Which entity types a relation type takes."""

    subject: frozenset[EntityType]
    object: frozenset[EntityType]


def pairs(found: Found, *, respectively: bool) -> Iterator[tuple[int, int]]:
    """Yield the pairs of mention indexes that a found statement is about."""
    subjects, objects = found.subject.members, found.object.members
    if found.pairs:
        sides = found.subject.sides
        for i, one in enumerate(subjects):
            for j, two in enumerate(subjects[i + 1 :], start=i + 1):
                if sides is None or i < sides <= j:
                    yield one, two
        return
    if respectively and max(len(subjects), len(objects)) > 1:
        # a list that is cut off leaves the later pairs unknown
        yield from zip(subjects, objects, strict=False)
        return
    for one in subjects:
        for two in objects:
            if one != two:
                yield one, two
