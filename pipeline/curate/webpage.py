"""The review page: what it shows, and what its form asks for."""

import difflib
import functools
import re
from collections.abc import Mapping, Sequence

import jinja2
import msgspec

from pipeline.curate.candidates import NameCandidate
from pipeline.curate.decisions import Decision
from pipeline.curate.edits import DecisionError
from pipeline.curate.entrydata import names_in
from pipeline.curate.review import proposed
from pipeline.curate.session import Session
from pipeline.curate.source import read_block
from pipeline.normal import has_han

_HEADINGS = {"new": "New name", "alias": "New name of", "doubt": "Doubtful mention of"}
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
Message = tuple[str, str, list[dict[str, str]]]
"""A line to show, its tone (``done`` or ``error``), and the lines of a diff."""


@functools.cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("pipeline.curate", "web"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters["seen"] = _seen
    return environment.get_template("page.html")


def _seen(text: str) -> str:
    """Return a text in which control characters and turns of direction stand by their numbers."""
    return _UNSEEN.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)


def page(
    session: Session,
    form: str,
    query: str = "",
    message: str = "",
    tone: str = "",
    diff: Sequence[Mapping[str, str]] = (),
) -> str:
    """Return the page as HTML.

    Args:
        session: the queue.
        form: the value by which a form is known to come from this page.
        query: what entries are searched for.
        message: a line to show, with its tone.
        diff: the lines of the last change.
    """
    candidate = session.current
    shown: dict[str, object] = {"candidate": None}
    if candidate is not None:
        entry = proposed(candidate.proposal) if candidate.proposal is not None else ""
        known = session.entries.get(candidate.entity or "")
        shown = {
            "candidate": msgspec.to_builtins(candidate)
            | {"names": [{"text": n.text, "kind": n.kind, "han": has_han(n.text)} for n in candidate.names]},
            "heading": f"{_HEADINGS[candidate.what]} {candidate.entity or candidate.type}",
            "entry": entry,
            "rows": min(entry.count("\n") + 2, 20),
            "has": names_in(known) if known is not None else [],
            "found": session.search(query) if query else session.similar(candidate),
        }
    return _template().render(
        title="zhen review",
        at=min(session.at + 1, len(session.queue)),
        count=len(session.queue),
        decided=len(session.decided),
        folder=str(session.folder),
        form=form,
        query=query,
        message=message,
        tone=tone,
        diff=list(diff),
        **shown,
    )


def decide(session: Session, values: Mapping[str, Sequence[str]]) -> Message:
    """Carry out what a form asks for and return what to show.

    Raises:
        DecisionError: it cannot be carried out.
        GazetteerError: a file cannot be written.
    """
    what = values.get("do", [""])[0]
    if what == "undo":
        undone = session.undo()
        return (
            "Nothing to undo." if undone is None else f"Taken back: {undone.what} {', '.join(undone.names)}",
            "done",
            [],
        )
    if what == "back":
        session.back()
        return "", "", []
    candidate = session.find(values.get("key", [""])[0])
    if candidate.key in session.decided:
        raise DecisionError("this was decided already; undo it first")
    names = list(values.get("name", []))
    if what == "skip":
        if session.current is not None and session.current.key == candidate.key:
            session.skip()
        return "", "", []
    if what == "accept":
        made = _accepted(session, candidate, values.get("entry", [""])[0])
    elif what == "alias":
        entity = values.get("entity", [""])[0]
        if not entity:
            raise DecisionError("choose the entry that the names belong to")
        made = session.alias(candidate, entity, names)
    elif what == "reject":
        made = session.reject(candidate)
    elif what == "not_here":
        documents = {e.document for e in candidate.evidence}
        document = values.get("document", [""])[0]
        made = session.not_here(candidate, document if document in documents else None, names)
    elif what == "never":
        made = session.never(candidate, names)
    else:
        raise DecisionError("the form does not say what to do")
    return f"{made.what}: {', '.join(made.names)}", "done", _diff(made)


def _accepted(session: Session, candidate: NameCandidate, text: str) -> Decision:
    if candidate.what != "new":
        return session.accept(candidate)
    try:
        data = read_block(text.replace("\r\n", "\n"))
    except ValueError as problem:
        raise DecisionError(str(problem)) from None
    return session.accept(candidate, data)


def _diff(decision: Decision) -> list[dict[str, str]]:
    lines: list[dict[str, str]] = []
    for edit in decision.edits:
        before, after = (edit.before or "").splitlines(), (edit.after or "").splitlines()
        for line in difflib.unified_diff(before, after, edit.file, edit.file, n=0, lineterm=""):
            if not line.startswith(("---", "@@")):
                lines.append({"kind": "added" if line.startswith("+") else "removed", "text": line})
    return lines
