"""Ids of entities that no gazetteer holds, and when two surfaces are the same name."""

import hashlib

from pipeline.normal import key
from pipeline.records import EntityType


def same_name(name: str) -> str:
    """Return what equal names share: NFKC, simplified, case-folded, without spaces."""
    return "".join(key(name).casefold().split())


def new_id(kind: EntityType, name: str, discriminator: str = "") -> str:
    """Return the id of an entity without an entry: ``type/~`` and 12 hex digits of type and name."""
    digest = hashlib.sha256(f"{kind}\0{same_name(name)}\0{discriminator}".encode()).hexdigest()
    return f"{kind}/~{digest[:12]}"
