"""Between spaCy's documents and zhen's candidates: offsets, entities, what is kept when names overlap."""

from collections.abc import Iterable, Iterator, Sequence
from typing import cast, get_args

from spacy.tokens import Doc, Span

from pipeline.match.candidates import Candidate
from pipeline.match.spacy_own import type_for
from pipeline.normal import Normal
from pipeline.records import EntityType, Method

TYPES: tuple[EntityType, ...] = get_args(EntityType)
_METHODS: tuple[Method, ...] = get_args(Method)

for _name in ("zhen_method", "zhen_score"):
    if not Span.has_extension(_name):
        Span.set_extension(_name, default=None)


def chosen_types(types: Sequence[str] | None) -> frozenset[str]:
    """Return the types that a component is to show; all when none are named.

    Raises:
        ValueError: a type is unknown.
    """
    unknown = sorted(set(types or ()) - set(TYPES))
    if unknown:
        raise ValueError(f"no zhen type: {', '.join(unknown)}; there are: {', '.join(TYPES)}")
    return frozenset(types if types is not None else TYPES)


def candidates_of(doc: Doc, normal: Normal) -> Iterator[Candidate]:
    """Yield a document's entities as candidates, in normalised offsets; those of types that zhen has not are left out."""
    places: dict[int, int] = {}
    stops: dict[int, int] = {}
    for at, (start, end) in enumerate(zip(normal.starts, normal.ends, strict=True)):
        places.setdefault(start, at)
        stops[end] = at + 1
    for entity in doc.ents:
        kind = type_for(entity.label_)
        first, last = places.get(entity.start_char), stops.get(entity.end_char)
        if kind is None or first is None or last is None or first >= last:
            continue
        method = entity._.zhen_method
        yield Candidate(
            start=first,
            end=last,
            type=kind,
            method=cast(Method, method) if method in _METHODS else "model",
            score=entity._.zhen_score or 0.5,
            entity=entity.ent_id_ if "/" in entity.ent_id_ else None,
        )


def add(
    doc: Doc,
    normal: Normal,
    found: Iterable[Candidate],
    *,
    types: frozenset[str],
    overwrite: bool,
    alignment: str = "strict",
) -> None:
    """Add names to a document's entities.

    Args:
        doc: the document.
        normal: its normalised text, in which the names' offsets count.
        found: names that do not overlap.
        types: the types to be added.
        overwrite: whether entities that overlap with one of the names give way; else the name does.
            A name that equals an entity in span and type gives it its id and score in any case.
        alignment: what becomes of a name whose edge lies inside a token: ``strict`` leaves it out,
            ``expand`` takes the whole token, ``contract`` only whole tokens inside.
    """
    kept = {token: entity for entity in doc.ents for token in range(entity.start, entity.end)}
    for candidate in found:
        if candidate.type not in types:
            continue
        first, last = normal.original(candidate.start, candidate.end)
        entity = candidate.entity or ""
        span = doc.char_span(first, last, label=candidate.type, span_id=entity, alignment_mode=alignment)
        if span is None or span.start == span.end:
            continue
        there = {kept[token] for token in range(span.start, span.end) if token in kept}
        same = any((e.start, e.end, e.label_) == (span.start, span.end, span.label_) for e in there)
        if there and not (overwrite or (same and entity and not next(iter(there)).ent_id_)):
            continue
        for old in there:
            for token in range(old.start, old.end):
                del kept[token]
        span._.zhen_method = candidate.method
        span._.zhen_score = round(candidate.score, 3)
        kept.update(dict.fromkeys(range(span.start, span.end), span))
    doc.ents = tuple(
        {(e.start, e.end): e for _, e in sorted(kept.items(), key=lambda item: item[0])}.values()
    )
