"""Gazetteer entries and how they are read from YAML, with the line of whatever is wrong."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import yaml

from pipeline.records import EntityType, Record

NOT_ENTRIES = frozenset({"relations.yaml", "translations.yaml"})
"""Files of a gazetteer folder that hold something other than entries."""

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")


class GazetteerError(Exception):
    """A gazetteer that cannot be read; the message names file and line."""


class Former(Record, frozen=True, forbid_unknown_fields=True):
    """An earlier name of the same body and when it was in use (ISO dates, as precise as known)."""

    zh: str | None = None
    en: str | None = None
    since: str | None = None
    until: str | None = None


class Post(Record, frozen=True, forbid_unknown_fields=True):
    """A post that a person holds or held."""

    org: str
    title: str | None = None
    title_zh: str | None = None
    since: str | None = None
    until: str | None = None


class Rule(Record, frozen=True, forbid_unknown_fields=True):
    """When a risky surface counts as a name."""

    case: str | None = None
    """``exact``, ``capital`` (capitals where the name has them, or all capitals) or ``any``."""
    needs: list[str] = []
    """Words of which one must stand nearby."""
    never_inside: list[str] = []
    """Longer strings inside which the surface is no name."""
    never_after: list[str] = []
    never_before: list[str] = []
    segment: bool = False
    """Chinese: only where the segmentation has the surface as whole words."""


class Entry(Record, frozen=True, forbid_unknown_fields=True):
    """One entry: what it is called, and how far each name can be trusted."""

    id: str
    type: EntityType
    en: str | None = None
    zh: str | None = None
    aliases: list[str] = []
    abbreviations: list[str] = []
    former: list[Former] = []
    traditional: list[str] = []
    parent: str | None = None
    website: str | None = None
    wikidata: str | None = None
    country: str | None = None
    period: str | None = None
    issuer: list[str] = []
    number: str | None = None
    date: str | None = None
    posts: list[Post] = []
    match: dict[str, Rule] = {}
    source: str | None = None
    note: str | None = None

    @property
    def key(self) -> str:
        """The entry's full id, ``type/slug``."""
        return f"{self.type}/{self.id}"


class Located(Record, frozen=True, kw_only=True):
    """An entry and where it was read from."""

    entry: Entry
    file: str
    line: int


def plain_scalar(node: yaml.ScalarNode) -> str | bool | None:
    """Return a YAML scalar as a string, so that 863 and 2018-03 stay as written; null and true or false are kept."""
    if node.tag == "tag:yaml.org,2002:null":
        return None
    if node.tag == "tag:yaml.org,2002:bool" and node.value.lower() in ("true", "false"):
        return bool(node.value.lower() == "true")
    return str(node.value)


def _plain(node: yaml.Node, path: Path) -> Any:
    """Turn a YAML node into plain data whose scalars are as ``plain_scalar`` has them."""
    if isinstance(node, yaml.ScalarNode):
        return plain_scalar(node)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, path) for item in node.value]
    if isinstance(node, yaml.MappingNode):
        result: dict[str, Any] = {}
        for name, value in node.value:
            if name.value in result:
                raise GazetteerError(f"{path}:{name.start_mark.line + 1}: key {name.value!r} stands twice")
            result[str(name.value)] = _plain(value, path)
        return result
    raise GazetteerError(f"{path}:{node.start_mark.line + 1}: unexpected YAML")


def read_file(path: Path) -> Iterator[Located]:
    """Yield the entries of one file.

    Raises:
        GazetteerError: the file is no YAML list of valid entries; the message has file and line.
    """
    try:
        text = path.read_text(encoding="utf-8")
        root = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (OSError, UnicodeDecodeError) as problem:
        raise GazetteerError(f"{path}: cannot be read: {problem}") from None
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark
        if problem.context_mark and (mark is None or mark.line >= text.count("\n")):
            mark = problem.context_mark  # what was opened there and never closed
        line = mark.line + 1 if mark else 1
        raise GazetteerError(f"{path}:{line}: not valid YAML: {problem.problem}") from None
    except yaml.YAMLError as problem:
        raise GazetteerError(f"{path}: not valid YAML: {str(problem).splitlines()[0]}") from None
    if root is None:
        return
    if not isinstance(root, yaml.SequenceNode):
        raise GazetteerError(f"{path}:{root.start_mark.line + 1}: the file must be a list of entries")
    for node in root.value:
        line = node.start_mark.line + 1
        try:
            entry = msgspec.convert(_plain(node, path), Entry)
        except msgspec.ValidationError as problem:
            raise GazetteerError(f"{path}:{line}: {problem}") from None
        if not _SLUG.match(entry.id):
            raise GazetteerError(f"{path}:{line}: id {entry.id!r} is no slug (a-z, 0-9, single hyphens)")
        if not (entry.en or entry.zh):
            raise GazetteerError(f"{path}:{line}: entry {entry.id!r} has neither en nor zh")
        yield Located(entry=entry, file=path.name, line=line)


def entry_files(folders: Sequence[Path]) -> list[Path]:
    """Return the entry files of gazetteer folders, in order of folder and name.

    Raises:
        GazetteerError: a folder does not exist.
    """
    files: list[Path] = []
    for folder in folders:
        if not folder.is_dir():
            raise GazetteerError(f"{folder}: no such gazetteer folder")
        files += sorted(p for p in folder.glob("*.yaml") if p.name not in NOT_ENTRIES)
    return files


def read_entries(files: Sequence[Path]) -> list[Entry]:
    """Read files into entries sorted by key; of two with one key, the one read later counts.

    Raises:
        GazetteerError: a file cannot be read, or holds one key twice.
    """
    entries: dict[str, Entry] = {}
    origin: dict[str, Path] = {}
    for path in files:
        for located in read_file(path):
            name = located.entry.key
            if name in entries and origin[name].parent == path.parent:
                raise GazetteerError(f"{path}:{located.line}: {name} is also in {origin[name].name}")
            entries[name] = located.entry
            origin[name] = path
    return [entries[name] for name in sorted(entries)]
