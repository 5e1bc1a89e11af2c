"""English names by rule: capitalised phrases whose head noun says what they name."""

import re
from collections.abc import Iterator

import msgspec

from pipeline.match.candidates import Candidate, by_rule
from pipeline.match.firms_en import ADJECTIVE, firms
from pipeline.match.forms_en import formed
from pipeline.match.heads import HEAD, TAKES_OF, type_of_en
from pipeline.match.people_en import people
from pipeline.match.words_en import (
    GENERIC,
    MONTHS,
    NATIONS,
    NEVER_FIRST,
    ORDINALS,
    PLAIN_LINKS,
    SENTENCE,
    TITLES,
    TOPICS,
    WEAK,
    WHOLE,
)
from pipeline.ordinary import common

_WORD = re.compile(
    r"(?P<cap>(?:[A-Z](?:\.[A-Z])+\.?(?:-[A-Z][a-z]+)?|\d{1,2}(?:st|nd|rd|th|[A-Z][A-Za-z]*)|[A-Z][A-Za-z0-9]*(?:['+-][A-Za-z0-9+]+)*(?:&[A-Z]|-(?= and ))?)(?:'s\b)?)"
    r"|(?P<link>\b(?:of|and|for|the|on|to|in|de|a|an|with|by|from|its|as)\b|&)"
    r"|(?P<number>(?<![\w.,])(?:19|20)\d\d(?![\w]))"
    r"|(?P<other>[a-z\u3400-\u9fff]+|[^\s])"
)


_ADJECTIVAL = re.compile(r"[a-z](?:al|ary|ic|ive|ian|ous|ent)$")
_COMPOUND = re.compile(r"-(?:Like|Inspired|Oriented|Based|Driven|Intensive|Term)$")
_GENERATION = re.compile(r"[2-6]G|[2-4]D")
_NUMBERED = frozenset("Institute Academy Bureau Department Hospital Division Laboratory Affiliated".split())
_SEVERAL = frozenset("Measures Opinions Policies Provisions Regulations Rules Guidelines".split())
_RULES = frozenset("Final Interim Proposed Controls Diffusion Disclosure".split())
_KEY = frozenset("Research R&D Laboratory Technologies".split())
_INITIALS = re.compile(r" \(([A-Z]{3,8})\)")
_FACULTY = re.compile(
    r"(?:,| at| of)? (?:the )?(?:[A-Z][\w'-]+ ){0,4}?(?:University|College|Polytechnic|Institute of Technology|Universi(?:dad|té|tät|tà))\b"
)
"""What follows a university's department."""
_CAPITAL_AFTER = re.compile(r" ([A-Z][a-z]+)")
_PARTS = frozenset(
    "Article Articles Section Sections Chapter Part Phase Amendment Amendments Title No".split()
)
_NOTE_DIGITS = re.compile(r"(?<=[a-z]{3})\d{1,3}$")


class _Token:
    __slots__ = ("end", "kind", "start", "text")

    def __init__(self, match: re.Match[str]) -> None:
        self.start, self.text = match.start(), _NOTE_DIGITS.sub("", match.group())
        self.end = self.start + len(self.text)
        self.kind = match.lastgroup or "other"


def english_names(text: str) -> Iterator[Candidate]:
    """Yield the names that rules find in the English parts of a normalised text."""
    told = list(formed(text))
    listed = {candidate.start for candidate in told if candidate.type == "government"}
    for phrase in _phrases(text):
        # "Ministries of Transport and Agriculture" are two, as their form tells
        yield from (name for name in _names(text, phrase) if name.start not in listed)
    yield from told
    yield from firms(text)
    yield from people(text)


def _phrases(text: str) -> Iterator[list[_Token]]:
    """Yield runs of capitalised words and the small words between them."""
    run: list[_Token] = []
    last = 0
    for match in _WORD.finditer(text):
        token = _Token(match)
        gap = text[last : token.start]
        adjoining = gap in (" ", "") or not run
        if token.kind == "other" or not adjoining or (gap == "" and run and token.kind != "other"):
            if token.kind == "other" and token.text == "," and run and gap == "":
                # a comma may stand inside a list of topics: keep it as a link
                token.kind = "comma"
                run.append(token)
                last = token.end
                continue
            if run:
                yield run
            run = []
            if token.kind == "other":
                last = token.end
                continue
        run.append(token)
        last = token.end
        if token.text.endswith("'s") and token.text not in WHOLE:
            yield run
            run = []
    if run:
        yield run


def _names(text: str, run: list[_Token]) -> Iterator[Candidate]:
    """Cut a run into names: a head noun with the words that belong to it on either side."""
    index = 0
    done = 0
    while index < len(run):
        token = run[index]
        word = token.text.removesuffix("'s")
        if token.kind != "cap" or word not in HEAD:
            index += 1
            continue
        first = _left(run, index, done)
        last = _right(run, index)
        # a later head noun in the same capitals is the real one: "Military Commission Equipment Development Department"
        while (later := _later_head(run, last)) is not None:
            last = _right(run, later)
        candidate = _judge(text, run, first, last)
        if candidate is not None:
            if (longer := _spelled_out(text, run, first, last)) > last:
                last = longer
                candidate = msgspec.structs.replace(candidate, end=run[last].end)
            yield candidate
            done = last + 1
        index = max(index + 1, last + 1)


def _later_head(run: list[_Token], last: int) -> int | None:
    """Return the next head noun that follows ``last`` in capitals alone, or None."""
    at = last + 1
    if run[last].text.endswith("'s"):
        return None
    while at < len(run) and run[at].kind == "cap" and at - last <= 5:
        word = run[at].text.removesuffix("'s")
        if word in HEAD and not (at + 1 < len(run) and run[at + 1].text == "of"):
            return at
        if (
            at + 2 < len(run) and run[at + 1].text in ("and", "&") and word in TOPICS
            and run[at + 2].text in TOPICS and run[at + 2].text not in HEAD
        ):  # fmt: skip
            at += 1
        at += 1
    return None


def _spelled_out(text: str, run: list[_Token], first: int, last: int) -> int:
    """Return where a name ends whose bracketed initials take in more words: ``… Electronics Equipment (SMEE)``."""
    bracket = _INITIALS.match(text, run[-1].end)
    if bracket is None or any(token.kind != "cap" for token in run[last + 1 :]):
        return last
    initials = "".join(token.text[0] for token in run[first:] if token.kind == "cap")
    return len(run) - 1 if initials == bracket.group(1) else last


def _left(run: list[_Token], index: int, floor: int) -> int:
    """Return where the words that lead up to a head noun begin."""
    first = index
    while first > floor:
        before = run[first - 1]
        if before.kind == "cap" and (not before.text.endswith("'s") or before.text in WHOLE):
            first -= 1
        elif (
            first - 1 > floor
            and run[first - 2].kind == "cap"
            and (run[first - 2].text in TOPICS or run[first - 2].text.endswith("-"))
            and (
                (
                    before.text in ("and", "&")
                    and (
                        run[first].text in TOPICS
                        or run[first].text in HEAD
                        or _COMPOUND.search(run[first].text)
                    )
                )
                or (before.kind == "comma" and run[first].text in TOPICS)
            )
        ) or (before.text == "in" and first - 1 > floor and run[first - 2].text == "Made"):
            first -= 2
        else:
            break
    for at in range(first, index):
        if ADJECTIVE.search(run[at].text) and run[at + 1].text != "Assets":
            first = at + 1  # "Hong Kong-listed X"
    while first < index and (
        (run[first].text in NEVER_FIRST and not _numbered(run, first) and not _titled(run, first))
        or run[first].kind == "link"
        or (run[first].text in TITLES and run[first + 1].text != "Order")
    ):
        first += 1
    if first < index and run[first].text in NATIONS and run[first + 1].text in (
        "Ministry", "Department", "State", "Vice", "People's", "Embassy", "President",
    ):  # fmt: skip
        first += 1
    return first


def _numbered(run: list[_Token], first: int) -> bool:
    """Say whether an ordinal is the name of one of several bodies (``Third Institute of …``)."""
    following = run[first + 1].text
    if following == "Research":
        following = run[first + 2].text if first + 2 < len(run) else ""
    return run[first].text in ORDINALS and following in _NUMBERED


def _titled(run: list[_Token], first: int) -> bool:
    """Say whether a word that seldom begins a name begins a title: ``Several Measures on``, ``Key R&D Program of``."""
    word, following = run[first].text, run[first + 1].text
    if word == "Several":
        links = run[first + 2 : first + 3]
        return following in _SEVERAL and bool(links) and links[0].kind == "link"
    return word == "Key" and following in _KEY


def _right(run: list[_Token], index: int) -> int:
    """Return the last token of what follows a head noun: ``of Science and Technology``, ``of China``."""
    last = index
    at = index + 1
    if run[index].text.endswith("'s"):
        return last
    kind = HEAD.get(run[index].text)
    titled = kind in ("plan", "publication")
    bound = kind == "company" and run[index].text not in TAKES_OF
    while at < len(run):
        token = run[at]
        if bound and token.text in ("of", "for", "in"):
            break  # a firm and its seat: "Qorvi Technology of Boise"
        if (token.kind == "link" and (token.text in PLAIN_LINKS or titled)) or token.kind == "comma":
            nxt = at + 1
            while nxt < len(run) and run[nxt].kind == "link":
                nxt += 1
            if nxt >= len(run) or run[nxt].kind != "cap":
                break
            links = [t.text for t in run[at:nxt]]
            if links == ["for", "the"] and kind == "institution" and _heads_own(run, nxt):
                break  # "Trading Center for the Bureau of Commerce"
            if links[0] == "," and "the" in links:
                break  # the next name: "Measures for Data Export, the Cyberspace Administration"
            if not titled and (links[0] in ("a", "an", "its", "the") or links[:2] == ["and", "the"]):
                break
            word = run[nxt].text.removesuffix("'s")
            if (
                links[0] in ("and", "&", ",")
                and not (
                    word in TOPICS and run[last].text in TOPICS and last > index and not _heads_own(run, nxt)
                )
                and not (last > index and _two_adjectives(run, last, nxt))
            ):
                break
            if word in MONTHS or (links[0] == "in" and last == index):
                break
            if links[:2] == ["of", "the"] and word.isupper() and "." not in word:
                break  # "Commission of the CCP": two names
            if (
                links[0] in ("in", "to")
                and word not in TOPICS
                and kind != "plan"
                and run[index].text != "Chamber"
            ):
                break
            last = nxt
            at = nxt + 1
        elif (token.kind == "cap" and last > index and not run[last].text.endswith("'s")) or (
            token.kind == "number" and run[last].text == "Year"
        ):
            last = at
            at += 1
        else:
            break
    return last


def _two_adjectives(run: list[_Token], last: int, nxt: int) -> bool:
    """Say whether ``and`` joins two adjectives of one noun: ``for Military and Civilian Development``."""
    return bool(
        _ADJECTIVAL.search(run[last].text)
        and _ADJECTIVAL.search(run[nxt].text)
        and nxt + 1 < len(run)
        and run[nxt + 1].kind == "cap"
        and not _heads_own(run, nxt)
    )


def _heads_own(run: list[_Token], at: int) -> bool:
    """Say whether the words from ``at`` on are a name with a head of its own (``and Tsinghua University``)."""
    while at < len(run) and run[at].kind == "cap":
        word = run[at].text.removesuffix("'s")
        if word in HEAD and word not in TOPICS and HEAD[word] in ("government", "institution", "association"):
            return True
        at += 1
    return False


def _judge(text: str, run: list[_Token], first: int, last: int) -> Candidate | None:
    """Return the candidate that a cut makes, or None when it is too common a phrase."""
    tokens = run[first : last + 1]
    while tokens and tokens[-1].kind in ("link", "comma", "number") and not _fiscal(tokens):
        tokens.pop()
    caps = [t for t in tokens if t.kind == "cap"]
    if len(caps) < 2 or any(t.text in SENTENCE for t in caps):
        return None
    start, end = tokens[0].start, tokens[-1].end
    if tokens[-1].text.endswith("'s"):
        end -= 2
    name = text[start:end]
    kind = type_of_en(name)
    if kind is None or name.lower() in GENERIC or name.lower().removeprefix("the ") in GENERIC:
        return None
    if name.isupper() and len(name) > 12:
        return None
    head = next((t.text for t in reversed(caps) if t.text in HEAD), caps[-1].text)
    plain = [t for t in caps if not _GENERATION.fullmatch(t.text)]
    proper = [t for t in plain if t.text not in HEAD and t.text not in TOPICS and t.text not in NATIONS]
    if head == "Rule" and (len(caps) < 3 or caps[-2].text not in TOPICS | _RULES):
        return None
    if kind == "plan" and head in WEAK and _goes_on(text, end):
        return None  # "Zhong Lun Law | Firm"
    if head in WEAK and (kind == "company" or head.endswith("s")):
        proper = [t for t in proper if not common(t.text)]  # "Visual Systems", "Founding Principles"
    if head in WEAK and len(plain) < 3 and not proper:
        return None
    if head in WEAK and kind == "company" and not proper and not any(t.text in NATIONS for t in plain):
        return None
    if (
        len(caps) == 2
        and caps[0].text in NATIONS
        and HEAD.get(caps[1].text) in ("plan", "company", "event", "publication")
    ):
        return None
    if kind == "government" and head == "Department" and _FACULTY.match(text, end):
        kind = "institution"
    score = 0.6 + 0.05 * min(4, len(caps)) + (0.1 if proper else 0.0)
    return by_rule(start, end, kind, min(score, 0.9))


def _goes_on(text: str, end: int) -> bool:
    """Say whether a capital that is no part of a law stands right after a name."""
    follows = _CAPITAL_AFTER.match(text, end)
    return follows is not None and follows[1] not in _PARTS and follows[1] not in HEAD


def _fiscal(tokens: list[_Token]) -> bool:
    """Say whether a run ends with a year that belongs to a title (``… Act for Fiscal Year 2021``)."""
    return tokens[-1].kind == "number" and len(tokens) > 1 and tokens[-2].text == "Year"
