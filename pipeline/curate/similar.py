"""Entries whose names are like a new name: what it may be another name of."""

from rapidfuzz import fuzz, process

from pipeline.curate.candidates import NameCandidate
from pipeline.match.gazetteer import Gazetteer
from pipeline.normal import key

_ALIKE = 84.0
"""Similarity (0 to 100, rapidfuzz's ratio) from which an entry is offered as what a new name may mean."""


def similar(candidate: NameCandidate, gazetteer: Gazetteer, most: int = 5) -> list[str]:
    """Return the entries of a candidate's type whose names are most like its own, the likeliest first."""
    found: dict[str, float] = {}
    surfaces = _by_type(gazetteer).get(candidate.type, ([], []))
    for name in candidate.names:
        form = key(name.text).lower()
        for _, score, i in process.extract(
            form, surfaces[0], scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=most
        ):
            entity = surfaces[1][i]
            found[entity] = max(found.get(entity, 0.0), score)
    return sorted(found, key=lambda e: (-found[e], e))[:most]


def _by_type(gazetteer: Gazetteer) -> dict[str, tuple[list[str], list[str]]]:
    made: dict[str, tuple[list[str], list[str]]] | None = getattr(gazetteer, "_curate_by_type", None)
    if made is None:
        made = {}
        for surface in gazetteer.surfaces:
            entry = gazetteer.entries[surface.entry]
            forms, entities = made.setdefault(entry.type, ([], []))
            forms.append(surface.form.lower())
            entities.append(entry.key)
        gazetteer._curate_by_type = made  # type: ignore[attr-defined]
    return made
