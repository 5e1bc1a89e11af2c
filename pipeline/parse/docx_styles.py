"""Word's paragraph styles: which are headings, captions and titles, and which are bold."""

import re
from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"(?:heading|标题|überschrift|titre)\s*([1-9])", re.I)


def attribute(element: Element, name: str) -> str | None:
    """Return a ``w:`` attribute."""
    return element.get(f"{W}{name}")


def flag(properties: Element, name: str, default: bool = False) -> bool:
    """Read an on-off property: present means on, unless its value says off."""
    found = properties.find(f"{W}{name}")
    if found is None:
        return default
    return (attribute(found, "val") or "true").lower() not in ("0", "false", "off", "none")


def integer(text: str | None) -> int:
    """Read a number of an attribute; nonsense is 0."""
    return int(text) if text is not None and text.isascii() and text.isdecimal() and len(text) < 7 else 0


class Styles:
    """The styles of a document.

    Args:
        root: of ``word/styles.xml``, or None when the document has none.
    """

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Element] = {}
        self._default: str | None = None
        for style in root if root is not None else ():
            if style.tag == f"{W}style":
                key = attribute(style, "styleId") or ""
                self._styles.setdefault(key, style)
                if attribute(style, "type") == "paragraph" and attribute(style, "default") in ("1", "true"):
                    self._default = key

    def chain(self, key: str | None) -> list[Element]:
        """Return a style and those that it is based on."""
        found: list[Element] = []
        seen: set[str] = set()
        while key and key in self._styles and key not in seen:
            seen.add(key)
            style = self._styles[key]
            found.append(style)
            based = style.find(f"{W}basedOn")
            key = attribute(based, "val") if based is not None else None
        return found

    def _of(self, properties: Element | None) -> list[Element]:
        style = properties.find(f"{W}pStyle") if properties is not None else None
        return self.chain(attribute(style, "val") if style is not None else self._default)

    def of_paragraph(self, properties: Element | None) -> str | None:
        """Return ``title`` or ``caption`` when a paragraph's style is one, else None."""
        for style in self._of(properties):
            name = _name(style)
            if name in ("title", "caption"):
                return name
            if name in ("题注",):
                return "caption"
        return None

    def level(self, properties: Element | None) -> int | None:
        """Return a paragraph's heading level (from 1), by its own outline level or its style; None for text."""
        sources = [properties] if properties is not None else []
        for style in self._of(properties):
            match = _HEADING.fullmatch(_name(style))
            own = style.find(f"{W}pPr")
            if match:
                return int(match.group(1))
            if own is not None:
                sources.append(own)
        for source in sources:
            outline = source.find(f"{W}outlineLvl")
            if outline is not None:
                value = attribute(outline, "val") or "9"
                return int(value) + 1 if value.isdecimal() and int(value) < 9 else None
        return None

    def numbering(self, properties: Element | None) -> Element | None:
        """Return the ``w:numPr`` of a paragraph, its own or its style's."""
        if properties is not None and (own := properties.find(f"{W}numPr")) is not None:
            return own
        for style in self._of(properties):
            inner = style.find(f"{W}pPr")
            if inner is not None and (found := inner.find(f"{W}numPr")) is not None:
                return found
        return None

    def bold(self, properties: Element | None) -> bool:
        """Say whether a paragraph's style is bold."""
        return self._bold(self._of(properties), False)

    def run_bold(self, properties: Element, default: bool) -> bool:
        """Say whether a run's character style is bold."""
        style = properties.find(f"{W}rStyle")
        return self._bold(self.chain(attribute(style, "val") if style is not None else None), default)

    @staticmethod
    def _bold(styles: list[Element], default: bool) -> bool:
        for style in styles:
            run = style.find(f"{W}rPr")
            if run is not None and run.find(f"{W}b") is not None:
                return flag(run, "b")
        return default


def _name(style: Element) -> str:
    name = style.find(f"{W}name")
    return (attribute(name, "val") or "").strip().lower() if name is not None else ""
