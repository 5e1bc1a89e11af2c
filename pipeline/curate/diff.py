"""``zhen gazetteer diff``: what a change of the gazetteers gains and loses on a corpus.

Documents are parsed once and kept in the cache. For each, the gazetteer names are found with the old and
with the new folder; only where they differ do the later stages run, with both.
"""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline import cachedir
from pipeline.align.resolve import resolve
from pipeline.curate.runs import sentence_around
from pipeline.curate.yamlfile import write_text
from pipeline.inputs import UsageError, collect
from pipeline.match.find import Finder
from pipeline.match.gazetteer import load_gazetteers
from pipeline.parse import ParseSettings, parse
from pipeline.records import Parsed, Record
from pipeline.segment import read
from pipeline.settings import Settings
from pipeline.show.terminal import harmless
from pipeline.work import Pipeline, Worked

T = TypeVar("T")


class MentionChange(Record, frozen=True, kw_only=True):
    """A mention that only one side has, or that the two sides read differently."""

    document: str
    path: str
    page: int
    start: int
    end: int
    text: str
    type: str
    entity: str
    name: str
    method: str
    sentence: str


class EntityChange(Record, frozen=True, kw_only=True):
    """An entity that only one side finds."""

    id: str
    type: str
    name: str
    gazetteer: bool
    mentions: int


class RelationChange(Record, frozen=True, kw_only=True):
    """A relation that only one side finds."""

    path: str
    page: int
    type: str
    subject: str
    object: str
    evidence: str


class Changes(Record, frozen=True, kw_only=True):
    """One kind of thing: counts on both sides over the documents that were compared in full, and what changed."""

    old: int
    new: int
    gained: list[MentionChange] | list[EntityChange] | list[RelationChange]
    lost: list[MentionChange] | list[EntityChange] | list[RelationChange]


class Comparison(Record, frozen=True, kw_only=True):
    """The whole comparison."""

    old: str
    new: str
    documents: int
    changed: int
    """Documents with other gazetteer names; only these can differ in anything."""
    failed: int
    mentions: Changes
    entities: Changes
    relations: Changes


class _Side:
    """One of the two gazetteers with its tools, and what it finds in the documents that differ."""

    def __init__(self, folder: Path, over_builtin: bool, model: bool) -> None:
        self.tools = Pipeline(Settings(model=model))
        self.gazetteer = load_gazetteers([folder], builtin=over_builtin)
        self.tools.__dict__["gazetteer"] = self.gazetteer  # in place of the cached property's own
        self.finder = Finder(self.gazetteer)
        self.worked: list[Worked] = []

    def names(self, parsed: Parsed) -> object:
        """Return what decides about everything after: the gazetteer's candidates and the words."""
        plain = parsed.document.media_type in ("text/plain", "text/markdown")
        reading = read(parsed.pages, self.tools.segmenter, plain=plain)
        found = self.finder.find(reading.normal, reading.words, date=parsed.document.date, note_digits=plain)
        return found, reading.words

    def resolved(self) -> tuple[dict[str, MentionChange], dict[str, EntityChange], dict[str, RelationChange]]:
        """Return what was found, by what identifies it on both sides."""
        documents = [(w.document.id, w.entities, w.mentions) for w in self.worked]
        done = resolve(documents, self.gazetteer)
        entities = {
            e.id: EntityChange(
                id=e.id, type=e.type, name=_name(e.en, e.zh), gazetteer=e.gazetteer, mentions=e.mentions
            )
            for e in done.entities
        }
        mentions: dict[str, MentionChange] = {}
        relations: dict[str, RelationChange] = {}
        for worked, keys in zip(self.worked, done.keys, strict=True):
            texts = {p.page: p.text for p in worked.pages}
            for m in worked.mentions:
                entity = entities[keys[m.entity]]
                start, end = sentence_around(texts[m.page], m.start, m.end)
                mentions[f"{m.id}:{entity.id}"] = MentionChange(
                    document=m.document, path=worked.document.path, page=m.page, start=m.start, end=m.end, text=m.text,
                    type=m.type, entity=entity.id, name=entity.name, method=m.method,
                    sentence=" ".join(texts[m.page][start:end].split()),
                )  # fmt: skip
            for r in worked.relations:
                subject, target = entities[keys[r.subject]], entities[keys[r.object]]
                place = (
                    f"{r.document}:{r.page}:{r.start}:{r.type}:{subject.id}:{target.id}:{r.qualifiers.title}"
                )
                relations[place] = RelationChange(
                    path=worked.document.path, page=r.page, type=r.type, subject=f"{subject.id} {subject.name}",
                    object=f"{target.id} {target.name}", evidence=" ".join(r.evidence.split()),
                )  # fmt: skip
        return mentions, entities, relations


def _name(en: str | None, zh: str | None) -> str:
    return " ".join(n for n in (en, zh) if n)


def compare(
    old: Path,
    new: Path,
    paths: Sequence[str],
    *,
    over_builtin: bool = False,
    model: bool = True,
    progress: Callable[[int, int], None] | None = None,
) -> Comparison:
    """Compare two gazetteer folders on a corpus.

    Args:
        old: the folder before the change.
        new: the folder after it.
        paths: files and folders, as for ``ingest``.
        over_builtin: whether the two are laid over the built-in gazetteers; else each stands alone.
        model: whether statistical models take part, as they do in ``ingest``.
        progress: told how many of how many documents are done.

    Raises:
        UsageError: a path does not exist, or there is no input.
        GazetteerError: a gazetteer cannot be read.
    """
    sides = _Side(old, over_builtin, model), _Side(new, over_builtin, model)
    files = collect(paths, Path("/nonexistent")).files
    code = _parser_version()
    failed = changed = 0
    for done, file in enumerate(files, 1):
        try:
            data = file.file.read_bytes()
        except OSError as problem:
            raise UsageError(f"{file.path}: cannot be read: {problem.strerror}") from None
        parsed = _parsed(data, file.path, code)
        failed += parsed.document.status == "failed"
        if sides[0].names(parsed) != sides[1].names(parsed):
            changed += 1
            for side in sides:
                side.worked.append(side.tools.understand(parsed))
        if progress is not None:
            progress(done, len(files))
    before, after = (side.resolved() for side in sides)
    return Comparison(
        old=str(old),
        new=str(new),
        documents=len(files),
        changed=changed,
        failed=failed,
        mentions=_changes(before[0], after[0], lambda m: (m.path, m.page, m.start, m.entity)),
        entities=_changes(before[1], after[1], lambda e: (e.id,)),
        relations=_changes(before[2], after[2], lambda r: (r.path, r.page, r.type, r.subject, r.object)),
    )


def _changes(old: dict[str, T], new: dict[str, T], order: Callable[[T], tuple[object, ...]]) -> Changes:
    def only(mine: dict[str, T], other: dict[str, T]) -> list[T]:
        return sorted((v for k, v in mine.items() if k not in other), key=order)

    return Changes(old=len(old), new=len(new), gained=only(new, old), lost=only(old, new))  # type: ignore[arg-type]


def _parser_version() -> str:
    """Hash the code that parsing depends on: a change of it makes what was kept worthless."""
    import pipeline.parse

    root = Path(pipeline.parse.__file__).parent
    return cachedir.code(*sorted(root.glob("*.py")), root.parent / "records.py")[:12]


def _parsed(data: bytes, path: str, code: str) -> Parsed:
    digest = hashlib.sha256(path.encode() + b"\0" + data).hexdigest()
    name = f"parsed-{code}-{digest[:24]}"
    kept = cachedir.load(name, Parsed)
    if kept is None:
        kept = parse(data, path, ParseSettings())
        cachedir.store(name, kept)
    return kept


def comparison_json(found: Comparison) -> str:
    """Return a comparison as indented JSON."""
    return msgspec.json.format(msgspec.json.encode(found), indent=1).decode() + "\n"


def write_comparison(found: Comparison, target: Path) -> None:
    """Write a comparison as JSON.

    Raises:
        UsageError: the file cannot be written.
    """
    try:
        write_text(target, comparison_json(found))
    except OSError as problem:
        raise UsageError(f"{target}: cannot be written: {problem.strerror}") from None


def print_comparison(found: Comparison, console: Console, most: int) -> None:
    """Print a comparison as tables: the counts, then up to ``most`` of each kind of change."""
    table = Table(box=None, pad_edge=False)
    for column in ("", "old", "new", "gained", "lost"):
        table.add_column(column, justify="left" if not column else "right")
    kinds = (("mentions", found.mentions), ("entities", found.entities), ("relations", found.relations))
    for name, c in kinds:
        table.add_row(name, str(c.old), str(c.new), f"+{len(c.gained)}", f"-{len(c.lost)}")
    console.print(
        f"{found.changed} of {found.documents} documents differ; the counts are theirs", markup=False
    )
    console.print(table)
    for name, c in kinds:
        rows = [("+", x) for x in c.gained[:most]] + [("-", x) for x in c.lost[:most]]
        if rows:
            console.print(f"\n{name}", style="bold")
        for sign, change in rows:
            console.print(Text(harmless(f"{sign} {_line(change)}"), style="green" if sign == "+" else "red"))
        left = len(c.gained) + len(c.lost) - len(rows)
        if left:
            console.print(f"  and {left} more (--show, --json)", style="dim")


def _line(change: MentionChange | EntityChange | RelationChange) -> str:
    if isinstance(change, MentionChange):
        return f"{change.text!r} {change.entity} ({change.method})  {change.path} p. {change.page}: {change.sentence}"
    if isinstance(change, EntityChange):
        return f"{change.id} {change.name} ({change.mentions} mentions)"
    return (
        f"{change.subject} {change.type} {change.object}  {change.path} p. {change.page}: {change.evidence}"
    )
