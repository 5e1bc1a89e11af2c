"""Names are found: by the gazetteers, by rules, and by statistical models as further witnesses."""

import re
from collections.abc import Callable, Iterator, Sequence

import msgspec

from pipeline.match.candidates import Candidate
from pipeline.match.find import Finder
from pipeline.match.heads import HEAD, type_of
from pipeline.match.rules_en import english_names, plausible_model_name
from pipeline.match.rules_zh import chinese_names
from pipeline.normal import has_han
from pipeline.records import EntityType
from pipeline.segment import Reading, english

Tag = Callable[[Sequence[str]], list[list[tuple[int, int, EntityType, float]]]]
"""A statistical tagger: sentences in, spans with types and scores out."""

_SPACY_TYPES: dict[str, EntityType] = {
    "PERSON": "person", "GPE": "place", "LOC": "place", "ORG": "company", "LAW": "plan", "EVENT": "event",
    "WORK_OF_ART": "publication",
}  # fmt: skip

_TAIL = re.compile(r"(?:'s|[\s,.;:)\"']+\d*|(?<=[a-z])\d{1,3}|\s+\d{1,3})+$")
_AROUND = {
    "year": re.compile(r"(?:(?:19|20)\d\d(?:-\d{2,4})? |(?:19|20)\d\d年)(?=\S)"),
    "stage": re.compile(
        r"\s*\((?:(?:19|20)?\d\d\s*-\s*(?:(?:19|20)?\d\d)?年?|(?:19|20)\d\d年?|试行|暂行|征求意见稿|草案|送审稿|修订|修订稿|"
        r"for trial implementation|trial|draft|draft for comments?)\)$",
        re.IGNORECASE,
    ),
    "event": re.compile(r"(?: (?:19|20)\d\d| (?:outbreak|pandemic|epidemic|crisis))$", re.IGNORECASE),
}


def trimmed(text: str, candidate: Candidate) -> Candidate:
    """Leave out of a title what only dates it: a leading year, a bracketed period or stage, an event's year."""
    start, end = candidate.start, candidate.end
    if candidate.type in ("plan", "publication", "event"):
        if (year := _AROUND["year"].match(text, start, end)) and end - year.end() > 3:
            start = year.end()
        if stage := _AROUND["stage"].search(text, start, end):
            end = stage.start()
        if candidate.type == "event" and (tail := _AROUND["event"].search(text, start, end)):
            end = tail.start()
    if (start, end) == (candidate.start, candidate.end) or end - start < 2:
        return candidate
    return msgspec.structs.replace(candidate, start=start, end=end)


class Matcher:
    """Finds names in a reading.

    Args:
        finder: the gazetteer's names, or None to do without.
        chinese: a tagger for Chinese sentences, or None.
        model: whether spaCy's English model is asked.
    """

    def __init__(self, finder: Finder | None, chinese: Tag | None = None, *, model: bool = True) -> None:
        self.finder = finder
        self.chinese = chinese
        self.model = model

    def match(self, reading: Reading, *, date: str | None = None) -> list[Candidate]:
        """Return all candidates, in normalised offsets; they may overlap."""
        found: list[Candidate] = []
        if self.finder is not None:
            found += self.finder.find(reading.normal, reading.words, date=date, note_digits=reading.plain)
        text = reading.normal.text
        found += english_names(text)
        if has_han(text):
            found += chinese_names(text, reading.words)
            if self.chinese is not None:
                found += self._tagged(reading, self.chinese)
        if self.model:
            found += spacy_names(text)
        return [trimmed(text, candidate) for candidate in found]

    def _tagged(self, reading: Reading, tag: Tag) -> Iterator[Candidate]:
        text = reading.normal.text
        spans = [(s, e) for s, e in reading.sentences if has_han(text[s:e])]
        for (start, _), names in zip(spans, tag([text[s:e] for s, e in spans]), strict=True):
            for first, last, kind, score in names:
                yield Candidate(start=start + first, end=start + last, type=kind, method="model", score=score)


def spacy_names(text: str) -> Iterator[Candidate]:
    """Yield what spaCy's English model takes for names, typed by the name's head where it has one."""
    for at, doc in english.documents(text):
        for entity in doc.ents:
            kind = _SPACY_TYPES.get(entity.label_)
            if kind is None:
                continue
            start, end = at + entity.start_char, at + entity.end_char
            while text[start:end].startswith(("the ", "The ", "a ", "A ", '"', "'", "(")):
                start += text[start:end].find(" ") + 1 if text[start] in "tTaA" else 1
            end = start + len(_TAIL.sub("", text[start:end]))
            name = text[start:end]
            if not plausible_model_name(text, start, end, kind):
                continue
            headed = type_of(name)
            if headed is not None and kind in ("company", "person", "plan", "event", "publication", "place"):
                if len(name.split()) < 2:
                    continue
                kind = headed
            yield Candidate(start=start, end=end, type=kind, method="model", score=0.5)


__all__ = ["HEAD", "Candidate", "Finder", "Matcher", "Tag", "spacy_names"]
