"""Is one Chinese name a short form of another, and how well made a one?

Short forms keep the heart of a name (科大讯飞 讯飞), take first characters of its words (北京航空航天大学 北航,
国家发展和改革委员会 发改委), or mix both (浙江大学医学院附属第一医院 浙医一院). A short form's characters are aligned with
the full name in order; each costs little where it goes on from the one before or begins a word.
"""

import functools

import jieba

from pipeline.names.forms import core
from pipeline.normal import is_han


@functools.lru_cache(maxsize=1 << 15)
def _starts(text: str) -> frozenset[int]:
    """Return where the words of a text begin."""
    from pipeline.segment.words import _dictionary

    tokenizer: jieba.Tokenizer = _dictionary()
    return frozenset(start for _, start, _ in tokenizer.tokenize(text))


def alignment(short: str, full: str) -> tuple[float, tuple[int, ...]]:
    """Align a short form's characters with a full name, in order.

    Args:
        short: the short form, simplified.
        full: the longer name, simplified.

    Returns:
        The score, 0 to 1 (characters found, by how they go on), and where each stands (-1: nowhere).
    """
    starts = _starts(full)
    size = len(full)
    # state: best value with the last match at j (or -1); values by character
    previous: dict[int, tuple[float, tuple[int, ...]]] = {-1: (0.0, ())}
    for char in short:
        current: dict[int, tuple[float, tuple[int, ...]]] = {}
        for last, (value, path) in previous.items():
            skipped = current.get(last)
            if skipped is None or value > skipped[0]:
                current[last] = (value, (*path, -1))
        for j in range(size):
            if full[j] != char:
                continue
            best: tuple[float, tuple[int, ...]] | None = None
            for last, (value, path) in previous.items():
                if last >= j:
                    continue
                gain = 1.0 if last == j - 1 and last >= 0 else 0.85 if j in starts else 0.5
                if last < 0 and j in starts:
                    gain = 1.0
                if best is None or value + gain > best[0]:
                    best = (value + gain, (*path, j))
            if best is not None and (j not in current or best[0] > current[j][0]):
                current[j] = best
        previous = current
    value, path = max(previous.values(), key=lambda v: (v[0], v[1]), default=(0.0, ()))
    return value / len(short), path


def short_form(short: str, full: str) -> float:
    """Return how well a Chinese name is explained as a short form of a longer one, 0 to 1."""
    one, two = core(short), core(full)
    candidates = [(one.stem, two.whole)]
    if one.core != one.stem:
        candidates.append((one.core, two.whole))
    best = max(_score(a, b, two.core) for a, b in candidates if len(a) >= 2)
    return min(1.0, best) if any(map(is_han, short)) else 0.0


def _score(short: str, full: str, heart: str) -> float:
    if short == full:
        return 1.0
    score, path = alignment(short, full)
    placed = [p for p in path if p >= 0]
    if len(placed) < 2:
        return score * 0.4
    span = placed[-1] - placed[0] + 1
    tight = len(placed) / span
    return score * (0.85 + 0.1 * tight + 0.05 * (len(short) / max(len(full), 1)))
