"""``zhen_tagger``: names in Chinese sentences that no gazetteer need hold, with a score."""

from collections.abc import Sequence
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.components.glosses import segmenter
from pipeline.components.names import add, candidates_of, chosen_types
from pipeline.match.candidates import Candidate, settle
from pipeline.normal import has_han, normalise
from pipeline.segment.sentences import sentences


class TaggerComponent:
    """Adds what the Chinese tagger finds to ``doc.ents``; text without Chinese is left as it is.

    Args:
        model: a model file; the one that ships when None.
        least: the least score of a name, 0 to 1.
        overwrite: whether entities that are there give way.
        types: the types to be shown; all when None.
        alignment: see ``pipeline.components.names.add``.

    Raises:
        ValueError: a type is unknown.
    """

    def __init__(
        self, model: str | None, *, least: float, overwrite: bool, types: Sequence[str] | None, alignment: str
    ) -> None:
        self._model = Path(model) if model is not None else None
        self._least = least
        self._overwrite = overwrite
        self._types = chosen_types(types)
        self._alignment = alignment

    def __call__(self, doc: Doc) -> Doc:
        """Add names to a document."""
        if not has_han(doc.text):
            return doc
        # here, since spaCy imports every component with any pipeline
        from pipeline.match.doubts import doubted
        from pipeline.match.tagger import Tagger

        normal = normalise(doc.text)
        text = normal.text
        spans = [(s, e) for s, e in sentences(text) if has_han(text[s:e])]
        tagged = [
            Candidate(start=s + n.start, end=s + n.end, type=n.type, method="model", score=n.score)
            for (s, _), names in zip(
                spans, Tagger.load(self._model).tag([text[s:e] for s, e in spans]), strict=True
            )
            for n in names
            if n.score >= self._least
        ]
        known = [c for c in candidates_of(doc, normal) if c.entity]
        found = settle(doubted(text, tagged, known, segmenter().segment(text)))
        add(doc, normal, found, types=self._types, overwrite=self._overwrite, alignment=self._alignment)
        return doc


@Language.factory(
    "zhen_tagger",
    assigns=["doc.ents", "token.ent_type", "token.ent_iob"],
    default_config={"model": None, "least": 0.0, "overwrite": False, "types": None, "alignment": "strict"},
)
def make(
    nlp: Language, name: str, model: str | None, least: float, overwrite: bool, types: list[str] | None, alignment: str
) -> TaggerComponent:  # fmt: skip
    """Make the component of a pipeline's configuration."""
    return TaggerComponent(model, least=least, overwrite=overwrite, types=types, alignment=alignment)
