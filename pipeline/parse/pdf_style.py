"""How a document is set: the size, face and leading of its running text, the ranks of its headings."""

from collections import Counter
from collections.abc import Iterable, Sequence

from pipeline.parse.pdf_model import Draft, Line, Style


def measure_style(lines: Iterable[Sequence[Line]]) -> Style:
    """Find size, face and leading of the running text.

    Args:
        lines: the lines outside tables of each page, headers and footers left out.
    """
    sizes: Counter[float] = Counter()
    fonts: Counter[tuple[float, str]] = Counter()
    pitches: dict[float, Counter[float]] = {}
    for page in lines:
        last: Line | None = None
        for line in page:
            count = sum(len(w.text) for w in line.words)
            # A line of some length is likelier running text than a label.
            size = round(line.size * 2) / 2
            if count >= 12:
                sizes[size] += count
                fonts[(size, line.font)] += count
            if last is not None and abs(last.size - line.size) < 0.3:
                pitch = line.base - last.base
                if 0.9 * line.size < pitch < 3.2 * line.size and line.x0 < last.x1 and last.x0 < line.x1:
                    pitches.setdefault(size, Counter())[round(pitch * 2) / 2] += 1
            last = line
    if not sizes:
        return Style(size=10.0, font="", pitches={})
    body = max(sizes, key=lambda s: (sizes[s], s))
    font = max((k for k in fonts if k[0] == body), key=lambda k: fonts[k])[1]
    usual = {s: _usual(c) for s, c in pitches.items()}
    return Style(size=body, font=font, pitches=usual)


def rank_headings(blocks: Iterable[Draft]) -> None:
    """Give headings their levels: the larger the type, and the bolder, the higher."""
    headings = [b for b in blocks if b.kind == "heading"]
    styles = {_heading_style(b) for b in headings}
    levels = {key: min(i + 1, 6) for i, key in enumerate(sorted(styles, reverse=True))}
    for block in headings:
        block.level = levels[_heading_style(block)]


def _heading_style(block: Draft) -> tuple[float, bool]:
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
