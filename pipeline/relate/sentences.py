"""The statements that single sentences make, by templates, Chinese clauses and English parses."""

from bisect import bisect_left
from collections.abc import Iterator

from pipeline.align import Aligned
from pipeline.normal import has_han
from pipeline.relate.chinese import chinese_clauses
from pipeline.relate.dependency import english_frames
from pipeline.relate.mask import Masked, mask
from pipeline.relate.patterns import Patterns, load_patterns
from pipeline.relate.qualify import statements
from pipeline.relate.statements import Found, Statement
from pipeline.relate.surface import surface
from pipeline.segment import Reading

_MOST_CHARACTERS = 3000
"""A longer stretch without a sentence end is no sentence, but a table or a list."""


def masked_sentences(reading: Reading, aligned: Aligned) -> list[Masked]:
    """Return the sentences that hold two names or more, masked."""
    starts = [n.candidate.start for n in aligned.mentions]
    found: list[Masked] = []
    for start, end in reading.sentences:
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        inside = [i for i in range(first, last) if aligned.mentions[i].candidate.end <= end]
        if len(inside) >= 2 and end - start <= _MOST_CHARACTERS:
            found.append(mask(reading.normal.text, aligned.mentions, inside, start, end))
    return found


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
