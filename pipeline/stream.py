"""A document's text as one stream, so that names and sentences may run over page ends.

Pages are joined in reading order. Where a paragraph runs on over a page end, its two parts are
made neighbours and what stood between them (footnotes, tables) follows. Every later stage counts
in stream offsets; ``Stream.locate`` turns them back into page offsets.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from msgspec import UNSET

from pipeline.records import Block, ParsedPage, Record


class Segment(Record, frozen=True, kw_only=True):
    """A stretch of page text placed in the stream at ``at``."""

    at: int
    page: int
    """Index into the document's pages (from 0)."""
    start: int
    end: int
    kind: str


class Stream(Record, frozen=True, kw_only=True):
    """The joined text, its segments in stream order, and the offsets of soft line ends."""

    text: str
    segments: list[Segment]
    soft: frozenset[int]
    """Line ends inside a paragraph: a name may run over them."""
    by_page: dict[int, list[int]]
    """Indexes of each page's segments."""

    def locate(self, start: int, end: int) -> list[tuple[int, int, int]]:
        """Return the parts ``(page index, start, end)`` of a stream span, joining line ends left out."""
        parts: list[tuple[int, int, int]] = []
        for segment in self.covering(start, end):
            first = max(start, segment.at) - segment.at + segment.start
            last = min(end, segment.at + segment.end - segment.start) - segment.at + segment.start
            if first < last:
                parts.append((segment.page, first, last))
        return parts

    def covering(self, start: int, end: int) -> Iterator[Segment]:
        """Yield the segments that a stream span touches."""
        index = max(0, bisect_right(self.segments, start, key=lambda s: s.at) - 1)
        while index < len(self.segments) and self.segments[index].at < end:
            yield self.segments[index]
            index += 1

    def offset(self, page: int, at: int) -> int | None:
        """Return the stream offset of a page offset (page counted from 0)."""
        last: int | None = None
        for index in self.by_page.get(page, ()):
            segment = self.segments[index]
            if segment.start <= at < segment.end:
                return segment.at + at - segment.start
            if at == segment.end:  # the end of a piece, unless another begins there
                last = segment.at + at - segment.start
        return last

    def kind_at(self, offset: int) -> str:
        """Return the block kind at a stream offset."""
        index = bisect_right(self.segments, offset, key=lambda s: s.at) - 1
        return self.segments[index].kind if index >= 0 else "paragraph"


def _spans(page: ParsedPage) -> list[tuple[int, int, str]]:
    """Return a page's text as consecutive ``(start, end, kind)`` pieces, gaps included as paragraphs."""
    spans: list[tuple[int, int, str]] = []
    at = 0
    for block in sorted((b for b in page.page.blocks if b.start is not UNSET), key=_position):
        start, end = _position(block)
        if page.page.text[at:start].strip():
            spans.append((at, start, "paragraph"))
        spans.append((start, end, block.kind))
        at = max(at, end)
    if page.page.text[at:].strip():
        spans.append((at, len(page.page.text), "paragraph"))
    return spans


def _position(block: Block) -> tuple[int, int]:
    assert isinstance(block.start, int) and isinstance(block.end, int)
    return block.start, block.end


def build_stream(pages: Sequence[ParsedPage]) -> Stream:
    """Join a document's pages into one stream."""
    order: list[tuple[int, int, int, str, bool]] = []  # page, start, end, kind, joins the one before
    waiting: list[tuple[int, int, int, str, bool]] = []
    runs_on = False
    for index, page in enumerate(pages):
        spans = _spans(page)
        body = [i for i, (_, _, kind) in enumerate(spans) if kind in ("paragraph", "list_item")]
        first = body[0] if body else None
        last = body[-1] if body and page.runs_on else None
        before: list[tuple[int, int, int, str, bool]] = []
        held: list[tuple[int, int, int, str, bool]] = []
        for i, (start, end, kind) in enumerate(spans):
            joins = runs_on and i == first
            item = (index, start, end, kind, joins)
            if runs_on and first is not None and i < first:
                before.append(item)
            elif last is not None and i > last:
                held.append(item)
            else:
                order.append(item)
                if joins and i != last:
                    order += waiting + before
                    waiting, before = [], []
        waiting += before + held
        if last is None:
            order += waiting
            waiting = []
        runs_on = last is not None
    order += waiting

    parts: list[str] = []
    segments: list[Segment] = []
    soft: set[int] = set()
    at = 0
    for index, start, end, kind, joins in order:
        text = pages[index].page.text[start:end]
        if parts:
            parts.append("\n")
            if joins:
                soft.add(at)
            at += 1
        segments.append(Segment(at=at, page=index, start=start, end=end, kind=kind))
        if kind != "table":
            soft.update(at + i for i, char in enumerate(text) if char == "\n")
        parts.append(text)
        at += len(text)
    by_page: dict[int, list[int]] = {}
    for number, segment in enumerate(segments):
        by_page.setdefault(segment.page, []).append(number)
    return Stream(text="".join(parts), segments=segments, soft=frozenset(soft), by_page=by_page)
