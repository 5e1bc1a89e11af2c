"""English sentences through spaCy's parser: verbs, nouns and adjectives with their arguments.

The parser sees the sentence with each name, or list of names, replaced by a short stand-in of its
kind, since long titles and lists are what it parses worst.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pipeline.normal import has_han
from pipeline.records import EntityType, Record, RelationType
from pipeline.relate.mask import SLOT, Masked, Node
from pipeline.relate.modality import english_modality
from pipeline.relate.patterns import Frame, Patterns, Rule
from pipeline.relate.statements import Found
from pipeline.segment import english

_SLOT = re.compile(SLOT)
_SEVERAL: dict[EntityType, str] = {
    "government": "companies", "company": "companies", "institution": "companies", "association": "companies",
    "person": "people", "place": "cities", "plan": "plans", "publication": "books", "technology": "robots",
    "event": "events", "product": "products",
}  # fmt: skip
_STAND_IN: dict[EntityType, str] = {
    "government": "Google", "company": "Google", "institution": "Google", "association": "Google",
    "person": "John", "place": "London", "plan": "Protocol", "publication": "Bible", "technology": "robotics",
    "event": "Olympics", "product": "Windows",
}  # fmt: skip
_GLUED = re.compile(r"(?<=[a-z)0-9])\.(\d{1,3}(?:, ?\d+)*)$")
"""Note marks at a sentence's end."""
_LONGEST = 1500
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_RELATIVE = frozenset({"which", "that", "who", "whom"})
_PRONOUNS = frozenset({"it", "they", "he", "she"})
_EXAMPLES = frozenset({"including", "like", "as", "alongside"})
_MODIFIERS: frozenset[EntityType] = frozenset({"plan", "product", "publication"})
_FIELDS = frozenset(
    "industry industries sector field fields research development technology technologies application applications "
    "models products systems solutions policy policies projects startups chips markets market projects tools".split()
)
"""Nouns that leave a technology before them what the phrase is about (the AI industry)."""
_PARTS = frozenset("series version number range variety implementation execution development construction rollout launch set list draft text edition network portfolio part majority most many county city province municipality".split())
_SCORE = 0.7


class Sentence(Record, frozen=True, kw_only=True):
    """A masked sentence as the parser reads it, and where its nodes and its words came from."""

    masked: Masked
    text: str
    spans: list[tuple[int, int]]
    """For each node, its stand-in's span in ``text``."""
    origin: list[int]
    """For each character of ``text``, its offset in the masked text."""


def stand_ins(masked: Masked) -> Sentence:
    """Write a masked sentence with stand-ins for its names."""
    out: list[str] = []
    origin: list[int] = []
    spans: list[tuple[int, int]] = []
    at = 0

    def put(words: str, places: Iterable[int]) -> None:
        out.append(words)
        origin.extend(places)

    def between(stop: int) -> None:
        """Copy the words before a name; a dash beside a name is set off, note marks are left out."""
        nonlocal at
        piece = masked.text[at:stop]
        if at and piece.startswith("-") and not re.match(r"-[a-z]+(?:ed|wide|led|based)\b", piece):
            put(" ", [at])
        if note := _GLUED.search(piece):
            put(piece[: note.start(1)], range(at, at + note.start(1)))
        else:
            put(piece, range(at, stop))
        if piece.endswith("-") and stop < len(masked.text):
            put(" ", [stop])
        at = stop

    for match in _SLOT.finditer(masked.text):
        node = masked.node(match.group())
        between(match.start())
        words = (_SEVERAL if len(node.members) > 1 else _STAND_IN)[min(node.types)]
        spans.append((len(origin), len(origin) + len(words)))
        put(words, [match.start()] * len(words))
        at = match.end()
    between(len(masked.text))
    return Sentence(masked=masked, text="".join(out), spans=spans, origin=origin)


def worth_parsing(masked: Masked, patterns: Patterns) -> bool:
    """Say whether a sentence is English, has two possible arguments, and a word that a frame begins with."""
    if len(masked.nodes) < 2 or len(masked.text) > _LONGEST:
        return False
    letters = sum(c.isascii() and c.isalpha() for c in masked.text)
    if letters < 5 or sum(map(has_han, masked.text)) * 3 > letters:
        return False
    return any(w in patterns.triggers for w in re.findall(r"[a-z][a-z-]*", masked.text.lower()))


def english_frames(sentences: Sequence[Masked], patterns: Patterns) -> Iterator[tuple[Masked, Found]]:
    """Parse sentences and yield what the frames find in each."""
    prepared = [stand_ins(m) for m in sentences if worth_parsing(m, patterns)]
    if not prepared:
        return
    nlp = english.model()
    with nlp.select_pipes(disable=[n for n in ("ner",) if n in nlp.pipe_names]):
        docs = nlp.pipe([s.text for s in prepared], batch_size=32)
        for sentence, doc in zip(prepared, docs, strict=True):
            for found in _Parse(sentence, doc).found(patterns.rules):
                yield sentence.masked, found


def _verbal(token: Any) -> bool:
    return bool(token.tag_[:2] in ("VB", "MD"))


class _Parse:
    """A parsed sentence and the walks over it; tokens are spaCy's."""

    def __init__(self, sentence: Sentence, doc: Any) -> None:
        self.sentence = sentence
        self.doc = doc
        self.at: dict[int, Node] = {}
        for node, (start, end) in zip(sentence.masked.nodes, sentence.spans, strict=True):
            for token in doc:
                if start <= token.idx < end:
                    self.at[token.i] = node

    def found(self, rules: Iterable[Rule]) -> Iterator[Found]:
        """Yield every frame of every rule that the sentence fills."""
        frames: dict[str, list[tuple[Rule, Frame]]] = {}
        for rule in rules:
            for frame in rule.frames:
                for word in frame.words:
                    frames.setdefault(word, []).append((rule, frame))
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
                elif token.dep_ in ("acomp", "amod", "ROOT", "conj", "advcl", "appos", "attr", "oprd") or token.tag_[:2] in ("JJ", "VB"):
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
        if frame.preposition is not None:
            objects = self._prepositional(verb, frame.preposition)
            if not objects and not frame.passive:
                return [], []
            return self._subjects(verb), objects
        if passive:
            agents = [n for c in verb.children if c.dep_ in ("agent", "prep") and c.lower_ == "by" for p in c.children if p.dep_ == "pobj" for n in self._names(p)]
            return agents, self._subjects(verb)
        objects = [n for c in verb.children if c.dep_ in ("dobj", "obj", "attr", "oprd") for n in self._names(c)]
        return self._subjects(verb), objects

    def _passive(self, verb: Any) -> bool:
        if any(c.dep_ in ("nsubjpass", "auxpass", "agent") for c in verb.children):
            return True
        if verb.dep_ in ("acl", "amod") and verb.tag_ == "VBN":
            return True
        if verb.tag_ == "VBN" and verb.dep_ == "advcl" and not any(c.dep_ in ("aux", "dobj") for c in verb.children):
            return True
        return bool(verb.tag_ == "VBN" and verb.dep_ == "conj" and not any(c.dep_ in ("aux", "dobj", *_SUBJECTS) for c in verb.children) and self._passive(verb.head))

    def _subjects(self, verb: Any, depth: int = 0) -> list[Node]:
        """Return who or what a verb says something about, over conjunctions and infinitives."""
        own = [c for c in verb.children if c.dep_ in _SUBJECTS or (c.dep_ == "nsubj" and c.head is verb)]
        if own:
            names: list[Node] = []
            for child in own:
                if child.lower_ in _PRONOUNS and verb.dep_ in ("advcl", "conj", "ccomp", "relcl"):
                    names += self._subjects(verb.head, depth + 1) if depth < 4 and _verbal(verb.head) else []
                elif child.lower_ in _RELATIVE and child.tag_ in ("WDT", "WP", "DT", "IN"):
                    names += self._names(verb.head, up=True) if verb.dep_ == "relcl" else self._antecedent(child)
                else:
                    names += self._names(child)
            return names
        if depth > 4:
            return []
        head = verb.head
        if verb.dep_ in ("acl", "relcl", "amod"):
            return self._names(head, up=True)
        if verb.dep_ == "pcomp":  # "charged with executing"
            while head.dep_ == "prep" and head.head is not head:
                head = head.head
            if _verbal(head):
                return self._subjects(head, depth + 1)
            return self._names(head)
        if verb.dep_ in ("conj", "xcomp", "advcl", "ccomp", "dep") and head is not verb and (_verbal(head) or head.tag_[:2] == "JJ"):
            if head.tag_[:2] == "JJ" and head.dep_ in ("acomp", "oprd"):
                head = head.head
            return self._subjects(head, depth + 1)
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
                for prep in (child, *(c for c in child.children if c.dep_ == "conj" and c.lower_ == preposition)):
                    for inner in prep.children:
                        if inner.dep_ in ("pobj", "pcomp"):
                            names += self._names(inner) or self._fields_below(inner)
            elif child.dep_ == "prep" and depth < 1:
                names += self._prepositional(child, preposition, depth + 1)
        return names

    def _noun(self, frame: Frame, noun: Any) -> tuple[list[Node], list[Node]]:
        """Fill ``X is a N of Y``, ``X, a N of Y``, ``Y's N X``, ``the Y N X``."""
        objects = self._prepositional(noun, frame.preposition) if frame.preposition else []
        objects += [self.at[c.i] for c in noun.children if c.dep_ in ("poss", "compound", "nmod", "nn") and c.i in self.at]
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
            return self._names(word.head, up=True), objects
        return self._subjects(word), objects

    def _names(self, token: Any, depth: int = 0, *, up: bool = False) -> list[Node]:
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
                    names += [n for inner in child.children if inner.dep_ == "pobj" for n in self._names(inner, depth + 1)]
        elif depth < 3:
            for child in token.children:
                if child.dep_ == "appos":
                    names += self._names(child, depth + 1)
                elif child.dep_ == "prep" and child.lower_ in _EXAMPLES:
                    for inner in child.children:
                        if inner.dep_ == "pobj":
                            names += self._names(inner, depth + 1)
                elif child.dep_ in ("compound", "nmod", "amod") and child.i in self.at:
                    node = self.at[child.i]
                    if node.types & _MODIFIERS or (node.types == {"technology"} and token.lower_ in _FIELDS):
                        names.append(node)
                elif child.dep_ == "prep" and child.lower_ == "of" and token.lower_ in _PARTS:
                    for inner in child.children:
                        if inner.dep_ == "pobj":
                            names += self._names(inner, depth + 1)
            if not names and up and token.dep_ == "appos" and token.head.i in self.at:
                names.append(self.at[token.head.i])
            if not names and token.tag_ == "NNS" and token.dep_ in _SUBJECTS:
                names += self._after_colon()
        if depth < 3:
            for child in token.children:
                if child.dep_ == "conj":
                    names += self._names(child, depth + 1)
        kept: list[Node] = []
        for name in names:
            if name not in kept:
                kept.append(name)
        return kept

    def _fields_below(self, token: Any) -> list[Node]:
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
        after = [(span, n) for span, n in zip(self.sentence.spans, self.sentence.masked.nodes, strict=True) if span[0] > colon]
        if not after or text[colon + 1 : after[0][0][0]].strip() not in ("", "the"):
            return []
        first = after[0][1]
        return [n for (start, _), n in after if n.types & first.types and text[:start].rstrip().endswith((":", ",", "and", "the", ";"))]


__all__ = ["RelationType", "english_frames", "stand_ins", "worth_parsing"]
