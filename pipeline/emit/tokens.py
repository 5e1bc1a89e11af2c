"""A page cut into tokens that no name crosses, for tools that mark tokens instead of characters."""

import re
from collections.abc import Iterator, Sequence

from pipeline.records import Mention, Record

_TOKEN = re.compile(r"\s+|[㐀-鿿豈-﫿\U00020000-\U0003ffff]|[^\W_㐀-鿿豈-﫿\U00020000-\U0003ffff]+|[\W_]")
_ENDS = frozenset(".!?。！？；")


class Token(Record, frozen=True, kw_only=True):
    """A stretch of a page's text and the name that it belongs to; ``inside`` when it continues the name."""

    start: int
    end: int
    mention: Mention | None
    inside: bool


def tokens(text: str, mentions: Sequence[Mention]) -> Iterator[Token]:
    """Yield a page's tokens, white space included: together they are the text.

    A Han character is a token, as is a run of letters and digits; other signs stand alone. Tokens are
    cut at the ends of names.

    Args:
        text: the page's text.
        mentions: the names on it, sorted, which do not overlap.
    """
    at = 0
    for mention in mentions:
        yield from _cut(text, at, mention.start, None)
        yield from _cut(text, mention.start, mention.end, mention)
        at = mention.end
    yield from _cut(text, at, len(text), None)


def _cut(text: str, start: int, end: int, mention: Mention | None) -> Iterator[Token]:
    inside = False
    for found in _TOKEN.finditer(text, start, end):
        yield Token(start=found.start(), end=found.end(), mention=mention, inside=inside)
        inside = mention is not None


def ends_sentence(text: str) -> bool:
    """Say whether a token ends a sentence: a line end or a full stop in either language."""
    return "\n" in text or text in _ENDS
