"""The gazetteers compiled: every surface of every entry, ready for one automaton."""

import contextlib
import functools
import hashlib
import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import pipeline
from pipeline import cachedir
from pipeline.match.entries import Entry, Former, Rule, entry_files, read_entries
from pipeline.match.index import Automaton, ByKey, DamagedIndex, Index, write_index
from pipeline.normal import has_han, key, language_of
from pipeline.records import Language, NameKind, Record

_LEGAL = re.compile(r"\b(?:co\.?,? ?ltd\.?|inc\.?|corp\.?|ltd\.?|llc|plc)$", re.IGNORECASE)
_DOTTED = (
    (re.compile(r"\bU\.S\.(?!A)"), "US"),
    (re.compile(r"\bUS\b"), "U.S."),
    (re.compile(r"\bU\.K\.|\bUK\b"), "U.K."),
    (re.compile(r"\bU\.K\."), "UK"),
    (re.compile(r"^PRC\b"), "P.R.C."),
    (re.compile(r"^UN\b"), "U.N."),
    (re.compile(r"^EU\b"), "E.U."),
)
_KEPT_INDEXES = 12
"""Index files that stay in the cache, the newest."""
_CASES = {"exact": 0, "capital": 1, "any": 2}


class Surface(Record, frozen=True, kw_only=True, array_like=True):
    """One written form of an entry."""

    entry: int
    text: str
    """As the gazetteer has it."""
    form: str
    """Normalised, with its case."""
    language: Language
    kind: NameKind
    case: int
    """0 exact, 1 capitals where the name has them, 2 any."""
    rule: Rule | None
    since: str | None = None
    until: str | None = None


class Compiled(Record, frozen=True, kw_only=True):
    """Entries, surfaces and patterns; pattern ``i`` stands for the surfaces ``owners[i]``."""

    version: str
    entries: list[Entry]
    surfaces: list[Surface]
    patterns: list[str]
    owners: list[list[int]]


class Gazetteer:
    """Compiled gazetteers with their automaton and look-ups by id and by name.

    Args:
        compiled: in memory, or a mapped index, whose records are decoded when they are asked for.
    """

    version: str
    entries: Sequence[Entry]
    """Sorted by full id."""
    surfaces: Sequence[Surface]
    """In the order of their entries."""
    patterns: Sequence[str]
    """Normalised, lower case, distinct; sorted."""
    owners: Sequence[Sequence[int]]
    """For each pattern the surfaces that it stands for."""
    by_key: Mapping[str, Entry]
    """Entries by full id."""

    def __init__(self, compiled: Compiled | Index) -> None:
        self.version = compiled.version
        self._index = compiled if isinstance(compiled, Index) else None
        if isinstance(compiled, Index):
            entries = compiled.records("entries", Entry)
            self.entries = entries
            self.surfaces = compiled.records("surfaces", Surface)
            self.patterns = compiled.records("patterns", str)
            self.owners = compiled.owners()
            self.by_key = ByKey(entries, compiled.records("keys", str))
        else:
            self.entries = compiled.entries
            self.surfaces = compiled.surfaces
            self.patterns = compiled.patterns
            self.owners = compiled.owners
            self.by_key = {entry.key: entry for entry in self.entries}

    @functools.cached_property
    def automaton(self) -> Automaton:
        """The automaton over all patterns (normalised, lower case)."""
        return self._index.automaton if self._index is not None else Automaton.build(self.patterns)

    def words(self) -> list[str]:
        """Return the names that a segmenter may know as words: Chinese, of three characters or more, without a rule."""
        if self._index is not None:
            return self._index.text("words").splitlines()
        return _words(self.surfaces)

    def lookup(self, name: str) -> list[Surface]:
        """Return the surfaces that a name equals, rules and case aside."""
        index = self.automaton.find_whole(key(name).lower())
        return [] if index is None else [self.surfaces[i] for i in self.owners[index]]

    def surfaces_of(self, entry_key: str) -> list[Surface]:
        """Return an entry's surfaces, the canonical ones first."""
        if isinstance(self.by_key, ByKey) and self._index is not None:
            at = self.by_key.place(entry_key)
            first = self._index.numbers("first")
            return [] if at is None else [self.surfaces[i] for i in range(first[at], first[at + 1])]
        return self._surfaces_by_entry.get(entry_key, [])

    @functools.cached_property
    def _surfaces_by_entry(self) -> dict[str, list[Surface]]:
        result: dict[str, list[Surface]] = {}
        for surface in self.surfaces:
            result.setdefault(self.entries[surface.entry].key, []).append(surface)
        return result


def _words(surfaces: Iterable[Surface]) -> list[str]:
    return [s.form for s in surfaces if s.language == "zh" and s.rule is None and len(s.form) > 2]


def builtin_folder() -> Path:
    """Return the folder of the gazetteers that ship with the package."""
    inside = Path(__file__).resolve().parent.parent / "gazetteers"
    return inside if inside.is_dir() else Path(__file__).resolve().parents[2] / "gazetteers"


def load_gazetteers(folders: Sequence[Path] | None = None, *, builtin: bool = True) -> Gazetteer:
    """Load gazetteer folders, the built-in ones first, from their index, which is made when there is none.

    Precedence: of entries with one full id (type and slug), the one in the folder named last replaces the
    others whole: its names, its rules and all else; nothing is merged. Entries with other ids stand
    beside each other; where two share a name, ``Finder`` decides as it does within a folder.

    Args:
        folders: further folders of YAML files.
        builtin: whether to take the built-in gazetteers.

    Raises:
        GazetteerError: a file or folder cannot be read; the message has file and line.
    """
    places = ([builtin_folder()] if builtin else []) + list(folders or [])
    files = entry_files(places)
    digest = hashlib.sha256(pipeline.__version__.encode())
    for path in files:
        content = path.read_bytes() if path.is_file() else b""
        digest.update(f"\0{path.parent == builtin_folder()}{path.name}\0".encode())
        digest.update(hashlib.sha256(content).digest())
    version = digest.hexdigest()[:16]
    path = cachedir.folder() / f"gazetteer-{version}-{_code()}.index"
    with contextlib.suppress(OSError, DamagedIndex):
        return Gazetteer(Index(path))
    compiled = compile_entries(read_entries(files), version)
    try:
        store(compiled, path)
        return Gazetteer(Index(path))
    except (OSError, DamagedIndex):  # a cache that cannot be written is done without
        return Gazetteer(compiled)


def store(compiled: Compiled, path: Path) -> None:
    """Write compiled gazetteers as an index file; older indexes beside it are removed.

    Raises:
        OSError: it cannot be written.
    """
    counts = Counter(s.entry for s in compiled.surfaces)
    write_index(
        path,
        compiled.version,
        compiled.patterns,
        compiled.owners,
        records={
            "entries": map(_filled, compiled.entries),
            "surfaces": compiled.surfaces,
            "keys": [e.key for e in compiled.entries],
        },
        numbers={"first": [0, *itertools.accumulate(counts[i] for i in range(len(compiled.entries)))]},
        texts={"words": "\n".join(_words(compiled.surfaces))},
    )
    with contextlib.suppress(OSError):
        old = sorted(path.parent.glob("gazetteer-*.index"), key=lambda p: p.stat().st_mtime, reverse=True)
        for file in old[_KEPT_INDEXES:]:
            file.unlink(missing_ok=True)


def _filled(entry: Entry) -> dict[str, object]:
    """Return what an entry has, without its empty fields."""
    return {name: value for name in entry.__struct_fields__ if (value := getattr(entry, name))}


@functools.cache
def _code() -> str:
    """Return a hash of the code that makes an index: a change of it makes earlier ones worthless."""
    here = Path(__file__).parent
    files = (here / "gazetteer.py", here / "index.py", here / "entries.py", here.parent / "normal.py")
    return cachedir.code(*files)[:8]


def compile_entries(entries: Sequence[Entry], version: str) -> Compiled:
    """Compile entries into surfaces and patterns."""
    surfaces: list[Surface] = []
    owners: dict[str, list[int]] = {}
    for index, entry in enumerate(entries):
        seen: set[str] = set()
        for text, kind, former in _names(entry):
            form = key(text)
            if not form or form in seen:
                continue
            seen.add(form)
            rule = entry.match.get(text) or entry.match.get("*")
            surface = Surface(
                entry=index,
                text=text,
                form=form,
                language=language_of(form),
                kind=kind,
                case=_case(entry, form, kind, rule),
                rule=rule,
                since=former.since if former else None,
                until=former.until if former else None,
            )
            for pattern in _variants(form, entry.type):
                owners.setdefault(pattern.lower(), []).append(len(surfaces))
            surfaces.append(surface)
    patterns = sorted(owners)
    return Compiled(
        version=version,
        entries=list(entries),
        surfaces=surfaces,
        patterns=patterns,
        owners=[owners[p] for p in patterns],
    )


def _names(entry: Entry) -> Iterator[tuple[str, NameKind, Former | None]]:
    for name in (entry.en, entry.zh):
        if name:
            yield name, "canonical", None
    for name in entry.aliases:
        yield name, "alias", None
    for name in entry.abbreviations:
        yield name, "abbreviation", None
    for former in entry.former:
        for name in (former.zh, former.en):
            if name:
                yield name, "former", former
    for name in entry.traditional:
        yield name, "traditional", None


def _case(entry: Entry, form: str, kind: NameKind, rule: Rule | None) -> int:
    if rule is not None and rule.case in _CASES:
        return _CASES[rule.case]
    letters = [c for c in form if c.isalpha() and c.isascii()]
    if letters and (kind == "abbreviation" or all(c.isupper() for c in letters)) and len(letters) <= 6:
        return 0
    if entry.type == "technology" or not letters or not any(c.isupper() for c in letters):
        return 2
    return 1


def _variants(form: str, kind: str) -> Iterator[str]:
    """Yield the ways in which a form is usually written: legal endings, ``&``, plurals."""
    forms = [form]
    legal = _LEGAL.search(form)
    if legal and not has_han(form):
        stem = form[: legal.start()].rstrip(" ,")
        ending = legal.group().lower().replace(".", "").replace(",", "").replace(" ", "")
        if ending == "coltd":
            endings = ["Co., Ltd.", "Co., Ltd", "Co.,Ltd.", "Co.,Ltd", "Co. Ltd.", "Co. Ltd", "Co Ltd"]
        else:
            word = ending.capitalize() if ending not in ("llc", "plc") else ending.upper()
            endings = [word, word + "."]
            forms += [f"{stem}, {e}" for e in endings]
        forms += [f"{stem} {e}" for e in endings]
        forms += [f"{stem}, {e}" for e in endings]
    for old, new in ((" & ", " and "), (" and ", " & ")):
        if old in form:
            forms += [f.replace(old, new) for f in list(forms)]
    for pattern, new in _DOTTED:
        forms += [changed for f in list(forms) if (changed := pattern.sub(new, f)) != f]
    if kind == "technology" and form[-1:].isascii() and form[-1:].isalpha() and form[-1].lower() != "s":
        forms.append(form[:-1] + "ies" if form.endswith("y") and len(form) > 4 else form + "s")
    yield from dict.fromkeys(forms)
