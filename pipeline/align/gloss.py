"""A gloss: two spans of one text that name one thing."""

from typing import Literal

from pipeline.records import Record

GlossKind = Literal["translation", "abbreviation", "alias", "former"]
Span = tuple[int, int]


class Gloss(Record, frozen=True, kw_only=True):
    """Two spans of one text that name one thing; ``first`` stands before ``second``."""

    first: tuple[int, int]
    second: tuple[int, int]
    kind: GlossKind
