"""What maintainers have decided, one line each in ``decisions.jsonl`` beside the gazetteer files.

The file is only ever appended to. Each line is a ``Decision``. What they mean to the pipeline:

- ``never``: the text is no name of the type (of any type where it is null), in no document.
- ``not_here``: the same, in one document (by its id, which is the hash of its bytes).
- ``same``, ``different``: two names or entity ids are, or are not, one thing. Refusing a proposed alias
  is a ``different``.
- ``accept`` and ``alias`` changed a YAML file, which is what counts; ``reject`` keeps a candidate away
  from the queue until its evidence changes, and so does ``right`` with a doubtful mention; these say
  nothing to the pipeline.
- ``undo`` takes one earlier line back, as if it were not there.

Texts are compared as names are: NFKC, simplified, case-folded, without spaces.
"""

import datetime
import fcntl
import getpass
import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import msgspec

from pipeline.align.identity import same_name
from pipeline.match.entries import GazetteerError
from pipeline.records import EntityType, Record

FILE = "decisions.jsonl"
What = Literal["accept", "alias", "reject", "right", "never", "not_here", "same", "different", "undo"]


class Evidence(Record, frozen=True, kw_only=True):
    """A sentence that names the thing, and where it stands (offsets of the name in the page's text)."""

    mention: str
    document: str
    path: str
    page: int
    start: int
    end: int
    name: str
    before: str
    """The sentence up to the name."""
    after: str
    """The sentence from the name on."""


class Edit(Record, frozen=True, kw_only=True):
    """A change of one entry in a file, as blocks of text; what is needed to take it back or to finish it."""

    file: str
    id: str
    before: str | None
    after: str | None


class Decision(Record, frozen=True, kw_only=True):
    """One decision: who, when, what about which name, on what evidence."""

    id: str
    when: str
    """UTC, ISO 8601."""
    who: str
    what: What
    type: EntityType | None = None
    names: list[str] = []
    """The names decided about; for ``same`` and ``different`` exactly two names or entity ids."""
    entity: str | None = None
    """The entry that was made or got a name."""
    document: str | None = None
    """For ``not_here``: the document's id."""
    fingerprint: str | None = None
    """For ``reject`` and ``right``: the hash of the evidence; another evidence brings the candidate back."""
    evidence: list[Evidence] = []
    edits: list[Edit] = []
    undoes: str | None = None
    note: str | None = None


class Decisions:
    """The decisions in force."""

    def __init__(self, decisions: Iterable[Decision] = ()) -> None:
        lines = list(decisions)
        undone = {d.undoes for d in lines if d.what == "undo"}
        self.lines = lines
        self.in_force = [d for d in lines if d.what != "undo" and d.id not in undone]
        self._never: set[tuple[str, str | None]] = set()
        self._here: set[tuple[str, str, str | None]] = set()
        self._rejected: set[tuple[str, str | None, str | None]] = set()
        self._pairs: dict[str, set[frozenset[str]]] = {"same": set(), "different": set()}
        for d in self.in_force:
            names = [same_name(n) for n in d.names]
            if d.what == "never":
                self._never |= {(n, d.type) for n in names}
            elif d.what == "not_here" and d.document:
                self._here |= {(d.document, n, d.type) for n in names}
            elif d.what in ("reject", "right"):
                self._rejected |= {(n, d.type, d.fingerprint) for n in names}
            elif d.what in self._pairs and len(names) == 2:
                self._pairs[d.what].add(frozenset(names))

    def suppressed(self, document: str, text: str, type: EntityType | None = None) -> bool:
        """Say whether a text was decided to be no name (of a type), in a document or anywhere."""
        if not self._never and not self._here:
            return False
        name = same_name(text)
        kinds = (type, None)
        return any((name, k) in self._never or (document, name, k) in self._here for k in kinds)

    def rejected(self, name: str, type: EntityType, fingerprint: str) -> bool:
        """Say whether a candidate was set aside (rejected, or found right) on just this evidence."""
        return (same_name(name), type, fingerprint) in self._rejected

    def same(self, one: str, two: str) -> bool:
        """Say whether two names or entity ids were decided to be one thing."""
        return frozenset((same_name(one), same_name(two))) in self._pairs["same"]

    def different(self, one: str, two: str) -> bool:
        """Say whether two names or entity ids were decided to be two things."""
        return frozenset((same_name(one), same_name(two))) in self._pairs["different"]

    @property
    def pairs(self) -> dict[str, list[tuple[str, str]]]:
        """The decided pairs, ``same`` and ``different``, each sorted, in the form of ``same_name``."""
        return {what: sorted((min(p), max(p)) for p in found) for what, found in self._pairs.items()}

    @property
    def effective(self) -> bool:
        """Whether there is anything that the pipeline must heed."""
        return bool(self._never or self._here or any(self._pairs.values()))

    @property
    def fingerprint(self) -> str:
        """A hash of what the pipeline must heed: part of the key under which results are kept; "" for nothing."""
        if not self.effective:
            return ""
        parts = (sorted(map(repr, self._never)), sorted(map(repr, self._here)), sorted(self.pairs.items()))
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def read_decisions(folder: Path) -> list[Decision]:
    """Return the lines of a folder's decisions; a last line that a killed program left unfinished is left out.

    Raises:
        GazetteerError: a line is no decision; the message has file and line.
    """
    path = folder / FILE
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return []
    except OSError as problem:
        raise GazetteerError(f"{path}: cannot be read: {problem.strerror}") from None
    decoder = msgspec.json.Decoder(Decision)
    found: list[Decision] = []
    lines = data.split(b"\n")
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            found.append(decoder.decode(line))
        except msgspec.MsgspecError as problem:
            if number == len(lines):
                break
            raise GazetteerError(f"{path}:{number}: no decision: {problem}") from None
    return found


def load_decisions(*folders: Path) -> Decisions:
    """Return the decisions in force in gazetteer folders; a folder without any has none.

    Raises:
        GazetteerError: a line is no decision; the message has file and line.
    """
    return Decisions([d for folder in folders for d in read_decisions(folder)])


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Hold the folder's decisions for writing: two reviewers do not write at once.

    Raises:
        GazetteerError: the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder / FILE, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as problem:
        raise GazetteerError(f"{folder}: cannot be written: {problem.strerror}") from None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def append(folder: Path, decision: Decision) -> None:
    """Append a decision and see it on the disk; call it inside ``writing``.

    Raises:
        GazetteerError: it cannot be written.
    """
    path = folder / FILE
    try:
        with open(path, "r+b") as file:
            data = file.read()
            if data and not data.endswith(b"\n"):  # a killed program's unfinished line
                file.truncate(data.rfind(b"\n") + 1)
                file.seek(0, os.SEEK_END)
            file.write(msgspec.json.encode(decision) + b"\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as problem:
        raise GazetteerError(f"{path}: cannot be written: {problem.strerror}") from None


def new_decision(
    what: What, *, who: str | None = None, count: int = 0, names: Sequence[str] = (), **rest: object
) -> Decision:
    """Return a decision made now; ``count`` is how many lines there are already."""
    when = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    who = who or reviewer()
    made = hashlib.sha256(repr((when, who, what, list(names), count)).encode()).hexdigest()[:12]
    return Decision(id=made, when=when, who=who, what=what, names=list(names), **rest)  # type: ignore[arg-type]


def reviewer() -> str:
    """Return the name under which decisions are written: ``$ZHEN_REVIEWER``, else the user's."""
    try:
        return os.environ.get("ZHEN_REVIEWER") or getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
