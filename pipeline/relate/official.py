"""What official documents state by their form: who issued them and when, and who is responsible for what.

Chinese notices, orders and laws name their issuer in the head (``国务院令 第790号``), in the
signature above the date, or in the line under the title (``2021年11月25日 …常务委员会…通过``), apart
from the sentence that names the plan; the bodies in ``责任单位：…`` carry out the document itself.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from pipeline.align import Aligned
from pipeline.align.entities import mention_id
from pipeline.normal import has_han
from pipeline.records import Document, Qualifiers
from pipeline.relate.coordination import ORGANISATIONS
from pipeline.relate.dates import Date, dates
from pipeline.relate.statements import Statement
from pipeline.relate.titles import ZH_TITLE
from pipeline.segment import Reading
from pipeline.segment.sentences import sentence_at

_HEAD = 2500
"""How far from the start the issue of a document is looked for, in characters."""
_BEFORE_OWN = re.compile(
    r"(?:现将|现(?:公布|发布|印发|转发|批准)|关于(?:印发|发布|公布|下发|转发|颁布)[^\n。]{0,40})\"?《?\"?$"
)
_AFTER_OWN = re.compile(
    r"[\"》]*\s?(?:\([^()\n]{1,20}\))?\s?[\"》]*(?:及[^。\n]{0,20})?(?:已(?:经|于)?[^。\n]{0,80}?(?:通过|同意|批准)|印发给|(?:现)?予以?(?:公布|印发|发布)|转发给)"
)
_ORDER = re.compile(r"\s*(?:令|公告|公报|文件)")
_EVENT = re.compile(r"[^《》\",。;]{0,100}?(?P<verb>审议通过|通过|发布|公布|颁布|修订|制定|批准|修正)")
_ISSUES = frozenset({"审议通过", "通过", "发布", "公布", "颁布", "修订", "制定"})
_RESPONSIBLE = re.compile(
    r"(?P<role>责任|牵头|配合|主要责任|主责|实施|参与|承办|协办)(?:责任)?(?:单位|部门)\s?:"
)
_REPEALED = re.compile(
    r"[》\"]*\s?(?:\([^()\n。]{0,40}\))?(?:[、,和及以及]{0,2}(?:《[^《》\n]{2,60}》(?:\([^()\n。]{0,40}\))?)){0,6}\s?(?:同时|自[^,。;\n]{2,16}起|一并)(?:予以)?废止"
)
"""What follows the earlier document that a law or notice does away with."""
_MEASURE = re.compile(
    r"(?:^|(?<=[\n。)]))\s?(?P<item>(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|\d{1,2}[.、])[^。;:\n]{2,40})(?=[。\n])"
)


def official(reading: Reading, aligned: Aligned) -> Iterator[Statement]:
    """Yield what the form of a Chinese official document states."""
    text = reading.normal.text
    if not has_han(text[:_HEAD]):
        return
    document = _Document(reading, aligned)
    own = document.own()
    if own is None:
        return
    yield from document.issues(own)
    yield from document.repeals(own)
    yield from document.responsible(own)


def own_plan(reading: Reading, aligned: Aligned) -> int | None:
    """Return the mention of the plan that a Chinese document issues, or None."""
    return _Document(reading, aligned).own() if has_han(reading.normal.text[:_HEAD]) else None


def own_number(reading: Reading, aligned: Aligned, document: Document) -> list[tuple[str, str, str, str]]:
    """Return an official document's number as a property of the plan that it issues: key, name, value, evidence."""
    own = own_plan(reading, aligned) if document.number else None
    if own is None or document.number is None:
        return []
    named = aligned.mentions[own]
    page, start, end = reading.parts(named.candidate.start, named.candidate.end)[0]
    return [(named.entity, "number", document.number, mention_id(document.id, page + 1, start, end))]


class _Document:
    """A document with its mentions by place."""

    def __init__(self, reading: Reading, aligned: Aligned) -> None:
        self.text = reading.normal.text
        self.sentences = reading.sentences
        self.mentions = aligned.mentions
        self.starts = [n.candidate.start for n in aligned.mentions]
        self.ends = {n.candidate.end: i for i, n in enumerate(aligned.mentions)}
        self.dates: list[Date] = [d for d in dates(self.text[: _HEAD * 2]) if d.iso.count("-") == 2]

    def own(self) -> int | None:
        """Return the mention of the plan that the document issues: the announced one, or its title."""
        title: int | None = None
        for i, named in enumerate(self.mentions):
            c = named.candidate
            if c.start > _HEAD:
                break
            if c.type != "plan":
                continue
            line = self.text.rfind("\n", 0, c.start) + 1
            if _BEFORE_OWN.search(self.text, max(0, line), c.start) or _AFTER_OWN.match(self.text, c.end):
                return i
            lead = self.text[: c.start].strip('# \n"《')
            after = self.text[c.end :].lstrip(' "》')[:1]
            if (
                title is None
                and not lead
                and (after in ("", "\n", "(") or any(0 <= d.start - c.end <= 2 for d in self.dates))
            ):
                title = i
        return title

    def issues(self, own: int) -> Iterator[Statement]:
        """Yield who issued the document: signature, head, and the lines under a law's title."""
        plan = self.mentions[own].candidate
        signed, date, person = self._signature(plan.end)
        heads = self._order(plan.start)
        for i in dict.fromkeys(signed + heads):
            yield self._issued(i, own, date)
        if person is not None:
            issuers = {self.mentions[i].entity: i for i in signed + heads}
            match = re.search(
                rf"({ZH_TITLE})\s?$", self.text[max(0, self.starts[person] - 16) : self.starts[person]]
            )
            if len(issuers) == 1 and match:
                at = sentence_at(self.sentences, self.starts[person])
                yield Statement(
                    type="holds_position", subject=person, object=next(iter(issuers.values())), start=self.sentences[at][0],
                    end=self.sentences[at][1], method="pattern", score=0.8,
                    qualifiers=Qualifiers(title=match.group(1)),
                )  # fmt: skip
        yield from self._events(own)

    def _issued(self, issuer: int, own: int, date: Date | None, at: int | None = None) -> Statement:
        start, end = self.sentences[sentence_at(self.sentences, self.starts[own] if at is None else at)]
        return Statement(
            type="issued", subject=issuer, object=own, start=start, end=end, method="pattern", score=0.9,
            qualifiers=Qualifiers(date=date.iso if date else None, date_text=date.text if date else None),
        )  # fmt: skip

    def _signature(self, after: int) -> tuple[list[int], Date | None, int | None]:
        """Return the bodies, the date and the person of the signature that follows an announcement."""
        for date in self.dates:
            if not after <= date.start <= after + 1500:
                continue
            person: int | None = None
            at = date.start
            last = self.ends.get(self._back(at))
            if last is not None and self.mentions[last].candidate.type == "person":
                person = last
                at = self.starts[last]
                return self._chain_back(at), date, person
            bodies = self._chain_back(at)
            if bodies:
                return bodies, date, None
        return [], None, None

    def _back(self, at: int) -> int:
        while at and self.text[at - 1] in " \n、,":
            at -= 1
        return at

    def _chain_back(self, at: int) -> list[int]:
        """Return the bodies that stand one after the other right before an offset."""
        found: list[int] = []
        while (i := self.ends.get(self._back(at))) is not None and self.mentions[
            i
        ].candidate.type in ORGANISATIONS:
            found.insert(0, i)
            at = self.starts[i]
        return found

    def _order(self, before: int) -> list[int]:
        """Return the bodies in the head of an order or notice (``国务院令``, ``关于印发``) before an offset."""
        found: list[int] = []
        for named in self.mentions:
            c = named.candidate
            if c.start >= before:
                break
            follows = self.text[c.end : c.end + 8]
            if c.type in ORGANISATIONS and (
                _ORDER.match(follows) or re.match(r"\s?关于(?:印发|发布|公布|下发|转发)", follows)
            ):
                found += self._chain_back(c.end)
        return found

    def _events(self, own: int) -> Iterator[Statement]:
        """Yield a law's history: ``date body (session) passed, published, revised``."""
        for date in self.dates:
            if date.start > _HEAD:
                return
            event = _EVENT.match(self.text, date.end)
            if (
                event is None
                or event.group("verb") not in _ISSUES
                or any(date.end < d.start < event.end() for d in self.dates)
            ):
                continue
            first, last = bisect_left(self.starts, date.end), bisect_left(self.starts, event.start("verb"))
            for body in range(first, last):
                if self.mentions[body].candidate.type in ORGANISATIONS:
                    yield self._issued(body, own, date, self.starts[body])

    def repeals(self, own: int) -> Iterator[Statement]:
        """Yield which earlier plans the document does away with (``《旧办法》同时废止``)."""
        for i, named in enumerate(self.mentions):
            c = named.candidate
            if c.type != "plan" or named.entity == self.mentions[own].entity:
                continue
            if not _REPEALED.match(self.text, c.end):
                continue
            start, end = self.sentences[sentence_at(self.sentences, c.start)]
            yield Statement(
                type="replaces", subject=own, object=i, start=start, end=end, method="pattern", score=0.85
            )

    def responsible(self, own: int) -> Iterator[Statement]:
        """Yield who is responsible for which measure of the document."""
        measures = list(_MEASURE.finditer(self.text))
        begins = [m.start("item") for m in measures]
        for match in _RESPONSIBLE.finditer(self.text):
            stop = re.search(r"[)。;\n]", self.text[match.end() :])
            end = match.end() + (stop.start() if stop else 200)
            above = bisect_left(begins, match.start()) - 1
            item = " ".join(measures[above].group("item").split()) if above >= 0 else None
            start = max(
                self.sentences[sentence_at(self.sentences, match.start())][0],
                self.text.rfind("\n", 0, match.start()) + 1,
            )
            first = bisect_left(self.starts, match.end())
            for i in range(first, len(self.starts)):
                if self.starts[i] >= end:
                    break
                if self.mentions[i].candidate.type not in ORGANISATIONS:
                    continue
                yield Statement(
                    type="implements", subject=i, object=own, start=start, end=end, method="pattern", score=0.85,
                    qualifiers=Qualifiers(item=item, role=None if match.group("role") == "责任" else match.group("role")),
                )  # fmt: skip
