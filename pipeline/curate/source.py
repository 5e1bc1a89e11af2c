"""Gazetteer files read for care: every value with the line it stands on, and no stop at the first fault."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

import yaml

from pipeline.match.entries import NOT_ENTRIES, GazetteerError, plain_scalar
from pipeline.records import Record

KEYS = (
    "id", "type", "en", "zh", "aliases", "abbreviations", "former", "traditional", "parent", "website",
    "wikidata", "country", "period", "issuer", "number", "date", "posts", "match", "source", "note",
)  # fmt: skip
"""An entry's keys in the order in which they are written."""

Severity = Literal["error", "warning"]
Step = str | int


class Finding(Record, frozen=True, kw_only=True):
    """One thing that is wrong, where, and how to mend it."""

    file: str
    line: int
    severity: Severity
    code: str
    message: str
    mend: str

    def __str__(self) -> str:
        """The finding as one line: ``file:line: severity: what; how to mend [code]``."""
        return f"{self.file}:{self.line}: {self.severity}: {self.message}; {self.mend} [{self.code}]"


class SourceEntry(Record, frozen=True, kw_only=True):
    """An entry as written: plain data, and the line of each value by its path (``("former", 0, "until")``)."""

    path: Path
    line: int
    data: dict[str, Any]
    lines: dict[tuple[Step, ...], int]
    order: list[str]
    """Its keys in the order of the file."""

    def at(self, *steps: Step) -> int:
        """Return the line of a value, or of the nearest thing around it that has one."""
        while steps:
            if steps in self.lines:
                return self.lines[steps]
            steps = steps[:-1]
        return self.line

    def error(self, code: str, message: str, mend: str, *steps: Step) -> Finding:
        """Return an error at a value of this entry."""
        return Finding(
            file=str(self.path), line=self.at(*steps), severity="error", code=code, message=message, mend=mend
        )

    def warning(self, code: str, message: str, mend: str, *steps: Step) -> Finding:
        """Return a warning at a value of this entry."""
        return Finding(
            file=str(self.path),
            line=self.at(*steps),
            severity="warning",
            code=code,
            message=message,
            mend=mend,
        )


class SourceFile(Record, frozen=True, kw_only=True):
    """A file's entries as far as they can be read, and what is wrong with its YAML."""

    path: Path
    entries: list[SourceEntry]
    findings: list[Finding]
    headed: bool
    """Whether the file begins with a comment that says what it is."""


def entry_paths(folder: Path) -> list[Path]:
    """Return the entry files of one folder in order of name.

    Raises:
        GazetteerError: there is no such folder.
    """
    if not folder.is_dir():
        raise GazetteerError(f"{folder}: no such gazetteer folder")
    return sorted(p for p in folder.glob("*.yaml") if p.name not in NOT_ENTRIES)


def read_source(path: Path) -> SourceFile:
    """Read one file; whatever cannot be read becomes a finding."""
    findings: list[Finding] = []
    entries: list[SourceEntry] = []

    def fault(line: int, message: str, mend: str) -> None:
        findings.append(
            Finding(file=str(path), line=line, severity="error", code="yaml", message=message, mend=mend)
        )

    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        fault(1, f"cannot be read: {str(problem).splitlines()[0]}", "save it as UTF-8 text")
        return SourceFile(path=path, entries=[], findings=findings, headed=True)
    headed = text.startswith("#")
    try:
        root = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.MarkedYAMLError as problem:
        line = problem.problem_mark.line + 1 if problem.problem_mark else 1
        fault(line, f"not valid YAML: {problem.problem}", "mend the syntax here or just before")
        root = None
    except yaml.YAMLError as problem:
        fault(1, f"not valid YAML: {str(problem).splitlines()[0]}", "remove the control characters")
        root = None
    if root is not None and not isinstance(root, yaml.SequenceNode):
        fault(root.start_mark.line + 1, "the file is no list of entries", 'begin each entry with "- id:"')
    elif root is not None:
        for node in root.value:
            line = node.start_mark.line + 1
            if not isinstance(node, yaml.MappingNode):
                fault(line, "this is no entry", 'an entry is a mapping that begins with "- id:"')
                continue
            lines: dict[tuple[Step, ...], int] = {}
            try:
                data = _plain(node, (), lines)
            except _Twice as problem:
                fault(problem.line, f"key {problem.key!r} stands twice", "join the two")
                continue
            order = [str(name.value) for name, _ in node.value]
            entries.append(SourceEntry(path=path, line=line, data=data, lines=lines, order=order))
    return SourceFile(path=path, entries=entries, findings=findings, headed=headed)


class _Twice(Exception):
    def __init__(self, key: str, line: int) -> None:
        self.key, self.line = key, line


def _plain(node: yaml.Node, at: tuple[Step, ...], lines: dict[tuple[Step, ...], int]) -> Any:
    """Return plain data whose scalars are strings, as ``pipeline.match.entries`` reads them."""
    lines[at] = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        return plain_scalar(node)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*at, i), lines) for i, item in enumerate(node.value)]
    result: dict[str, Any] = {}
    for name, value in node.value:
        key = str(name.value)
        if key in result:
            raise _Twice(key, name.start_mark.line + 1)
        result[key] = _plain(value, (*at, key), lines)
        lines[(*at, key)] = name.start_mark.line + 1
    return result


def read_block(text: str) -> dict[str, Any]:
    """Return the plain data of one entry that is given as text.

    Raises:
        ValueError: it is no valid YAML list with one entry.
    """
    try:
        root = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        if not isinstance(root, yaml.SequenceNode) or len(root.value) != 1:
            raise ValueError('one entry that begins with "- id:" is needed')
        data = _plain(root.value[0], (), {})
    except yaml.YAMLError as problem:
        raise ValueError(f"not valid YAML: {getattr(problem, 'problem', problem)}") from None
    except _Twice as problem:
        raise ValueError(f"key {problem.key!r} stands twice") from None
    if not isinstance(data, dict):
        raise ValueError("an entry is a mapping")
    return data


def names_of(entry: SourceEntry) -> Iterator[tuple[str, tuple[Step, ...]]]:
    """Yield every name of an entry that is text, with its path."""
    data = entry.data
    for field in ("en", "zh"):
        if isinstance(data.get(field), str):
            yield data[field], (field,)
    for field in ("aliases", "abbreviations", "traditional"):
        for i, name in enumerate(_list(data.get(field))):
            if isinstance(name, str):
                yield name, (field, i)
    for i, former in enumerate(_list(data.get("former"))):
        for field in ("zh", "en"):
            if isinstance(former, dict) and isinstance(former.get(field), str):
                yield former[field], ("former", i, field)


def _list(value: object) -> Sequence[Any]:
    return value if isinstance(value, list) else ()
