"""spaCy's English model as one witness for names, its types corrected by the names' heads."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from pipeline.match.answers import batch_key
from pipeline.match.candidates import Candidate
from pipeline.match.heads import HEAD, TAKES_OF, type_of
from pipeline.match.plausible import plausible_model_name
from pipeline.match.spacy_own import OWN, type_for
from pipeline.match.words_en import NATIONS, NEVER_FIRST, PROVINCES, TOPICS, TRADES, WHOLE
from pipeline.ordinary import ordinary
from pipeline.pinyin import is_pinyin_name
from pipeline.records import EntityType
from pipeline.segment import english

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Span

_SPACY_TYPES: dict[str, EntityType] = {
    "PERSON": "person", "GPE": "place", "LOC": "place", "ORG": "company", "LAW": "plan", "EVENT": "event",
    "WORK_OF_ART": "publication",
}  # fmt: skip

_TAIL = re.compile(r"(?:'s|[\s,.;:)\"']+\d*|(?<=[a-z])\d{1,3}|\s+\d{1,3})+$")

_CAPITAL = re.compile(r"[A-Z][A-Za-z'.&-]*")
_FIRM = re.compile(
    r" AI$|^(?:Zhongke|Guoke|Zhongdian|Zhonghang) |.(?:onics|omics|amics|otics|ptics|matics)$|\b[A-Z][a-z]+[A-Z][a-z]+$"
)
"""What ends no person's or place's name: ``Solaria AI``, ``Ningbo TecLab``."""
_SEAT = re.compile(r"(?:[A-Z][\w&-]* )+?([A-Z][a-z]+) (?:of|in) ")
_LED = re.compile(
    r"(?:Rivals?|Start-?ups?|Chipmakers?|Automakers?|Carmakers?|Drugmakers?|Competitors?|Giants?|Suppliers?|Unicorns?) "
    r"(?=[A-Z])"
)
"""A firm's word that begins a sentence: ``Rivals WeRide``."""
_PARTY = re.compile(r"(?:Plaintiff|Defendant|Respondent|Petitioner|Appellant|Claimant)s? (?=[A-Z])")
_CAMEL = re.compile(r" (?:[A-Z][a-z]+){2,}\b(?!['-]?\w)")
"""The second word of a brand: ``Iluvatar CoreX``."""
_NATIONAL = re.compile(rf"(?:{'|'.join(sorted(NATIONS))}) (?=(?:Ministry|Department|Embassy) (?:of|in)\b)")
_POSSESSIVE = re.compile(r"([A-Za-z]+)'s (?=[A-Z])")
_OF = re.compile(r"\w+ (?:of|for) ")
_AND = re.compile(r" and ")
_DOTTED = re.compile(r"(?:[A-Z]\.)+[A-Z]")


def _opens_sentence(text: str, start: int) -> bool:
    """Say whether a capital may be there only because a sentence begins."""
    while start and text[start - 1] in " \"'(":
        start -= 1
    return text[start - 1 : start] in ("", ".", "!", "?", ":", ";", "\n", "。")


def _count(text: str, name: str, counts: dict[str, int]) -> int:
    """Return how often a name stands in the text, looked up once a name."""
    if name not in counts:
        counts[name] = text.count(name)
    return counts[name]


def unexplained(
    text: str, sentences: Sequence[tuple[int, int]], known: Sequence[Candidate]
) -> Iterator[tuple[int, str]]:
    """Yield the English sentences, with their offsets, in which a capital is left that no gazetteer explains.

    The model costs more than all other witnesses together, and has nothing to add elsewhere.

    Args:
        text: normalised text.
        sentences: its sentences.
        known: what the gazetteers found.
    """
    taken = bytearray(len(text))
    for candidate in known:
        taken[candidate.start : candidate.end] = b"\1" * (candidate.end - candidate.start)
    ends = [end for _, end in sentences]
    for at, line in english.english_lines(text):
        index = bisect_right(ends, at)
        while index < len(sentences) and sentences[index][0] < at + len(line):
            start, end = max(at, sentences[index][0]), min(at + len(line), sentences[index][1])
            if any(_asks_for_a_name(start, word, taken) for word in _CAPITAL.finditer(text, start, end)):
                yield start, text[start:end]
            index += 1


def _asks_for_a_name(start: int, word: re.Match[str], taken: bytearray) -> bool:
    """Say whether a capital is neither explained nor there for another reason: a sentence's begin, a nationality."""
    name = word.group().rstrip(".'").removesuffix("'s")
    if taken[word.start()] or name in NEVER_FIRST or name in NATIONS:
        return False
    return not (word.start() <= start + 1 and ordinary(name))


def spacy_names(
    text: str,
    pieces: Iterable[tuple[int, str]],
    nlp: "Language | None" = None,
    answers: Mapping[str, list[list[english.Ent]]] | None = None,
) -> Iterator[Candidate]:
    """Yield what spaCy's English model takes for names, typed by the name's head where it has one.

    Args:
        text: normalised text.
        pieces: what of it the model that ships reads, with offsets.
        nlp: a pipeline of the user's, asked of all lines in its place; names that it labels with
            a type of zhen's are taken as they are.
        answers: what the model that ships was asked before, by the batches' keys.
    """
    counts: dict[str, int] = {}
    for at, entities in _marked(text, pieces, nlp, answers or {}):
        for entity in entities:
            kind = _SPACY_TYPES.get(entity.label_) if nlp is None else type_for(entity.label_)
            if kind is None:
                continue
            start, end = at + entity.start_char, at + entity.end_char
            while text[start:end].startswith(("the ", "The ", "a ", "A ", '"', "'", "(")):
                start += text[start:end].find(" ") + 1 if text[start] in "tTaA" else 1
            if party := _PARTY.match(text, start, end):
                start = party.end()
            end = start + len(_TAIL.sub("", text[start:end]))
            if cut := _two_bodies(text[start:end]):
                end = start + cut
            if nation := _NATIONAL.match(text, start, end):
                start = nation.end()
            seat = _SEAT.match(text, start, end)
            if seat and HEAD.get(seat.group(1)) == "company" and seat.group(1) not in TAKES_OF:
                end = seat.end(1)
            if text[end : end + 1] == "." and _DOTTED.fullmatch(text, start, end):
                end += 1
            if kind in ("company", "person") and (led := _LED.match(text, start, end)):
                start, kind = led.end(), "company"
            if owner := _owner(text[start:end]):
                start += owner
            if " " not in text[start:end] and (camel := _CAMEL.match(text, end)):
                end = camel.end()
            name = text[start:end]
            if kind in ("person", "place") and _firm_like(name, kind):
                kind = "company"
            if entity.label_ in OWN:
                if name:
                    yield Candidate(start=start, end=end, type=kind, method="model", score=0.5)
                continue
            if not plausible_model_name(text, start, end, kind):
                continue
            if (
                kind == "company"
                and " " not in name
                and _opens_sentence(text, start)
                and _count(text, name, counts) < 2
            ):
                continue
            headed = type_of(name)
            if kind == "place" and headed not in (None, "place"):
                kind = "company"
            if headed is not None and kind in ("company", "person", "plan", "event", "publication", "place"):
                if len(name.split()) < 2:
                    continue
                kind = headed
            yield Candidate(start=start, end=end, type=kind, method="model", score=0.5)


def _two_bodies(name: str) -> int:
    """Return where the first of two bodies ends that the model takes for one: ``Institute of Zoology | and Qorvi Group``."""
    for joint in _AND.finditer(name):
        before, after = name[: joint.start()], name[joint.end() :].split()
        if (
            type_of(before) in ("institution", "association", "government", "company")
            and before.count(" ")
            and after[0] not in TOPICS
            and after[-1] in HEAD
            and (after[-1] not in TOPICS)
            and HEAD[after[-1]] in ("institution", "association", "government", "company")
            and not any(word in ("of", "for") for word in after)
        ):
            return joint.start()
    return 0


def _owner(name: str) -> int:
    """Return where a body begins whose owner the model takes for a part of it: ``Qorvi University's | School of Law``."""
    for match in _POSSESSIVE.finditer(name):
        word, rest = match.group(1), name[match.end() :]
        if word + "'s" in WHOLE:
            continue
        if (rest.split()[0] in HEAD and _OF.match(rest)) or (
            type_of(name[: match.start() + len(word)]) and type_of(rest)
        ):
            return match.end()
    return 0


def _firm_like(name: str, kind: EntityType) -> bool:
    """Say whether what the model calls a person or place reads as a firm: ``Solaria AI``, ``Zhejiang Qorvi``."""
    words = name.split()
    if _FIRM.search(name):
        return True
    return (
        kind == "person"
        and len(words) > 1
        and (words[0] in PROVINCES or words[-1] in TRADES or words[-1] in TOPICS)
        and not is_pinyin_name(name)
    )


def _marked(
    text: str,
    pieces: Iterable[tuple[int, str]],
    nlp: "Language | None",
    answers: Mapping[str, list[list[english.Ent]]],
) -> Iterator[tuple[int, Iterable["english.Ent | Span"]]]:
    """Yield the offset of each text that a model read and the names that it marks in it."""
    if nlp is not None:
        for at, doc in english.documents(text, disable=(), nlp=nlp):
            yield at, doc.ents
        return
    for batch in english.batches(pieces):
        texts = [line for _, line in batch]
        found = answers.get(batch_key(texts)) if answers else None
        found = english.read_batch(texts) if found is None else found
        for (at, _), entities in zip(batch, found, strict=True):
            yield at, entities
