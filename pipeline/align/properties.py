"""Properties that documents give to entities (a website in a table), beside those of the gazetteer."""

import re
from collections.abc import Iterable, Mapping

import msgspec

from pipeline.records import Record, Value


class Property(Record, frozen=True, kw_only=True):
    """What a document says of an entity: a property's name and value and the mention that carries it."""

    entity: str
    name: str
    value: str
    evidence: str


def joined(have: Mapping[str, list[Value]], said: Iterable[Property]) -> dict[str, list[Value]]:
    """Return an entity's properties with what documents say of it added, each value once.

    Args:
        have: what the gazetteer holds.
        said: what documents say, in the run's order.
    """
    found = {name: list(values) for name, values in have.items()}
    seen = {name: {_same(v.value): i for i, v in enumerate(values)} for name, values in found.items()}
    for told in said:
        kept, places = found.setdefault(told.name, []), seen.setdefault(told.name, {})
        at = places.get(_same(told.value))
        if at is None:
            places[_same(told.value)] = len(kept)
            kept.append(Value(value=told.value, evidence=told.evidence))
        elif kept[at].evidence is None:  # what the gazetteer holds is proven here
            kept[at] = msgspec.structs.replace(kept[at], evidence=told.evidence)
    return dict(sorted(found.items()))


def _same(value: str) -> str:
    """Return what equal values share: a web address without scheme, ``www.`` and trailing slash."""
    return re.sub(r"^(?:https?://)?(?:www\.)?|/$", "", value.strip().casefold())
