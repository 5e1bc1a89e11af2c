"""What stands beside a name and is no part of it: years, periods, stages, offices, bracketed abbreviations."""

import re

import msgspec

from pipeline.match.candidates import Candidate
from pipeline.normal import is_han

_OFFICE = re.compile(
    r"(?:国务院|国家|中国|中共中央|美国|俄罗斯|日本)*(?:副?总理|副?主席|副?总统|首相|总书记|副?部长|院士|教授|同志)"
)
_OFFICE_AFTER = re.compile(r"(?:副?总理|副?主席|副?总统|首相|总书记|副?部长|院士|教授|同志|先生|女士)$")
_AROUND = {
    "year": re.compile(r"(?:(?:19|20)\d\d(?:-\d{2,4})? |(?:19|20)\d\d年)(?=\S)"),
    "stage": re.compile(
        r"\s*\((?:(?:19|20)?\d\d\s*年?\s*(?:-+|至)\s*(?:(?:19|20)?\d\d)?\s*年?|(?:19|20)\d\d\s*年?|试行|暂行|征求意见稿|草案|送审稿|修订|修订稿|"
        r"for trial implementation|trial|draft|draft for comments?)\)$",
        re.IGNORECASE,
    ),
    "abbreviation": re.compile(r"\s*\([A-Z][A-Za-z&-]*[A-Z]s?\)$"),
    "title": re.compile(
        r"(?:(?:Vice |Deputy |Former )?(?:President|Premier|Chairman|Minister|Secretary|Dr\.|Prof(?:\.|essor)|Mr\.|Ms\.|General) )+"
    ),
    "event": re.compile(r"(?: (?:19|20)\d\d| (?:outbreak|pandemic|epidemic|crisis))$", re.IGNORECASE),
}


def trimmed(text: str, candidate: Candidate) -> Candidate:
    """Leave out what is beside the name: a title's year, period or stage, a person's office, a bracketed abbreviation."""
    start, end = candidate.start, candidate.end
    if candidate.type in ("plan", "publication", "event"):
        inside = text[start - 1 : start] in ("《", '"')  # a year inside title marks is part of the title
        if not inside and (year := _AROUND["year"].match(text, start, end)) and end - year.end() > 3:
            start = year.end()
        end = without_stage(text, start, end)
        if candidate.type == "event" and (tail := _AROUND["event"].search(text, start, end)):
            end = tail.start()
    if (
        candidate.type == "person"
        and (title := _AROUND["title"].match(text, start, end))
        and title.end() < end
    ):
        start = title.end()
    if candidate.method != "gazetteer" and text[start:end].endswith("'s"):
        end -= 2
    if candidate.type == "person" and is_han(text[start]):
        if (office := _OFFICE.match(text, start, end)) and end - office.end() >= 2:
            start = office.end()
        if (office := _OFFICE_AFTER.search(text, start, end)) and office.start() - start >= 2:
            end = office.start()
    if abbreviation := _AROUND["abbreviation"].search(text, start, end):
        end = abbreviation.start()
    if (start, end) == (candidate.start, candidate.end) or end - start < 2:
        return candidate
    return msgspec.structs.replace(candidate, start=start, end=end)


def without_stage(text: str, start: int, end: int) -> int:
    """Return where a title at ``start:end`` ends without a bracketed period or stage after it."""
    stage = _AROUND["stage"].search(text, start, end)
    return stage.start() if stage and stage.start() - start >= 2 else end
