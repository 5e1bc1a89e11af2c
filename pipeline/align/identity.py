"""Ids of entities that no gazetteer holds, and when two surfaces are the same name."""

import functools
import hashlib
import unicodedata
from collections.abc import Sequence

from pipeline.align.initials import in_order
from pipeline.normal import has_han, is_han, key
from pipeline.records import EntityType


@functools.lru_cache(maxsize=1 << 16)
def same_name(name: str) -> str:
    """Return what equal names share: NFKC, simplified, case-folded, without spaces."""
    return "".join(key(name).casefold().split())


def new_id(kind: EntityType, name: str, discriminator: str = "") -> str:
    """Return the id of an entity without an entry: ``type/~`` and 12 hex digits of type and name."""
    digest = hashlib.sha256(f"{kind}\0{same_name(name)}\0{discriminator}".encode()).hexdigest()
    return f"{kind}/~{digest[:12]}"


def listed(surface: str) -> str:
    """Return a surface as names are listed: one line, no letter-spacing, no outer quotes; Latin in NFKC.

    Chinese marks and characters stay as they are printed.

    >>> listed("良马（宁\\n波）公司"), listed("钟　山"), listed("Ｍｅｇｖｉｉ")
    ('良马（宁波）公司', '钟山', 'Megvii')
    """
    if not has_han(surface):
        return " ".join(key(surface).split()).strip(" \"'")
    kept = "".join(c for c in surface if c.isspace() or c.isprintable())
    out = ""
    for at, char in enumerate(kept):
        if char.isspace():
            after = kept[at:].lstrip()[:1]
            if (out and after and not (_wide(out[-1]) or _wide(after)) and out[-1] != " ") or (
                out
                and after
                and _wide(out[-1]) != _wide(after)
                and (out[-1] + after).isalnum()
                and out[-1] != " "
            ):
                out += " "
        else:
            out += (
                unicodedata.normalize("NFKC", char)
                if "\uff10" <= char <= "\uff5a" and char.isalnum()
                else char
            )
    return out.strip(" \"'《》“”‘’「」『』")


def _wide(char: str) -> bool:
    return is_han(char) or unicodedata.east_asian_width(char) in "WF"


def fullest(names: Sequence[str]) -> str | None:
    """Return the fullest of an entity's names in one language: the longest that has all of the first in it.

    An acronym gives way to any name with words. Names of more than sixteen words are no better for it.

    >>> fullest(["DRTO", "Robot Testing Office", "Delta Robot Testing Office"])
    'Delta Robot Testing Office'
    """
    if not names:
        return None
    best = next((n for n in names if not _acronym(n)), names[0])
    for name in names:
        if len(name) > len(best) and len(name.split()) <= 16 and _within(best, name):
            best = name
    return best


def _acronym(name: str) -> bool:
    return not has_han(name) and " " not in name and name.isupper()


def _within(short: str, full: str) -> bool:
    """Say whether all words (Chinese: characters) of a name stand in another, in order."""
    parts = list(same_name(short)) if has_han(short) else short.casefold().split()
    return in_order(parts, list(same_name(full)) if has_han(full) else full.casefold().split())
