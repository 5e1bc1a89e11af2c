"""A review: the queue of candidates, and what deciding about each does to the folder's files.

A decision is written to ``decisions.jsonl`` first, with the change that it makes to a YAML file, and then
the YAML file is changed. A program killed between the two has lost nothing: the next review makes good.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from pipeline.curate.candidates import NameCandidate, candidates
from pipeline.curate.decisions import (
    Decision,
    Decisions,
    Edit,
    load_decisions,
    new_decision,
    read_decisions,
    writing,
)
from pipeline.curate.edits import HEAD, DecisionError, carry_out, recover
from pipeline.curate.entrydata import FILES, checked, is_installed, names_in
from pipeline.curate.fix import is_generated
from pipeline.curate.runs import open_runs
from pipeline.curate.similar import similar
from pipeline.curate.source import KEYS, read_block
from pipeline.curate.yamlfile import YamlFile
from pipeline.curate.yamltext import add_name
from pipeline.inputs import UsageError
from pipeline.match.entries import Entry
from pipeline.match.gazetteer import Gazetteer, builtin_folder, load_gazetteers
from pipeline.normal import key


class Session:
    """A queue and the folder that its decisions are written to.

    Args:
        runs: folders of finished runs.
        folder: the gazetteer folder; made when missing. Never the installed copy.
        who: the reviewer's name; by default the user's.
        certain: the least certainty of a candidate.
        doubtful: whether to ask about risky names of known entries too.
        builtin: whether the folder lies over the built-in gazetteers; else it stands alone.

    Raises:
        UsageError: a run does not exist, or the folder is the installed copy.
        GazetteerError: a gazetteer or the decisions cannot be read.
    """

    def __init__(
        self,
        runs: Sequence[Path],
        folder: Path,
        *,
        who: str | None = None,
        certain: float = 0.0,
        doubtful: bool = False,
        builtin: bool = True,
    ) -> None:
        if is_installed(folder):
            raise UsageError(f"{folder}: is the installed copy; name a folder of your own with --gazetteer")
        self.folder = folder
        self.who = who
        if folder.is_dir():
            recover(folder)
        self.gazetteer = _gazetteer(folder, builtin)
        self.entries = dict(self.gazetteer.by_key)
        """The entries as the files have them now; ``gazetteer`` is how they were when the review began."""
        decisions = load_decisions(folder)
        self.queue = candidates(
            open_runs(runs), self.gazetteer, decisions, certain=certain, doubtful=doubtful
        )
        self.decided: dict[str, Decision] = {}
        """By candidate key."""
        self.at = 0

    @property
    def current(self) -> NameCandidate | None:
        """The candidate to decide about, or None at the end."""
        return self.queue[self.at] if self.at < len(self.queue) else None

    def find(self, name: str) -> NameCandidate:
        """Return the candidate with a key.

        Raises:
            DecisionError: there is none.
        """
        for candidate in self.queue:
            if candidate.key == name:
                return candidate
        raise DecisionError("this candidate is no longer in the queue")

    def similar(self, candidate: NameCandidate) -> list[Entry]:
        """Return the entries that a candidate may belong to."""
        return [self.entries[k] for k in similar(candidate, self.gazetteer) if k in self.entries]

    def search(self, text: str, most: int = 12) -> list[Entry]:
        """Return entries by id or part of a name."""
        if text in self.entries:
            return [self.entries[text]]
        wanted = key(text).lower()
        hits: dict[str, int] = {}
        for entry in self.entries.values() if wanted else ():
            lengths = [len(n) for n in names_in(entry) if wanted in key(n).lower()]
            if lengths:
                hits[entry.key] = min(lengths)
        return [self.entries[k] for k in sorted(hits, key=lambda k: (hits[k], k))[:most]]

    def skip(self) -> None:
        """Leave the current candidate for another time."""
        self.at = min(self.at + 1, len(self.queue))

    def back(self) -> None:
        """Go back to the candidate before."""
        self.at = max(self.at - 1, 0)

    def accept(self, candidate: NameCandidate, entry: Mapping[str, Any] | None = None) -> Decision:
        """Make an entry of a new name (as proposed, or as edited), or give an entry its proposed new name.

        Raises:
            DecisionError: the entry is not valid, or its id is taken.
        """
        if candidate.what == "doubt":
            return self._record(candidate, "right", fingerprint=candidate.fingerprint)
        if candidate.what == "alias":
            assert candidate.entity is not None
            return self.alias(candidate, candidate.entity)
        data = dict(entry) if entry is not None else msgspec.to_builtins(candidate.proposal)
        parsed = checked(data)
        if parsed.key in self.entries:
            raise DecisionError(
                f"{parsed.key} is an entry already: change the id, or make this an alias of it"
            )
        file = self._file(FILES[parsed.type])
        block = file.blocks[file.add(data)]
        return self._record(
            candidate, "accept", entity=parsed.key,
            edits=[Edit(file=file.path.name, id=parsed.id, before=None, after=block)],
        )  # fmt: skip

    def alias(self, candidate: NameCandidate, entity: str, names: Sequence[str] | None = None) -> Decision:
        """Give an entry a candidate's names (or some of them).

        Raises:
            DecisionError: there is no such entry, or it stands in a generated file.
        """
        if entity not in self.entries:
            raise DecisionError(f"{entity} is no entry")
        entry = self.entries[entity]
        file, index = self._locate(entry)
        before: str | None = None
        if index is None:  # an entry of the built-in gazetteers is copied, and the copy counts from now on
            index = file.add({k: v for k, v in msgspec.to_builtins(entry).items() if k in KEYS})
        else:
            before = file.blocks[index]
        node = file.entry(index)
        have = {key(n) for n in names_in(entry)}
        added = [n for n in candidate.names if key(n.text) not in have and (names is None or n.text in names)]
        if not added:
            raise DecisionError(f"{entity} has these names already")
        for name in added:
            add_name(node, "abbreviations" if name.kind == "abbreviation" else "aliases", name.text)
        file.replace(index, node)
        return self._record(
            candidate, "alias", entity=entity,
            edits=[Edit(file=file.path.name, id=entry.id, before=before, after=file.blocks[index])],
        )  # fmt: skip

    def reject(self, candidate: NameCandidate) -> Decision:
        """Refuse a candidate: it comes back only when its evidence changes; a refused alias never does."""
        if candidate.what == "alias":
            return self._record(
                candidate, "different", names=[candidate.names[0].text, str(candidate.entity)]
            )
        return self._record(candidate, "reject", fingerprint=candidate.fingerprint)

    def not_here(
        self, candidate: NameCandidate, document: str | None = None, names: Sequence[str] | None = None
    ) -> Decision:
        """Decide that the names (or some) are no names in a document (by default the first of the evidence)."""
        place = document or candidate.evidence[0].document
        return self._record(candidate, "not_here", document=place, names=_some(candidate, names))

    def never(self, candidate: NameCandidate, names: Sequence[str] | None = None) -> Decision:
        """Decide that the names (or some of them) are no names of this type, anywhere."""
        return self._record(candidate, "never", names=_some(candidate, names))

    def undo(self) -> Decision | None:
        """Take back the last decision of this folder that is in force, and go back to its candidate.

        Raises:
            DecisionError: the entry was changed since.
        """
        with writing(self.folder):
            lines = read_decisions(self.folder)
            in_force = Decisions(lines).in_force
            if not in_force:
                return None
            last = in_force[-1]
            undo = new_decision("undo", who=self.who, count=len(lines), undoes=last.id, edits=last.edits)
            carry_out(self.folder, undo)
        for edit in last.edits:
            self._take(edit.after, edit.before)
        for name, decision in self.decided.items():
            if decision.id == last.id:
                self.at = next((i for i, c in enumerate(self.queue) if c.key == name), self.at)
        self.decided = {k: d for k, d in self.decided.items() if d.id != last.id}
        return last

    def _record(self, candidate: NameCandidate, what: Any, **rest: Any) -> Decision:
        """Write a decision, then its edits; go on to the next candidate."""
        rest.setdefault("names", [n.text for n in candidate.names])
        with writing(self.folder):
            lines = read_decisions(self.folder)
            decision = new_decision(
                what, who=self.who, count=len(lines), type=candidate.type, evidence=candidate.evidence, **rest
            )
            carry_out(self.folder, decision)
        self.decided[candidate.key] = decision
        for edit in decision.edits:
            self._take(edit.before, edit.after)
        if self.current is not None and self.current.key == candidate.key:
            self.at += 1
        return decision

    def _take(self, old: str | None, new: str | None) -> None:
        """Heed a change of an entry: ``entries`` are as the files are now."""
        for block in (old, new):
            if block is not None:
                entry = msgspec.convert(read_block(block), Entry)
                self.entries.pop(entry.key, None)
                if block is new:
                    self.entries[entry.key] = entry
                elif (
                    new is None and entry.key in self.gazetteer.by_key
                ):  # the copy is gone, the original counts
                    self.entries[entry.key] = self.gazetteer.by_key[entry.key]

    def _file(self, name: str) -> YamlFile:
        file = YamlFile(self.folder / name)
        if not file.head and not file.blocks:
            file.head = HEAD
        return file

    def _locate(self, entry: Entry) -> tuple[YamlFile, int | None]:
        """Return the file of the folder that holds an entry, or the one where its copy would go."""
        for path in sorted(self.folder.glob("*.yaml")):
            if path.name not in ("relations.yaml", "translations.yaml"):
                file = YamlFile(path)
                index = file.index(entry.id, entry.type)
                if index is not None:
                    if is_generated(file):
                        raise DecisionError(
                            f"{path.name} is generated; review into a folder of your own with --gazetteer DIR"
                        )
                    return file, index
        return self._file(FILES[entry.type]), None


def _some(candidate: NameCandidate, names: Sequence[str] | None) -> list[str]:
    chosen = [n.text for n in candidate.names if names is None or n.text in names]
    if not chosen:
        raise DecisionError("no name was chosen")
    return chosen


def _gazetteer(folder: Path, builtin: bool) -> Gazetteer:
    """Load the built-in gazetteers with a folder over them (unless it is the built-in one)."""
    apart = folder.is_dir() and not (builtin and folder.resolve() == builtin_folder().resolve())
    return load_gazetteers([folder] if apart else [], builtin=builtin)


__all__ = ["FILES", "DecisionError", "Session", "checked", "is_installed", "names_in"]
