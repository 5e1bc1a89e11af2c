"""``zhen gazetteer review``: the queue in the terminal, one key a decision."""

import difflib
import os
import shlex
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import msgspec
from rich.console import Console, Group
from rich.panel import Panel
from rich.text import Text

from pipeline.curate.candidates import NameCandidate, Proposal
from pipeline.curate.decisions import Decision, Evidence
from pipeline.curate.edits import DecisionError
from pipeline.curate.entrydata import names_in
from pipeline.curate.session import Session
from pipeline.curate.source import read_block
from pipeline.curate.yamltext import entry_text
from pipeline.match.entries import Entry, GazetteerError
from pipeline.show.terminal import harmless

Ask = Callable[[str], str]
"""Asks for a line and returns it; raises EOFError at the end of input."""
_KEYS = "[a]ccept [e]dit [m]ake alias of … [r]eject [s]kip [n]ot a name here ne[v]er [u]ndo [b]ack [q]uit"


def review(session: Session, console: Console, ask: Ask) -> int:
    """Go through the queue until its end or until the reviewer quits; return how many were decided.

    Args:
        session: the queue.
        console: where candidates are shown.
        ask: how a line is read.
    """
    while (candidate := session.current) is not None:
        show(session, candidate, console)
        try:
            answer = ask("> ").strip().lower()
        except (EOFError, KeyboardInterrupt):
            break
        if answer in ("q", "quit"):
            break
        try:
            _answer(session, candidate, answer, console, ask)
        except (DecisionError, GazetteerError) as problem:
            console.print(Text(str(problem), style="red"))
        except EOFError:
            break
    if session.current is None:
        console.print("Nothing is left to decide." if session.queue else "There is nothing to decide.")
    console.print(
        f"{len(session.decided)} decided; decisions are in {session.folder / 'decisions.jsonl'}", markup=False
    )
    return len(session.decided)


def _answer(session: Session, candidate: NameCandidate, answer: str, console: Console, ask: Ask) -> None:
    made: Decision | None = None
    key = answer[:1]
    if key == "a":
        made = session.accept(candidate)
    elif key == "e":
        made = _edit(session, candidate, console)
    elif key == "m":
        made = _alias(session, candidate, answer[1:].strip(), console, ask)
    elif key == "r":
        made = session.reject(candidate)
    elif key == "s":
        session.skip()
    elif key == "b":
        session.back()
    elif key == "n":
        made = session.not_here(candidate, _which(candidate, answer[1:].strip()))
    elif key == "v":
        made = session.never(candidate)
    elif key == "u":
        undone = session.undo()
        console.print(
            "Nothing to undo."
            if undone is None
            else harmless(f"Taken back: {undone.what} {', '.join(undone.names)}"),
            markup=False,
        )
    else:
        console.print(_KEYS, markup=False)
    if made is not None:
        console.print(change(made), end="")


def _which(candidate: NameCandidate, number: str) -> str | None:
    """Return the document of the evidence with a number (from 1), or None for the first."""
    if not number:
        return None
    if not number.isdigit() or not 1 <= int(number) <= len(candidate.evidence):
        raise DecisionError(f"there is no evidence {number}")
    return candidate.evidence[int(number) - 1].document


def show(session: Session, candidate: NameCandidate, console: Console) -> None:
    """Print a candidate: what it is, what it would become, and its evidence."""
    head = Text.assemble(
        (f"{session.at + 1} of {len(session.queue)}  ", "dim"),
        ({"new": "new name", "alias": "new name of", "doubt": "doubtful mention of"}[candidate.what], "bold"),
        f"  {candidate.entity or candidate.type}",
        (f"  {candidate.documents} documents, {candidate.mentions} mentions, certainty {candidate.certainty:.2f}", "dim"),
    )  # fmt: skip
    parts: list[Text] = [
        Text("  ").join([Text(harmless(f"{n.text} ({n.kind})"), style="cyan") for n in candidate.names])
    ]
    if candidate.proposal is not None:
        parts += [Text(harmless(line)) for line in proposed(candidate.proposal).rstrip().split("\n")]
    elif candidate.entity in session.entries:
        parts.append(Text(harmless(", ".join(names_in(session.entries[candidate.entity]))), style="dim"))
    parts += [sentence(i, e) for i, e in enumerate(candidate.evidence, 1)]
    like = session.similar(candidate) if candidate.what == "new" else []
    if like:
        parts.append(Text(harmless("like: " + "; ".join(label(e) for e in like)), style="yellow"))
    console.print(Panel(Group(*parts), title=head, title_align="left"))
    console.print(_KEYS, style="dim", markup=False)


def sentence(number: int, evidence: Evidence) -> Text:
    """Return one evidence sentence with the name marked."""
    return Text.assemble(
        (f"{number} {evidence.path} p. {evidence.page}: ", "dim"), harmless(evidence.before),
        (harmless(evidence.name), "bold reverse"), harmless(evidence.after),
    )  # fmt: skip


def label(entry: Entry) -> str:
    """Return an entry on one line."""
    return f"{entry.key} {' '.join(n for n in (entry.en, entry.zh) if n)}"


def proposed(proposal: Proposal) -> str:
    """Return a proposed entry as it would be written."""
    return entry_text(msgspec.to_builtins(proposal))


def change(decision: Decision) -> Text:
    """Return a decision's change of a file as a small diff."""
    text = Text(harmless(f"{decision.what}: {', '.join(decision.names)}") + "\n", style="green")
    for edit in decision.edits:
        lines = difflib.unified_diff(
            (edit.before or "").splitlines(),
            (edit.after or "").splitlines(),
            edit.file,
            edit.file,
            n=0,
            lineterm="",
        )
        for line in lines:
            if not line.startswith(("---", "@@")):
                text.append(harmless(line) + "\n", style="green" if line.startswith("+") else "red")
    return text


def _edit(session: Session, candidate: NameCandidate, console: Console) -> Decision | None:
    """Let the reviewer edit the proposed entry in an editor."""
    if candidate.proposal is None:
        raise DecisionError("only a new entry can be edited")
    before = proposed(candidate.proposal)
    after = _editor(before)
    if not after.strip():
        console.print("Nothing was changed.")
        return None
    try:
        data = read_block(after)
    except ValueError as problem:
        raise DecisionError(str(problem)) from None
    return session.accept(candidate, data)


def _editor(text: str) -> str:
    editor = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "entry.yaml"
        path.write_text(text, encoding="utf-8")
        try:
            subprocess.run([*editor, str(path)], check=True)  # nosec B603 - the user's own editor
        except (OSError, subprocess.CalledProcessError) as problem:
            raise DecisionError(f"{editor[0]}: {problem}") from None
        return path.read_text(encoding="utf-8")


def _alias(
    session: Session, candidate: NameCandidate, text: str, console: Console, ask: Ask
) -> Decision | None:
    """Ask which entry the names belong to; a number chooses from what was found."""
    found = session.search(text) if text else session.similar(candidate)
    while True:
        for number, entry in enumerate(found, 1):
            console.print(f"  {number} {label(entry)}", markup=False)
        answer = ask("number, or name or id of an entry (empty: none): ").strip()
        if not answer:
            return None
        if answer.isdigit() and 1 <= int(answer) <= len(found):
            return session.alias(candidate, found[int(answer) - 1].key)
        if answer in session.entries:
            return session.alias(candidate, answer)
        found = session.search(answer)
        if not found:
            console.print("No entry has that name.")
