"""Names of one document that their forms alone tie: a firm's short and registered name, a person's two scripts.

Only within a document, only where the form leaves one choice, and never between two entries of a gazetteer.
"""

import re
from collections.abc import Iterable, Sequence

from pipeline.align.identity import same_name
from pipeline.match.candidates import Candidate
from pipeline.names.forms import core
from pipeline.normal import has_han, simplify
from pipeline.pinyin import spellings

_PART = re.compile(r"分公司|子公司|\([^()]{2,6}\)")
"""What makes a name that of a part of the firm: a branch, a firm in another place."""


_ENDINGS = ("基金", "证券", "期货", "信托", "科技", "股份", "公司")
"""Trades that a firm's short name of four characters may leave out."""


def tied_by_form(
    text: str, settled: Sequence[Candidate], nodes: Sequence[str], roots: Sequence[str]
) -> Iterable[tuple[int, int]]:
    """Yield pairs of mentions whose names are one by their form: the first is the shorter or the Latin one.

    Args:
        text: the document's normalised text.
        settled: its mentions.
        nodes: the node of each mention's name.
        roots: what each node belongs to by now.
    """
    names = [simplify(text[c.start : c.end]) for c in settled]
    first: dict[str, int] = {}
    for index, node in enumerate(nodes):
        first.setdefault(node, index)
    yield from _firms([i for i in first.values() if settled[i].type == "company"], names, roots)
    yield from _people([i for i in first.values() if settled[i].type == "person"], names, roots)


def _firms(indexes: Sequence[int], names: Sequence[str], roots: Sequence[str]) -> Iterable[tuple[int, int]]:
    """Tie 菲达环保 to 浙江菲达环保科技股份有限公司: what is left of the registered name without place, trade and legal form."""
    begun: dict[str, set[int]] = {}
    new = [i for i in indexes if has_han(names[i]) and roots[i].startswith("~")]
    for index in new:
        found = core(names[index])
        if _PART.search(names[index]):
            continue
        if found.stem == found.whole:
            for word in _ENDINGS:  # 泰达宏利 and 泰达宏利基金
                if found.core.endswith(word) and len(found.core) - len(word) >= 4:
                    begun.setdefault(found.core.removesuffix(word), set()).add(index)
            continue
        least = found.trade[0][0] if found.trade else len(found.core)
        for size in range(max(2, least), len(found.core) + 1):
            begun.setdefault(found.core[:size], set()).add(index)
    for index in new:
        short = core(names[index])
        if len(short.whole) < 4 or "公司" in short.whole or short.places:
            continue
        full = begun.get(short.core, set()) - {index}
        if len({roots[i] for i in full}) == 1:
            owner = min(full)
            if roots[owner] != roots[index] and len(names[owner]) > len(names[index]):
                yield index, owner


def _people(indexes: Sequence[int], names: Sequence[str], roots: Sequence[str]) -> Iterable[tuple[int, int]]:
    """Tie Tang Jiawei to 唐嘉伟, where neither has a name in the other script already."""
    scripts: dict[str, set[bool]] = {}
    for index in indexes:
        scripts.setdefault(roots[index], set()).add(has_han(names[index]))
    alone = [i for i in indexes if len(scripts[roots[i]]) == 1]
    chinese = [i for i in alone if has_han(names[i]) and 3 <= len(same_name(names[i])) <= 4]
    latin = [i for i in alone if not has_han(names[i]) and " " in names[i]]
    if not chinese or not latin:
        return
    spelt: dict[str, list[int]] = {}
    for index in chinese:
        for spelling in spellings(same_name(names[index])):
            spelt.setdefault(spelling, []).append(index)
    fits = [(a, b) for a in latin for b in spelt.get(_letters(names[a]), ())]
    by_root: dict[str, set[str]] = {}
    for a, b in fits:
        by_root.setdefault(roots[a], set()).add(roots[b])
        by_root.setdefault(roots[b], set()).add(roots[a])
    for a, b in fits:
        if (
            by_root[roots[a]] == {roots[b]}
            and by_root[roots[b]] == {roots[a]}
            and {roots[a][:1], roots[b][:1]} & {"~"}
        ):
            yield a, b


def _letters(name: str) -> str:
    return "".join(c for c in name.lower().replace("ü", "v") if c.isalpha())
