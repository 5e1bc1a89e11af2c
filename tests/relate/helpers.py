"""Texts with marked names, read and related."""

import msgspec

from pipeline.relate import relate
from pipeline.relate.examples import marked


def found(text: str) -> set[tuple[str, str, str]]:
    """Return the relations of a marked text as ``(type, subject, object)`` by name."""
    return {(kind, subject, target) for kind, subject, target, _ in stated(text)}


def stated(text: str) -> list[tuple[str, str, str, dict[str, object]]]:
    """Return the relations of a marked text with their qualifiers."""
    reading, aligned, _ = marked(text)
    names: dict[str, str] = {}
    for m in aligned.mentions:
        names.setdefault(m.entity, reading.normal.text[m.candidate.start : m.candidate.end])
    return [
        (r.type, names[r.subject], names[r.object], msgspec.to_builtins(r.qualifiers))
        for r in relate(reading, aligned, [], "0" * 16)
    ]


def qualifiers(text: str, kind: str) -> dict[str, object]:
    """Return the qualifiers of the only relation of a type."""
    (only,) = [q for k, _, _, q in stated(text) if k == kind]
    return only
