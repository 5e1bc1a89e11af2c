"""What the Chinese tagger looks at: folded characters, and the words that jieba's dictionary sees in them."""

import functools
import re
import unicodedata
from collections.abc import Sequence

import rjieba

_PLAIN = {
    **dict.fromkeys("‘’‚‛′＇`´ʼ“”„‟″＂«»", '"'),
    **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
    **dict.fromkeys("·•・‧∙⋅", "·"),
    "〔": "(", "〕": ")", "【": "(", "】": ")", "［": "(", "］": ")", "[": "(", "]": ")", "'": '"', "〈": "《", "〉": "》",
    "。": "。", "．": ".",
}  # fmt: skip
_CLASSES = {
    "nr": 1, "nrt": 1, "nrfg": 1, "ns": 2, "nt": 3, "nz": 4, "n": 5, "vn": 6, "v": 7, "a": 8, "ad": 8, "an": 8,
    "m": 9, "mq": 9, "q": 9, "t": 10, "x": 11, "eng": 12, "j": 13, "p": 14, "c": 14, "u": 14, "uj": 14, "ul": 14,
    "d": 14, "f": 14, "r": 14, "s": 5, "l": 5, "i": 5, "b": 8, "ng": 5, "vg": 7,
}  # fmt: skip


@functools.lru_cache(maxsize=65536)
def fold(char: str) -> str:
    """Return the character that stands for this one: half width, plain quotes, dashes and brackets."""
    if char in _PLAIN:
        return _PLAIN[char]
    folded = unicodedata.normalize("NFKC", char)
    if len(folded) != 1:
        return char
    return _PLAIN.get(folded, folded)


_SPACES = re.compile(r"\s+")


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or char in "〇々"


def squeeze(sentence: str) -> tuple[str, Sequence[int]]:
    """Fold a sentence and leave out spaces that only set it.

    A space stays (as one) between Latin words and between Han words of two characters and more; it
    goes between single Han characters (letter-spacing) and between Han and anything else.

    Returns:
        The folded text, and for each of its characters the offset in the sentence.
    """
    if not _SPACES.search(sentence):
        return "".join(map(fold, sentence)), range(len(sentence))
    parts = [(m.start(), m.end()) for m in re.finditer(r"\S+", sentence)]
    chars: list[str] = []
    offsets: list[int] = []
    for at, (start, end) in enumerate(parts):
        if at:
            before, after = parts[at - 1], (start, end)
            left, right = sentence[before[1] - 1], sentence[start]
            if _is_han(left) and _is_han(right):
                keep = before[1] - before[0] > 1 and after[1] - after[0] > 1
            else:
                keep = left.isascii() and right.isascii() and not (_is_han(left) or _is_han(right))
            if keep:
                chars.append(" ")
                offsets.append(before[1])
        chars.extend(map(fold, sentence[start:end]))
        offsets.extend(range(start, end))
    return "".join(chars), offsets


def word_features(text: str) -> list[int]:
    """Return for each character the place in its word and the class of the word, as one number."""
    values: list[int] = []
    for word, tag in rjieba.tag(text):
        kind = 4 * _CLASSES.get(tag, 0)
        size = len(word)
        if size == 1:
            values.append(kind)
        else:
            values.append(kind + 1)
            values.extend([kind + 2] * (size - 2))
            values.append(kind + 3)
    return values
