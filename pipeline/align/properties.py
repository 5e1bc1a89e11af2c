"""Properties that documents give to entities (a website in a table), beside those of the gazetteer."""

import re
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from pipeline.records import Entity, Record, Value


class Property(Record, frozen=True, kw_only=True):
    """What a document says of an entity: a property's name and value and the mention that carries it."""

    entity: str
    name: str
    value: str
    evidence: str


def with_properties(
    entities: Sequence[Entity], given: Iterable[tuple[Mapping[str, str], Sequence[Property]]]
) -> list[Entity]:
    """Return entities with what documents say of them added, each value once.

    Args:
        entities: the resolved entities.
        given: for each document, what its local keys came to and its properties.
    """
    added: dict[str, dict[str, list[Value]]] = {}
    for keys, properties in given:
        for p in properties:
            values = added.setdefault(keys[p.entity], {}).setdefault(p.name, [])
            values.append(Value(value=p.value, evidence=p.evidence))
    return [
        msgspec.structs.replace(e, properties=_joined(e.properties, added[e.id])) if e.id in added else e
        for e in entities
    ]


def _joined(have: Mapping[str, list[Value]], more: Mapping[str, list[Value]]) -> dict[str, list[Value]]:
    joined = {name: list(values) for name, values in have.items()}
    for name, values in more.items():
        kept = joined.setdefault(name, [])
        seen = {_same(v.value): i for i, v in enumerate(kept)}
        for value in values:
            at = seen.get(_same(value.value))
            if at is None:
                seen[_same(value.value)] = len(kept)
                kept.append(value)
            elif kept[at].evidence is None:  # what the gazetteer holds is proven here
                kept[at] = msgspec.structs.replace(kept[at], evidence=value.evidence)
    return dict(sorted(joined.items()))


def _same(value: str) -> str:
    """Return what equal values share: a web address without scheme, ``www.`` and trailing slash."""
    return re.sub(r"^(?:https?://)?(?:www\.)?|/$", "", value.strip().casefold())
