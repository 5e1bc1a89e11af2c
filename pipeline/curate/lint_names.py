"""Lint over all entries: names that two share, that swallow others, or that are ordinary words."""

import functools
import importlib.metadata
import re
from collections.abc import Iterator, Sequence
from importlib import resources
from pathlib import Path

import ahocorasick_rs
from spacy.lookups import Lookups

from pipeline.curate.source import Finding, SourceEntry, names_of
from pipeline.match.entries import Entry
from pipeline.match.gazetteer import Compiled, Surface, compile_entries
from pipeline.normal import is_han
from pipeline.ordinary import ordinary
from pipeline.segment.english import MODEL

_ORDINARY_ZH = 100
"""Occurrences in jieba's dictionary from which a word that is no proper name counts as ordinary."""
_NAMES_ZH = ("nr", "ns", "nt", "nz", "j")
"""jieba's tags of proper names: persons, places, organisations, others, short forms."""
_JOINERS = re.compile(r"\s*(?:,? and |,? & |[、，和与及/])\s*\Z")
_LOOSE = re.compile(r"(?:[\s.,;:'\"()\[\]-]|\b(?:of|the|in|s)\b|[的在了是等])+\Z")
Checked = Sequence[tuple[SourceEntry, Entry]]


def check_names(checked: Checked, others: Sequence[Entry] = ()) -> Iterator[Finding]:
    """Check names against each other and against the words of both languages.

    Args:
        checked: the entries of the folder that is linted, each key once.
        others: entries of folders beneath it, whose names count too but are not reported.
    """
    sources = [source for source, _ in checked]
    compiled = compile_entries([*(entry for _, entry in checked), *others], "")
    yield from _shared(compiled, sources)
    yield from _ordinary(compiled, sources)
    yield from _swallowing(compiled, sources)


def _at(source: SourceEntry, surface: Surface) -> tuple[str | int, ...]:
    return next((steps for name, steps in names_of(source) if name == surface.text), ())


def _shared(compiled: Compiled, sources: Sequence[SourceEntry]) -> Iterator[Finding]:
    """Find names that several entries have and no rule tells apart."""
    done: set[tuple[tuple[int, str], ...]] = set()
    for owners in compiled.owners:
        surfaces = [compiled.surfaces[i] for i in owners]
        if len({s.entry for s in surfaces}) < 2:
            continue
        if all(s.case == 0 for s in surfaces) and len({s.form for s in surfaces}) == len(surfaces):
            continue  # told apart by their case
        told = [s.rule is not None and (s.rule.needs or s.rule.segment) for s in surfaces]
        if sum(map(bool, told)) >= len({s.entry for s in surfaces}) - 1:
            continue  # all but one stand only where their context is
        pair = tuple(sorted((s.entry, s.form) for s in surfaces))
        if pair in done:
            continue
        done.add(pair)
        reported = [s for s in surfaces if s.entry < len(sources)]
        if not reported:
            continue
        last = max(reported, key=lambda s: s.entry)
        names = sorted({compiled.entries[s.entry].key for s in surfaces} - {compiled.entries[last.entry].key})
        former = any(s.kind == "former" for s in surfaces)
        make = sources[last.entry].warning if former else sources[last.entry].error
        yield make(
            "shared", f"{last.text!r} is a name of {compiled.entries[last.entry].key} and of {', '.join(names)}",
            "merge the entries, leave the name to one, or add needs: words to the match rule",
            *_at(sources[last.entry], last),
        )  # fmt: skip


@functools.cache
def _dictionary() -> dict[str, tuple[int, str]]:
    """Return jieba's words with their frequency and part of speech."""
    words: dict[str, tuple[int, str]] = {}
    text = resources.files("jieba").joinpath("dict.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        word, frequency, tag = line.split(" ")
        words[word] = (int(frequency), tag)
    return words


@functools.cache
def _english() -> dict[str, frozenset[str]]:
    """Return the dictionary forms of English (WordNet's, as the spaCy model ships them): all, and verbs and adjectives.

    The frequencies alone do not tell Sydney from target; a dictionary does.
    """
    files = [
        f
        for f in importlib.metadata.files(MODEL) or ()
        if f.name == "lookups.bin" and "lemmatizer" in f.parts
    ]
    if not files:
        return {}
    index = Lookups().from_disk(Path(str(files[0].locate())).parent).get_table("lemma_index")
    parts = {name: frozenset(index[name]) for name in ("noun", "verb", "adj", "adv")}
    parts["any"] = frozenset().union(*parts.values())
    return parts


def _english_word(form: str) -> str | None:
    """Return how far an English word is an ordinary one: ``certain`` (a verb or adjective), ``likely`` (a noun), None."""
    word = form.lower()
    if any(c.isupper() for c in form[1:]) or not ordinary(word):
        return None
    words = _english()
    if word in words["verb"] or word in words["adj"]:
        return "certain"
    return "likely" if word in words["noun"] or word in words["adv"] else None


def _chinese_word(form: str) -> str | None:
    """Return how far a Chinese word is an ordinary one, by its part of speech: ``certain``, ``likely`` (a noun), None."""
    frequency, tag = _dictionary().get(form, (0, ""))
    if frequency < _ORDINARY_ZH or tag.startswith(_NAMES_ZH):
        return None
    return "likely" if tag.startswith(("n", "l", "i")) else "certain"


def _ordinary(compiled: Compiled, sources: Sequence[SourceEntry]) -> Iterator[Finding]:
    """Find names that are ordinary words and have no rule."""
    for surface in compiled.surfaces:
        entry, form = compiled.entries[surface.entry], surface.form
        # technologies are called by ordinary words
        if surface.entry >= len(sources) or surface.rule is not None or entry.type == "technology":
            continue
        source = sources[surface.entry]
        latin = bool(re.fullmatch("[A-Za-z]+", form))
        how, language = None, "English" if latin else "Chinese"
        if latin and surface.case != 0:
            how = _english_word(form)
        elif latin and len(form) == 2 and entry.type != "place":
            yield source.warning(
                "risky", f"{surface.text!r} of {entry.key} has two letters and no match rule",
                "add needs: words", *_at(source, surface),
            )  # fmt: skip
        elif 2 <= len(form) <= 4 and all(map(is_han, form)):
            how = _chinese_word(form)
        if entry.type in ("place", "person") and (how == "likely" or (not latin and len(form) > 2)):
            continue  # dictionaries hold places and people too
        if how is not None:
            certain = how == "certain" and entry.type not in ("place", "person")
            yield (source.error if certain else source.warning)(
                "ordinary", f"{surface.text!r} of {entry.key} is an ordinary {language} word",
                "add a match rule (needs, never_inside, case, segment) or remove the name", *_at(source, surface),
            )  # fmt: skip


def _swallowing(compiled: Compiled, sources: Sequence[SourceEntry]) -> Iterator[Finding]:
    """Find names that hide other entries' names: two names joined, or a name with loose words around it.

    The longest name wins, so such a name would take the place of the ones inside it.
    """
    forms = sorted({s.form for s in compiled.surfaces if len(s.form) > 2})
    owner: dict[str, set[int]] = {}
    for surface in compiled.surfaces:
        owner.setdefault(surface.form, set()).add(surface.entry)
    automaton = ahocorasick_rs.AhoCorasick(forms)
    for surface in compiled.surfaces:
        if surface.entry >= len(sources) or surface.rule is not None:
            continue
        form = surface.form
        inner = [
            (start, end, forms[i])
            for i, start, end in automaton.find_matches_as_indexes(form, overlapping=True)
            if end - start < len(form) and surface.entry not in owner[forms[i]] and _whole(form, start, end)
        ]
        hidden = _joined(form, inner) or _wrapped(form, inner)
        if hidden:
            entry = compiled.entries[surface.entry]
            names = " and ".join(repr(h) for h in hidden)
            yield sources[surface.entry].warning(
                "swallows", f"{surface.text!r} of {entry.key} swallows {names} of other entries",
                "shorten it, or check that it is a name of its own and add a match rule",
                *_at(sources[surface.entry], surface),
            )  # fmt: skip


def _whole(text: str, start: int, end: int) -> bool:
    def word(char: str) -> bool:
        return char.isalnum() and not is_han(char)

    return not (start and word(text[start]) and word(text[start - 1])) and not (
        end < len(text) and word(text[end - 1]) and word(text[end])
    )


def _joined(form: str, inner: Sequence[tuple[int, int, str]]) -> list[str]:
    """Return the two names that a form only joins, or nothing."""
    for _, end, first in (i for i in inner if i[0] == 0):
        for start, _, second in (i for i in inner if i[1] == len(form)):
            if start > end and _JOINERS.match(form[end:start]):
                return [first, second]
    return []


def _wrapped(form: str, inner: Sequence[tuple[int, int, str]]) -> list[str]:
    """Return the name around which a form has only loose words, or nothing."""
    for start, end, name in sorted(inner, key=lambda i: i[0] - i[1]):
        rest = form[:start], form[end:]
        if all(not part or _LOOSE.match(part) for part in rest):
            return [name]
    return []
