"""The statements that single sentences make, by templates, Chinese clauses and English parses."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from pipeline.align import Aligned
from pipeline.normal import has_han
from pipeline.relate.anaphora import descriptions
from pipeline.relate.chinese import chinese_clauses
from pipeline.relate.dependency import english_frames
from pipeline.relate.mask import Masked, Span, mask
from pipeline.relate.patterns import Patterns, load_patterns
from pipeline.relate.qualify import statements
from pipeline.relate.statements import Found, Statement
from pipeline.relate.surface import surface
from pipeline.segment import Reading

_MOST_CHARACTERS = 3000
"""A longer stretch without a sentence end is no sentence, but a table or a list."""


_NOTE_END = re.compile(r"(?<=[a-z)\"'A-Z])\.[\"')]*\d{1,3}(?:, ?\d{1,3})*\s(?=[A-Z\"(])")
"""In plain text a sentence may end in a glued note mark (``innovation.13 The document``)."""


def masked_sentences(reading: Reading, aligned: Aligned) -> list[Masked]:
    """Return the sentences that hold two names or more, descriptions included, masked."""
    text = reading.normal.text
    sentences = list(_split(reading))
    spans = [
        Span(start=n.candidate.start, end=n.candidate.end, mention=i) for i, n in enumerate(aligned.mentions)
    ] + [
        Span(start=d.start, end=d.end, mention=d.mention)
        for d in descriptions(text, sentences, aligned.mentions)
    ]
    spans.sort(key=lambda s: s.start)
    starts = [s.start for s in spans]
    found: list[Masked] = []
    for start, end in sentences:
        inside = [s for s in spans[bisect_left(starts, start) : bisect_left(starts, end)] if s.end <= end]
        if len(inside) >= 2 and end - start <= _MOST_CHARACTERS:
            found.append(mask(text, aligned.mentions, inside, start, end))
    return found


def _split(reading: Reading) -> Iterator[tuple[int, int]]:
    for start, end in reading.sentences:
        at = start
        if reading.plain:
            for match in _NOTE_END.finditer(reading.normal.text, start, end):
                yield at, match.end() - 1
                at = match.end()
        yield at, end


def sentence_statements(reading: Reading, aligned: Aligned, patterns: Patterns | None = None) -> Iterator[Statement]:
    """Yield the statements of a document's sentences."""
    rules = patterns or load_patterns()
    masked = masked_sentences(reading, aligned)
    for sentence in masked:
        found: list[Found] = list(surface(sentence, rules.rules))
        if has_han(sentence.text):
            found += chinese_clauses(sentence, rules.rules)
        yield from statements(reading, aligned, sentence, found, rules)
    for sentence, one in english_frames(masked, rules):
        yield from statements(reading, aligned, sentence, [one], rules)
