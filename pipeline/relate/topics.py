"""Chinese clauses that leave out what they are about: ``甲成立于2016年，总部位于乙，是丙的子公司``.

A later clause that begins with a predicate is written once more with the topic of the sentence before
it, so that the patterns need not know how far away a subject may stand.
"""

import re
from collections.abc import Iterator

import msgspec

from pipeline.relate.mask import SLOT, Masked

_CLAUSE = re.compile(r"[,。;]")
_PREDICATE = re.compile(
    r"(?:同时|目前|此外|后|现|还|也|亦|均|并|又|曾|先后|主要|长期|其){0,2}"
    rf"(?:是|为|系(?!统|列)|由(?={SLOT})|归(?={SLOT})|隶属|挂靠|属于|总部|秘书处|业务主管|主管单位|行业主管|位于|坐落|地处|落户|入选|入围|列入|纳入|被|"
    r"担任|兼任|历任|当选|出任|专注|致力|聚焦|深耕|主攻|主营|从事|承担|牵头|负责|旗下|代表产品|核心产品|主要产品|主打产品|"
    r"(?:现任|首任|时任)|以(?=[^,。;]{1,30}(?:为主|为核心|为重点|见长|著称)))"
)
"""What a clause without a subject of its own begins with."""
_TOPIC = re.compile(rf"(?:[^,。;:\ue000-\uf8ff]{{0,8}},)?(?:该|本|这一|此)?(?P<slot>{SLOT})(?P<next>.?)")
_PASSIVE_TOPIC = re.compile(rf"(?:位于|坐落于|总部位于|总部设在|专注于?){SLOT}的(?P<slot>{SLOT})")
_NOT_ITS_OWN = frozenset("的与和及、同跟等称说内上中")
"""What follows a name that is no topic by itself."""
_OWN_SUBJECT = re.compile(
    rf"{SLOT}|(?:[^,。;\ue000-\uf8ff]{{1,8}})(?={SLOT}(?:的)?[^,。;\ue000-\uf8ff]{{1,8}}(?:是|为|于))"
)

_MAKES_ANOTHER = re.compile(r"(?:成立|创办|设立|收购|创立|组建|并购)了?(?![于在为时后前,。;、的\d])")
"""A clause about a second body: which of the two the next one means is open."""
_LONGEST_VERB = 3


def with_topics(masked: Masked) -> Iterator[Masked]:
    """Yield each later clause that leaves out its subject, with the topic before it.

    >>> from pipeline.relate.examples import marked
    >>> from pipeline.relate.sentences import masked_sentences
    >>> text = "[o company: 甲公司]成立于2016年，总部位于[place: 乙市]。"
    >>> [len(v.text) for m, _ in masked_sentences(*marked(text)[:2]) for v in with_topics(m)]
    [11]
    """
    text = masked.text
    topic: re.Match[str] | None = None
    begin = searched = 0
    for stop in [*(m.end() for m in _CLAUSE.finditer(text)), len(text)]:
        start, begin = begin, stop
        if start == 0 or text[start - 1] == "。":
            topic = _topic(text, start)
            continue
        if begins := _OWN_SUBJECT.match(text, start, stop):
            own = _topic(text, start) if begins.group()[:1] >= "\ue000" else None
            topic = own
            continue
        if topic is not None and _MAKES_ANOTHER.search(text, max(topic.end("slot"), searched), start):
            topic = None
        searched = max(0, start - _LONGEST_VERB)  # a verb may run over the clause's end
        if topic is None or not _PREDICATE.match(text, start, stop):
            continue
        at = topic.start("slot")
        yield msgspec.structs.replace(
            masked,
            text=text[at : at + 3] + text[start:stop],
            origin=masked.origin[at : at + 3] + masked.origin[start:stop],
        )


def _topic(text: str, start: int) -> re.Match[str] | None:
    match = _PASSIVE_TOPIC.match(text, start) or _TOPIC.match(text, start)
    if match is None or match.groupdict().get("next") in _NOT_ITS_OWN:
        return None
    return match
