"""``zhen_glosses``: names that the text itself says are one thing (``Megvii (旷视)``, ``以下简称``) share an id."""

import functools
from collections.abc import Sequence
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.components.names import add, candidates_of, chosen_types
from pipeline.match.candidates import Candidate, settle
from pipeline.normal import has_han, normalise
from pipeline.segment.words import Segmenter

_KEY = "zhen_glosses"


class Pair(NamedTuple):
    """Two spans that name one thing, and how the second does: translation, abbreviation, alias or former."""

    first: Span
    second: Span
    kind: str


def _pairs(doc: Doc) -> list[Pair]:
    """Return a document's glosses; kept as offsets, so that they are stored with it."""
    pairs = []
    for a, b, c, d, kind in doc.user_data.get(_KEY, ()):
        first, second = (doc.char_span(*span, alignment_mode="expand") for span in ((a, b), (c, d)))
        if first is not None and second is not None:
            pairs.append(Pair(first, second, kind))
    return pairs


if not Doc.has_extension(_KEY):
    Doc.set_extension(_KEY, getter=_pairs)


@functools.cache
def segmenter() -> Segmenter:
    """jieba with its own dictionary, once a process."""
    return Segmenter()


class GlossComponent:
    """Finds glosses, told by the entities that are there where names begin; adds both sides to ``doc.ents``.

    ``doc._.zhen_glosses`` lists the pairs. Both sides get one ``ent_id_``: the gazetteer's where either
    has it, else one made of type and name (``company/~...``).

    Args:
        overwrite: whether entities that overlap with a side of a gloss give way.
        types: the types to be shown; all when None.
        alignment: see ``pipeline.components.names.add``.

    Raises:
        ValueError: a type is unknown.
    """

    def __init__(self, *, overwrite: bool, types: Sequence[str] | None, alignment: str) -> None:
        self._overwrite = overwrite
        self._types = chosen_types(types)
        self._alignment = alignment

    def __call__(self, doc: Doc) -> Doc:
        """Add the names of glosses to a document."""
        # here, since spaCy imports every component with any pipeline
        from pipeline.align.accept import with_glosses
        from pipeline.align.glosses import find_glosses
        from pipeline.align.identity import new_id

        normal = normalise(doc.text)
        text = normal.text
        known = list(candidates_of(doc, normal))
        found = list(find_glosses(text, known, segmenter().segment(text)))
        pool, kept = with_glosses(text, list(known), found)
        ids: dict[tuple[int, int], str] = {}
        for gloss in kept:
            sides = [c for c in pool if (c.start, c.end) in (gloss.first, gloss.second)]
            entity = next((c.entity for c in sides if c.entity), None)
            entity = entity or ids.get(gloss.first) or ids.get(gloss.second)
            if entity is None:
                name = max(
                    (text[slice(*s)] for s in (gloss.first, gloss.second)), key=lambda n: (has_han(n), len(n))
                )
                entity = new_id(next(c.type for c in sides if c.method == "gloss"), name)
            ids[gloss.first] = ids[gloss.second] = entity
        sides = [_with_id(c, ids) for c in pool if c.method == "gloss"]
        add(
            doc,
            normal,
            settle(sides),
            types=self._types,
            overwrite=self._overwrite,
            alignment=self._alignment,
        )
        spans = [(*normal.original(*g.first), *normal.original(*g.second), g.kind) for g in kept]
        if spans:
            doc.user_data[_KEY] = spans
        return doc


def _with_id(candidate: Candidate, ids: dict[tuple[int, int], str]) -> Candidate:
    return Candidate(
        start=candidate.start,
        end=candidate.end,
        type=candidate.type,
        method=candidate.method,
        score=candidate.score,
        entity=ids.get((candidate.start, candidate.end), candidate.entity),
    )


@Language.factory(
    "zhen_glosses",
    assigns=["doc.ents", "token.ent_type", "token.ent_iob", "token.ent_id", "doc._.zhen_glosses"],
    default_config={"overwrite": False, "types": None, "alignment": "strict"},
)
def make(
    nlp: Language, name: str, overwrite: bool, types: list[str] | None, alignment: str
) -> GlossComponent:
    """Make the component of a pipeline's configuration."""
    return GlossComponent(overwrite=overwrite, types=types, alignment=alignment)
