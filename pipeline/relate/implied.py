"""Bodies that a text means without their full name: ministers' ministries and a city's own bureaus.

Called between match and align: what comes back are further candidates, so that relations have
something to point to. ``Deputy Minister of Finance`` in a column of posts means the Ministry of
Finance; ``责任单位：市经信局`` in a notice of Wuhan means 武汉市经信局.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from pipeline.align.identity import same_name
from pipeline.match.candidates import Candidate
from pipeline.normal import has_han, key
from pipeline.records import Table
from pipeline.segment import Reading

Lookup = Callable[[str], str | None]
"""The gazetteer id of a government body's name, or None."""

_MINISTER = re.compile(
    r"\b(?:Deputy |Vice |Assistant |Acting )?Ministers? (?:of|for) (?:the )?(?P<name>[A-Z][A-Za-z]+(?:(?:,? and|,) [A-Z][A-Za-z]+| [A-Z][A-Za-z]+){0,5})"
)
_RESPONSIBLE = re.compile(r"(?:责任|牵头|配合|实施|参与|承办|协办)(?:责任)?(?:单位|部门)\s?:")
_BARE = re.compile(
    r"(?:市|省|区|县|自治区)(?P<name>(?:委|政府)?[\u4e00-\u9fff]{2,14}?(?:委员会|管委会|局|委|办公室|办|厅|部|中心|国资委))(?=[、,;。()]|$)"
)
_YOUTH = ("团市委", "团省委", "团区委", "团县委")
_PLACE = re.compile(r"^(?P<place>[\u4e00-\u9fff]{2,8}?(?:自治区|省|市|区|县))")
_NOT_A_PLACE = re.compile(r"^(?:各|本|全|该|有关|中华|国家)")


def implied_bodies(
    reading: Reading, tables: Sequence[Table], candidates: Sequence[Candidate], lookup: Lookup
) -> list[Candidate]:
    """Return candidates for bodies that are named without their place or their kind.

    Args:
        reading: the document.
        tables: its tables; ministers are looked for in their cells alone.
        candidates: what the match stage found; the issuer's place is read from them.
        lookup: finds a gazetteer entry by name.
    """
    found = list(_ministers(reading, tables, lookup))
    if has_han(reading.normal.text[:2000]):
        found += _bureaus(reading, candidates, lookup)
    return found


def _ministers(reading: Reading, tables: Sequence[Table], lookup: Lookup) -> Iterator[Candidate]:
    if not tables:
        return
    text = reading.normal.text
    cells = {key(" ".join(c.split())) for t in tables for row in t.rows for c in row if "inister" in c}
    for match in _MINISTER.finditer(text) if cells else ():
        if not any(match.group() in cell for cell in cells):
            continue
        name = match.group("name")
        if re.match(r"(?:Ministry|Department|Office|Commission|Central)\b", name):
            continue
        entity = lookup(f"Ministry of {name}")
        if entity is not None:
            yield Candidate(
                start=match.start("name"),
                end=match.end("name"),
                type="government",
                method="table",
                score=0.8,
                entity=entity,
            )


def _bureaus(reading: Reading, candidates: Sequence[Candidate], lookup: Lookup) -> Iterator[Candidate]:
    text = reading.normal.text
    heads = list(_RESPONSIBLE.finditer(text))
    if not heads:
        return
    place = _issuing_place(text, candidates)
    if place is None:
        return
    for head in heads:
        stop = re.search(r"[)。;\n]", text[head.end() :])
        end = head.end() + (stop.start() if stop else 200)
        at = head.end()
        for item in re.split(r"([、,])", text[head.end() : end]):
            bare = _BARE.match(item + "、")
            if bare and bare.end() == len(item):
                full = place + item[1:] if place.endswith(item[0]) else place + item
                entity = lookup(full) or f"~government/{same_name(full)}"
                yield Candidate(
                    start=at,
                    end=at + len(item),
                    type="government",
                    method="rule",
                    score=0.8,
                    entity=entity,
                    kind="abbreviation",
                )
            elif item in _YOUTH:
                full = f"共青团{place}委员会"
                yield Candidate(
                    start=at, end=at + len(item), type="government", method="rule", score=0.8,
                    entity=lookup(full) or f"~government/{same_name(full)}", kind="abbreviation",
                )  # fmt: skip
            elif re.fullmatch(r"[\u4e00-\u9fff]{2,14}(?:集团|公司)", item) and item.startswith(
                place.rstrip("市省")
            ):
                yield Candidate(start=at, end=at + len(item), type="company", method="rule", score=0.8)
            at += len(item)


def _issuing_place(text: str, candidates: Sequence[Candidate]) -> str | None:
    """Return the place whose government issued a notice: the first one that a government's name begins with."""
    for candidate in sorted(candidates, key=lambda c: (c.start, -c.end)):
        if candidate.start > 3000:
            return None
        if candidate.type != "government":
            continue
        match = _PLACE.match(text[candidate.start : candidate.end])
        if match and not _NOT_A_PLACE.match(match.group("place")):
            return match.group("place")
    return None
