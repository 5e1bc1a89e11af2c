"""English names that their form alone tells: datelines, chains of provinces, numbered programmes, ``Departments of X, Y``."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.match.candidates import Candidate, by_rule
from pipeline.match.heads import HEAD
from pipeline.match.words_en import MONTHS, NATIONS, NEVER_FIRST, PROVINCES, TOPICS
from pipeline.ordinary import ordinary

_PROVINCE = rf"(?:{'|'.join(sorted(PROVINCES))}|Inner Mongolia|Hong Kong|Macao)"
_CHAIN = re.compile(rf"(?<![\w-]){_PROVINCE}(?:-{_PROVINCE})+(?![\w-])")
_STATE = re.compile(r"(?<![\w.&-])(?:U\.S\.|U\.K\.|P\.R\.C\.|PRC|UAE)(?!\w)")
_DATELINE = re.compile(
    rf"^(?P<name>[A-Z][A-Z']{{2,}}(?: [A-Z]{{3,}})?)(?:, [A-Z][\w.]+(?: [A-Z]\w+)?)?"
    rf"(?:, (?:{'|'.join(sorted(m[:3] for m in MONTHS))})[a-z]*\.? \d{{1,2}})?(?P<agency> \([A-Z]\w+\))? ?- (?=[A-Z\"])",
    re.MULTILINE,
)
_NUMBERED = re.compile(
    r"(?<![\w.,$-])(?:\d{3} (?:Program|Programme|Project|Plan)|Project \d{3})(?![\w-])(?! [A-Z])"
)
_BY_YEAR = re.compile(
    r'(?:[A-Z][a-z]+ (?:(?:in|for|and) )?){2,4}20(?:2[05]|3[05]|4[059]|50)(?="? '
    r"(?:strategy|plan|project|initiative|program|programme|policy|blueprint|roadmap|vision|agenda)\b)"
)
_QUOTED = re.compile(
    r'"(?P<name>[A-Z][a-z]+(?:[ -](?:[A-Z][a-z]+|and|of|in|to)){0,3}(?<=[A-Z][a-z]{2})[a-z]*)"'
    r"(?= (?:project|program|programme|initiative|plan|strategy|campaign)\b)"
)
_BODIES = re.compile(
    r"\b(?:Departments|Ministries) of (?P<names>[A-Z][\w-]+"
    r"(?:(?:,? and(?:,? where appropriate,)?|,)?(?: the)? [A-Z][\w-]+)+)"
)
_COMMAS = re.compile(r",(?: and)?(?: the)? | and, where appropriate,(?: the)? ")
_LAST_AND = re.compile(r" and(?: the)? (?!.* and )")
_ADJECTIVE = re.compile(r"(?:ive|ic|al|able|ible|ed|ing|ous|ent|ant|ary|ese|ish|worthy)$")
_AI_FIRM = re.compile(
    r"(?<![\w.&/-])(?P<name>(?P<brand>[A-Z][a-z]{3,}) AI)(?=[.,;:)]|'s\b| (?:is|was|has|had|and|said|says|to|which|will)\b|$)",
    re.MULTILINE,
)


def formed(text: str) -> Iterator[Candidate]:
    """Yield the names that their form alone tells, in a normalised text."""
    for match in _CHAIN.finditer(text):
        yield by_rule(*match.span(), "place", 0.8)
    for match in _STATE.finditer(text):
        yield by_rule(*match.span(), "place", 0.8)
    for match in _DATELINE.finditer(text):
        if "," in match.group() or match["agency"]:
            yield by_rule(*match.span("name"), "place", 0.8)
    for match in _NUMBERED.finditer(text):
        yield by_rule(*match.span(), "plan", 0.8)
    for match in _BY_YEAR.finditer(text):
        start = match.start()
        for word in match.group().split():
            if word not in NEVER_FIRST and word not in NATIONS:
                break
            start += len(word) + 1
        if text.count(" ", start, match.end()) > 1:
            yield by_rule(start, match.end(), "plan", 0.8)
    for match in _QUOTED.finditer(text):
        yield by_rule(*match.span("name"), "plan", 0.7)
    for match in _BODIES.finditer(text):
        yield from _bodies(match)


def ai_firms(text: str, found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield firms that are a coined word and ``AI``; known names and adjectives before ``AI`` make none."""
    known = {c.start for c in found if c.method == "gazetteer"}
    for match in _AI_FIRM.finditer(text):
        brand = match["brand"]
        if match.start() in known or ordinary(brand) or _ADJECTIVE.search(brand):
            continue
        if not (brand in NATIONS or brand in PROVINCES or brand in NEVER_FIRST):
            yield by_rule(*match.span("name"), "company", 0.6)


def _bodies(match: re.Match[str]) -> Iterator[Candidate]:
    """Yield the bodies of one head: ``Departments of Commerce, State, and the Treasury`` are three."""
    names, first = match["names"], match.start("names")
    cuts = [cut.span() for cut in _COMMAS.finditer(names)]
    if not any(" and" in names[start:end] for start, end in cuts):
        last = _LAST_AND.search(names, cuts[-1][1] if cuts else 0)
        if last is None or names.count(" and ", cuts[-1][1] if cuts else 0) > 1:
            return
        cuts.append(last.span())
    edges = [(0, match.start() - first), *cuts, (len(names), len(names))]
    bodies: list[Candidate] = []
    for (_, start), (end, _) in pairwise(edges):
        words = names[max(0, start) : end].split()
        if len(words) > 4 or any(word in HEAD and word not in TOPICS and word != "State" for word in words):
            return
        bodies.append(by_rule(first + start, first + end, "government", 0.85))
    yield from bodies
