"""Plain text and Markdown: the decoded file is the text; only the blocks are worked out."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from pipeline.parse.numbering import numbered
from pipeline.records import Block, BlockKind, Record

_HEADING = re.compile(r"(#{1,6})\s+\S")
_ITEM = re.compile(
    r"\s*(?:[-*+•▪◦‣]\s+|\(?\d{1,3}[.)、．]\s*|[（(][一二三四五六七八九十百]{1,4}[)）]|[一二三四五六七八九十百]{1,4}、"
    r"|第[一二三四五六七八九十百零〇\d]{1,6}[章节条款])"
)
_SENTENCE_END = re.compile(r"[.!?。！？；;:：]['\"”’)）》]*\s*$")
_FENCE = re.compile(r"\s*(?:```|~~~)")


class Decoded(Record, frozen=True, kw_only=True):
    """A decoded file; ``lossy`` counts what could not be decoded (each is U+FFFD in the text)."""

    text: str
    encoding: str
    lossy: int


def decode(data: bytes) -> Decoded:
    """Decode a text file: byte-order mark, UTF-8, else GB18030 or Big5 where the bytes look like it.

    The byte-order mark is removed and CRLF and CR become LF; nothing else is changed.
    """
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe\0\0", "utf-32-le"), (b"\0\0\xfe\xff", "utf-32-be"),
        (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"),
    ):  # fmt: skip
        if data.startswith(mark):
            return _decoded(data[len(mark) :], encoding)
    try:
        return Decoded(text=_lines(data.decode("utf-8")), encoding="utf-8", lossy=0)
    except UnicodeDecodeError:
        pass
    for encoding, low, high in (("gb18030", 0xB0, 0xD7), ("big5", 0xA4, 0xC6)):
        if _common_share(data, low, high) >= 0.6:
            try:
                return Decoded(text=_lines(data.decode(encoding)), encoding=encoding, lossy=0)
            except UnicodeDecodeError:
                decoded = _decoded(data, encoding)
                if decoded.lossy <= len(decoded.text) // 50:
                    return decoded
    return _decoded(data, "utf-8")


def _decoded(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, errors="replace")
    text = re.sub("[\ud800-\udfff]", "\ufffd", text)
    return Decoded(text=_lines(text), encoding=encoding, lossy=text.count("\ufffd"))


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _common_share(data: bytes, low: int, high: int) -> float:
    """Return the share of double-byte characters whose first byte lies in the range of common ones."""
    common = total = at = 0
    while at < len(data):
        if data[at] < 0x81:
            at += 1
            continue
        total += 1
        common += low <= data[at] <= high
        at += 2
    return common / total if total else 0.0


def width(line: str) -> int:
    """Return a line's printed width in columns; wide characters count two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


def text_blocks(text: str, *, markdown: bool = False, known: Sequence[Block] = ()) -> list[Block]:
    """Return the blocks of a plain text: paragraphs whose wrapped lines belong together, headings, items.

    Args:
        text: the page text.
        markdown: whether ``#`` marks a heading.
        known: blocks already told (tables and underlined headings of Markdown), in order.
    """
    wrap = _wrap_width(text)
    blocks: list[Block] = []
    current: tuple[int, int, BlockKind, int | None] | None = None
    fenced = False
    told = [b for b in known if isinstance(b.start, int) and isinstance(b.end, int)]
    next_told = 0
    for start, line in _each_line(text):
        end = start + len(line.rstrip())
        while next_told < len(told) and _end(told[next_told]) < start:
            next_told += 1
        if next_told < len(told) and _start(told[next_told]) < end:
            _close(text, blocks, current)
            current = None
            if _start(told[next_told]) >= start:
                blocks.append(told[next_told])
            continue
        if markdown and _FENCE.match(line):
            fenced = not fenced
        if not line.strip():
            _close(text, blocks, current)
            current = None
            continue
        heading = _HEADING.match(line) if markdown and not fenced else None
        item = _ITEM.match(line)
        if heading:
            _close(text, blocks, current)
            current = None
            _close(text, blocks, (start, end, "heading", len(heading.group(1))))
        elif current is None or item or not _runs_on(text, current[1], line, wrap):
            _close(text, blocks, current)
            current = (start, end, "list_item" if item else "paragraph", None)
        else:
            current = (current[0], end, current[2], None)
    _close(text, blocks, current)
    return blocks


def _start(block: Block) -> int:
    return block.start if isinstance(block.start, int) else 0


def _end(block: Block) -> int:
    return block.end if isinstance(block.end, int) else 0


def _close(text: str, blocks: list[Block], current: tuple[int, int, BlockKind, int | None] | None) -> None:
    if current is not None:
        start, end, kind, level = current
        if kind != "heading":
            kind, level = numbered(text[start:end].strip()) or (kind, level)
        blocks.append(Block(kind=kind, start=start, end=end, bbox=None, level=level))


def _each_line(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for line in text.split("\n"):
        yield at, line
        at += len(line) + 1


def _wrap_width(text: str) -> int:
    """Return the column at which the text's lines are wrapped, or 0 when they are not.

    A few longer ones (web addresses) do not matter where a quarter of all lines reach that column.
    """
    widths = sorted(width(line.rstrip()) for line in text.split("\n") if line.strip())
    if len(widths) < 2:
        return 0
    near = widths[int(len(widths) * 0.9) - 1 if len(widths) > 9 else -1]
    longer = sum(w > near * 1.4 for w in widths)
    full = sum(near * 0.85 <= w <= near * 1.05 for w in widths)
    even = longer == 0 or (longer * 100 <= len(widths) and full * 4 >= len(widths))
    return near if 30 <= near <= 200 and even else 0


def _runs_on(text: str, end: int, following: str, wrap: int) -> bool:
    """Say whether the line that ends at ``end`` was only wrapped before the line ``following``."""
    line = text[text.rfind("\n", 0, end) + 1 : end]
    first = following.lstrip()[:1]
    if "\t" in line.strip() or "\t" in following.strip() or following.startswith(("    ", "　　")):
        return False
    if first.islower() and not _SENTENCE_END.search(line):
        return True
    if not wrap:
        return False
    return width(line) >= wrap * (0.6 if _SENTENCE_END.search(line) is None else 0.75)
