"""A parsed document's text made ready for matching: one stream, normalised, cut into words and sentences."""

from bisect import bisect_left
from collections.abc import Sequence

from pipeline.normal import Normal, normalise
from pipeline.records import ParsedPage, Record
from pipeline.segment.sentences import sentences
from pipeline.segment.words import Segmenter, Words
from pipeline.stream import Stream, build_stream


class Reading(Record, frozen=True, kw_only=True):
    """A document as the later stages read it; their offsets count in ``normal.text``."""

    stream: Stream
    normal: Normal
    words: Words
    sentences: list[tuple[int, int]]
    plain: bool
    """Plain text: note marks may be glued to names as digits."""

    def parts(self, start: int, end: int) -> list[tuple[int, int, int]]:
        """Return the parts ``(page index, start, end)`` of a normalised span, in page offsets."""
        return self.stream.locate(*self.normal.original(start, end))

    def place(self, page: int, start: int, end: int) -> tuple[int, int] | None:
        """Return the normalised span of a page span (page counted from 0), or None when nothing is left of it."""
        first = self.stream.offset(page, start)
        if first is None:
            return None
        one = bisect_left(self.normal.starts, first)
        two = bisect_left(self.normal.starts, first + end - start)
        text = self.normal.text
        while one < two and text[one].isspace():
            one += 1
        while two > one and text[two - 1].isspace():
            two -= 1
        return (one, two) if one < two else None


def read(pages: Sequence[ParsedPage], segmenter: Segmenter, *, plain: bool = False) -> Reading:
    """Segment a document.

    Args:
        pages: the parsed pages.
        segmenter: cuts Chinese into words.
        plain: whether the document is plain text, without raised note marks.
    """
    stream = build_stream(pages)
    normal = normalise(stream.text, stream.soft)
    return Reading(
        stream=stream,
        normal=normal,
        words=segmenter.segment(normal.text),
        sentences=sentences(normal.text),
        plain=plain,
    )
