"""How a document is set: the size, face and leading of its running text, the ranks of its headings."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from pipeline.parse.pdf_model import Draft, Line, Style

HeadingStyle = tuple[float, bool]
"""Size of type (rounded to half points) and whether it is bold."""


class StyleMeter:
    """Measures, page by page, the size, face and leading of the running text."""

    def __init__(self) -> None:
        self._sizes: Counter[float] = Counter()
        self._fonts: Counter[tuple[float, str]] = Counter()
        self._pitches: dict[float, Counter[float]] = {}

    def add(self, lines: Sequence[Line]) -> None:
        """Count the lines of a page that are outside its ruled tables, from top to bottom."""
        last: Line | None = None
        for line in lines:
            count = sum([len(w.text) for w in line.words])
            # A line of some length is likelier running text than a label.
            size = round(line.size * 2) / 2
            if count >= 12:
                self._sizes[size] += count
                self._fonts[(size, line.font)] += count
            if last is not None and abs(last.size - line.size) < 0.3:
                pitch = line.base - last.base
                if 0.9 * line.size < pitch < 3.2 * line.size and line.x0 < last.x1 and last.x0 < line.x1:
                    self._pitches.setdefault(size, Counter())[round(pitch * 2) / 2] += 1
            last = line

    def style(self) -> Style:
        """The style of the pages that were counted."""
        if not self._sizes:
            return Style(size=10.0, font="", pitches={})
        body = max(self._sizes, key=lambda s: (self._sizes[s], s))
        font = max((k for k in self._fonts if k[0] == body), key=lambda k: self._fonts[k])[1]
        return Style(size=body, font=font, pitches={s: _usual(c) for s, c in self._pitches.items()})


def heading_styles(blocks: Iterable[Draft]) -> set[HeadingStyle]:
    """The styles of the headings among ``blocks``."""
    return {_heading_style(b) for b in blocks if b.kind == "heading"}


def heading_levels(styles: Iterable[HeadingStyle]) -> dict[HeadingStyle, int]:
    """The levels of a document's headings: the larger the type, and the bolder, the higher."""
    return {key: min(i + 1, 6) for i, key in enumerate(sorted(styles, reverse=True))}


def set_levels(blocks: Iterable[Draft], levels: Mapping[HeadingStyle, int]) -> None:
    """Give the headings among ``blocks`` their levels."""
    for block in blocks:
        if block.kind == "heading":
            block.level = levels[_heading_style(block)]


def _heading_style(block: Draft) -> HeadingStyle:
    return round(block.lines[0].size * 2) / 2, block.lines[0].bold


def _usual(counts: Counter[float]) -> float:
    """The usual distance: the smallest one that is common."""
    total = sum(counts.values())
    merged = {p: counts[p] + counts[p - 0.5] + counts[p + 0.5] for p in counts}
    common = [p for p, n in merged.items() if n >= max(2, 0.25 * total)]
    return min(common) if common else max(counts, key=lambda p: counts[p])


def pitch_of(style: Style, line: Line) -> float:
    """The usual distance between the baselines of lines like ``line``."""
    return style.pitches.get(round(line.size * 2) / 2) or 1.4 * line.size
