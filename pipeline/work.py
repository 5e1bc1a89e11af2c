"""One document through parse, segment, match, align and relate: the unit that engines distribute."""

import functools
import time
from collections.abc import Callable
from typing import TypeVar

from pipeline.align import Aligned, LocalEntity, align
from pipeline.align.entities import mention_id
from pipeline.align.properties import Property
from pipeline.align.tables import table_names, without_headers
from pipeline.curate.decisions import Decisions, load_decisions
from pipeline.layout import rectangles
from pipeline.match import Candidate, Finder, Matcher
from pipeline.match.answers import Answers, Questions
from pipeline.match.gazetteer import Gazetteer, builtin_folder, load_gazetteers
from pipeline.match.scores import chance
from pipeline.normal import language_of
from pipeline.parse import ParseSettings, parse
from pipeline.parse.shared import Shared
from pipeline.records import Document, Mention, Page, Parsed, Record, Relation, Table
from pipeline.relate import relate, stated_properties
from pipeline.relate.implied import implied_bodies
from pipeline.segment import Reading, read
from pipeline.segment.words import Segmenter
from pipeline.settings import Settings

T = TypeVar("T")
Ask = Callable[[Questions], Answers]
"""Returns what is known of the models' answers to questions; may raise Unshared."""


class Worked(Record, frozen=True, kw_only=True):
    """A finished document; its entities still have the keys that they have in this document alone."""

    document: Document
    pages: list[Page]
    tables: list[Table]
    mentions: list[Mention]
    entities: list[LocalEntity]
    relations: list[Relation]
    properties: list[Property] = []


class Pipeline:
    """The tools that work on documents, loaded when first needed and kept for the next document."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.seconds: dict[str, float] = {}

    @functools.cached_property
    def gazetteer(self) -> Gazetteer | None:
        """The compiled gazetteers, or None when switched off."""
        return load_gazetteers(self.settings.gazetteers) if self.settings.gazetteer else None

    @functools.cached_property
    def segmenter(self) -> Segmenter:
        """jieba with the gazetteers' unrisky Chinese names."""
        if self.gazetteer is None:
            return Segmenter()
        return Segmenter(self.gazetteer.words())

    @functools.cached_property
    def decisions(self) -> Decisions:
        """What curators decided, beside the gazetteers."""
        if self.gazetteer is None:
            return Decisions()
        return load_decisions(builtin_folder(), *self.settings.gazetteers)

    @functools.cached_property
    def matcher(self) -> Matcher:
        """All witnesses for names."""
        finder = Finder(self.gazetteer) if self.gazetteer is not None else None
        return Matcher(finder, model=self.settings.model, models=self.settings.models)

    def models(self) -> list[str]:
        """Load the user's own spaCy pipelines; return each as ``LANG=NAME`` with a digest of its files.

        Raises:
            UsageError: one cannot be loaded.
        """
        if not self.settings.models:
            return []
        from pipeline.match import spacy_own

        for language, name in self.settings.models.items():
            spacy_own.load(language, name)
        digests = spacy_own.digests(self.settings.models)
        return [f"{language}={self.settings.models[language]} ({d})" for language, d in digests.items()]

    def parse(self, data: bytes, path: str, shared: Shared | None = None) -> Parsed:
        """Take a file's bytes through the first stage.

        Raises:
            Unshared: other workers should read parts of a long file first.
        """
        settings = ParseSettings(
            passwords=self.settings.passwords, ocr=self.settings.ocr, parser=self.settings.parser
        )
        return self.timed("parse", lambda: parse(data, path, settings, shared))

    def understand(self, parsed: Parsed, ask: Ask | None = None) -> Worked:
        """Take a parsed document through the stages after parsing.

        Args:
            parsed: the document.
            ask: gives the models' answers where other workers have asked them.

        Raises:
            Unshared: other workers should ask the models first.
        """
        document = parsed.document
        plain = document.media_type in ("text/plain", "text/markdown")
        reading = self.timed("segment", lambda: read(parsed.pages, self.segmenter, plain=plain))
        known = self.timed("match", lambda: self.matcher.known(reading, date=document.date))
        answers = ask(self.matcher.questions(reading, known)) if ask is not None else None
        candidates = self.timed("match", lambda: self.matcher.match(reading, known, answers))
        if self.decisions.effective:
            text = reading.normal.text
            candidates = [
                c
                for c in candidates
                if not self.decisions.suppressed(document.id, text[c.start : c.end], c.type)
            ]
        aligned = self.timed("align", lambda: self._align(parsed, reading, candidates))
        properties = self.timed(
            "relate", lambda: stated_properties(reading, aligned, parsed.tables, document)
        )
        relations = self.timed("relate", lambda: relate(reading, aligned, parsed.tables, document.id))
        mentions = mention_records(parsed, reading, aligned)
        return Worked(
            document=document,
            pages=[p.page for p in parsed.pages],
            tables=parsed.tables,
            mentions=mentions,
            entities=aligned.entities,
            relations=relations,
            properties=[Property(entity=e, name=n, value=v, evidence=m) for e, n, v, m in properties],
        )

    def _align(self, parsed: Parsed, reading: Reading, candidates: list[Candidate]) -> Aligned:
        candidates = without_headers(parsed.tables, reading, candidates)
        candidates += implied_bodies(reading, parsed.tables, candidates, self._body)
        tables = table_names(parsed.tables, reading, candidates)
        return align(
            parsed.document.id, reading, candidates + tables.candidates, tables.pairs, self.names_of
        )

    def names_of(self, entry: str) -> list[str]:
        """Return the names of a gazetteer's entry."""
        return [] if self.gazetteer is None else [s.form for s in self.gazetteer.surfaces_of(entry)]

    def _body(self, name: str) -> str | None:
        """Return the government entry that a name is known for, the one that it is canonical of first."""
        if self.gazetteer is None:
            return None
        found = [
            (s.kind != "canonical", self.gazetteer.entries[s.entry]) for s in self.gazetteer.lookup(name)
        ]
        keys = sorted((rank, entry.key) for rank, entry in found if entry.type == "government")
        return keys[0][1] if keys else None

    def timed(self, stage: str, call: Callable[[], T]) -> T:
        """Make a call whose seconds count for a stage."""
        begin = time.perf_counter()
        try:
            return call()
        finally:
            self.seconds[stage] = self.seconds.get(stage, 0.0) + time.perf_counter() - begin


def mention_records(parsed: Parsed, reading: Reading, aligned: Aligned) -> list[Mention]:
    """Return a document's mentions in page offsets, two records where a page end cuts a name."""
    records: list[Mention] = []
    for named in aligned.mentions:
        candidate = named.candidate
        before: str | None = None
        for index, start, end in reading.parts(candidate.start, candidate.end):
            page = parsed.pages[index]
            text = page.page.text[start:end]
            record = Mention(
                id=mention_id(parsed.document.id, page.page.page, start, end),
                document=parsed.document.id,
                page=page.page.page,
                start=start,
                end=end,
                text=text,
                bboxes=rectangles(page.glyphs, start, end, page.page.width, page.page.height),
                language=language_of(text),
                type=candidate.type,
                entity=named.entity,
                method=candidate.method,
                score=chance(candidate, text),
                continues=before,
            )
            records.append(record)
            before = record.id
    return records
