"""Decisions carried out: the line in ``decisions.jsonl`` and the change in a YAML file, both or neither.

A note of what is under way is left beside the files until both are on the disk; a program that was
killed in between is made good by the next one.
"""

import contextlib
from pathlib import Path

from pipeline.curate.decisions import Decision, Edit, append, read_decisions, writing
from pipeline.curate.yamlfile import YamlFile, write_text
from pipeline.match.entries import GazetteerError

HEAD = "# Names added in review; who decided what, when and on which evidence is in decisions.jsonl.\n"
"""Head comment of a file that a review begins."""
_PENDING = ".decisions.pending"


class DecisionError(ValueError):
    """A decision that cannot be carried out; the message is one line for the reviewer."""


def carry_out(folder: Path, decision: Decision) -> None:
    """Append a decision and make its edits; call it inside ``writing``.

    Raises:
        DecisionError: an entry is not as an edit expects it; nothing was written.
        GazetteerError: a file cannot be written.
    """
    files = [edited(folder, edit, backwards=decision.what == "undo") for edit in decision.edits]
    if files:
        _note(folder, decision.id)
    append(folder, decision)
    for file in files:
        file.save()
    if files:
        _note(folder, None)


def recover(folder: Path) -> Decision | None:
    """Finish the decision during which a program was killed, if there is one, and return it.

    Raises:
        GazetteerError: a file cannot be read or written.
    """
    if not (folder / _PENDING).exists():
        return None
    with writing(folder):
        try:
            pending = (folder / _PENDING).read_text(encoding="utf-8")
        except OSError:
            return None
        lines = read_decisions(folder)
        last = lines[-1] if lines else None
        if last is None or last.id != pending:
            _note(folder, None)  # killed before the line was written: nothing was decided
            return None
        for edit in last.edits:
            with contextlib.suppress(DecisionError):  # made already
                edited(folder, edit, backwards=last.what == "undo").save()
        _note(folder, None)
        return last


def _note(folder: Path, name: str | None) -> None:
    try:
        if name is None:
            (folder / _PENDING).unlink(missing_ok=True)
        else:
            write_text(folder / _PENDING, name)
    except OSError as problem:
        raise GazetteerError(f"{folder}: cannot be written: {problem.strerror}") from None


def edited(folder: Path, edit: Edit, *, backwards: bool = False) -> YamlFile:
    """Return the file with an edit made (or taken back), not yet saved.

    Raises:
        DecisionError: the entry is not as the edit expects it.
    """
    file = YamlFile(folder / edit.file)
    old, new = (edit.after, edit.before) if backwards else (edit.before, edit.after)
    if old is None:
        if new is None or new in file.blocks:
            raise DecisionError(f"{edit.id} is in {edit.file} already")
        if not file.head and not file.blocks:
            file.head = HEAD
        file.insert(edit.id, new)
        return file
    if old not in file.blocks:
        raise DecisionError(f"{edit.id} in {edit.file} was changed since; change it by hand")
    index = file.blocks.index(old)
    if new is None:
        file.remove(index)
    else:
        file.blocks[index] = new
    return file
