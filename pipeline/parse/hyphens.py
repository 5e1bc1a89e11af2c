"""What to do where a printed line ends: with a hyphen, a space, or nothing.

A hyphen at a line end either belongs to the word (``open-source``) or was put there to break it.
The document itself is the best witness: how does it write the word elsewhere? Where it is silent,
a list of common words tells.
"""

import functools
import itertools
import re
from collections import Counter

from pipeline.normal import is_han
from pipeline.ordinary import frequencies

HYPHENS = "-\u2010\u00ad"
"""Hyphen-minus, hyphen, and the soft hyphen, which is only ever a break."""

_FIRST_HAN = "\u3005"
_TOKEN = re.compile(r"[A-Za-z\u00c0-\u024f]+(?:[-\u2010'’][A-Za-z\u00c0-\u024f]+)*")
_LEFT = re.compile(r"[\w\u00c0-\u024f'’]+(?:[-\u2010][\w\u00c0-\u024f'’]+)*(?=[-\u2010\u00ad]$)")
_RIGHT = re.compile(r"[\w\u00c0-\u024f'’]+(?:[-\u2010][\w\u00c0-\u024f'’]+)*")
_URL = re.compile(r"(?:https?:/?/?|www\.|ftp:)\S*$", re.I)
_URL_GOES_ON = re.compile(
    r"[^\s]*[/_=&?%#~]|[\w-]+\.(?:com|cn|org|gov|edu|net|html?|pdf|php|shtml|aspx?|jsp)\b|[\w-]*\d{3}", re.I
)

# Fragments that are words too, but at a line end are mostly parts of longer ones.
_PREFIXES = frozenset("con com pro dis mis un re de pre per sub in im en em ex be ad ac ap as at".split())
_SUFFIXES = frozenset(
    "able ably age al ally ance ant ary ate ed en ence ent er ers es est ful hood ible ing ings ion ions ish ism "
    "ist ists ity ive ize less ly ment ments ness or ors ory ous ship ships sion sive ted ter tern ters tic ties "
    "ting tion tions tive ture ward wards".split()
)
_LINKS = frozenset("to of in by and the on or up at a".split())


class Vocabulary:
    """The words of a document, to decide by how hyphens and spaces at line ends are meant."""

    def __init__(self) -> None:
        self.words: Counter[str] = Counter()
        self.spaced = self.unspaced = 0
        self._broken = False

    def add_line(self, text: str) -> None:
        """Count the words of the next printed line, but neither half of one that a line end breaks."""
        tokens = _TOKEN.findall(text)
        if self._broken and tokens:
            tokens.pop(0)
        self._broken = text.rstrip()[-1:] in tuple(HYPHENS)
        if tokens and self._broken:
            tokens.pop()
        found = [token.lower().replace("\u2010", "-") for token in tokens]
        self.words.update(found)
        for lower in found:
            if "-" in lower:
                parts = lower.split("-")
                self.words.update(p for p in parts if len(p) > 3)
                self.words.update(f"{a}-{b}" for a, b in itertools.pairwise(parts) if len(parts) > 2)
        if text.isascii() or max(text) < _FIRST_HAN:
            return
        han = list(map(is_han, text))
        for i in range(len(text) - 2):
            if text[i + 1] == " ":
                self.spaced += han[i] != han[i + 2] and text[i].isalnum() and text[i + 2].isalnum()
            elif han[i] != han[i + 1] and text[i + 2] != " ":
                self.unspaced += text[i].isalnum() and text[i + 1].isalnum()

    def keeps_hyphen(self, left: str, right: str) -> bool:
        """Say whether the word that the line end breaks is written with a hyphen.

        Args:
            left: the text before the line end, ending in a hyphen.
            right: the text of the next line.

        >>> words = Vocabulary(); words.add_line("open-source software for development")
        >>> words.keeps_hyphen("of open-", "source code"), words.keeps_hyphen("develop-", "ment of")
        (True, False)
        """
        if left.endswith("\u00ad"):
            return False
        before, after = _LEFT.search(left), _RIGHT.match(right)
        if before is None or after is None:
            return True
        a, b = before.group(), after.group()
        if not b[0].islower() or not a[-1].isalpha():
            return not (a.isupper() and b.isupper() and len(a) > 1 and f"{a}{b}".lower() in self.words)
        # ``Medium- and Long-term``: the second half is understood.
        if b in ("and", "or", "to"):
            return True
        # ``head-to-head``, ``state-of-the-art``
        first, last = a.lower().split("-")[-1], b.lower().split("-")[0]
        if "-" in a and first in _LINKS and (last in self.words or last in frequencies()):
            return True
        whole, dashed = self._count(first + last), self._count(f"{first}-{last}")
        if whole != dashed:
            return dashed > whole
        if a != a.lower() and a.isupper() and len(a) > 1:
            return True
        if first in _PREFIXES or last in _SUFFIXES:
            return False
        common = frequencies()
        if first + last in common:
            return False
        return all(len(part) > 1 and (part in common or self.words[part] > 0) for part in (first, last))

    def _count(self, word: str) -> int:
        """How often a word occurs, its simple inflections included."""
        forms = {word, word + "s", word + "es", word + "d", word + "ed", word + "ing", word + "ly"}
        for ending in ("s", "es", "d", "ed", "ing", "ly"):
            if word.endswith(ending) and len(word) > len(ending) + 3:
                forms.add(word[: -len(ending)])
        return sum(self.words[f] for f in forms)

    def spaces_latin(self) -> bool:
        """Say whether the document puts spaces between Han characters and Latin words."""
        return self.spaced > self.unspaced


@functools.lru_cache(maxsize=65536)
def wide(char: str) -> bool:
    """Say whether a character is written without spaces around it: Han and full-width signs."""
    code = ord(char)
    return is_han(char) or 0x3000 <= code <= 0x30FF or 0xFF00 <= code <= 0xFFEF or 0xFE30 <= code <= 0xFE4F


def join_lines(left: str, right: str, words: Vocabulary) -> tuple[int, str]:
    """How the text of one printed line goes on in the next.

    Args:
        left, right: both lines' texts, not empty.
        words: the document's vocabulary.

    Returns:
        How many characters of ``left`` fall away (a hyphen), and what comes between: a space or
        nothing.
    """
    a, b = left[-1], right[0]
    if wide(a) or wide(b):
        if wide(a) and wide(b):
            return 0, ""
        han, other = (a, b) if is_han(a) else (b, a)
        if is_han(han) and (other.isalnum() or other in "()[]%"):
            return 0, " " if words.spaces_latin() and not (other in ")]" and other == b) else ""
        return 0, ""
    if _URL.search(left, left.rfind(" ") + 1) and _broken_url(left, right):
        return 0, ""
    if a in HYPHENS and len(left) > 1 and not left[-2].isspace() and left[-2] not in HYPHENS:
        return (
            (0, " ")
            if right.split(" ", 1)[0] in ("and", "or")
            else (0 if words.keeps_hyphen(left, right) else 1, "")
        )
    if (a in "—–/" and len(left) > 1 and not left[-2].isspace()) or (
        b in "—–" and right[1:2] not in ("", " ")
    ):
        return 0, ""
    return 0, " "


def _broken_url(left: str, right: str) -> bool:
    """Say whether an address at the end of ``left`` goes on in ``right``."""
    if left[-1] in "/_=&?%#~-":
        return True
    head = right.split(" ", 1)[0]
    if left[-1] in ",;":
        return False
    return _URL_GOES_ON.match(head) is not None and not head[:1].isupper()
