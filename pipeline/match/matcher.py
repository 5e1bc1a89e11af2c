"""Names are found: by the gazetteers, by rules, and by statistical models as further witnesses."""

import re
from collections.abc import Iterator, Mapping, Sequence

from pipeline.match import spacy_own
from pipeline.match.answers import Answers, Questions
from pipeline.match.candidates import Candidate
from pipeline.match.consistent import consistent
from pipeline.match.context_en import names_in_context
from pipeline.match.doubts import doubted
from pipeline.match.find import Finder
from pipeline.match.fuse import fused
from pipeline.match.rules_en import english_names
from pipeline.match.rules_zh import chinese_names
from pipeline.match.spacy_en import spacy_names, unexplained
from pipeline.match.trim import trimmed
from pipeline.normal import count_han, has_han
from pipeline.segment import Reading
from pipeline.segment.english import batches

_GLOSS = re.compile(r"[\u3400-\u9fff](?:[^A-Za-z]*[\u3400-\u9fff])?")
"""Chinese inside an English sentence."""
_TELLING = re.compile(r"[\u3400-\u9fff](?<![年月日号第页元万亿])")
"""Chinese that is more than dates, numbers and amounts."""


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

    def known(self, reading: Reading, *, date: str | None = None) -> list[Candidate]:
        """Return what the gazetteers hold, in normalised offsets; ``date`` is the document's."""
        if self.finder is None:
            return []
        return self.finder.find(reading.normal, reading.words, date=date, note_digits=reading.plain)

    def match(
        self, reading: Reading, known: Sequence[Candidate] | None = None, answers: Answers | None = None
    ) -> list[Candidate]:
        """Return all candidates, in normalised offsets; they may overlap.

        Args:
            reading: the document.
            known: what :meth:`known` said of it.
            answers: what the models were asked before.
        """
        told = answers or Answers()
        known = self.known(reading) if known is None else known
        text = reading.normal.text
        found = [*known, *english_names(text)]
        if has_han(text):
            ruled = list(chinese_names(text, reading.words))
            tagged = (
                list(doubted(text, list(self._tagged(reading, known, told)), found, reading.words))
                if self.model
                else []
            )
            tagged = consistent(text, tagged, [*found, *ruled], reading.words)
            found += _not_overreaching(ruled, tagged) + tagged
        if self.model:
            nlp = spacy_own.load("en", self.models["en"]) if "en" in self.models else None
            pieces = unexplained(text, reading.sentences, known)
            asked = spacy_names(text, pieces, nlp, told.english)
            found += [c for c in asked if not _displayed(reading, c)]
        found = [trimmed(text, candidate) for candidate in found]
        found += names_in_context(text, found)
        return found + fused(text, found, self.finder)

    def questions(self, reading: Reading, known: Sequence[Candidate]) -> Questions:
        """Return what :meth:`match` will ask the models that ship, so that others can answer it before."""
        from pipeline.match.tagger import Tagger

        text = reading.normal.text
        english: list[list[str]] = []
        chinese: list[list[str]] = []
        if self.model and "en" not in self.models:
            pieces = unexplained(text, reading.sentences, known)
            english = [[piece for _, piece in batch] for batch in batches(pieces)]
        if self.model and "zh" not in self.models and has_han(text):
            chinese = Tagger.load().batches([text[s:e] for s, e in _chinese(reading, known)])
        return Questions(english=english, chinese=chinese)

    def _tagged(self, reading: Reading, known: Sequence[Candidate], told: Answers) -> Iterator[Candidate]:
        """Yield what the statistical tagger, or the user's pipeline, finds in the sentences that hold Chinese."""
        from pipeline.match.tagger import Tagger

        text = reading.normal.text
        spans = _chinese(reading, known)
        if "zh" in self.models:
            yield from spacy_own.chinese(text, spans, spacy_own.load("zh", self.models["zh"]))
            return
        found = Tagger.load().tag([text[s:e] for s, e in spans], told.chinese)
        for (start, _), names in zip(spans, found, strict=True):
            for name in names:
                yield Candidate(
                    start=start + name.start,
                    end=start + name.end,
                    type=name.type,
                    method="model",
                    score=name.score,
                )


def _chinese(reading: Reading, known: Sequence[Candidate]) -> list[tuple[int, int]]:
    """Return what the tagger reads: the sentences that hold Chinese, of English ones the Chinese in them.

    What is one name that the gazetteers hold and nothing else, as in tables and glosses, is not asked about.
    """
    text = reading.normal.text
    names = {(c.start, c.end) for c in known if c.method == "gazetteer"}
    spans: list[tuple[int, int]] = []
    for start, end in reading.sentences:
        if not _TELLING.search(text, start, end):
            continue
        if count_han(text[start:end]) * 10 >= end - start:
            spans.append((start, end))
        else:
            spans += (gloss.span() for gloss in _GLOSS.finditer(text, start, end))
    return [span for span in spans if span not in names]


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
