"""Corrected annotations brought back: what was kept, added, removed or changed against a run's mentions."""

import bisect
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal, get_args

from pipeline.emit.loaded import Loaded
from pipeline.records import EntityType, Mention, Record


class AnnotationError(Exception):
    """A file of annotations cannot be read or does not fit the run; one clear line."""


class Annotation(Record, frozen=True, kw_only=True):
    """A name as a person marked it; an empty one without a type only says that its page was looked at."""

    document: str
    page: int
    start: int
    end: int
    type: str | None
    entity: str | None


class Corrected(Record, frozen=True, kw_only=True):
    """A line of the corrected annotations: a name, and how it compares with what the run found.

    ``was`` is the mention id that it keeps or changes (or that was removed).
    """

    document: str
    page: int
    start: int
    end: int
    text: str
    type: EntityType
    entity: str | None
    status: Literal["kept", "added", "removed", "changed"]
    was: str | None


class Units:
    """Offsets of a text in UTF-16 units, as JavaScript and Java count, and in code points, as we do."""

    def __init__(self, text: str) -> None:
        self._rare = [i for i, c in enumerate(text) if ord(c) > 0xFFFF]
        self._rare_units = [p + i for i, p in enumerate(self._rare)]

    def unit(self, point: int) -> int:
        """Return the UTF-16 offset of a code point."""
        return point + bisect.bisect_left(self._rare, point)

    def point(self, unit: int) -> int:
        """Return the code point at a UTF-16 offset."""
        return unit - bisect.bisect_left(self._rare_units, unit)


def compared(loaded: Loaded, annotations: Iterable[Annotation]) -> Iterator[Corrected]:
    """Yield the names of the annotated pages, sorted, each compared with the run.

    Raises:
        AnnotationError: a name has a type that there is not, or lies outside its page.
    """
    marked: dict[tuple[str, int], list[Annotation]] = {}
    for a in annotations:
        names = marked.setdefault((a.document, a.page), [])
        if a.type is not None:
            names.append(a)
    for page, mentions in loaded.pages_with_mentions():
        place = (page.document, page.page)
        if place in marked:
            yield from _page(page.text, mentions, marked[place])


def _page(text: str, mentions: list[Mention], marked: list[Annotation]) -> Iterator[Corrected]:
    waiting = {(m.start, m.end): m for m in mentions}
    lines: list[Corrected] = []
    free: list[Annotation] = []
    for a in marked:
        if a.type not in get_args(EntityType):
            raise AnnotationError(f"{a.document} page {a.page}: no such type: {a.type}")
        if not 0 <= a.start < a.end <= len(text):
            raise AnnotationError(f"{a.document} page {a.page}: {a.start}-{a.end} is outside the text")
        same = waiting.pop((a.start, a.end), None)
        if same is None:
            free.append(a)
        else:
            alike = same.type == a.type and a.entity in (None, same.entity)
            lines.append(_line(text, a, "kept" if alike else "changed", same))
    for a in free:
        near = next((m for m in waiting.values() if m.start < a.end and a.start < m.end), None)
        if near is not None:
            del waiting[near.start, near.end]
        lines.append(_line(text, a, "added" if near is None else "changed", near))
    lines += [
        Corrected(
            document=m.document, page=m.page, start=m.start, end=m.end, text=m.text, type=m.type, entity=m.entity,
            status="removed", was=m.id,
        )
        for m in waiting.values()
    ]  # fmt: skip
    yield from sorted(lines, key=lambda c: (c.start, c.end))


def _line(
    text: str, a: Annotation, status: Literal["kept", "added", "changed"], was: Mention | None
) -> Corrected:
    entity = a.entity or (was.entity if was is not None and was.type == a.type else None)
    return Corrected(
        document=a.document, page=a.page, start=a.start, end=a.end, text=text[a.start : a.end],
        type=a.type, entity=entity, status=status, was=was.id if was is not None else None,  # type: ignore[arg-type]
    )  # fmt: skip


def import_annotations(run: Path, files: Iterable[Path], out: Path) -> dict[str, int]:
    """Read annotations from Label Studio (``.json``) or INCEpTION (``.xmi``, ``.zip``) and write them compared.

    Args:
        run: the run that the annotated pages come from.
        files: what the tools exported.
        out: a JSON Lines file of ``Corrected`` records, sorted by document, page and start.

    Returns:
        Counts by status.

    Raises:
        AnnotationError: a file cannot be read or does not fit the run.
    """
    from pipeline.emit.inception import read_inception
    from pipeline.emit.jsonl import write_lines
    from pipeline.emit.labelstudio import read_labelstudio

    loaded = Loaded(run)

    def annotations() -> Iterator[Annotation]:
        for file in files:
            if not file.is_file():
                raise AnnotationError(f"{file}: no such file")
            yield from (read_labelstudio if file.suffix.lower() == ".json" else read_inception)(file, loaded)

    lines = list(compared(loaded, annotations()))
    out.parent.mkdir(parents=True, exist_ok=True)
    write_lines(out, lines, out.parent)
    counts = Counter(line.status for line in lines)
    return {status: counts[status] for status in ("kept", "changed", "added", "removed")}
