"""What plans aim at by when: ``by 2030 … 1 trillion yuan``, 到2025年，…超过4000亿元, as properties of the plan."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from pipeline.align import Aligned
from pipeline.align.entities import mention_id
from pipeline.normal import has_han
from pipeline.relate.amounts import amounts
from pipeline.relate.official import own_plan
from pipeline.segment import Reading

_BY = re.compile(
    r"\b(?:[Bb]y|[Uu]ntil|[Bb]efore) (?:the )?(?:end of )?(?P<en>20\d\d)\b|(?:到|至|截至|力争)(?P<zh>20\d\d)\s?年(?:底|末)?"
)
_GOAL = re.compile(
    r"\b(?:targets?|goals?|aims?|aimed|calls? for|called for|seeks?|plans? to|objective|reach|exceed|grow|become|worth|"
    r"surpass|achieve|build|create|double|triple|top)\w*\b|达到?|超过|突破|不低于|力争|建成|形成|实现|目标|提升|提高|翻一番"
)
_COUNT = re.compile(
    r"(?<![\dA-Za-z.])(?P<n>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)\s?(?P<s>万亿|亿|万|million|billion)?\s?"
    r"(?P<u>%|percent|个百分点|[个家项台套件辆座人名部只](?![月年日])|EFLOPS|PFLOPS|GW|kWh)",
    re.IGNORECASE,
)
_SCALE = {"万亿": 1e12, "亿": 1e8, "万": 1e4, "million": 1e6, "billion": 1e9}
_CUT = re.compile(r"(?<!\d),|,(?!\d)|[;:。]")
_LONGEST = 90
_NEAR = 1500
"""How far before a figure or a step the plan may be named, in characters."""
_STEP = re.compile(
    r"(?:(?:Step|Stage|Phase) (?:\d|one|two|three|four)[.:,]? )?By (?:the end of )?20\d\d:|到20\d\d年[:：]"
)
_GRID = re.compile(r"(?<=\n)(?:(?:By |到)?20\d\d年?\n){2,}")


def plan_targets(reading: Reading, aligned: Aligned, document: str) -> list[tuple[str, str, str, str]]:
    """Return the targets of plans: ``(entity key, "target", value, evidence mention id)``.

    A value reads ``2030: 1000000000000 CNY: the clause as printed``, or without an amount
    ``2030: the clause``. A Chinese sentence that names no plan is about the plan that the document issues.
    """
    text = reading.normal.text
    starts = [n.candidate.start for n in aligned.mentions]
    own = own_plan(reading, aligned)
    found: dict[tuple[str, str], str] = {}

    def plan_before(at: int) -> int | None:
        for i in range(bisect_left(starts, at) - 1, -1, -1):
            if starts[i] < at - _NEAR:
                break
            if aligned.mentions[i].candidate.type == "plan":
                return i
        return None

    def say(plan: int | None, values: Iterator[str]) -> None:
        if plan is None:
            return
        candidate = aligned.mentions[plan].candidate
        page, first, last = reading.parts(candidate.start, candidate.end)[0]
        evidence = mention_id(document, page + 1, first, last)
        for value in values:
            found.setdefault((aligned.mentions[plan].entity, value), evidence)

    for start, end in reading.sentences:
        due = list(_BY.finditer(text, start, end))
        if not due:
            continue
        inside = range(bisect_left(starts, start), bisect_left(starts, end))
        plans = [i for i in inside if aligned.mentions[i].candidate.type == "plan"]
        people = [starts[i] for i in inside if aligned.mentions[i].candidate.type == "person"]
        plans = [i for i in plans if not people or starts[i] < people[0]]
        before = [i for i in plans if starts[i] < due[0].start()] or plans
        if _STEP.match(text, start):
            say(before[0] if before else plan_before(start), _values(text, start, end, due))
        elif _GOAL.search(text, start, end) and (before or has_han(text[start:end])):
            say(before[0] if before else own, _values(text, start, end, due))
    for grid in _GRID.finditer(text):
        say(plan_before(grid.start()), _cells(text, grid))
    return [(entity, "target", value, evidence) for (entity, value), evidence in found.items()]


def _cells(text: str, grid: re.Match[str]) -> Iterator[str]:
    """Yield the targets of a figure whose columns are dates: rows of as many lines, short labels between."""
    years = re.findall(r"20\d\d", grid.group())
    row: list[str] = []
    for line in text[grid.end() : grid.end() + 3000].split("\n"):
        if not line.strip() or line.startswith(("Source", "Note", "资料来源", "来源", "注")):
            return
        if len(line.split()) <= 3 and not has_han(line):
            row = []
            continue
        row.append(line)
        if len(row) == len(years):
            for year, cell in zip(years, row, strict=True):
                sums = [f"{s.amount.value:.15g} {s.amount.unit}: " for s in amounts(cell)] or [""]
                yield from (f"{year}: {amount}{_short(cell)}" for amount in sums)
            row = []


def _values(text: str, start: int, end: int, due: list[re.Match[str]]) -> Iterator[str]:
    """Yield what a sentence says of each date, an amount at a time."""
    for number, match in enumerate(due):
        year = match.group("en") or match.group("zh")
        stop = due[number + 1].start() if number + 1 < len(due) else end
        begin = start if number == 0 and match.group("en") else match.start()
        piece = text[begin:stop]
        sums = [(s.start, s.end, f"{s.amount.value:.15g} {s.amount.unit}") for s in amounts(piece)]
        for count in _COUNT.finditer(piece):
            if all(count.end() <= a or count.start() >= b for a, b, _ in sums):
                value = float(count.group("n").replace(",", "")) * _SCALE.get(
                    (count.group("s") or "").lower(), 1.0
                )
                unit = "%" if count.group("u").lower() == "percent" else count.group("u")
                sums.append((count.start(), count.end(), f"{value:.15g} {unit}"))
        for a, b, amount in sorted(sums):
            yield f"{year}: {amount}: {_clause(piece, a, b)}"
        if not sums:
            whole = piece if match.group("zh") else text[start:end]
            yield f"{year}: {_short(whole)}"


def _short(text: str) -> str:
    words = " ".join(text.split()).strip(" .。;")
    return words if len(words) <= 2 * _LONGEST else words[: 2 * _LONGEST].rstrip() + "…"


def _clause(text: str, start: int, end: int) -> str:
    """Return the clause around an amount, on one line."""
    left = max((m.end() for m in _CUT.finditer(text, 0, start)), default=0)
    right = _CUT.search(text, end)
    return _short(
        text[max(left, start - _LONGEST) : min(right.start() if right else len(text), end + _LONGEST)]
    )
