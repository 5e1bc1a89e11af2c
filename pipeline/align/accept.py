"""Which glosses are believed, what their names are, and which spans of a model are no names at all."""

import re
from collections.abc import Callable, Sequence

import msgspec
from rapidfuzz import fuzz

from pipeline.align.fields import is_field
from pipeline.align.gloss import Gloss
from pipeline.align.initials import initials_start
from pipeline.match.candidates import Candidate
from pipeline.match.heads import type_of
from pipeline.normal import has_han
from pipeline.ordinary import all_ordinary
from pipeline.pinyin import is_pinyin_name, is_transliteration, spells
from pipeline.records import EntityType, NameKind

NamesOf = Callable[[str], Sequence[str]]
_ALIKE = 75
"""From which likeness (of 100) a name may be another spelling of an entry's name."""


def is_whole(name: str) -> bool:
    """Say whether what a model takes for a name is one: its brackets close, it joins no two scripts by a slash."""
    half = len(name) // 2
    if has_han(name) and half > 1 and name[:half] == name[half:]:
        return False  # 腾讯腾讯: a name that a page draws twice
    if " / " in name:
        return False  # Anhui Province / Hefei
    if name[:1] in "/-,;:" or name[-1:] in "/-,;:":
        return False
    depth = 0
    for char in name:
        depth += (char in "([《") - (char in ")]》")
        if depth < 0:
            return False
    return depth == 0 and not ("/" in name and has_han(name) and re.search(r"[A-Za-z]", name))


def with_glosses(
    text: str, pool: list[Candidate], glosses: list[Gloss], names_of: NamesOf = lambda entry: ()
) -> tuple[list[Candidate], list[Gloss]]:
    """Add candidates for the spans of glosses; leave out glosses whose sides are known to differ.

    A document may define a known short form for another thing: ``Center for Arid Soil Trials (CAST)``. From
    there on the form means what the document says.

    Args:
        text: normalised text.
        pool: what is taken for names so far.
        glosses: pairs of spans that may name one thing.
        names_of: gives an entry's names.
    """
    known: dict[tuple[int, int], Candidate] = {}
    for candidate in pool:
        span = (candidate.start, candidate.end)
        best = known.get(span)
        if best is None or (candidate.method == "gazetteer" and best.method != "gazetteer"):
            known[span] = candidate
    kept: list[Gloss] = []
    defined: dict[str, list[tuple[int, str | None, EntityType]]] = {}
    for gloss in glosses:
        first, second = known.get(gloss.first), known.get(gloss.second)
        one = first.entity if first is not None else None
        two = second.entity if second is not None else None
        if one and two and one != two:
            assert first is not None and second is not None
            shared = ({one, *first.others} & {two, *second.others}) - {None}
            if not shared:
                if not _defines(text, gloss):
                    continue
                two = None
        elif two and not one and _differs(text, gloss, names_of(two)):
            two = second = None
        kind = _gloss_type(text, gloss, first, second)
        if kind is None:
            continue
        kept.append(gloss)
        if gloss.kind == "abbreviation" and not (two and not one):
            defined.setdefault(text[slice(*gloss.second)], []).append((gloss.second[0], one, kind))
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
    return [_as_defined(text, candidate, defined) for candidate in pool], kept


def _defines(text: str, gloss: Gloss) -> bool:
    """Say whether a document gives a known short form a meaning of its own: exact initials, or ``以下简称``."""
    if gloss.kind != "abbreviation":
        return False
    short = text[slice(*gloss.second)]
    if has_han(short):
        return "简称" in text[gloss.first[1] : gloss.second[0]]
    return short.isupper() and initials_start(text, gloss.first[1], short) == gloss.first[0]


def _differs(text: str, gloss: Gloss, names: Sequence[str]) -> bool:
    """Say whether a name that no gazetteer knows is unlike all names of the entry that its short form is known for."""
    full = text[slice(*gloss.first)]
    alike = [name for name in names if has_han(name) == has_han(full)]
    if not alike or not _defines(text, gloss):
        return False
    return all(fuzz.token_sort_ratio(full.lower(), name.lower()) < _ALIKE for name in alike)


def _as_defined(
    text: str, candidate: Candidate, defined: dict[str, list[tuple[int, str | None, EntityType]]]
) -> Candidate:
    """Give a known short form the entry that the document last defined it for."""
    if candidate.entity is None:
        return candidate
    meaning = None
    for at, entity, kind in defined.get(text[candidate.start : candidate.end], ()):
        if at <= candidate.start:
            meaning = (entity, kind)
    if meaning is None or meaning[0] == candidate.entity:
        return candidate
    return msgspec.structs.replace(
        candidate,
        entity=meaning[0],
        type=meaning[1],
        method="gloss",
        score=0.9,
        kind="abbreviation",
        others=(),
    )


_SHORT_FIELD = re.compile(r"(?=(?:[^A-Z]*[A-Z]){2})[A-Za-z][A-Za-z0-9-]{1,6}|\dG")
"""What a field of technology is called in short: ``AI``, ``IoT``, ``5G``."""


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
    if is_field(max(names, key=len)) and any(map(_SHORT_FIELD.fullmatch, names)):
        return "technology"
    for name in sorted(names, key=lambda n: (not has_han(n), -len(n))):
        kind = type_of(name)
        if kind is not None and (len(name) > 2 or not has_han(name)):
            if kind == "company" and latin and latin.islower() and all_ordinary(latin):
                return "technology"  # "key technologies" (关键技术)
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
