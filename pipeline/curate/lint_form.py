"""Lint, entry by entry: schema, order, dates, references and script."""

import datetime
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from pipeline.curate.source import KEYS, Finding, SourceEntry, Step, names_of
from pipeline.match.entries import Entry, Former, Post
from pipeline.normal import has_han, key, simplify

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_REFERENCE = re.compile(r"[a-z]+/[a-z0-9]+(-[a-z0-9]+)*\Z")
_HOST = re.compile(r"(https?://)?([\w-]+\.)+[\w-]{2,}(/\S*)?\Z")
_PLACE = re.compile(r" - at `(\$[^`]*)`$")
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z")
_CASES = ("exact", "capital", "any")
_SPACED = re.compile(r"[\u4e00-\u9fff](?: [\u4e00-\u9fff])+")
STANDARD = frozenset("昇陞谿劄吒崑覈鍾乾徵麽")
"""Characters of the PRC's standard list of 2013 (in names or all uses) that OpenCC takes for traditional ones."""
_WIDE = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\u3000\ufb00-\ufb06]")


def check_entry(entry: SourceEntry) -> tuple[Entry | None, list[Finding]]:
    """Check one entry by itself; the entry is returned when it can be read at all."""
    found: list[Finding] = list(_keys(entry))
    parsed: Entry | None = None
    try:
        parsed = msgspec.convert({k: v for k, v in entry.data.items() if k in KEYS}, Entry)
    except msgspec.ValidationError as problem:
        message = str(problem)
        place = _PLACE.search(message)
        steps = _steps(place.group(1)) if place else ()
        found.append(
            entry.error("schema", _PLACE.sub("", message), "see the entry format in README.md", *steps)
        )
        return None, found
    if not _SLUG.match(parsed.id):
        found.append(
            entry.error("slug", f"id {parsed.id!r} is no slug", "use a-z, 0-9 and single hyphens", "id")
        )
    if not (parsed.en or parsed.zh):
        found.append(entry.error("nameless", f"{parsed.key} has neither en nor zh", "give one of them"))
    if not parsed.source:
        found.append(entry.warning("source", f"{parsed.key} has no source", "say what proves it"))
    found += _dates(entry, parsed)
    found += _script(entry)
    found += _rules(entry, parsed)
    found += _small(entry, parsed)
    return parsed, found


def _keys(entry: SourceEntry) -> Iterator[Finding]:
    for name in entry.order:
        if name not in KEYS:
            yield entry.error("schema", f"unknown key {name!r}", f"known are {', '.join(KEYS)}", name)
        elif entry.data[name] in (None, "", [], {}):
            yield entry.error("empty", f"{name} is empty", "leave the key out (--fix does)", name)
    known = [name for name in entry.order if name in KEYS]
    if known != sorted(known, key=KEYS.index):
        yield entry.warning("key-order", f"keys stand in the order {', '.join(known)}", "run lint --fix")


def _steps(place: str) -> tuple[Step, ...]:
    steps: list[Step] = []
    for name, index in re.findall(r"\.(\w+)|\[(\d+)\]", place):
        steps.append(name or int(index))
    return tuple(steps)


def _valid(date: str) -> bool:
    match = _DATE.match(date)
    if match is None:
        return False
    year, month, day = (int(part or 1) for part in match.groups())
    try:
        datetime.date(year, month, day)
    except ValueError:
        return False
    return 1000 <= year <= 2100


def _dates(entry: SourceEntry, parsed: Entry) -> Iterator[Finding]:
    mend = "write 2018, 2018-03 or 2018-03-17"
    if parsed.date is not None and not _valid(parsed.date):
        yield entry.error("date", f"date {parsed.date!r} is no ISO date", mend, "date")
    if parsed.period is not None:
        ends = parsed.period.split("/")
        if len(ends) > 2 or not all(map(_valid, ends)):
            yield entry.error(
                "date",
                f"period {parsed.period!r} is no ISO date or interval",
                f"{mend}, or 2018/2020",
                "period",
            )
        elif len(ends) == 2 and ends[0] > ends[1]:
            yield entry.error("date", f"period {parsed.period!r} ends before it begins", "swap", "period")
    periods: list[tuple[str, Sequence[Former | Post]]] = [("former", parsed.former), ("posts", parsed.posts)]
    for field, items in periods:
        for i, item in enumerate(items):
            for name in ("since", "until"):
                value = getattr(item, name)
                if value is not None and not _valid(value):
                    yield entry.error("date", f"{name} {value!r} is no ISO date", mend, field, i, name)
            if item.since and item.until and item.since[: len(item.until)] > item.until:
                yield entry.error(
                    "date", f"until {item.until} is before since {item.since}", "swap", field, i, "until"
                )
    for i, former in enumerate(parsed.former):
        if not (former.zh or former.en):
            yield entry.error("nameless", "a former name has neither zh nor en", "give one", "former", i)


def _script(entry: SourceEntry) -> Iterator[Finding]:
    for name, steps in names_of(entry):
        shown = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in name)
        if any(unicodedata.category(c) in ("Cc", "Cf", "Co", "Cs", "Zl", "Zp") for c in name):
            yield entry.error("script", f"{shown!r} holds a control character", "remove it", *steps)
            continue
        if name != " ".join(name.split()):
            yield entry.error("script", f"{shown!r} has spaces too many", "run lint --fix", *steps)
        if _WIDE.search(name):
            yield entry.error(
                "script", f"{shown!r} has full-width letters, digits or spaces", "run lint --fix", *steps
            )
        if _SPACED.fullmatch(name):
            yield entry.error("script", f"{shown!r} is letter-spaced", "run lint --fix", *steps)
        field = steps[-1] if isinstance(steps[-1], str) else steps[0]
        if field == "traditional":
            yield from _traditional(entry, name, steps)
        elif has_han(name) and (simple := simplify(name)) != name:
            changed = "".join(a for a, b in zip(name, simple, strict=True) if a != b and a not in STANDARD)
            if not changed:
                continue
            yield entry.error(
                "traditional", f"{name!r} has the traditional {changed}",
                f"write {simple}; the matcher finds the traditional form by itself", *steps,
            )  # fmt: skip
        if field == "en" and has_han(name):
            yield entry.error("script", f"en {name!r} has Han characters", "move it to zh or aliases", *steps)
        if field == "zh" and not has_han(name):
            yield entry.warning(
                "script", f"zh {name!r} has no Han character", "move it to en or aliases", *steps
            )


def _traditional(entry: SourceEntry, name: str, steps: tuple[Step, ...]) -> Iterator[Finding]:
    others = {key(text) for text, place in names_of(entry) if place[0] != "traditional"}
    if key(name) in others:
        yield entry.warning(
            "needless", f"traditional {name!r} is what OpenCC gives", "remove it (lint --fix does)", *steps
        )


def _rules(entry: SourceEntry, parsed: Entry) -> Iterator[Finding]:
    names = {name for name, _ in names_of(entry)}
    for surface, rule in parsed.match.items():
        at = ("match", surface)
        if surface != "*" and surface not in names:
            yield entry.error(
                "dead-rule", f"match rule for {surface!r}, which is no name of {parsed.key}",
                "write it as listed, or remove it", *at,
            )  # fmt: skip
            continue
        if rule.case is not None and rule.case not in _CASES:
            yield entry.error(
                "schema", f"case {rule.case!r} is unknown", f"it is one of {', '.join(_CASES)}", *at, "case"
            )
        if surface == "*":
            continue
        form = key(surface).lower()
        for longer in rule.never_inside:
            if form not in key(longer).lower() or form == key(longer).lower():
                yield entry.error(
                    "dead-rule", f"never_inside {longer!r} does not hold {surface!r}",
                    "give longer strings that hold the name", *at, "never_inside",
                )  # fmt: skip
        if rule.segment and not has_han(surface):
            yield entry.error(
                "dead-rule", f"segment says nothing of {surface!r}", "remove it", *at, "segment"
            )


def _small(entry: SourceEntry, parsed: Entry) -> Iterator[Finding]:
    if parsed.wikidata and not re.match(r"Q[1-9]\d*\Z", parsed.wikidata):
        yield entry.error(
            "schema", f"wikidata {parsed.wikidata!r} is no item", "write Q and a number", "wikidata"
        )
    if parsed.website and not _HOST.match(parsed.website):
        yield entry.error(
            "schema", f"website {parsed.website!r} is no address", "write a host or URL", "website"
        )
    if parsed.country and not re.match(r"[A-Z]{2}\Z", parsed.country):
        yield entry.error("schema", f"country {parsed.country!r}", "write ISO 3166 alpha-2, as CN", "country")
    if parsed.number and re.search(r"[\[［(（【]\s*(?:19|20)\d\d\s*[\]］)）】]", parsed.number):
        yield entry.error("number", f"number {parsed.number!r}", "set its year in 〔〕", "number")
    seen: dict[str, str] = {}
    for name, steps in names_of(entry):
        form = key(name)
        if form in seen:
            yield entry.warning(
                "repeated",
                f"{name!r} is the same name as {seen[form]!r}",
                "remove it (lint --fix does)",
                *steps,
            )
        seen.setdefault(form, name)
        if sum(c.isalnum() for c in form) < 2:
            yield entry.error(
                "short", f"{name!r} is one character", "remove it: it matches everywhere", *steps
            )


def check_references(
    entries: Sequence[tuple[SourceEntry, Entry]], known: Mapping[str, str | None]
) -> Iterator[Finding]:
    """Check that parents, issuers and posts lead to entries, and that parents make no circle.

    Args:
        entries: what is checked.
        known: the parent of every entry that can be referred to, by full id.
    """
    for source, entry in entries:
        references: list[tuple[str, tuple[Step, ...]]] = []
        if entry.parent:
            references.append((entry.parent, ("parent",)))
        references += [(name, ("issuer", i)) for i, name in enumerate(entry.issuer)]
        references += [(post.org, ("posts", i, "org")) for i, post in enumerate(entry.posts)]
        for name, steps in references:
            if name not in known:
                mend = _suggestion(name, known)
                yield source.error("dangling", f"{steps[0]} {name!r} is no entry", mend, *steps)
        if entry.parent and (circle := _circle(entry.key, known)):
            yield source.error(
                "circular",
                f"parents go in a circle: {' > '.join(circle)}",
                "remove one of the links",
                "parent",
            )


def _suggestion(name: str, known: Collection[str]) -> str:
    if not _REFERENCE.match(name):
        return "write the full id, type/slug"
    slug = name.split("/")[1]
    same = sorted(k for k in known if k.endswith(f"/{slug}"))
    return f"did you mean {same[0]}?" if same else "add the entry, or leave the reference out"


def _circle(start: str, parents: Mapping[str, str | None]) -> list[str]:
    """Return the circle of parents that an entry is part of, or nothing."""
    chain = [start]
    at = parents.get(start)
    while at is not None and at not in chain:
        chain.append(at)
        at = parents.get(at)
    return [*chain, start] if at == start and chain[0] == min(chain) else []


def check_order(entries: Sequence[SourceEntry]) -> Iterator[Finding]:
    """Check that a file's entries are sorted by id."""
    before = ""
    for entry in entries:
        name = _id(entry.data)
        if name < before:
            yield entry.error("unsorted", f"{name} stands after {before}", "run lint --fix", "id")
        before = max(before, name)


def _id(data: Mapping[str, Any]) -> str:
    value = data.get("id")
    return value if isinstance(value, str) else ""


__all__ = ["check_entry", "check_order", "check_references"]
