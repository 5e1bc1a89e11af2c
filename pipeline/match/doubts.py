"""What the Chinese tagger marks, held against what else is known: lists cut apart, generic phrases left out.

The longest name wins in the end, so a span that reaches too far would cost the right one inside it.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from pipeline.match.candidates import Candidate
from pipeline.match.cuts_zh import ORGANISATIONS, cut
from pipeline.match.generic import dictionary, generic
from pipeline.match.heads import FOREIGN_STATE, SUFFIXES, type_of_zh
from pipeline.match.listed import listed
from pipeline.match.plausible import plausible_model_name
from pipeline.normal import has_han
from pipeline.segment.words import Words

_NEVER = re.compile(
    r"[、/;:!?。]|[(][^)]*$|^[^(]*[)]|(?:部门|机构|机关|单位|人员|亿元|万元|欧元|美元)|"
    r"^(?:省|市(?!场)|县|区(?!块链)|各|该|本(?!田|钢|溪)|我|某|其|贵(?![州阳港溪])|一家|多家|相关|有关|所在地|上级|下级|当地|以上|以下)(?!委)"
)
_STATES = frozenset("国家 中国 中华人民共和国 国务院 中共 全国 中央 最高".split())
_NO_PLACE = re.compile(
    r"(?:(?P<works>(?<!发射)基地|(?:生产)?厂区|车间|生产线|项目|大楼|大厦)|场馆|画廊|村镇|强市|强县|广播站|[\u4e00-\u9fff]{2}线|领事馆|集聚区)$"
)
"""Endings of what the tagger calls places and no map shows; the place before works and houses is one."""
_DONE = re.compile(r"(?:建设|打造|设立|布局|建立|成立|创建|开展|举办|推进|推动|试点)[\u4e00-\u9fff]{2}")
"""What is done in a place that the tagger runs on from: 蚌埠|建设未来产业先导区."""
_BUILDER = re.compile(r"中[国]?[建铁交冶核电水][\u4e00-\u9fff]{0,2}[一二三四五六七八九十]+局")
"""Firms that are called bureaus: 中建三局."""
_HOUSE = re.compile(
    r"..(?:博物馆|博物院|美术馆|艺术馆|图书馆|科技馆|纪念馆|展览馆|文化中心|研究院|研究所|大学)$"
)
"""Endings of institutions that the tagger takes for places."""
_PLURAL_TAIL = re.compile(r"集群|体系|网络|模式|能力|等级")
"""What follows a phrase for many things of a kind: 数据中心|集群."""
_NUMBER = re.compile(r"[\u4e00-\u9fff]{0,6} ?[\[(](?:19|20)\d\d[\])] ?[\u4e00-\u9fff]{0,3}第? ?[A-Z]?\d+ ?号")
"""The rest of a document number after its issuer's short form: 天健|函〔2016〕306号."""
_ADDRESS = re.compile(r"(?:路|街|大道|巷|弄|胡同)[\d一二三四五六七八九十甲乙]*号|\d+号")
_AREA = re.compile(r"[\u4e00-\u9fff]{2,12}?[省市区县旗](?:[\u4e00-\u9fff]{1,3}?[市区县旗]){0,2}")


def doubted(
    text: str, tagged: Sequence[Candidate], known: Sequence[Candidate], words: Words
) -> Iterator[Candidate]:
    """Yield the tagged spans that stand up to doubt, cut or shortened where that mends them.

    Args:
        text: normalised text.
        tagged: what the tagger marked.
        known: what the gazetteers found.
        words: the segmentation.
    """
    starts: dict[int, list[Candidate]] = {}
    ends: dict[int, list[Candidate]] = {}
    for candidate in known:
        starts.setdefault(candidate.start, []).append(candidate)
        ends.setdefault(candidate.end, []).append(candidate)
    sure: list[Candidate] = []
    doubtful: list[Candidate] = []
    for span in (piece for marked in tagged for piece in cut(text, marked, words)):
        firm = _without_state(text, span)
        for start, end in _pieces(text, firm):
            if span.type == "place" and _ADDRESS.search(text, start, end):
                area = _AREA.match(text, start, end)
                if area is None:
                    continue
                end = area.end()  # of an address the city and district: 南宁市青秀区|民族大道131号
            name = text[start:end]
            piece = Candidate(start=start, end=end, type=span.type, method="model", score=span.score)
            if len(name) < 2 or _NEVER.search(name):
                continue
            if not has_han(name):
                (sure if plausible_model_name(text, start, end, span.type) else doubtful).append(piece)
                continue
            if span.type == "place" and _begins_with_a_body(name, start, starts):
                continue
            if sum(c.isascii() and c.isalpha() for c in name) > 2 * len(name) / 3 and len(name) > 12:
                continue  # an English phrase with a Chinese gloss in it
            if type_of_zh(name) is None and _NUMBER.match(text, end):
                continue  # the issuer's short form in a document number
            if span.type in ("place", "government") and _HOUSE.search(name):
                piece = msgspec.structs.replace(piece, type="institution")
            elif span.type == "place" and len(name) > 4 and name.endswith("区域"):
                end -= 2
                name, piece = text[start:end], msgspec.structs.replace(piece, end=end)
            elif span.type == "place" and (tail := _NO_PLACE.search(name)):
                if tail["works"] is None or name[: tail.start()] not in dictionary().places:
                    continue
                end = start + tail.start()
                piece = msgspec.structs.replace(piece, end=end)
            elif span.type == "place" and (place := _before_verb(text, piece, words)):
                end = place
                name, piece = text[start:end], msgspec.structs.replace(piece, end=end)
            elif span.type == "government" and _BUILDER.fullmatch(name):
                piece = msgspec.structs.replace(piece, type="company")
            if _reaches_too_far(text, piece, starts, ends) or _runs_on(piece, starts, words):
                continue
            inside = [c for at in range(start, end) for c in starts.get(at, ()) if c.end <= end]
            if span.type in ORGANISATIONS and (_several(inside) or _PLURAL_TAIL.match(text, end)):
                continue
            if (
                firm is span
                and not (span.type != piece.type and len(name) > 5)
                and generic(name, piece, inside, text, words)
            ):
                doubtful.append(piece)
                continue
            sure.append(piece)
    yield from sure
    yield from listed(text, doubtful, [*known, *sure])


def _before_verb(text: str, span: Candidate, words: Words) -> int | None:
    """Return where a known place ends that a supposed one begins with, before what is done there."""
    first = bisect_left(words.starts, span.start)
    if first == len(words.starts) or words.starts[first] != span.start:
        return None
    end = words.ends[first]
    if text[span.start : end] in dictionary().places and _DONE.match(text, end, span.end):
        return end
    return None


def _without_state(text: str, span: Candidate) -> Candidate:
    """Cut a foreign state off a firm's name: ``美国高通`` is a place and a firm, ``美国银行`` a firm."""
    state = FOREIGN_STATE.match(text, span.start, span.end)
    if span.type != "company" or state is None or span.end - state.end() < 2:
        return span
    rest = text[state.end() : span.end]
    if rest.removesuffix("公司") in SUFFIXES:
        return span
    return msgspec.structs.replace(span, start=state.end())


def _pieces(text: str, span: Candidate) -> Iterator[tuple[int, int]]:
    """Cut a span at the spaces that a normalised text keeps between Chinese words: those stand between names."""
    name = text[span.start : span.end]
    cuts = [m.start() for m in re.finditer(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])", name)]
    if not cuts or span.type in ("publication", "event"):
        yield span.start, span.end
        return
    edges = [-1, *cuts, len(name)]
    for before, after in pairwise(edges):
        piece = name[before + 1 : after]
        if type_of_zh(piece) == span.type or span.type == "person":
            yield span.start + before + 1, span.start + after


def _reaches_too_far(
    text: str, piece: Candidate, starts: dict[int, list[Candidate]], ends: dict[int, list[Candidate]]
) -> bool:
    """Say whether a known name ends (or, of a person, begins or ends) where the span does, after words that are no name."""
    for known in ends.get(piece.end, ()):
        if known.start > piece.start and known.type == piece.type:
            before = text[piece.start : known.start]
            if piece.type == "person" or not (
                any(c.end == known.start for c in starts.get(piece.start, ())) or _proper_prefix(before)
            ):
                return True
    return (
        piece.type == "person"
        and any(known.end < piece.end and known.type != "person" for known in starts.get(piece.start, ()))
        and piece.end - piece.start > 4
    )


def _runs_on(piece: Candidate, starts: dict[int, list[Candidate]], words: Words) -> bool:
    """Say whether a span is a known name of its type with a piece of what follows: 发展改革委会|同, 马塔雷拉来华."""
    for known in starts.get(piece.start, ()):
        if known.type == piece.type and known.end < piece.end:
            if piece.type == "person" and known.end - known.start > 3:
                return True
            if words.cut_at(piece.end) is not None:
                return True
    return False


def _begins_with_a_body(name: str, start: int, starts: dict[int, list[Candidate]]) -> bool:
    """Say whether a supposed place is a known firm or body with a word after it (``华为香港``)."""
    return type_of_zh(name) != "place" and any(
        c.type in ORGANISATIONS and c.end < start + len(name) for c in starts.get(start, ())
    )


def _proper_prefix(before: str) -> bool:
    return before in dictionary().proper or before in dictionary().other or before in _STATES


def _several(inside: Sequence[Candidate]) -> bool:
    """Say whether two known organisations stand apart inside one span."""
    bodies = sorted((c for c in inside if c.type in ORGANISATIONS), key=lambda c: (c.start, -c.end))
    return any(a.end < b.start for a in bodies for b in bodies)
