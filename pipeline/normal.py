"""Text made comparable, with a map back to where each character stood.

Names are looked for in normalised text: compatibility forms folded (NFKC), traditional characters
made simplified, quotes and dashes made plain, letter-spacing and line breaks inside names removed.
Every normalised character remembers the original span that it came from.
"""

import functools
import re
import unicodedata
from collections.abc import Set

import opencc

from pipeline.ordinary import ordinary
from pipeline.records import Language, Record

_PLAIN = {
    **dict.fromkeys("‘’‚‛′＇`´ʼ", "'"),
    **dict.fromkeys("“”„‟″＂«»", '"'),
    **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
    **dict.fromkeys("·•・‧∙⋅", "·"),
    "〔": "[", "〕": "]", "【": "[", "】": "]", "［": "[", "］": "]",
    "（": "(", "）": ")",
}  # fmt: skip
_DROPPED = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e")


class Normal(Record, frozen=True, kw_only=True):
    """Normalised text; character ``i`` came from original offsets ``starts[i]:ends[i]``."""

    text: str
    lower: str
    """The same text in lower case, of the same length."""
    starts: list[int]
    ends: list[int]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the original span of a normalised span."""
        return self.starts[start], self.ends[end - 1]


HAN = re.compile("[\\u4e00-\\u9fff\\u3400-\\u4dbf\\U00020000-\\U000323af\\uf900-\\ufaff〇々]+")
"""A run of Han ideographs, 〇 and 々 among them."""


def is_han(char: str) -> bool:
    """Say whether a character is a Han ideograph (including 〇 and 々)."""
    code = ord(char)
    return (
        0x4E00 <= code <= 0x9FFF
        or 0x3400 <= code <= 0x4DBF
        or 0x20000 <= code <= 0x323AF
        or 0xF900 <= code <= 0xFAFF
        or char in "〇々"
    )


def has_han(text: str) -> bool:
    """Say whether a text holds a Han ideograph."""
    return not text.isascii() and HAN.search(text) is not None


def count_han(text: str) -> int:
    """Return how many Han ideographs a text holds."""
    return 0 if text.isascii() else sum(map(len, HAN.findall(text)))


def language_of(text: str) -> Language:
    """Return ``zh`` for a name with a Han ideograph, else ``en``."""
    return "zh" if has_han(text) else "en"


@functools.cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def simplify(text: str) -> str:
    """Return text in simplified characters, of the same length."""
    if text.isascii():
        return text
    converted: str = _converter().convert(text)
    if len(converted) != len(text):  # OpenCC's phrase tables keep lengths; guard the offsets all the same
        converted = "".join(c if len(c) == 1 else o for o, c in ((o, _converter().convert(o)) for o in text))
    return converted


@functools.lru_cache(maxsize=65536)
def _fold(char: str) -> str:
    if char in _PLAIN:
        return _PLAIN[char]
    if char in _DROPPED:
        return ""
    folded = "".join(_PLAIN.get(c, c) for c in unicodedata.normalize("NFKC", char))
    return folded if folded.strip() else " "


@functools.lru_cache(maxsize=65536)
def _lower(char: str) -> str:
    lowered = char.lower()
    return lowered if len(lowered) == 1 else char


_AS_IT_IS = re.compile("(?:[!-~\u4e00-\u9fff]+|(?<=[!-~]) (?=[!-~]))+")
"""Characters that normalising leaves alone, and single spaces between ASCII ones."""
_LENGTHENED = re.compile("[\u0130\u03a3]")
"""A capital that two characters are the small one of, and one whose small one depends on its place."""


def normalise(text: str, soft: Set[int] = frozenset()) -> Normal:
    """Normalise a text; ``soft`` holds the offsets of line ends that only break a line.

    A soft line end between Han characters vanishes, one after a line-end hyphen takes the hyphen
    with it when lower-case letters stand on both sides, any other becomes a space. TAB and hard
    line ends become a line feed, which no name crosses. Spaces between Han characters vanish.
    """
    simple = simplify(text)
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []

    def put(chars: str, start: int, end: int) -> None:
        for char in chars:
            out.append(char)
            starts.append(start)
            ends.append(end)

    length = len(simple)
    i = 0
    while i < length:
        if plain := _AS_IT_IS.match(simple, i):
            out += plain.group()
            starts += range(i, plain.end())
            ends += range(i + 1, plain.end() + 1)
            i = plain.end()
            continue
        char = simple[i]
        if char == "\t" or (char in "\n\r\f\v\u2028\u2029\x85" and i not in soft):
            if out and out[-1] == " ":
                del out[-1], starts[-1], ends[-1]
            put("\n", i, i + 1)
            i += 1
            continue
        if char.isspace() or char in _DROPPED:
            end = i
            broken = False
            while end < length and (
                (simple[end].isspace() and simple[end] != "\t" and (simple[end] != "\n" or end in soft))
                or simple[end] in _DROPPED
            ):
                broken = broken or end in soft
                end += 1
            if end == i:
                end = i + 1
            if any(c.isspace() for c in simple[i:end]):
                _join(out, starts, ends, simple, i, end, broken)
            i = end
            continue
        put(_fold(char) if not char.isascii() else char, i, i + 1)
        i += 1
    joined = "".join(out)
    lower = "".join(map(_lower, out)) if _LENGTHENED.search(joined) else joined.lower()
    return Normal(text=joined, lower=lower, starts=starts, ends=ends)


def _join(
    out: list[str], starts: list[int], ends: list[int], text: str, start: int, end: int, broken: bool
) -> None:
    """Put what a run of white space at ``start:end`` stands for."""
    following = text[end] if end < len(text) else "\n"
    if not out or out[-1] in "\n " or following in "\n\t":
        return
    if is_han(out[-1]) and is_han(following) and (broken or _spaced(out, text, end)):
        return
    if broken and out[-1] == "-" and len(out) > 1 and not out[-2].isspace():
        before, after = _LETTERS_LAST.search("".join(out[-30:-1])), _LETTERS.match(text, end)
        if before and after and after.group() in ("and", "or", "to"):
            pass  # "Medium- and Long-Term"
        elif before and after and following.islower() and _one_word(before.group(), after.group()):
            del out[-1], starts[-1], ends[-1]
            return
        else:
            return
    out.append(" ")
    starts.append(start)
    ends.append(end)


def _spaced(out: list[str], text: str, end: int) -> bool:
    """Say whether a space stands inside a letter-spaced name: a single Han character on either side of it."""
    lone_before = len(out) < 2 or not is_han(out[-2])
    lone_after = end + 1 >= len(text) or not is_han(text[end + 1])
    return lone_before or lone_after


_LETTERS = re.compile(r"[A-Za-z]+")
_LETTERS_LAST = re.compile(r"[A-Za-z]+$")


def _one_word(before: str, after: str) -> bool:
    """Say whether a word broken at a line end was one word, not a compound with a hyphen of its own."""
    return ordinary(before + after) or not (ordinary(before) and ordinary(after))


def key(name: str) -> str:
    """Return the form under which a name is looked up: normalised, one line, no outer quotes."""
    return normalise(" ".join(name.split())).text.strip().strip("\"'").strip()
