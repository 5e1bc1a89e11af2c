"""The small markup in which the sample documents are written, and what it says should be found in them.

``{code|text}`` is a name that refers to the entity ``code``; ``^1^`` a raised note mark; ``¬`` a place where
a word may be hyphenated. The markup is where the expected output comes from: whoever writes a sentence also
says which names stand in it, and the writer of the page only adds the number of the page.
"""

import re
from dataclasses import dataclass, field

_TOKEN = re.compile(r"\{(?P<code>[\w-]+)\|(?P<name>[^{}]*)\}|\^(?P<mark>[^^]+)\^|(?P<char>.)", re.DOTALL)


@dataclass
class Name:
    """A name as written; ``parts`` collects its text by page."""

    code: str
    parts: dict[int, str] = field(default_factory=dict)


@dataclass
class Mark:
    """A raised note mark and the text before it."""

    label: str
    after: str
    page: int = 0


@dataclass
class Char:
    """One character of a paragraph with what it belongs to."""

    text: str
    name: Name | None = None
    mark: Mark | None = None


@dataclass
class Truth:
    """What should come out of a document: filled while it is written."""

    names: list[Name] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    tables: list[dict[str, object]] = field(default_factory=list)

    def read(self, markup: str) -> list[Char]:
        """Turn markup into characters; its names and marks are noted in order."""
        chars: list[Char] = []
        for match in _TOKEN.finditer(markup):
            if match["code"]:
                name = Name(match["code"])
                self.names.append(name)
                chars += [Char(c, name=name) for c in match["name"]]
            elif match["mark"]:
                before = "".join(c.text for c in chars if c.mark is None and c.text != "¬")
                mark = Mark(match["mark"], before[-12:])
                self.marks.append(mark)
                chars += [Char(c, mark=mark) for c in match["mark"]]
            else:
                chars.append(Char(match["char"]))
        return chars

    def place(self, chars: list[Char], page: int) -> None:
        """Note on which page characters were printed."""
        for char in chars:
            if char.name is not None and char.text != "¬":
                char.name.parts[page] = char.name.parts.get(page, "") + char.text
            if char.mark is not None:
                char.mark.page = page

    def mentions(self) -> list[list[object]]:
        """Return ``[page, text, code]`` for every name, by page and then in the order written."""
        found = [
            (page, text.strip(), name.code)
            for name in self.names
            for page, text in sorted(name.parts.items())
        ]
        return [[page, text, code] for page, text, code in sorted(found, key=lambda f: f[0])]


def plain(markup: str) -> str:
    """Return the text of markup, without note marks."""
    return re.sub(r"\^[^^]+\^|¬", "", re.sub(r"\{[\w-]+\|([^{}]*)\}", r"\1", markup))
