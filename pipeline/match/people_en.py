"""English names of people by rule: after a title, or a Chinese name in pinyin."""

import re
from collections.abc import Iterator

from pipeline.match.candidates import Candidate
from pipeline.match.heads import HEAD
from pipeline.match.words_en import NATIONS, NEVER_FIRST, NOT_PEOPLE, TITLES, TOPICS, TRADES
from pipeline.ordinary import common, ordinary
from pipeline.pinyin import is_pinyin_name

_TITLE_NAME = re.compile(
    r"\b(?:President|Premier|Chairman|Chairwoman|Minister|Secretary|Professor|Prof\.|Dr\.|Mr\.|Ms\.|Mrs\.|Senator|General|Governor|"
    r"Mayor|Ambassador|Director|Representative|CEO|Commissioner|Academician|spokesperson|spokesman|founder|chairman|director|"
    r"co-founder|professor|scientist|analyst|researcher) "
    r"(?P<name>(?:[A-Z][a-z'-]+|[A-Z]\.)(?: (?:[A-Z][a-z'-]+|[A-Z]\.|de|van|von|bin))* [A-Z][a-z'-]+)"
)
_TITLE_SURNAME = re.compile(
    r"\b(?:President|Premier|Vice Premier|Chairman|Chairwoman|Prime Minister|Chancellor|Senator|Sen\.|Representative|Rep\.|"
    r"Congressman|Congresswoman|(?P<office>Commissioner|Secretary|Judge)|Ranking Member|Gov\.|Dr\.|Mr\.|Ms\.|Mrs\.|Professor|Prof\.) "
    r"(?P<name>[A-Z][a-z]{1,14}(?:-[A-Z][a-z]+)?)\b(?! ?(?:[A-Z&-]|of\b|[a-z]\b))"
)
_TITLED_PAIR = re.compile(
    r"\b(?:Senators|Sens\.|Representatives|Reps\.|Congressmen|Messrs\.|Commissioners|Professors|Drs\.) "
    r"(?P<one>[A-Z][a-z]{1,14})(?:, (?P<two>[A-Z][a-z]{1,14}))?,? and (?P<last>[A-Z][a-z]{1,14})\b(?! ?[A-Z&-])"
)
_PINYIN = re.compile(r"\b[A-Z][a-z]{0,7} [A-Z][a-z]{1,5}(?:(?!'s\b)['-]?[a-z]{1,6})?(?: [A-Z][a-z]{1,5})?\b")

_NO_PERSON_AFTER = re.compile(
    r'["”]? (?:platforms?|programs?|projects?|models?|systems?|satellites?|series|brands?)\b'
)
_CAPITAL_AFTER = re.compile(r" ([A-Z][a-z]+)")


def people(text: str) -> Iterator[Candidate]:
    """Yield the people whom a title or the form of a Chinese name tells, in a normalised text."""
    for match in _TITLE_NAME.finditer(text):
        name = match.group("name")
        if not any(w in HEAD or w in TITLES or w in TOPICS for w in name.split()):
            yield _person(match.start("name"), match.end("name"), 0.8)
    for match in _TITLE_SURNAME.finditer(text):
        name = match.group("name")
        if match["office"] and (name in NEVER_FIRST or common(name)):
            continue  # "the Secretary Shall notify"
        if _may_be_surname(name):
            yield _person(match.start("name"), match.end("name"), 0.7)
    for match in _TITLED_PAIR.finditer(text):
        for group in ("one", "two", "last"):
            name = match[group]
            if name and _may_be_surname(name):
                yield _person(*match.span(group), 0.7)
    for match in _PINYIN.finditer(text):
        words = match.group().split()
        for count in range(len(words), 1, -1):
            name = " ".join(words[:count])
            if is_pinyin_name(name) and name not in NOT_PEOPLE:
                follows = _CAPITAL_AFTER.match(text, match.start() + len(name))
                if follows and (follows[1] in HEAD or follows[1] in TOPICS or follows[1] in TRADES):
                    break  # "Hua Ying Management" is a firm
                if _NO_PERSON_AFTER.match(text, match.start() + len(name)):
                    break
                if words[1] not in HEAD and (words[0] not in NEVER_FIRST or _given(words[1])):
                    yield _person(match.start(), match.start() + len(name), 0.75)
                break


def _may_be_surname(word: str) -> bool:
    return word not in HEAD and word not in TITLES and word not in TOPICS and word not in NATIONS


def _given(word: str) -> bool:
    """Say whether a word after a surname that is a pronoun too is a given name: ``He Lifeng``, not ``He Made``."""
    return len(word) > 5 and not ordinary(word)


def _person(start: int, end: int, score: float) -> Candidate:
    return Candidate(start=start, end=end, type="person", method="rule", score=score)
