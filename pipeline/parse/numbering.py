"""The numbering of Chinese documents, which makes paragraphs headings and items, and captions."""

import re

from pipeline.normal import has_han
from pipeline.records import BlockKind

_COUNT = "[一二三四五六七八九十百零〇两]"
_CHAPTER = re.compile(rf"第\s*(?:{_COUNT}|\d){{1,5}}\s*([编篇部章节])(?=\s|　|[^一-鿿]|$|[一-鿿]{{1,30}}$)")
_ARTICLE = re.compile(
    rf"第\s*(?:{_COUNT}|\d){{1,6}}\s*[条款](?:之{_COUNT})?(?=\s|　|[^一-鿿]|$|[一-鿿]{{4}})"
)
_FIRST = re.compile(rf"{_COUNT}{{1,4}}\s*[、．.]\s*\S")
_SECOND = re.compile(rf"[（(]\s*{_COUNT}{{1,4}}\s*[)）]\s*\S")
_THIRD = re.compile(
    r"(?:\d{1,3}\s*[、．](?!\d)|\d{1,3}\.(?=[^\d\s]|\s+\S)|[（(]\s*\d{1,3}\s*[)）]|[①-⑳⑴-⒇⒈-⒛])\s*\S"
)
_BULLET = re.compile(r"[•▪◦‣●■◆★☆※]\s*\S")
_DECIMAL = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}\.?[\s　]+\S")
_ANNEX = re.compile(rf"附\s*(?:件|表|录|图)\s*(?:{_COUNT}|\d){{0,3}}\s*[:：]?$")
_ENDED = re.compile(r"[。；;！？!?，,、：:…]['\"”’)）》]*$")
_CONTENTS = re.compile(r"目\s*录|目\s*次|contents", re.I)
CAPTION = re.compile(
    rf"(?:(?:续|附)?(?:表|图)\s*(?P<zh>(?:\d{{1,3}}|{_COUNT}{{1,3}})(?:[-–—.．]\d{{1,3}})*)|(?:table|figure|fig\.|exhibit)\s*(?P<en>[A-Z]?\d{{1,3}}(?:[-–.]\d{{1,3}})*))"
    r"(?=[\s　:：.．、]|$|[^\d一-鿿]|[一-鿿])",
    re.I,
)
"""A caption's beginning: its word and number."""
_LEVELS = {"编": 1, "篇": 1, "部": 1, "章": 1, "节": 2}
_LONGEST = 45
"""A heading has at most so many characters; a longer numbered paragraph is an item."""


def numbered(text: str) -> tuple[BlockKind, int | None] | None:
    """Say what a paragraph's numbering makes of it: ``(kind, level)``, or None when it has none.

    第一章 and 第一节 open headings, 第一条 an item. 一、 opens a heading of level 1, （一） of level 2,
    1.1 one by its depth when the paragraph is short and no sentence; else, as 1. and （1）, an item.

    Args:
        text: a paragraph, stripped.
    """
    title = len(text) <= _LONGEST and "\n" not in text and not _ENDED.search(text)
    chapter = _CHAPTER.match(text)
    if chapter and title:
        return "heading", _LEVELS[chapter.group(1)]
    if _CONTENTS.fullmatch(text) or _ANNEX.fullmatch(text):
        return "heading", 1
    if _ARTICLE.match(text):
        return "list_item", None
    for pattern, level in ((_FIRST, 1), (_SECOND, 2)):
        if pattern.match(text):
            return ("heading", level) if title else ("list_item", None)
    decimal = _DECIMAL.match(text)
    if decimal:
        return (
            ("heading", min(decimal.group().split()[0].strip(".").count(".") + 1, 6))
            if title
            else ("list_item", None)
        )
    if _THIRD.match(text) or _BULLET.match(text):
        return "list_item", None
    return None


def is_caption(text: str) -> bool:
    """Say whether a paragraph is a table's or figure's caption: its word, its number and a few words."""
    match = CAPTION.match(text)
    if match is None or len(text) > 120 or "\n" in text or re.search(r"[。；;，,]$", text):
        return False
    rest = text[match.end() :]
    if not rest.strip():
        return True
    if has_han(text):
        # 表1 名单 is a caption, 表1列出了 and 表一般 are not.
        return rest[0] in " 　:：.．、" or (
            (match.group("zh") or "").isdigit() and rest[0] not in "所中列是为和与及的给显示说"
        )
    return rest[0] in ".:–—-" or (rest[0] == " " and rest.strip()[0].isupper())


def caption_number(text: str) -> str | None:
    """Return the number that a caption gives (``15``, ``3-2``), or None."""
    match = CAPTION.match(text.strip())
    if match is None:
        return None
    number: str = match.group("zh") or match.group("en")
    return number
