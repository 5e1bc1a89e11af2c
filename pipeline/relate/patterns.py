"""relations.yaml read and compiled: which words, constructions and argument types make each relation."""

import functools
import itertools
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, get_args

import yaml

from pipeline import cachedir
from pipeline.records import EntityType, Record, RelationType
from pipeline.relate import needs
from pipeline.relate.forms import forms
from pipeline.relate.mask import MOST_NODES, SLOT, slot
from pipeline.relate.needs import Asked, Needs, asked
from pipeline.relate.source import patterns_path
from pipeline.relate.statements import Signature
from pipeline.relate.titles import EN_TITLE, STATE_HEADS, ZH_TITLE

_GROUPS: dict[str, tuple[EntityType, ...]] = {
    "organisation": ("government", "company", "institution", "association"),
    "any": get_args(EntityType),
}
_PLACEHOLDER = re.compile(r"\{([a-z]+)(?::([a-z|]+))?([+1*])?\}")
_GAPS = {
    "gap": "[^\ue000-\uf8ff。;:!?\n]{0,12}?",
    "wide": "[^\ue000-\uf8ff。;!?\n]{0,30}?",
    "far": "[^。;!?\n]{0,40}?",
    "title": f"(?P<title>{ZH_TITLE})",
    "post": f"(?P<title>(?:(?![0-9]{{3}})[^\ue000-\uf8ff,。;:!?的\\s(于与和在向]|{slot({'technology'})}){{0,12}}?{ZH_TITLE})",
    "state": f"(?P<title>{STATE_HEADS})",
    "entitle": f"(?P<title>(?:[A-Za-z&' -]{{0,30}} )?(?i:{EN_TITLE}))",
    "mention": SLOT,
    "adv": "(?:还|也|亦|现|则|均|都|同时|目前|仍然?|一直|已经?|曾|即|既|正|就|又|本身){0,2}",
}  # fmt: skip


class PatternError(ValueError):
    """relations.yaml cannot be used; the message is one line that names the place."""


class Template(Record, frozen=True, kw_only=True):
    """A surface pattern over masked sentences with the groups ``s`` and ``o``, or ``p`` for partners."""

    regex: str
    source: str
    score: float
    runs_on: str | None
    """The group whose name may be the first of an open list (``partners including A for X, B and C``)."""
    again: bool = False
    """One first argument may have several second ones (``任甲院院长，兼任乙院院长``)."""

    @property
    def pattern(self) -> re.Pattern[str]:
        """The regular expression, compiled when a text first asks for it: most are not needed for most documents."""
        return _compiled(self.regex)


@functools.cache
def _compiled(regex: str) -> re.Pattern[str]:
    return re.compile(regex)


class Frame(Record, frozen=True, kw_only=True):
    """An English word with its construction: ``work with``, ``subsidiary of``, ``responsible for``."""

    kind: str
    """``verb``, ``noun`` or ``adjective``."""
    words: frozenset[str]
    preposition: str | None
    passive: bool
    """Only where the word is a passive participle (``be located in``)."""
    reversed: bool
    """The grammatical subject is the relation's object."""


class Rule(Record, frozen=True, kw_only=True):
    """All patterns of one relation type."""

    type: RelationType
    signature: Signature
    dated: bool
    frames: list[Frame]
    verbs_zh: re.Pattern[str] | None
    reversed_zh: re.Pattern[str] | None
    with_zh: re.Pattern[str] | None
    """Verbs whose partner a preposition marks (``与乙公司共建``)."""
    english: list[Template]
    chinese: list[Template]
    examples: list[str]
    counter_examples: list[str]


class Templates:
    """The templates of one language, in the order of the rules."""

    def __init__(self, all_of: Sequence[tuple[int, Rule, Template]], asked: Asked) -> None:
        self._all = all_of
        self._needs = Needs(asked)

    def may_match(self, text: str) -> list[tuple[int, Rule, Template]]:
        """Return the templates that a text is worth searching for, each with its rule and the rule's number."""
        return [self._all[number] for number in self._needs.met(text)]


class Patterns(Record, frozen=True, kw_only=True):
    """The compiled relations.yaml."""

    rules: list[Rule]
    frames: dict[str, list[tuple[Rule, Frame]]]
    """The English frames by the word forms that they begin with, in lower case."""
    signatures: dict[RelationType, Signature]
    english: Templates
    chinese: Templates


@functools.cache
def load_patterns(path: Path | None = None) -> Patterns:
    """Read and compile a relations.yaml (the shipped one by default).

    Raises:
        PatternError: the file cannot be read or says something that is not understood.
    """
    place = path or patterns_path()
    try:
        data = yaml.load(  # nosec B506 - a safe loader, in C where there is one
            place.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        )
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as problem:
        raise PatternError(f"{place}: cannot be read: {str(problem).splitlines()[0]}") from problem
    if not isinstance(data, dict):
        raise PatternError(f"{place}: a mapping of relation types is needed")
    rules = [_rule(place, str(name), entry) for name, entry in data.items()]
    english = [(n, rule, t) for n, rule in enumerate(rules) for t in rule.english]
    chinese = [(n, rule, t) for n, rule in enumerate(rules) for t in rule.chinese]
    checked = _checked(place, english, chinese)
    return Patterns(
        rules=rules,
        frames=_by_word(rules),
        signatures={rule.type: rule.signature for rule in rules},
        english=Templates(english, checked.english),
        chinese=Templates(chinese, checked.chinese),
    )


class _Checked(Record, frozen=True, kw_only=True):
    """What is known of templates that were compiled once without fault."""

    english: Asked
    chinese: Asked


def _checked(place: Path, *languages: Sequence[tuple[int, Rule, Template]]) -> _Checked:
    """Return what is known of the templates, as it was kept or, where it was not, found out."""
    regexes = [[template.regex for _, _, template in of] for of in languages]

    def find_out() -> _Checked:
        for _, rule, template in itertools.chain(*languages):
            try:
                _compiled(template.regex)
            except re.error as problem:
                raise PatternError(f"{place}: {rule.type}: {template.source!r}: {problem}") from problem
        english, chinese = map(asked, regexes)
        return _Checked(english=english, chinese=chinese)

    return cachedir.made(
        "patterns", [sys.version, cachedir.code(needs.__file__), repr(regexes)], _Checked, find_out
    )


def _by_word(rules: Iterable[Rule]) -> dict[str, list[tuple[Rule, Frame]]]:
    frames: dict[str, list[tuple[Rule, Frame]]] = {}
    for rule in rules:
        for frame in rule.frames:
            for word in frame.words:
                frames.setdefault(word, []).append((rule, frame))
    return frames


def _rule(place: Path, name: str, entry: object) -> Rule:
    if name not in get_args(RelationType):
        raise PatternError(f"{place}: {name}: no such relation type")
    if not isinstance(entry, dict):
        raise PatternError(f"{place}: {name}: a mapping is needed")
    unknown = sorted(
        set(entry) - {"reading", "subject", "object", "dated", "en", "zh", "examples", "counter_examples"}
    )
    if unknown:
        raise PatternError(f"{place}: {name}: unknown key {unknown[0]!r}")
    signature = Signature(
        subject=_types(place, name, entry.get("subject")), object=_types(place, name, entry.get("object"))
    )
    english, chinese = entry.get("en") or {}, entry.get("zh") or {}
    frames = [
        _frame(place, name, kind, text, swapped)
        for key, kind, swapped in (
            ("verbs", "verb", False), ("reversed_verbs", "verb", True), ("nouns", "noun", False),
            ("reversed_nouns", "noun", True), ("adjectives", "adjective", False), ("reversed_adjectives", "adjective", True),
        )
        for text in english.get(key, [])
    ]  # fmt: skip
    return Rule(
        type=name,  # type: ignore[arg-type]
        signature=signature,
        dated=bool(entry.get("dated", False)),
        frames=frames,
        verbs_zh=_alternatives(chinese.get("verbs", [])),
        reversed_zh=_alternatives(chinese.get("reversed_verbs", [])),
        with_zh=_alternatives(chinese.get("with_verbs", [])),
        english=[_template(place, name, t, signature) for t in english.get("templates", [])],
        chinese=[_template(place, name, t, signature) for t in chinese.get("templates", [])],
        examples=[str(e) for e in entry.get("examples", [])],
        counter_examples=[str(e) for e in entry.get("counter_examples", [])],
    )


def _types(place: Path, name: str, given: object) -> frozenset[EntityType]:
    if not isinstance(given, list) or not given:
        raise PatternError(f"{place}: {name}: subject and object need lists of entity types")
    found: set[EntityType] = set()
    for item in given:
        if item in _GROUPS:
            found.update(_GROUPS[item])
        elif item in get_args(EntityType):
            found.add(item)
        else:
            raise PatternError(f"{place}: {name}: no such entity type: {item!r}")
    return frozenset(found)


def _frame(place: Path, name: str, kind: str, text: object, swapped: bool) -> Frame:
    words = str(text).split()
    passive = bool(words) and words[0] == "be"
    words = words[1:] if passive else words
    if not 1 <= len(words) <= 2:
        raise PatternError(f"{place}: {name}: {text!r}: a word and at most one preposition are needed")
    if kind == "verb":
        variants = forms(words[0])
    elif kind == "noun":
        variants = frozenset({words[0], words[0][:-1] + "ies" if words[0].endswith("y") else words[0] + "s"})
    else:
        variants = frozenset({words[0]})
    return Frame(
        kind=kind,
        words=variants,
        preposition=words[1] if len(words) > 1 else None,
        passive=passive,
        reversed=swapped,
    )


def _alternatives(words: list[object]) -> re.Pattern[str] | None:
    if not words:
        return None
    return re.compile("|".join(sorted(map(str, words), key=lambda w: (-len(w), w))))


def _template(place: Path, name: str, given: object, signature: Signature) -> Template:
    more: dict[str, Any] = given if isinstance(given, dict) else {"match": given}
    source, score, again = str(more["match"]), float(more.get("score", 0.8)), bool(more.get("again", False))

    titled: list[str] = []

    def fill(match: re.Match[str]) -> str:
        key, only, count = match.groups()
        if key in _GAPS:
            gap = _GAPS[key]
            if "(?P<title>" in gap:  # of several titles the first is the statement's
                gap = gap.replace("(?P<title>", "(?:") if titled else gap
                titled.append(key)
            return gap
        if key not in ("s", "o", "p", "x"):
            raise PatternError(f"{place}: {name}: {source!r}: unknown placeholder {key!r}")
        if only:
            types = _types(place, name, only.split("|"))
        else:
            types = signature.object if key == "o" else signature.subject
        shape = slot(types, several=True if count == "+" else False if count == "1" else None)
        return f"(?:{shape})" if key == "x" else f"(?P<{key}>{shape})"

    listed = next((m.group(1) for m in _PLACEHOLDER.finditer(source) if m.group(3) == "*"), None)
    regex = _PLACEHOLDER.sub(fill, source)
    return Template(regex=regex, source=source, score=score, runs_on=listed, again=again)


def check_examples(path: Path) -> list[str]:
    """Run the examples of a relations.yaml; return what fails (see ``examples.check_examples``)."""
    from pipeline.relate.examples import check_examples as check

    return check(path)


__all__ = [
    "MOST_NODES",
    "Frame",
    "PatternError",
    "Patterns",
    "Rule",
    "Template",
    "check_examples",
    "load_patterns",
    "patterns_path",
]
