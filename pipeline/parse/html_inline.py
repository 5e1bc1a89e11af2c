"""Running text of a web page: white space as browsers collapse it, line ends, raised note marks, bold."""

import re
import unicodedata

from pipeline.normal import is_han

_DROPPED = frozenset("​‌‍⁠﻿­")
_LABEL = re.compile(r"[\[［【(（]?\s*(?:注)?\s*(\d{1,3}|[*†‡§]|[①-⑳]|[ivx]{1,4}|[a-z])\s*[\]］】)）]?")
_UNIT = re.compile(r"(?:\d|(?<![A-Za-z])(?:[kcdmnμu]?m|km|ft|in|s|O|CO|R|x|X|χ)|[=+\-*/^)])$")


class Inline:
    """Collects the text of one block."""

    def __init__(self) -> None:
        self._chars: list[str] = []
        self._gap = ""
        self.notes: list[tuple[int, str]] = []
        self.bold: list[tuple[int, int]] = []

    def write(self, text: str, *, bold: bool = False) -> None:
        """Add text as it stands in the source; runs of white space become one space, or none.

        A line end in the source between Han characters or Chinese punctuation stands for nothing.
        """
        start = len(self._chars)
        for char in text:
            if char.isspace() and char != "　":
                self._gap += char
            elif char not in _DROPPED and (char.isprintable() or char == "　"):
                self._join(char)
                if bold and len(self._chars) == start:
                    start = len(self._chars)
                self._chars.append(char)
        if bold and start < len(self._chars):
            if self.bold and start - self.bold[-1][1] <= 1:
                start = self.bold.pop()[0]
            self.bold.append((start, len(self._chars)))

    def line_end(self) -> None:
        """Join the next line as running text: no space between Han characters."""
        self._gap += "\n"

    def note(self, text: str, *, linked: bool) -> None:
        """Add raised text: a note mark when it reads as one, else text (m², 10³).

        Args:
            text: the raised text.
            linked: whether it is a link, as note marks often are.
        """
        match = _LABEL.fullmatch(text.strip())
        before = "".join(self._chars[-12:]) + ("" if not self._gap else " ")
        if match and (
            linked or text.strip()[0] in "[［【(（①②③④⑤⑥⑦⑧⑨" or (before.strip() and not _UNIT.search(before))
        ):
            self.notes.append((len(self._chars), match.group(1)))
        else:
            self.write(text)

    def _join(self, char: str) -> None:
        gap, self._gap = self._gap, ""
        if not gap or not self._chars:
            return
        if ("\n" in gap or "\r" in gap) and wide(self._chars[-1]) and wide(char):
            return
        if self._chars[-1] != "　" and char != "　":
            self._chars.append(" ")

    @property
    def text(self) -> str:
        """The text so far, without white space at its end."""
        return "".join(self._chars)

    @property
    def all_bold(self) -> bool:
        """Whether everything is set in bold."""
        return bool(self.bold) and sum(e - s for s, e in self.bold) >= len(self.text.strip())


def wide(char: str) -> bool:
    """Say whether a character is a Han character or Chinese punctuation."""
    return is_han(char) or unicodedata.east_asian_width(char) in "WF" or char in "“”‘’…—·"
