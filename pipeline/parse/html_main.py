"""Where on a web page its content is: the smallest element that holds nearly all of its prose.

Chosen by trial on ministry pages against trafilatura 2.3: that one loses the headings of all of them and, on
short and on list pages, returns the menus; and it would bring twelve further packages.
"""

import re

import msgspec
from selectolax.lexbor import LexborNode

from pipeline.parse.html_tree import BLOCKS, events, words_of
from pipeline.parse.text import width

_FURNITURE_TAGS = frozenset(("nav", "footer", "aside"))
_FURNITURE = frozenset(
    "nav navbar navigation naver topnav subnav menu submenu breadcrumb breadcrumbs crumb crumbs bread location share sharing "
    "bdsharebuttonbox footer copyright sidebar related relnews pagination pager paging toolbar print fontsize qrcode login "
    "comment comments banner advert ads popup pop mask tip modal dialog cookie friendlink links topbar sitemap skip".split()
)
_CONTENT = frozenset(
    "content contents article news detail details editor ueditor zoom ucap maincontent articlecontent".split()
)
"""Words of classes and ids that content management systems give to the article."""
_PAGES = re.compile(r"pages?|pager|paging", re.I)
_MENU_WIDTH = 26
"""A link whose text is at most so wide (columns; a Han character is two) is one of a menu, not a headline."""
_SHARE = 0.8
"""The content holds at least this share of the page's prose."""


class _Weight(msgspec.Struct):
    """What stands under an element."""

    prose: float = 0.0
    """Columns of text; headlines (long links) count a third, menus nothing."""
    menu: float = 0.0
    """Columns of text in short links."""
    links: int = 0
    """How many short links there are."""
    headlines: int = 0


class Main(msgspec.Struct):
    """The element that holds a page's content, and what under it is furniture (``mem_id``)."""

    root: LexborNode
    furniture: frozenset[int]


def find_main(body: LexborNode) -> Main:
    """Return where a page's content is.

    Args:
        body: the page's body.
    """
    weights, order = _weigh(body, frozenset())
    total = weights[body.mem_id].prose
    furniture = frozenset(
        node.mem_id for node in order
        if node.mem_id != body.mem_id and _named_furniture(node) and weights[node.mem_id].prose <= (0.5 if _is_foot(node) else 0.3) * total
    )  # fmt: skip
    weights, order = _weigh(body, furniture)
    total = weights[body.mem_id].prose
    root = body
    for node in order:  # document order: the last one that holds enough is the deepest
        if node.tag not in ("a", "span", "b", "strong", "font", "p", "li", "td", "tr", "tbody") and (
            weights[node.mem_id].prose >= _SHARE * total
        ):
            root = node
    root = _widened(root, weights, body)
    own = weights[root.mem_id]
    if own.menu <= own.prose or own.headlines >= 3:
        menus = {
            node.mem_id for node in order
            if node.mem_id != root.mem_id and _is_menu(weights[node.mem_id], node)
        }  # fmt: skip
        furniture |= menus
    return Main(root=root, furniture=furniture)


def _weigh(body: LexborNode, skip: frozenset[int]) -> tuple[dict[int, _Weight], list[LexborNode]]:
    weights: dict[int, _Weight] = {}
    order: list[LexborNode] = []
    open_: list[_Weight] = []
    link: list[str] | None = None
    inside = {"td": 0, "content": 0}
    for what, node in events(body, skip):
        if what == "open":
            weight = weights[node.mem_id] = _Weight()
            order.append(node)
            open_.append(weight)
            inside["td"] += node.tag in ("td", "th")
            inside["content"] += _is_content(node)
            if node.tag == "a" and link is None:
                link = []
        elif what == "text":
            text = " ".join((node.text(deep=False) or "").split())
            if link is not None:
                link.append(text)
            elif open_:
                columns = width(text)
                # Single words are the headings of menus, except in tables.
                short = columns <= 12 and not inside["td"]
                open_[-1].prose += columns * (0.25 if short else 1.0) * (2.0 if inside["content"] else 1.0)
        else:
            weight = open_.pop()
            inside["td"] -= node.tag in ("td", "th")
            inside["content"] -= _is_content(node)
            if node.tag == "a" and link is not None:
                columns = width("".join(link))
                if columns > _MENU_WIDTH:
                    weight.prose += columns / 3
                    weight.headlines += 1
                elif columns:
                    weight.menu += columns
                    weight.links += 1
                link = None
            if open_:
                above = open_[-1]
                menu = weight.links >= 5 and weight.menu > 2.5 * weight.prose and node.tag in BLOCKS
                above.prose += 0.0 if menu else weight.prose
                above.menu += weight.menu
                above.links += weight.links
                above.headlines += weight.headlines
    return weights, order


def _is_content(node: LexborNode) -> bool:
    return node.tag in ("article", "main") or (node.tag in BLOCKS and bool(words_of(node) & _CONTENT))


def _named_furniture(node: LexborNode) -> bool:
    if node.tag in _FURNITURE_TAGS:
        return True
    words = words_of(node)
    if words & _FURNITURE:
        return True
    return bool(_PAGES.fullmatch((node.attributes or {}).get("id") or "")) or bool(
        _PAGES.fullmatch((node.attributes or {}).get("class") or "")
    )


def _is_foot(node: LexborNode) -> bool:
    return node.tag == "footer" or bool(words_of(node) & {"footer", "copyright"})


def _widened(root: LexborNode, weights: dict[int, _Weight], body: LexborNode) -> LexborNode:
    """Go up from the content as long as that brings a heading, a date or a source and no menu."""
    while root.mem_id != body.mem_id:
        above = root.parent
        if above is None or above.mem_id not in weights or above.mem_id == body.mem_id:
            break
        own, more = weights[root.mem_id], weights[above.mem_id]
        if more.links - own.links > 3 or more.prose - own.prose > max(160.0, 0.2 * own.prose):
            break
        root = above
    return root


def _is_menu(weight: _Weight, node: LexborNode) -> bool:
    """Say whether an element is a list of short links and little else."""
    return (
        weight.links >= 5 and not weight.headlines and weight.menu >= 4 * weight.prose and node.tag in BLOCKS
    )
