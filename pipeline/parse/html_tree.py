"""A web page as a stream of events, and what in it is never shown."""

import re
from collections.abc import Callable, Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.parse.errors import ParseError

DEEPEST = 2000
"""Elements inside each other; beyond that an HTML5 parser's time grows with the square of the depth."""
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^>]*?(/?)>")
_UNCOUNTED = frozenset(
    "p li dt dd td th tr tbody thead tfoot option optgroup colgroup rp rt html head body area base br col embed hr img "
    "input link meta param source track wbr".split()
)
SKIPPED = frozenset(
    "script style noscript template iframe object embed svg math canvas audio video map head title select option button "
    "input textarea datalist meter progress rp rt link meta".split()
)
BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre search section summary table tbody td "
    "tfoot th thead tr ul".split()
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


def parse_tree(text: str) -> LexborNode:
    """Parse a page and return its body.

    Raises:
        ParseError: it has no body, or is nested too deeply.
    """
    depth = 0
    for match in _TAG.finditer(text):
        if match.group(2).lower() in _UNCOUNTED or match.group(3):
            continue
        depth = max(0, depth - 1) if match.group(1) else depth + 1
        if depth > DEEPEST:
            raise ParseError("limit", f"the page's elements are nested more than {DEEPEST} deep")
    body = LexborHTMLParser(text).body
    if body is None:
        raise ParseError("damaged", "not readable as HTML: it has no body")
    return body


def hidden(node: LexborNode) -> bool:
    """Say whether an element is never shown: scripts, form controls, ``display: none``."""
    tag = node.tag or ""
    if tag in SKIPPED:
        return True
    attributes = node.attributes
    return bool(attributes) and (
        "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style") or ""))
    )


def events(
    root: LexborNode, skip: frozenset[int] = frozenset(), whole: Callable[[LexborNode], bool] | None = None
) -> Iterator[tuple[str, LexborNode]]:
    """Yield ``open``, ``text`` and ``close`` events in document order, hidden and skipped subtrees left out.

    Args:
        root: the first element.
        skip: ``mem_id`` of further elements to leave out.
        whole: says of an element that it is to be told as one event ``whole``, without what it holds.
    """
    stack: list[tuple[LexborNode, bool]] = [(root, False)]
    while stack:
        node, closing = stack.pop()
        if closing:
            yield "close", node
            continue
        if node.is_text_node:
            yield "text", node
            continue
        if not node.is_element_node or node.mem_id in skip or hidden(node):
            continue
        if whole is not None and whole(node):
            yield "whole", node
            continue
        yield "open", node
        stack.append((node, True))
        child = node.last_child
        while child is not None:
            stack.append((child, False))
            child = child.prev


def words_of(node: LexborNode) -> set[str]:
    """Return the words that an element's ``class``, ``id`` and ``role`` are made of, in lower case."""
    attributes = node.attributes
    names = " ".join(filter(None, (attributes.get("class"), attributes.get("id"), attributes.get("role"))))
    return {w.lower() for w in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", names)}
