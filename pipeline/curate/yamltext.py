"""How values are written in gazetteer files: bare where they can be, else quoted; lists and rules on one line."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from pipeline.curate.source import KEYS

_SCALAR_TYPED = re.compile(r"[-+.\d][\d_.,:eE+-]*\Z|\d{4}-\d{2}(-\d{2})?\Z|0[xo][\da-fA-F]+\Z", re.ASCII)
_PLAIN = re.compile(r"[^\W_](?:[^,?\[\]{}\n]*[^,?\[\]{}:\s])?\Z|[(（《“][^,?\[\]{}\n]*[^,?\[\]{}:\s]\Z")
_WORDS = frozenset({"yes", "no", "on", "off", "true", "false", "null", "y", "n", "~", ""})


def _bare(value: str) -> bool:
    """Say whether a string can stand without quotes, in a flow list too, and is read as that string by all."""
    return (
        _PLAIN.match(value) is not None
        and not _SCALAR_TYPED.match(value)
        and value.lower() not in _WORDS
        and ": " not in value
        and " #" not in value
        and value.isprintable()
    )


def scalar(value: str) -> Any:
    """Return a string as ruamel should write it: quoted unless it can stand bare."""
    return value if _bare(value) else DoubleQuotedScalarString(value)


def compact(value: Any) -> Any:
    """Return plain data without what is empty, missing or false, as deep as it goes."""
    if isinstance(value, Mapping):
        pairs = ((k, compact(v)) for k, v in value.items())
        return {k: v for k, v in pairs if v not in (None, "", [], {}, False)}
    return [compact(v) for v in value] if isinstance(value, list) else value


def _styled(field: str, value: Any) -> Any:
    if isinstance(value, str):
        return scalar(value)
    if isinstance(value, Mapping):
        made = CommentedMap((scalar(str(k)), _styled("", v)) for k, v in value.items())
        if field != "match":
            made.fa.set_flow_style()
        return made
    if isinstance(value, Sequence):
        items = CommentedSeq([_styled(field, v) for v in value])
        if field not in ("former", "posts"):
            items.fa.set_flow_style()
        return items
    return value


def entry_text(data: Mapping[str, Any]) -> str:
    """Return a new entry as the text of its block: keys in order, empty ones left out, as the curators write."""
    plain = compact(data)
    lines: list[str] = []
    for name in KEYS:
        value = plain.get(name)
        if value is None:
            continue
        if name in ("former", "posts"):
            lines += [f"{name}:", *(f"  - {_flow(item)}" for item in value)]
        elif name == "match":
            lines += [f"{name}:", *(f"  {_flow(str(key))}: {_flow(rule)}" for key, rule in value.items())]
        else:
            # outside of lists a comma needs no quotes, unless it comes first
            bare = isinstance(value, str) and not value.startswith(",") and _bare(value.replace(",", ""))
            lines.append(f"{name}: {value if bare else _flow(value)}")
    return "".join(f"{'  ' if i else '- '}{line}\n" for i, line in enumerate(lines))


def _flow(value: Any) -> str:
    """Return a value on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_flow(str(k))}: {_flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    return text if _bare(text) else json.dumps(text, ensure_ascii=False)


def set_field(entry: CommentedMap, name: str, value: Any) -> None:
    """Set, change or (with an empty value) remove a key, at its place in the order of keys."""
    if value in (None, "", [], {}):
        entry.pop(name, None)
    elif name in entry and isinstance(entry[name], CommentedSeq):
        have = {str(v): v for v in entry[name] if isinstance(v, str)}  # as they are quoted
        entry[name][:] = [have[v] if isinstance(v, str) and v in have else _styled(name, v) for v in value]
    elif name in entry:
        entry[name] = _styled(name, value)
    else:
        rank = KEYS.index(name)
        place = next((i for i, k in enumerate(entry) if k in KEYS and KEYS.index(k) > rank), len(entry))
        entry.insert(place, name, _styled(name, value))


def add_name(entry: CommentedMap, field: str, name: str) -> None:
    """Add a name to ``aliases``, ``abbreviations`` or ``traditional``; the list's style and comments stay."""
    have = entry.get(field)
    if have is None:
        set_field(entry, field, [name])
    elif name not in have:
        have.append(scalar(name))
