"""Statements between entities, each with the sentence or table row that makes it."""

from collections.abc import Sequence

from pipeline.align import Aligned
from pipeline.records import Relation, Table
from pipeline.segment import Reading


def relate(reading: Reading, aligned: Aligned, tables: Sequence[Table], document: str) -> list[Relation]:
    """Return the relations that a document states.

    ``subject`` and ``object`` are local entity keys, ``id`` is empty: both are settled when the run is resolved.
    """
    return []
