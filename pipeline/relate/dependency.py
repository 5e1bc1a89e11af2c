"""English sentences through spaCy's parser: verbs, nouns and adjectives with their arguments.

The parser sees the sentence with each name, or list of names, replaced by a short stand-in of its
kind, since long titles and lists are what it parses worst.
"""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any

from pipeline.normal import count_han
from pipeline.relate.mask import Masked, Node
from pipeline.relate.modality import english_modality
from pipeline.relate.patterns import Frame, Patterns, Rule
from pipeline.relate.phrases import PRONOUNS, SUBJECTS, Phrases
from pipeline.relate.standins import stand_ins
from pipeline.relate.statements import Found
from pipeline.segment import english

_LONGEST = 1500
_LETTER = re.compile("[A-Za-z]")
_WORD = re.compile("[a-z][a-z-]*")
_RELATIVE = frozenset({"which", "that", "who", "whom"})
_BE = frozenset({"is", "was", "are", "were", "be", "been", "became", "remains"})
_SCORE = 0.7
_NOTE = re.compile(r"https?://|www\.|\baccessed \w+ \d|\], \ue007")
"""A note's citation: what it quotes is a title, not a statement."""


def worth_parsing(masked: Masked, patterns: Patterns) -> bool:
    """Say whether a sentence is English, and holds a frame's words with two names that can be its arguments."""
    if len(masked.nodes) < 2 or len(masked.text) > _LONGEST:
        return False
    if _NOTE.search(masked.text):
        return False
    letters = len(_LETTER.findall(masked.text))
    if letters < 5 or count_han(masked.text) * 3 > letters:
        return False
    words = set(_WORD.findall(masked.text.lower()))
    frames = patterns.frames
    if frames.keys().isdisjoint(words):
        return False
    words.update(part for word in list(words) if "-" in word for part in word.split("-"))
    return any(
        _fillable(rule, frame, masked.nodes, words)
        for word in frames.keys() & words
        for rule, frame in frames[word]
    )


def _fillable(rule: Rule, frame: Frame, nodes: Sequence[Node], words: Set[str]) -> bool:
    """Say whether a frame's preposition is there, where it needs one, and two names of the right types."""
    if frame.kind != "noun" and frame.preposition is not None and frame.preposition not in words:
        return False
    subjects = [n for n in nodes if n.types & rule.signature.subject]
    objects = [n for n in nodes if n.types & rule.signature.object]
    return bool(subjects and objects) and (
        len(subjects) > 1 or len(objects) > 1 or subjects[0] is not objects[0]
    )


def english_frames(sentences: Sequence[Masked], patterns: Patterns) -> Iterator[tuple[Masked, Found]]:
    """Parse sentences and yield what the frames find in each."""
    prepared = [stand_ins(m) for m in sentences if worth_parsing(m, patterns)]
    docs = english.parses([sentence.text for sentence in prepared])
    for sentence, doc in zip(prepared, docs, strict=True):
        for found in _Parse(sentence, doc).found(patterns.frames):
            yield sentence.masked, found


def _verbal(token: Any) -> bool:
    return bool(token.tag_[:2] in ("VB", "MD"))


class _Parse(Phrases):
    """The walks over a parsed sentence that fill frames."""

    def found(self, frames: Mapping[str, Sequence[tuple[Rule, Frame]]]) -> Iterator[Found]:
        """Yield every frame of every rule that the sentence fills."""
        for token in self.doc:
            if token.i in self.at:
                continue
            for rule, frame in frames.get(token.lower_, ()):
                if frame.kind == "verb":
                    if not _verbal(token):
                        continue
                    yield from self._emit(rule, frame, token, *self._verb(frame, token))
                elif frame.kind == "noun":
                    if token.tag_.startswith("N"):
                        yield from self._emit(rule, frame, token, *self._noun(frame, token))
                elif token.dep_ in (
                    "acomp",
                    "amod",
                    "ROOT",
                    "conj",
                    "advcl",
                    "appos",
                    "attr",
                    "oprd",
                ) or token.tag_[:2] in ("JJ", "VB"):
                    yield from self._emit(rule, frame, token, *self._adjective(frame, token))

    def _emit(
        self, rule: Rule, frame: Frame, token: Any, subjects: list[Node], objects: list[Node]
    ) -> Iterator[Found]:
        at = self.sentence.origin[token.idx]
        judged = english_modality(self.sentence.masked.text, at)
        if judged == "denied" or any(c.dep_ == "neg" for c in token.children):
            return
        want_subject = rule.signature.object if frame.reversed else rule.signature.subject
        want_object = rule.signature.subject if frame.reversed else rule.signature.object
        for one in subjects:
            for two in objects:
                if one is two or not one.types & want_subject or not two.types & want_object:
                    continue
                subject, target = (two, one) if frame.reversed else (one, two)
                yield Found(
                    type=rule.type, subject=subject, object=target, method="dependency", score=_SCORE,
                    at=self.sentence.masked.source(at), modality=judged,
                )  # fmt: skip

    def _verb(self, frame: Frame, verb: Any) -> tuple[list[Node], list[Node]]:
        passive = self._passive(verb)
        if frame.passive and not passive:
            return [], []
        if frame.preposition is not None and not any(
            c.dep_ == "prt" and c.lower_ == frame.preposition for c in verb.children
        ):
            objects = self._prepositional(verb, frame.preposition)
            if not objects and not frame.passive:
                return [], []
            return self._subjects(verb), objects
        if passive:
            return self._agents(verb), self._subjects(verb)
        objects = [
            n for c in verb.children if c.dep_ in ("dobj", "obj", "attr", "oprd") for n in self.names(c)
        ]
        if (
            not objects
            and verb.dep_ == "relcl"
            and any(c.dep_ == "dobj" and c.lower_ in _RELATIVE for c in verb.children)
        ):
            objects = self.names(verb.head, up=True)
        return self._subjects(verb), objects

    def _agents(self, verb: Any) -> list[Node]:
        """Return who a passive says acted; ``owned and funded by X`` says it once for both."""
        agents = [
            n
            for c in verb.children
            if c.dep_ in ("agent", "prep") and c.lower_ == "by"
            for p in c.children
            if p.dep_ == "pobj"
            for n in self.names(p)
        ]
        if not agents:
            for other in verb.children:
                if other.dep_ == "conj" and other.tag_ == "VBN":
                    agents += self._agents(other)
        return agents

    def _passive(self, verb: Any) -> bool:
        if any(c.dep_ in ("nsubjpass", "auxpass", "agent") for c in verb.children):
            return True
        if verb.dep_ in ("acl", "amod") and verb.tag_ == "VBN":
            return True
        if (
            verb.tag_ == "VBN"
            and verb.dep_ == "advcl"
            and not any(c.dep_ in ("aux", "dobj") for c in verb.children)
        ):
            return True
        return bool(
            verb.tag_ == "VBN"
            and verb.dep_ == "conj"
            and not any(c.dep_ in ("aux", "dobj", *SUBJECTS) for c in verb.children)
            and self._passive(verb.head)
        )

    def _subjects(self, verb: Any, depth: int = 0) -> list[Node]:
        """Return who or what a verb says something about, over conjunctions and infinitives."""
        own = [c for c in verb.children if c.dep_ in SUBJECTS or (c.dep_ == "nsubj" and c.head is verb)]
        if own:
            names: list[Node] = []
            for child in own:
                if child.lower_ in PRONOUNS and verb.dep_ in ("advcl", "conj", "ccomp", "relcl"):
                    names += self._subjects(verb.head, depth + 1) if depth < 4 and _verbal(verb.head) else []
                elif child.lower_ in _RELATIVE and child.tag_ in ("WDT", "WP", "DT", "IN"):
                    names += (
                        self.names(verb.head, up=True) if verb.dep_ == "relcl" else self._antecedent(child)
                    )
                else:
                    names += self.names(child)
            return names
        if depth > 4:
            return []
        head = verb.head
        if verb.dep_ in ("acl", "relcl", "amod"):
            return self.names(head, up=True) or self._described(head, depth)
        if verb.dep_ == "pcomp":  # "charged with executing", "responsible for executing"
            while head.dep_ == "prep" and head.head is not head:
                head = head.head
            if head.tag_[:2] == "JJ" and head.dep_ in ("acomp", "oprd"):
                head = head.head
            if _verbal(head):
                return self._subjects(head, depth + 1)
            return self.names(head)
        if (
            verb.dep_ in ("conj", "xcomp", "advcl", "ccomp", "dep")
            and head is not verb
            and (_verbal(head) or head.tag_[:2] == "JJ")
        ):
            if head.tag_[:2] == "JJ" and head.dep_ in ("acomp", "oprd"):
                head = head.head
            return self._subjects(head, depth + 1)
        return []

    def _described(self, noun: Any, depth: int) -> list[Node]:
        """Return what a noun says something about: ``X is a firm founded by Y``."""
        if noun.dep_ == "attr" and noun.head.lower_ in _BE:
            return self._subjects(noun.head, depth + 1)
        return []

    def _antecedent(self, pronoun: Any) -> list[Node]:
        before = [n for i, n in self.at.items() if i in (pronoun.i - 1, pronoun.i - 2)]
        return before[:1]

    def _prepositional(self, token: Any, preposition: str, depth: int = 0) -> list[Node]:
        names: list[Node] = []
        for child in token.children:
            if names and child.dep_ == "prep":
                break  # "in Deqing in Zhejiang": the second says where the first is
            if child.dep_ in ("prep", "agent", "prt", "dative") and child.lower_ == preposition:
                for prep in (
                    child,
                    *(c for c in child.children if c.dep_ == "conj" and c.lower_ == preposition),
                ):
                    for inner in prep.children:
                        if inner.dep_ in ("pobj", "pcomp"):
                            names += self.names(inner) or self.fields_below(inner)
            elif child.dep_ == "prep" and depth < 1:
                names += self._prepositional(child, preposition, depth + 1)
        return names

    def _noun(self, frame: Frame, noun: Any) -> tuple[list[Node], list[Node]]:
        """Fill ``X is a N of Y``, ``X, a N of Y``, ``Y's N X``, ``the Y N X``."""
        objects = self._prepositional(noun, frame.preposition) if frame.preposition else []
        objects += [
            self.at[c.i]
            for c in noun.children
            if c.dep_ in ("poss", "compound", "nmod", "nn") and c.i in self.at
        ]
        subjects: list[Node] = []
        if noun.dep_ == "attr":
            subjects += self._subjects(noun.head)
        if noun.dep_ == "appos" or (noun.dep_ == "conj" and noun.head.dep_ in ("appos", "attr")):
            head = noun.head
            if noun.dep_ == "conj":
                head = self.doc[head.i].head
            subjects += [self.at[head.i]] if head.i in self.at else []
        if noun.dep_ == "pobj" and noun.head.lower_ == "as":
            subjects += self._subjects(noun.head.head)
        subjects += [self.at[c.i] for c in noun.children if c.dep_ == "appos" and c.i in self.at]
        if noun.dep_ in ("compound", "nmod", "nn") and noun.head.i in self.at:
            subjects.append(self.at[noun.head.i])
        return subjects, [o for o in objects if o not in subjects]

    def _adjective(self, frame: Frame, word: Any) -> tuple[list[Node], list[Node]]:
        objects = self._prepositional(word, frame.preposition) if frame.preposition else []
        if not objects:
            return [], []
        if word.dep_ in ("acomp", "oprd", "attr"):
            return self._subjects(word.head), objects
        if word.dep_ in ("amod", "acl", "appos", "relcl"):
            return self.names(word.head, up=True), objects
        return self._subjects(word), objects


__all__ = ["english_frames", "worth_parsing"]
