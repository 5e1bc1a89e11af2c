"""A parsed document's text made ready for matching: one stream, normalised, cut into words and sentences."""

from collections.abc import Sequence

from pipeline.normal import Normal, normalise
from pipeline.records import ParsedPage, Record
from pipeline.segment.sentences import sentences
from pipeline.segment.words import Segmenter, Words
from pipeline.stream import Stream, build_stream


class Reading(Record):
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
