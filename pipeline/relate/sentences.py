"""The statements that single sentences make, by templates, Chinese clauses and English parses."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from pipeline.align import Aligned
from pipeline.normal import has_han
from pipeline.relate.anaphora import descriptions
from pipeline.relate.mask import Masked, Span, mask
from pipeline.relate.patterns import Patterns, load_patterns
from pipeline.relate.qualify import statements
from pipeline.relate.shared import Said, Views, parts, say
from pipeline.relate.shortforms import short_forms
from pipeline.relate.statements import Found, Statement
from pipeline.segment import Reading

_MOST_CHARACTERS = 3000
"""A longer stretch without a sentence end is no sentence, but a table or a list."""


_LONGEST_PERIOD = 500
_NOTE_END = re.compile(r"(?<=[a-z)\"'A-Z])\.[\"')]*\d{1,3}(?:, ?\d{1,3})*\s(?=[A-Z\"(])")
"""In plain text a sentence may end in a glued note mark (``innovation.13 The document``)."""


def masked_sentences(reading: Reading, aligned: Aligned) -> list[Views]:
    """Return the sentences that hold two names or more, descriptions included, masked.

    The second view of a sentence takes names with their modifiers for one; it is None where
    that changes nothing.
    """
    text = reading.normal.text
    sentences = list(_split(reading))
    means = short_forms(text, aligned.mentions)
    spans = [
        Span(start=n.candidate.start, end=n.candidate.end, mention=means.get(i, i))
        for i, n in enumerate(aligned.mentions)
    ] + [
        Span(start=d.start, end=d.end, mention=d.mention, owner=d.owner, also=d.also)
        for d in descriptions(text, sentences, aligned.mentions)
    ]
    spans.sort(key=lambda s: s.start)
    starts = [s.start for s in spans]
    found: list[Views] = []
    for start, end in sentences:
        inside = [s for s in spans[bisect_left(starts, start) : bisect_left(starts, end)] if s.end <= end]
        if len(inside) >= 2 and end - start <= _MOST_CHARACTERS:
            one = mask(text, aligned.mentions, inside, start, end)
            two = mask(text, aligned.mentions, inside, start, end, heads=True)
            found.append((one, two if two.text != one.text else None))
    return found


def _split(reading: Reading) -> Iterator[tuple[int, int]]:
    """Yield sentences; Chinese clauses that semicolons part stay together, since later ones leave out the subject."""
    text = reading.normal.text
    pending: tuple[int, int] | None = None
    for start, end in reading.sentences:
        at = start
        if pending is not None:
            if (
                start - pending[1] <= 1
                and end - pending[0] <= _LONGEST_PERIOD
                and "\n" not in text[pending[1] : start]
            ):
                at = pending[0]
            else:
                yield pending
            pending = None
        if text[end - 1] in ";；" and has_han(text[at:end]):
            pending = (at, end)
            continue
        if reading.plain:
            for match in _NOTE_END.finditer(reading.normal.text, start, end):
                yield at, match.end() - 1
                at = match.end()
        yield at, end
    if pending is not None:
        yield pending


def sentence_statements(
    reading: Reading,
    aligned: Aligned,
    patterns: Patterns | None = None,
    *,
    masked: Sequence[Views] | None = None,
    said: Sequence[Said | None] | None = None,
) -> Iterator[Statement]:
    """Yield the statements of a document's sentences.

    Args:
        reading: the document.
        aligned: its mentions and entities.
        patterns: the relation patterns, by default those that ship.
        masked: its masked sentences, where they are known.
        said: what other workers found in each of their ``parts``; None for a part that nobody did.
    """
    rules = patterns or load_patterns()
    masked = masked_sentences(reading, aligned) if masked is None else masked
    asked = parts(masked, rules)
    parsed: list[tuple[Masked, list[Found]]] = []
    views = iter(masked)
    for part, known in zip(asked, said or [None] * len(asked), strict=True):
        answer = known or say(part, rules)
        parsed += zip(part.parsed, answer.parsed, strict=True)
        for found, (sentence, _) in zip(answer.views, views, strict=False):
            yield from statements(reading, aligned, sentence, found, rules)
    for sentence, found in parsed:
        yield from statements(reading, aligned, sentence, found, rules)
