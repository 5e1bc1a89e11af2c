"""Names are found: by the gazetteers, by rules, and by statistical models as further witnesses."""

import re
from collections.abc import Iterator, Sequence

import msgspec

from pipeline.match.candidates import Candidate, settle
from pipeline.match.doubts import doubted
from pipeline.match.find import Finder
from pipeline.match.heads import HEAD, type_of
from pipeline.match.rules_en import english_names, plausible_model_name
from pipeline.match.rules_zh import chinese_names
from pipeline.normal import has_han, is_han
from pipeline.records import EntityType
from pipeline.segment import Reading, english

_SPACY_TYPES: dict[str, EntityType] = {
    "PERSON": "person", "GPE": "place", "LOC": "place", "ORG": "company", "LAW": "plan", "EVENT": "event",
    "WORK_OF_ART": "publication",
}  # fmt: skip

_TAIL = re.compile(r"(?:'s|[\s,.;:)\"']+\d*|(?<=[a-z])\d{1,3}|\s+\d{1,3})+$")
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
        if stage := _AROUND["stage"].search(text, start, end):
            end = stage.start()
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


_FIRM_WORD = re.compile(r"(?:集团公司|集团|公司)(?!法|债|章程|治理|制度)")
"""What a firm's short name is often followed by, as part of the name."""
_OF_CHINA = re.compile(r" of (?:the )?(?:People's Republic of China|PRC|P\.R\.C\.|China)\b")
_ADMINISTRATIVE = "省市区县镇乡州盟旗岛"


def fused(text: str, found: Sequence[Candidate], finder: Finder | None) -> list[Candidate]:
    """Join names that stand together as one: a chain of places, a state before its ministry, a quoted first part."""
    joined: list[Candidate] = []
    ending: dict[int, Candidate] = {}
    for candidate in settle(c for c in found if c.type in ("place", "government")):
        before = ending.get(candidate.start)
        ending[candidate.end] = candidate
        name = text[candidate.start : candidate.end]
        if before is not None and before.type == "place" and is_han(name[0]):
            if candidate.type == "place" and (
                name[-1] in _ADMINISTRATIVE
                or (finder is not None and finder.lies_in(candidate.entity, before.entity))
            ):
                candidate = msgspec.structs.replace(candidate, start=before.start)
                joined.append(candidate)
                ending[candidate.end] = candidate
            elif candidate.type == "government" and text[before.start : before.end] == "中华人民共和国":
                joined.append(msgspec.structs.replace(candidate, start=before.start))
        elif candidate.type == "government" and (tail := _OF_CHINA.match(text, candidate.end)):
            joined.append(msgspec.structs.replace(candidate, end=tail.end()))
    for candidate in found:
        if (
            candidate.type == "company"
            and is_han(text[candidate.end - 1])
            and (kind := _FIRM_WORD.match(text, candidate.end))
            and not text[candidate.start : candidate.end].endswith(("公司", "集团", "厂", "银行"))
        ):
            joined.append(msgspec.structs.replace(candidate, end=kind.end()))
        if (
            candidate.type in ("plan", "product", "event", "institution")
            and text[candidate.start - 1 : candidate.start] == '"'
            and text.count('"', candidate.start, candidate.end) == 1
            and text[candidate.end - 1] != '"'
        ):
            joined.append(msgspec.structs.replace(candidate, start=candidate.start - 1))
    return joined


class Matcher:
    """Finds names in a reading.

    Args:
        finder: the gazetteer's names, or None to do without.
        model: whether the statistical models are asked: the tagger for Chinese, spaCy's for English.
    """

    def __init__(self, finder: Finder | None, *, model: bool = True) -> None:
        self.finder = finder
        self.model = model

    def match(self, reading: Reading, *, date: str | None = None) -> list[Candidate]:
        """Return all candidates, in normalised offsets; they may overlap."""
        found: list[Candidate] = []
        if self.finder is not None:
            found += self.finder.find(reading.normal, reading.words, date=date, note_digits=reading.plain)
        text = reading.normal.text
        found += english_names(text)
        if has_han(text):
            ruled = list(chinese_names(text, reading.words))
            tagged = (
                list(doubted(text, list(self._tagged(reading)), found, reading.words)) if self.model else []
            )
            found += _not_overreaching(ruled, tagged) + tagged
        if self.model:
            found += (c for c in spacy_names(text) if not _displayed(reading, c))
        found = [trimmed(text, candidate) for candidate in found]
        return found + fused(text, found, self.finder)

    def _tagged(self, reading: Reading) -> Iterator[Candidate]:
        """Yield what the statistical tagger finds in the sentences that hold Chinese."""
        from pipeline.match.tagger import Tagger

        text = reading.normal.text
        spans = [(s, e) for s, e in reading.sentences if has_han(text[s:e])]
        for (start, _), names in zip(spans, Tagger.load().tag([text[s:e] for s, e in spans]), strict=True):
            for name in names:
                yield Candidate(
                    start=start + name.start,
                    end=start + name.end,
                    type=name.type,
                    method="model",
                    score=name.score,
                )


def _not_overreaching(ruled: Sequence[Candidate], tagged: Sequence[Candidate]) -> list[Candidate]:
    """Leave out rule candidates that begin before a tagged name of the same type which ends where they do.

    A rule knows where an official or legal ending is, the tagger better where the name begins; and the
    longest name would win.
    """
    begins: dict[tuple[int, str], int] = {}
    for candidate in tagged:
        if candidate.score >= 0.5:
            begins[candidate.end, candidate.type] = candidate.start
    return [c for c in ruled if begins.get((c.end, c.type), c.start) <= c.start]


def _opens_sentence(text: str, start: int) -> bool:
    """Say whether a capital may be there only because a sentence begins."""
    before = text[:start].rstrip(" \"'(")[-1:]
    return before in ("", ".", "!", "?", ":", ";", "\n", "。")


def _displayed(reading: Reading, candidate: Candidate) -> bool:
    """Say whether a model's candidate stands in a heading, caption or table, where capitals say nothing."""
    kind = reading.stream.kind_at(reading.normal.starts[candidate.start])
    return kind in ("table", "caption", "heading", "figure") and candidate.type != "place"


def spacy_names(text: str) -> Iterator[Candidate]:
    """Yield what spaCy's English model takes for names, typed by the name's head where it has one."""
    for at, doc in english.documents(text):
        for entity in doc.ents:
            kind = _SPACY_TYPES.get(entity.label_)
            if kind is None:
                continue
            start, end = at + entity.start_char, at + entity.end_char
            while text[start:end].startswith(("the ", "The ", "a ", "A ", '"', "'", "(")):
                start += text[start:end].find(" ") + 1 if text[start] in "tTaA" else 1
            end = start + len(_TAIL.sub("", text[start:end]))
            name = text[start:end]
            if not plausible_model_name(text, start, end, kind):
                continue
            if (
                kind == "company"
                and " " not in name
                and _opens_sentence(text, start)
                and text.count(name) < 2
            ):
                continue
            headed = type_of(name)
            if kind == "place" and headed not in (None, "place"):
                kind = "company"
            if headed is not None and kind in ("company", "person", "plan", "event", "publication", "place"):
                if len(name.split()) < 2:
                    continue
                kind = headed
            yield Candidate(start=start, end=end, type=kind, method="model", score=0.5)


__all__ = ["HEAD", "Candidate", "Finder", "Matcher", "spacy_names"]
