"""What the sentences of a document say, cut into parts that several workers can work out.

A part is read as one worker would read it, so what comes out does not depend on who does it.
"""

from collections.abc import Iterator, Sequence

from pipeline.normal import has_han
from pipeline.records import Record
from pipeline.relate.chinese import chinese_clauses
from pipeline.relate.dependency import english_frames, worth_parsing
from pipeline.relate.mask import Masked
from pipeline.relate.patterns import Patterns, load_patterns
from pipeline.relate.statements import Found
from pipeline.relate.surface import clause_surface, surface
from pipeline.relate.topics import with_topics

Views = tuple[Masked, Masked | None]
"""A sentence, and the same with each name and its modifiers taken for one where that changes it."""

_VIEWS = 256
"""Sentences for the patterns that are one part."""
_PARSED = 128
"""Sentences for the parser that are one part; whole batches of the parser's (64), else their results could differ."""


class Sentences(Record, frozen=True, kw_only=True):
    """Sentences for the patterns, or for the English parser."""

    views: list[Views] = []
    parsed: list[Masked] = []


class Said(Record, frozen=True, kw_only=True):
    """What was found in each sentence of a part."""

    views: list[list[Found]] = []
    parsed: list[list[Found]] = []


def parts(masked: Sequence[Views], patterns: Patterns | None = None) -> list[Sentences]:
    """Cut a document's sentences into parts, those for the parser first: they take longest."""
    rules = patterns or load_patterns()
    english = [heads or one for one, heads in masked if worth_parsing(heads or one, rules)]
    return [
        *(Sentences(parsed=english[i : i + _PARSED]) for i in range(0, len(english), _PARSED)),
        *(Sentences(views=list(masked[i : i + _VIEWS])) for i in range(0, len(masked), _VIEWS)),
    ]


def say(part: Sentences, patterns: Patterns | None = None) -> Said:
    """Work out what the sentences of a part say."""
    rules = patterns or load_patterns()
    parsed: list[list[Found]] = [[] for _ in part.parsed]
    places = {id(sentence): place for place, sentence in enumerate(part.parsed)}
    for sentence, found in english_frames(part.parsed, rules):
        parsed[places[id(sentence)]].append(found)
    return Said(views=[list(_found(one, heads, rules)) for one, heads in part.views], parsed=parsed)


def _found(sentence: Masked, heads: Masked | None, rules: Patterns) -> Iterator[Found]:
    yield from surface(sentence, rules)
    if heads is not None:
        yield from surface(heads, rules)
    if has_han(sentence.text):
        yield from chinese_clauses(heads or sentence, rules.rules)
        for clause in with_topics(heads or sentence):
            yield from clause_surface(clause, rules)
