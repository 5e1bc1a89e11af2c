"""Which glosses are believed, what their names are, and which spans of a model are no names at all."""

import re

from pipeline.align.glosses import Gloss
from pipeline.match.candidates import Candidate
from pipeline.match.heads import type_of
from pipeline.normal import has_han
from pipeline.ordinary import all_ordinary
from pipeline.pinyin import is_pinyin_name, is_transliteration, spells
from pipeline.records import EntityType, NameKind


def is_whole(name: str) -> bool:
    """Say whether what a model takes for a name is one: its brackets close, it joins no two scripts by a slash."""
    if name[:1] in "/-,;:" or name[-1:] in "/-,;:":
        return False
    depth = 0
    for char in name:
        depth += (char in "([《") - (char in ")]》")
        if depth < 0:
            return False
    return depth == 0 and not ("/" in name and has_han(name) and re.search(r"[A-Za-z]", name))


def with_glosses(
    text: str, pool: list[Candidate], glosses: list[Gloss]
) -> tuple[list[Candidate], list[Gloss]]:
    """Add candidates for the spans of glosses; leave out glosses whose sides are known to differ."""
    known: dict[tuple[int, int], Candidate] = {}
    for candidate in pool:
        span = (candidate.start, candidate.end)
        best = known.get(span)
        if best is None or (candidate.method == "gazetteer" and best.method != "gazetteer"):
            known[span] = candidate
    kept: list[Gloss] = []
    for gloss in glosses:
        first, second = known.get(gloss.first), known.get(gloss.second)
        one = first.entity if first is not None else None
        two = second.entity if second is not None else None
        if one and two and one != two:
            assert first is not None and second is not None
            shared = ({one, *first.others} & {two, *second.others}) - {None}
            if not shared:
                continue
        kind = _gloss_type(text, gloss, first, second)
        if kind is None:
            continue
        kept.append(gloss)
        for span, have, other in ((gloss.first, first, two), (gloss.second, second, one)):
            if have is None or have.entity is None:
                pool.append(
                    Candidate(
                        start=span[0],
                        end=span[1],
                        type=kind,
                        method="gloss",
                        score=0.9 if other else 0.8,
                        entity=other,
                        kind=_kind(gloss, span),
                    )
                )
    return pool, kept


def _kind(gloss: Gloss, span: tuple[int, int]) -> NameKind | None:
    if span == gloss.second and gloss.kind in ("abbreviation", "former", "alias"):
        return gloss.kind
    return None


def _gloss_type(
    text: str, gloss: Gloss, first: Candidate | None, second: Candidate | None
) -> EntityType | None:
    """Type a gloss: by entry, by pinyin, by the heads of the names, by what other witnesses said."""
    for candidate in (first, second):
        if candidate is not None and candidate.entity is not None:
            return candidate.type
    names = (text[slice(*gloss.first)], text[slice(*gloss.second)])
    latin = next((n for n in names if not has_han(n)), None)
    han = next((n for n in names if has_han(n)), None)
    if latin and han and len(han) <= 4 and spells(latin, han):
        return "person"
    for name in sorted(names, key=lambda n: (not has_han(n), -len(n))):
        kind = type_of(name)
        if kind is not None and (len(name) > 2 or not has_han(name)):
            return kind
    if han is None and all_ordinary(max(names, key=len)):
        return None  # "Strength-Weakness-Opportunity-Threat (SWOT)" names nothing
    for candidate in (first, second):
        if candidate is not None and candidate.method != "model":
            return candidate.type
    if latin and han:
        words = latin.split()
        if is_pinyin_name(latin) and 2 <= len(han) <= 4:
            return "person"
        if 2 <= len(words) <= 4 and all(w[:1].isupper() for w in words) and is_transliteration(han):
            return "person"
        if all(w.islower() for w in words):
            return "technology"
        witness = next((c for c in (second, first) if c is not None), None)
        if witness is not None and witness.type != "person":
            return witness.type
        # nothing but the bracket says that it is a name: a brand looks like one, a unit or a label does not
        brand = len(latin) >= 4 and latin[0].isupper() and not all_ordinary(latin)
        brand = brand or (len(words) > 1 and all(w[:1].isupper() or w[:1].isdigit() for w in words))
        return "company" if brand and len(han) <= 12 else None
    for candidate, name in zip((first, second), names, strict=True):
        if candidate is not None and not (not han and all_ordinary(name)):
            return candidate.type
    return None
