"""One document through parse, segment, match, align and relate: the unit that engines distribute."""

import functools
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol, Self, TypeVar

from pipeline.align import Aligned, LocalEntity, align
from pipeline.align.entities import mention_id
from pipeline.align.properties import Property
from pipeline.align.tables import table_names, without_headers
from pipeline.layout import rectangles
from pipeline.match import Candidate, Finder, Matcher
from pipeline.match.answers import Answers, Questions
from pipeline.match.scores import chance
from pipeline.normal import language_of
from pipeline.parse import ParseSettings, parse
from pipeline.parse.shared import Shared
from pipeline.records import Document, Mention, Page, Parsed, Record, Relation, Table
from pipeline.relate import relate, stated_properties
from pipeline.relate.implied import implied_bodies
from pipeline.relate.sentences import masked_sentences
from pipeline.relate.shared import Said, Sentences, Views, parts
from pipeline.segment import Reading, read
from pipeline.segment.words import Segmenter
from pipeline.settings import Settings
from pipeline.tools import Tools

if TYPE_CHECKING:
    from pipeline.parse.pdf import RangeReader

T = TypeVar("T")
_LONG = 50_000
"""Characters from which it is worth asking whether others should do parts of a document; some twenty pages."""


class Worked(Record, frozen=True, kw_only=True):
    """A finished document; its entities still have the keys that they have in this document alone."""

    document: Document
    pages: list[Page]
    tables: list[Table]
    mentions: list[Mention]
    entities: list[LocalEntity]
    relations: list[Relation]
    properties: list[Property] = []


class Halfway(Record, frozen=True, kw_only=True):
    """How far a long document is understood: kept while other workers do parts of it."""

    reading: Reading
    known: list[Candidate] = []
    """What the gazetteers hold; not needed once the document is aligned."""
    aligned: Aligned | None = None
    masked: list[Views] = []


class Others(Protocol):
    """Other workers, who may do parts of a long document; what they are asked may raise Unshared."""

    def halfway(self, pages: int) -> Halfway | None:
        """Return how far the document, of so many pages, was understood before."""

    def ask(self, questions: Questions, state: Halfway) -> Answers:
        """Have the models asked; return what is known of their answers."""

    def say(self, parts: Sequence[Sentences], state: Halfway) -> list[Said | None]:
        """Have sentences read; return what was found in each part."""


class Pipeline(Tools):
    """The tools that work on documents, loaded when first needed and kept for the next document."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.seconds: dict[str, float] = {}

    @classmethod
    def of(cls, tools: Tools) -> Self:
        """Return a pipeline that has what others have loaded already."""
        made = cls(tools.settings)
        vars(made).update(vars(tools))
        return made

    @functools.cached_property
    def segmenter(self) -> Segmenter:
        """jieba with the gazetteers' unrisky Chinese names."""
        if self.gazetteer is None:
            return Segmenter()
        return Segmenter(self.gazetteer.words())

    @functools.cached_property
    def matcher(self) -> Matcher:
        """All witnesses for names."""
        finder = Finder(self.gazetteer) if self.gazetteer is not None else None
        return Matcher(finder, model=self.settings.model, models=self.settings.models)

    @functools.cached_property
    def ranges(self) -> "RangeReader":
        """What reads pages of documents that other workers have."""
        from pipeline.parse.pdf import RangeReader

        return RangeReader(self.settings.passwords, self.settings.parser)

    def close_ranges(self) -> None:
        """Release the PDF that is open for another worker."""
        if "ranges" in vars(self):
            self.ranges.close()

    def parse(self, data: bytes, path: str, shared: Shared | None = None) -> Parsed:
        """Take a file's bytes through the first stage.

        Raises:
            Unshared: other workers should read parts of a long file first.
        """
        settings = ParseSettings(
            passwords=self.settings.passwords, ocr=self.settings.ocr, parser=self.settings.parser
        )
        return self.timed("parse", lambda: parse(data, path, settings, shared))

    def understand(self, parsed: Parsed, others: Others | None = None) -> Worked:
        """Take a parsed document through the stages after parsing.

        Args:
            parsed: the document.
            others: other workers, who may do parts of it.

        Raises:
            Unshared: other workers should do parts first.
        """
        document = parsed.document
        state = (others.halfway(len(parsed.pages)) if others is not None else None) or self._begun(parsed)
        if state.aligned is None:
            state = self._named(parsed, state, others)
        reading, aligned, masked = state.reading, state.aligned, state.masked
        assert aligned is not None
        said = None
        if others is not None and len(reading.normal.text) >= _LONG:
            said = others.say(self.timed("relate", lambda: parts(masked)), state)
        properties = self.timed(
            "relate", lambda: stated_properties(reading, aligned, parsed.tables, document)
        )
        relations = self.timed(
            "relate",
            lambda: relate(reading, aligned, parsed.tables, document.id, masked=masked, said=said),
        )
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

    def _begun(self, parsed: Parsed) -> Halfway:
        """Read a document, and find what the gazetteers hold."""
        plain = parsed.document.media_type in ("text/plain", "text/markdown")
        reading = self.timed("segment", lambda: read(parsed.pages, self.segmenter, plain=plain))
        known = self.timed("match", lambda: self.matcher.known(reading, date=parsed.document.date))
        return Halfway(reading=reading, known=known)

    def _named(self, parsed: Parsed, state: Halfway, others: Others | None) -> Halfway:
        """Find a document's names and settle what they refer to."""
        reading, known = state.reading, state.known
        answers = None
        if others is not None and len(reading.normal.text) >= _LONG:
            answers = others.ask(self.matcher.questions(reading, known), state)
        candidates = self.timed("match", lambda: self.matcher.match(reading, known, answers))
        if self.decisions.effective:
            text = reading.normal.text
            candidates = [
                c
                for c in candidates
                if not self.decisions.suppressed(parsed.document.id, text[c.start : c.end], c.type)
            ]
        aligned = self.timed("align", lambda: self._align(parsed, reading, candidates))
        masked = self.timed("relate", lambda: masked_sentences(reading, aligned))
        return Halfway(reading=reading, aligned=aligned, masked=masked)

    def _align(self, parsed: Parsed, reading: Reading, candidates: list[Candidate]) -> Aligned:
        candidates = without_headers(parsed.tables, reading, candidates)
        candidates += implied_bodies(reading, parsed.tables, candidates, self._body)
        tables = table_names(parsed.tables, reading, candidates)
        return align(parsed.document.id, reading, candidates + tables.candidates, tables.pairs, self.names_of)

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
