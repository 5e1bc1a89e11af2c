"""What the Chinese tagger marks, held against what else is known: lists cut apart, generic phrases left out.

The longest name wins in the end, so a span that reaches too far would cost the right one inside it.
"""

import functools
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

import jieba
import msgspec

from pipeline.match.candidates import Candidate
from pipeline.match.heads import FOREIGN_STATE, SUFFIXES, type_of_zh
from pipeline.match.plausible import plausible_model_name
from pipeline.normal import has_han
from pipeline.segment.words import Words

_ORGANISATIONS = frozenset({"government", "company", "institution", "association"})
_PROPER_TAGS = frozenset({"ns", "nr", "nrt", "nrfg", "nt", "nz"})
_NEVER = re.compile(
    r"[、/;:!?。]|[(][^)]*$|^[^(]*[)]|(?:部门|机构|机关|单位|人员|亿元|万元|欧元|美元)|"
    r"^(?:省|市|县|区|各|该|本|我|某|其|贵|一家|多家|相关|有关|所在地|上级|下级|当地|以上|以下)(?!委)"
)
_OFFICIAL = re.compile(r"^(?:国家|中央|全国|国务院|中共|中国|中华|世界|国际|联合国|人民|最高|十)")
_STATES = frozenset("国家 中国 中华人民共和国 国务院 中共 全国 中央 最高".split())
_PHRASE = re.compile(
    r"的|有关|相关|各类|应当|鼓励|支持|坚持|促进.*和|根据|按照|按规定|完善|奉行|和省|及其|提供|"
    r"^(?:乡|镇|城市|街道|地方|农村|基层|普通|专业|边缘|青少年|两国|双方|人民(?:法院|检察院|政府|军队|代表)|中央(?:政府|财政|国库)?$|"
    r"国际[^大]*组织$|国家和|国有|民营|外资|报本级)"
)
"""What only a phrase holds, not a name of a body or plan."""
_ADDRESS = re.compile(r"(?:路|街|大道|巷|弄|胡同)[\d一二三四五六七八九十甲乙]*号|\d+号")
_AREA = re.compile(r"[\u4e00-\u9fff]{2,12}?[省市区县旗](?:[\u4e00-\u9fff]{1,3}?[市区县旗]){0,2}")
_DATED = re.compile(r"\d{4}|“|”|\"|“|十[一二三四五]五|第[一二三四五六七八九十\d]+")


@functools.cache
def _proper() -> frozenset[str]:
    """The words that jieba's dictionary tags as names of places, people, bodies and other things."""
    found = set()
    with jieba.get_dict_file() as lines:
        for line in lines:
            word, _, tag = line.decode("utf-8").split()
            if tag in _PROPER_TAGS:
                found.add(word)
    return frozenset(found)


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
    for span in tagged:
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
                if plausible_model_name(text, start, end, span.type):
                    yield piece
                continue
            if span.type == "place" and _begins_with_a_body(name, start, starts):
                continue
            if sum(c.isascii() and c.isalpha() for c in name) > 2 * len(name) / 3 and len(name) > 12:
                continue  # an English phrase with a Chinese gloss in it
            if text[end : end + 3] in ("[19", "[20"):
                continue  # the issuer's short form in a document number
            if _reaches_too_far(text, piece, starts, ends) or _runs_on(piece, starts, words):
                continue
            inside = [c for at in range(start, end) for c in starts.get(at, ()) if c.end <= end]
            if span.type in _ORGANISATIONS and _several(inside):
                continue
            if firm is span and _generic(name, piece, inside, text, words):
                continue
            yield piece


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
        c.type in _ORGANISATIONS and c.end < start + len(name) for c in starts.get(start, ())
    )


def _proper_prefix(before: str) -> bool:
    return before in _proper() or before in _STATES


def _several(inside: Sequence[Candidate]) -> bool:
    """Say whether two known organisations stand apart inside one span."""
    bodies = sorted((c for c in inside if c.type in _ORGANISATIONS), key=lambda c: (c.start, -c.end))
    return any(a.end < b.start for a in bodies for b in bodies)


def _generic(name: str, piece: Candidate, inside: Sequence[Candidate], text: str, words: Words) -> bool:
    """Say whether a span is a phrase for any thing of its kind, not a name of one."""
    if piece.type in ("person", "publication", "event"):
        return False
    if piece.type == "plan":
        return not _titled(text, piece)
    if piece.type in _ORGANISATIONS and _PHRASE.search(name):
        return True
    if any(c.isascii() and c.isalpha() for c in name):
        return False
    if any(c.type != "technology" and c.end - c.start < len(name) for c in inside):
        return False
    if piece.type in ("government", "association") and _OFFICIAL.match(name) and len(name) > 4:
        return type_of_zh(name) != piece.type
    first = bisect_left(words.starts, piece.start)
    proper = _proper()
    while first < len(words.starts) and words.starts[first] < piece.end:
        word = text[words.starts[first] : words.ends[first]]
        if word in proper or not words.known[first]:
            return False
        first += 1
    return piece.score < 0.9 or type_of_zh(name) is None or len(name) > 6 or _OFFICIAL.match(name) is not None


def _titled(text: str, piece: Candidate) -> bool:
    """Say whether a plan's name stands in title or quotation marks, or reads as a title without them."""
    before = text[piece.start - 1 : piece.start]
    name = text[piece.start : piece.end]
    if before in ("《", '"'):
        return True
    if _PHRASE.search(name) or type_of_zh(name) != "plan":
        return False
    return _DATED.match(name) is not None or (name.startswith("中华人民共和国") and name.endswith("法"))
