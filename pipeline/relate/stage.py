"""Statements between entities, each with the sentence or table row that makes it."""

from collections.abc import Sequence

from pipeline.align import Aligned
from pipeline.records import Document, Relation, Table
from pipeline.relate.fields import field_statements
from pipeline.relate.official import official, own_number
from pipeline.relate.posts import post_statements
from pipeline.relate.relation import relations
from pipeline.relate.rosters import addition_statements, roster_statements
from pipeline.relate.sentences import sentence_statements
from pipeline.relate.shared import Said, Views
from pipeline.relate.tables import table_properties, table_statements
from pipeline.relate.targets import plan_targets
from pipeline.segment import Reading


def relate(
    reading: Reading,
    aligned: Aligned,
    tables: Sequence[Table],
    document: str,
    *,
    masked: Sequence[Views] | None = None,
    said: Sequence[Said | None] | None = None,
) -> list[Relation]:
    """Return the relations that a document states.

    ``subject`` and ``object`` are local entity keys, ``id`` is empty: both are settled when the run is resolved.

    Args:
        reading: the document's text.
        aligned: its mentions and entities.
        tables: its tables.
        document: its id.
        masked: its masked sentences, where they are known.
        said: what other workers found in their parts.
    """
    if len(aligned.mentions) < 2:
        return []
    found = list(sentence_statements(reading, aligned, masked=masked, said=said))
    found += official(reading, aligned)
    found += roster_statements(reading, aligned)
    found += addition_statements(reading, aligned)
    found += post_statements(reading, aligned)
    found += field_statements(reading, aligned)
    found += table_statements(reading, aligned, tables)
    return relations(reading, aligned, found, document)


def stated_properties(
    reading: Reading, aligned: Aligned, tables: Sequence[Table], document: Document
) -> list[tuple[str, str, str, str]]:
    """Return what a document says of its entities: ``(entity key, property, value, evidence mention id)``."""
    return [
        *table_properties(reading, aligned, tables),
        *own_number(reading, aligned, document),
        *plan_targets(reading, aligned, document.id),
    ]
