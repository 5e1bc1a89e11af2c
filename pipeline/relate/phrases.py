"""Which names an English noun phrase stands for, in a parsed sentence."""

from typing import Any

from pipeline.records import EntityType
from pipeline.relate.mask import Node
from pipeline.relate.standins import Sentence

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
PRONOUNS = frozenset({"it", "they", "he", "she"})
_EXAMPLES = frozenset({"including", "like", "as", "alongside"})
_MODIFIERS: frozenset[EntityType] = frozenset({"plan", "product", "publication"})
_FIELDS = frozenset(
    "industry industries sector field fields research development technology technologies application applications "
    "models products systems solutions policy policies projects startups chips markets market projects tools platforms software hardware services equipment devices algorithms headset headsets".split()
)
"""Nouns that leave a technology before them what the phrase is about (the AI industry)."""
_PARTS = frozenset(
    "series version number range variety implementation execution development construction rollout launch set list draft text edition network portfolio part majority most many county city province municipality".split()
)


class Phrases:
    """A parsed sentence; tokens are spaCy's."""

    def __init__(self, sentence: Sentence, doc: Any) -> None:
        self.sentence = sentence
        self.doc = doc
        self.at: dict[int, Node] = {}
        for node, (start, end) in zip(sentence.masked.nodes, sentence.spans, strict=True):
            for token in doc:
                if start <= token.idx < end:
                    self.at[token.i] = node

    def names(self, token: Any, depth: int = 0, *, up: bool = False) -> list[Node]:
        """Return the names that a noun phrase stands for.

        Itself, its apposition, what it is coordinated with, the examples that it gives (``plans like
        the AIDP``); a noun that a title or product modifies (``the Tianwen 1 probe``); with ``up``,
        for a noun that is itself an apposition, the name that it explains.
        """
        names: list[Node] = []
        if token.i in self.at:
            names.append(self.at[token.i])
            for child in token.children:
                if child.dep_ == "prep" and child.lower_ in ("alongside", "besides"):
                    names += [
                        n
                        for inner in child.children
                        if inner.dep_ == "pobj"
                        for n in self.names(inner, depth + 1)
                    ]
        elif depth < 3:
            for child in token.children:
                if child.dep_ == "appos":
                    names += self.names(child, depth + 1)
                elif child.dep_ == "prep" and child.lower_ in _EXAMPLES:
                    for inner in child.children:
                        if inner.dep_ == "pobj":
                            names += self.names(inner, depth + 1)
                elif child.dep_ in ("compound", "nmod", "amod") and child.i in self.at:
                    node = self.at[child.i]
                    if node.types & _MODIFIERS or (node.types == {"technology"} and token.lower_ in _FIELDS):
                        names.append(node)
                elif child.dep_ == "prep" and child.lower_ == "of" and token.lower_ in _PARTS:
                    for inner in child.children:
                        if inner.dep_ == "pobj":
                            names += self.names(inner, depth + 1)
            if not names and up and token.dep_ == "appos" and token.head.i in self.at:
                names.append(self.at[token.head.i])
            if not names and token.tag_ == "NNS" and token.dep_ in SUBJECTS:
                names += self._after_colon()
        if depth < 3:
            for child in token.children:
                if child.dep_ == "conj":
                    names += self.names(child, depth + 1)
        kept: list[Node] = []
        for name in names:
            if name not in kept:
                kept.append(name)
        return kept

    def fields_below(self, token: Any) -> list[Node]:
        """Return the technologies below a gerund (``focused on driving innovation in robotics``)."""
        if token.dep_ != "pcomp":
            return []
        below = [self.at[t.i] for t in token.subtree if t.i in self.at]
        return [n for n in below[:1] if n.types == {"technology"}]

    def _after_colon(self) -> list[Node]:
        """Return the names that a plural subject announces: ``Two ministries lead: A, which ..., and B``."""
        text = self.sentence.text
        colon = text.find(":")
        if colon < 0:
            return []
        after = [
            (span, n)
            for span, n in zip(self.sentence.spans, self.sentence.masked.nodes, strict=True)
            if span[0] > colon
        ]
        if not after or text[colon + 1 : after[0][0][0]].strip() not in ("", "the"):
            return []
        first = after[0][1]
        return [
            n
            for (start, _), n in after
            if n.types & first.types and text[:start].rstrip().endswith((":", ",", "and", "the", ";"))
        ]
