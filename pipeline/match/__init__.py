"""Names are found: by the gazetteers, by rules, and by statistical models as further witnesses."""

from collections.abc import Iterator, Mapping, Sequence

from pipeline.match import spacy_own
from pipeline.match.candidates import Candidate
from pipeline.match.context_en import names_in_context
from pipeline.match.doubts import doubted
from pipeline.match.find import Finder
from pipeline.match.fuse import fused
from pipeline.match.rules_en import english_names
from pipeline.match.rules_zh import chinese_names
from pipeline.match.spacy_en import spacy_names
from pipeline.match.trim import trimmed
from pipeline.normal import has_han
from pipeline.segment import Reading


class Matcher:
    """Finds names in a reading.

    Args:
        finder: the gazetteer's names, or None to do without.
        model: whether the statistical models are asked: the tagger for Chinese, spaCy's for English.
        models: spaCy pipelines of the user's, by language, to be asked in their place.
    """

    def __init__(
        self, finder: Finder | None, *, model: bool = True, models: Mapping[str, str] | None = None
    ) -> None:
        self.finder = finder
        self.model = model
        self.models = models or {}

    def match(self, reading: Reading, *, date: str | None = None) -> list[Candidate]:
        """Return all candidates, in normalised offsets; they may overlap."""
        found: list[Candidate] = []
        if self.finder is not None:
            found += self.finder.find(reading.normal, reading.words, date=date, note_digits=reading.plain)
        text = reading.normal.text
        found += english_names(text)
        if has_han(text):
            ruled = list(chinese_names(text, reading.words))
            tagged = (
                list(doubted(text, list(self._tagged(reading)), found, reading.words)) if self.model else []
            )
            found += _not_overreaching(ruled, tagged) + tagged
        if self.model:
            nlp = spacy_own.load("en", self.models["en"]) if "en" in self.models else None
            found += (c for c in spacy_names(text, nlp) if not _displayed(reading, c))
        found = [trimmed(text, candidate) for candidate in found]
        found += names_in_context(text, found)
        return found + fused(text, found, self.finder)

    def _tagged(self, reading: Reading) -> Iterator[Candidate]:
        """Yield what the statistical tagger, or the user's pipeline, finds in the sentences that hold Chinese."""
        from pipeline.match.tagger import Tagger

        text = reading.normal.text
        spans = [(s, e) for s, e in reading.sentences if has_han(text[s:e])]
        if "zh" in self.models:
            yield from spacy_own.chinese(text, spans, spacy_own.load("zh", self.models["zh"]))
            return
        for (start, _), names in zip(spans, Tagger.load().tag([text[s:e] for s, e in spans]), strict=True):
            for name in names:
                yield Candidate(
                    start=start + name.start,
                    end=start + name.end,
                    type=name.type,
                    method="model",
                    score=name.score,
                )


def _not_overreaching(ruled: Sequence[Candidate], tagged: Sequence[Candidate]) -> list[Candidate]:
    """Leave out rule candidates that begin before a tagged name of the same type which ends where they do.

    A rule knows where an official or legal ending is, the tagger better where the name begins; and the
    longest name would win.
    """
    begins: dict[tuple[int, str], int] = {}
    for candidate in tagged:
        if candidate.score >= 0.5:
            begins[candidate.end, candidate.type] = candidate.start
    return [c for c in ruled if begins.get((c.end, c.type), c.start) <= c.start]


def _displayed(reading: Reading, candidate: Candidate) -> bool:
    """Say whether a model's candidate stands in a heading, caption or table, where capitals say nothing."""
    kind = reading.stream.kind_at(reading.normal.starts[candidate.start])
    return kind in ("table", "caption", "heading", "figure") and candidate.type != "place"


__all__ = ["Candidate", "Finder", "Matcher"]
