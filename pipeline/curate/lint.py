"""``zhen gazetteer lint``: what is wrong in a gazetteer folder, each with its line and how to mend it."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.curate.lint_form import check_entry, check_order, check_references
from pipeline.curate.lint_names import check_names
from pipeline.curate.source import Finding, SourceEntry, entry_paths, read_source
from pipeline.match.entries import Entry, entry_files, read_entries


def lint(folder: Path, beneath: Sequence[Path] = ()) -> list[Finding]:
    """Check a gazetteer folder.

    Args:
        folder: the folder whose files are checked.
        beneath: folders that it is laid over; references may lead there, and names there count as taken
            unless an entry of ``folder`` replaces theirs.

    Raises:
        GazetteerError: a folder does not exist, or one beneath cannot be read.
    """
    found: list[Finding] = []
    checked: list[tuple[SourceEntry, Entry]] = []
    origin: dict[str, SourceEntry] = {}
    for path in entry_paths(folder):
        file = read_source(path)
        found += file.findings
        if file.entries and not file.headed:
            found.append(
                Finding(
                    file=str(path), line=1, severity="warning", code="head", message="the file has no head comment",
                    mend="say in a comment on line 1 what it covers and how it was made",
                )
            )  # fmt: skip
        found += check_order(file.entries)
        for source in file.entries:
            entry, faults = check_entry(source)
            found += faults
            if entry is None:
                continue
            if entry.key in origin:
                first = origin[entry.key]
                found.append(
                    source.error(
                        "twice",
                        f"{entry.key} is also in {first.path.name}:{first.line}",
                        "merge the two",
                        "id",
                    )
                )
            else:
                origin[entry.key] = source
                checked.append((source, entry))
    others = [e for e in read_entries(entry_files(beneath)) if e.key not in origin] if beneath else []
    known = {e.key: e.parent for e in others} | {e.key: e.parent for _, e in checked}
    found += check_references(checked, known)
    found += check_names(checked, others)
    found += _patterns(folder)
    return sorted(found, key=lambda f: (f.file, f.line, f.severity, f.code, f.message))


def _patterns(folder: Path) -> Iterator[Finding]:
    """Check the folder's relations.yaml, when it has one: whether it is understood and its examples hold."""
    path = folder / "relations.yaml"
    if not path.is_file():
        return
    from pipeline.relate import patterns

    try:
        patterns.load_patterns(path)
    except patterns.PatternError as problem:
        yield Finding(
            file=str(path), line=1, severity="error", code="relations", message=str(problem).removeprefix(f"{path}: "),
            mend="see the head of relations.yaml",
        )  # fmt: skip
        return
    check = getattr(patterns, "check_examples", None)
    for fault in check(path) if check is not None else ():
        yield Finding(
            file=str(path), line=_line(path, str(fault)), severity="error", code="relations", message=str(fault),
            mend="mend the pattern or the example",
        )  # fmt: skip


def _line(path: Path, message: str) -> int:
    """Return the line of the first example that a message quotes, or 1."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        example = line.strip().removeprefix("- ").strip("'\"")
        if len(example) > 8 and example in message:
            return number
    return 1
