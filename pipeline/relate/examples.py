"""The examples of relations.yaml run as tests: what they mark must be found, or must not."""

import re
from pathlib import Path

from pipeline.align import Aligned, Named
from pipeline.match.candidates import Candidate
from pipeline.normal import normalise
from pipeline.records import EntityType, Page, ParsedPage, RelationType
from pipeline.relate.patterns import PatternError, Patterns, load_patterns
from pipeline.relate.sentences import sentence_statements
from pipeline.segment import Reading
from pipeline.segment.sentences import sentences
from pipeline.segment.words import Words
from pipeline.stream import build_stream

_MARK = re.compile(r"\[(?:(?P<role>[so]) )?(?P<type>[a-z]+): (?P<name>[^\]]+)\]")


def check_examples(path: Path) -> list[str]:
    """Run the examples and counter-examples of a relations.yaml; return what fails, one line each.

    Raises:
        PatternError: the file cannot be read or understood.
    """
    patterns = load_patterns(path)
    problems: list[str] = []
    for rule in patterns.rules:
        for example in rule.examples:
            if not _found(patterns, rule.type, example):
                problems.append(f"{rule.type}: not found: {example}")
        for example in rule.counter_examples:
            if _found(patterns, rule.type, example):
                problems.append(f"{rule.type}: found, but it must not be: {example}")
    return problems


def _found(patterns: Patterns, kind: RelationType, example: str) -> bool:
    """Say whether the relation between an example's marked arguments is found."""
    reading, aligned, roles = marked(example)
    if "s" not in roles or "o" not in roles:
        raise PatternError(f"{kind}: the example marks no s or no o: {example}")
    wanted = {roles["s"], roles["o"]}
    for one in sentence_statements(reading, aligned, patterns):
        pair = (aligned.mentions[one.subject].entity, aligned.mentions[one.object].entity)
        if one.type == kind and (
            pair == (roles["s"], roles["o"]) or (kind == "partner_of" and set(pair) == wanted)
        ):
            return True
    return False


def marked(example: str) -> tuple[Reading, Aligned, dict[str, str]]:
    """Read a text with marked names; also return the entity of each role.

    >>> reading, aligned, roles = marked("[s government: MIIT] issued the [o plan: AIDP].")
    >>> reading.normal.text, roles
    ('MIIT issued the AIDP.', {'s': '0', 'o': '1'})
    """
    out = ""
    at = 0
    mentions: list[Named] = []
    roles: dict[str, str] = {}
    for match in _MARK.finditer(example):
        out += example[at : match.start()]
        kind: EntityType = match.group("type")  # type: ignore[assignment]
        candidate = Candidate(
            start=len(out), end=len(out) + len(match.group("name")), type=kind, method="gazetteer", score=1.0
        )
        entity = next(
            (m.entity for m in mentions if out[m.candidate.start : m.candidate.end] == match.group("name")),
            str(len(mentions)),
        )
        mentions.append(Named(candidate=candidate, entity=entity))
        if match.group("role"):
            roles[match.group("role")] = entity
        out += match.group("name")
        at = match.end()
    out += example[at:]
    normal = normalise(out)
    placed = {original: i for i, original in enumerate(normal.starts)}
    moved = [
        Named(
            candidate=Candidate(
                start=placed[m.candidate.start], end=placed[m.candidate.end - 1] + 1, type=m.candidate.type,
                method="gazetteer", score=1.0,
            ),
            entity=m.entity,
        )
        for m in mentions
    ]  # fmt: skip
    page = Page(document="", page=1, width=None, height=None, text=out, blocks=[], notes=[])
    stream = build_stream([ParsedPage(page=page, glyphs=None, runs_on=False, bold=[])])
    reading = Reading(
        stream=stream,
        normal=normal,
        words=Words(starts=[], ends=[], known=[]),
        sentences=sentences(normal.text),
        plain=True,
    )
    return reading, Aligned(mentions=moved, entities=[]), roles
