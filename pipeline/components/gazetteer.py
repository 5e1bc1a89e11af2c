"""``zhen_gazetteer``: names that a gazetteer holds become entities with the entry's id, in English and Chinese."""

import functools
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.components.names import add, chosen_types
from pipeline.match.candidates import settle
from pipeline.normal import normalise
from pipeline.segment.words import Segmenter

if TYPE_CHECKING:
    from pipeline.match.find import Finder


@functools.cache
def _tools(folders: tuple[str, ...], builtin: bool) -> tuple["Finder", Segmenter]:
    """Load gazetteers once a process, whatever number of pipelines use them."""
    # here, since spaCy imports every component with any pipeline
    from pipeline.match.find import Finder
    from pipeline.match.gazetteer import load_gazetteers

    gazetteer = load_gazetteers([Path(f) for f in folders], builtin=builtin)
    return Finder(gazetteer), Segmenter(gazetteer.words())


class GazetteerComponent:
    """Adds gazetteer names to ``doc.ents``: the longest of those that overlap.

    Args:
        gazetteers: further folders, laid over the built-in ones as ``--gazetteer`` does.
        builtin: whether to take the built-in ones.
        overwrite: whether entities that are there give way.
        types: the types to be shown; all when None.
        alignment: see ``pipeline.components.names.add``.

    Raises:
        GazetteerError: a gazetteer cannot be read.
        ValueError: a type is unknown.
    """

    def __init__(
        self, gazetteers: Sequence[str], *, builtin: bool, overwrite: bool, types: Sequence[str] | None, alignment: str
    ) -> None:  # fmt: skip
        self._folders = tuple(map(str, gazetteers))
        self._builtin = builtin
        self._overwrite = overwrite
        self._types = chosen_types(types)
        self._alignment = alignment
        _tools(self._folders, builtin)

    def __call__(self, doc: Doc) -> Doc:
        """Add names to a document."""
        finder, segmenter = _tools(self._folders, self._builtin)
        normal = normalise(doc.text)
        found = settle(finder.find(normal, segmenter.segment(normal.text)))
        add(doc, normal, found, types=self._types, overwrite=self._overwrite, alignment=self._alignment)
        return doc


@Language.factory(
    "zhen_gazetteer",
    assigns=["doc.ents", "token.ent_type", "token.ent_iob", "token.ent_id"],
    default_config={
        "gazetteers": [],
        "builtin": True,
        "overwrite": False,
        "types": None,
        "alignment": "strict",
    },
)
def make(
    nlp: Language, name: str, gazetteers: list[str], builtin: bool, overwrite: bool, types: list[str] | None,
    alignment: str,
) -> GazetteerComponent:  # fmt: skip
    """Make the component of a pipeline's configuration."""
    return GazetteerComponent(
        gazetteers, builtin=builtin, overwrite=overwrite, types=types, alignment=alignment
    )
