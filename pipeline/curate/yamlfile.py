"""Gazetteer files edited one entry at a time: comments, order and the bytes of all other entries stay as they are."""

import contextlib
import io
import os
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import YAMLError

from pipeline.curate.yamltext import entry_text
from pipeline.match.entries import GazetteerError

_ID = re.compile(r"""(?:-|^ ) +id:\s*["']?([^"'\s#]*)""", re.MULTILINE)
_FLAT = re.compile(r"^  - ", re.MULTILINE)


def _yaml(flat: bool = False) -> YAML:
    """Return a reader and writer; ``flat`` lists stand in the column of their key."""
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 1_000_000
    yaml.allow_unicode = True
    yaml.indent(mapping=2, sequence=2 if flat else 4, offset=0 if flat else 2)
    return yaml


class YamlFile:
    """A list of entries as text blocks: a head comment, then one block an entry with the comments above it.

    Args:
        path: the file; one that is missing is an empty list.

    Raises:
        GazetteerError: it cannot be read, or its entries do not begin with ``- `` in the first column.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            text = path.read_text(encoding="utf-8") if path.exists() else ""
        except (OSError, UnicodeDecodeError) as problem:
            raise GazetteerError(f"{path}: cannot be read: {problem}") from None
        self.head, self.blocks = _split(text)
        self._written = text
        if not self.blocks and any(line and line[0] not in "#[" for line in self.head.splitlines()):
            raise GazetteerError(f'{path}:1: entries must begin with "- " in the first column')

    def ids(self) -> list[str]:
        """Return the ids of the entries in the file's order."""
        return [_block_id(block) for block in self.blocks]

    def index(self, slug: str, kind: str | None = None) -> int | None:
        """Return the place of an entry by its id (and type), or None."""
        for i, name in enumerate(self.ids()):
            if name == slug and (kind is None or str(self.entry(i).get("type")) == kind):
                return i
        return None

    def entry(self, index: int) -> CommentedMap:
        """Return one entry for editing; hand it to ``replace`` afterwards.

        Raises:
            GazetteerError: the block is not valid YAML.
        """
        try:
            loaded = _yaml().load(_outdented(_parts(self.blocks[index])[1]))
        except YAMLError as problem:
            raise GazetteerError(f"{self.path}: {str(problem).splitlines()[0]}") from None
        if not isinstance(loaded, CommentedMap):
            raise GazetteerError(f"{self.path}: entry {index + 1} is no mapping")
        return loaded

    def replace(self, index: int, entry: CommentedMap) -> None:
        """Write an edited entry back in its place; nothing else changes."""
        above, block, below = _parts(self.blocks[index])
        self.blocks[index] = above + _dump(entry, flat=bool(_FLAT.search(block))) + below

    def add(self, entry: Mapping[str, Any]) -> int:
        """Put a new entry at its place in the order of ids and return that place."""
        return self.insert(str(entry["id"]), entry_text(entry))

    def insert(self, slug: str, block: str) -> int:
        """Put a block at the place of its id and return that place."""
        index = next((i for i, name in enumerate(self.ids()) if name > slug), len(self.blocks))
        if self.blocks and not self.blocks[-1].endswith("\n"):
            self.blocks[-1] += "\n"
        self.blocks.insert(index, block)
        return index

    def append(self, entry: Mapping[str, Any]) -> None:
        """Put a new entry at the end; ``sort`` brings it to its place."""
        if self.blocks and not self.blocks[-1].endswith("\n"):
            self.blocks[-1] += "\n"
        self.blocks.append(entry_text(entry))

    def remove(self, index: int) -> None:
        """Take an entry out, with the comments above it."""
        del self.blocks[index]

    def sort(self) -> None:
        """Put the entries in the order of their ids; equal ids keep their order."""
        if self.blocks and not self.blocks[-1].endswith("\n"):
            self.blocks[-1] += "\n"
        self.blocks.sort(key=_block_id)

    def text(self) -> str:
        """Return the file's text."""
        head = "" if self.head.strip() == "[]" else self.head
        return head + "".join(self.blocks)

    @property
    def changed(self) -> bool:
        """Whether the text differs from what is on disk."""
        return self.text() != self._written

    def save(self) -> None:
        """Write the file, whole or not at all, when it has changed.

        Raises:
            GazetteerError: it cannot be written, or somebody else has changed it since it was read.
        """
        if not self.changed:
            return
        try:
            now = self.path.read_text(encoding="utf-8") if self.path.exists() else ""
            if now != self._written:
                raise GazetteerError(f"{self.path}: was changed by someone else meanwhile; try again")
            write_text(self.path, self.text())
        except OSError as problem:
            raise GazetteerError(f"{self.path}: cannot be written: {problem.strerror}") from None
        self._written = self.text()


def write_text(path: Path, text: str) -> None:
    """Write a text file atomically, durable before it gets its name, with the mode it had.

    Raises:
        OSError: it cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, path.stat().st_mode & 0o777 if path.exists() else 0o644)
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


def _split(text: str) -> tuple[str, list[str]]:
    """Split a file's text at the entries; comment lines right above an entry go with it, but not the head."""
    lines = text.splitlines(keepends=True)
    starts = [i for i, line in enumerate(lines) if line.startswith("- ")]
    if not starts:
        return text, []
    bounds: list[int] = []
    for n, start in enumerate(starts):
        floor = starts[n - 1] + 1 if n else 0
        at = start
        while at > floor and lines[at - 1].startswith("#"):
            at -= 1
        # a comment that opens the file is its head, wherever the first entry begins
        bounds.append(start if n == 0 and at == 0 else at)
    head = "".join(lines[: bounds[0]])
    ends = [*bounds[1:], len(lines)]
    return head, ["".join(lines[a:b]) for a, b in zip(bounds, ends, strict=True)]


def _parts(block: str) -> tuple[str, str, str]:
    """Split a block into the comments above the entry, the entry, and comments and blank lines below it."""
    lines = block.splitlines(keepends=True)
    first = next((i for i, line in enumerate(lines) if line.startswith("- ")), 0)
    last = len(lines)
    while last > first + 1 and (lines[last - 1].startswith("#") or not lines[last - 1].strip()):
        last -= 1
    return "".join(lines[:first]), "".join(lines[first:last]), "".join(lines[last:])


def _outdented(block: str) -> str:
    """Return an entry as a mapping in the first column, so that comments keep their columns."""
    lines = block.splitlines(keepends=True)
    return "".join(line[2:] if line.startswith(("- ", "  ")) else line for line in lines)


def _block_id(block: str) -> str:
    match = _ID.search(block)
    return match.group(1) if match else ""


def _dump(entry: CommentedMap, flat: bool = False) -> str:
    """Return an entry as a block: ``- id: …`` in the first column, inner lists indented by two."""
    buffer = io.StringIO()
    _yaml(flat).dump(entry, buffer)
    lines = buffer.getvalue().splitlines()
    return "".join(f"{'- ' if i == 0 else '  ' if line else ''}{line}\n" for i, line in enumerate(lines))


__all__ = ["YamlFile", "write_text"]
