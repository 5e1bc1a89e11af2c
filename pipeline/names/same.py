"""Names in one script: equal cores, short forms, word overlap, and misspellings above a length floor."""

import functools
import re

from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

from pipeline.names.cross import Evidence, Weigh, unit_weight
from pipeline.names.forms import core, heart
from pipeline.names.profile import HanName, LatinName
from pipeline.names.short import alignment, short_form

_LEAST = 6
"""Letters from which a word may be another misspelt: Baidu and Baidi are two."""


def compare_han(one: HanName, two: HanName, weigh: Weigh) -> tuple[float, list[Evidence]]:
    """Score two Chinese names, 0 to 1, and say why.

    Args:
        one: a name.
        two: another; the shorter is held to be the short form.
        weigh: a word's weight; rare characters tell more.
    """
    return _chinese(one.text, two.text, weigh)


def _chinese(a: str, b: str, weigh: Weigh) -> tuple[float, list[Evidence]]:
    if a == b:
        return 1.0, [_evidence("same", a, b, 1.0)]
    first, second = core(a), core(b)
    if first.stem == second.stem:
        return 0.99, [_evidence("legal ending", first.stem, second.stem, 0.99)]
    if first.core == second.core and len(first.core) > 1:
        placed = set(first.places) & set(second.places) or not (first.places and second.places)
        score = 0.97 if placed else 0.55
        return score, [_evidence("core", first.core, second.core, score)]
    one, two = heart(a), heart(b)
    if one == two and len(one) > 1:
        near = 0.01 * min(5, abs(len(first.core) - len(second.core)))
        score = (
            0.95 - near
            if set(first.places) & set(second.places) or not (first.places and second.places)
            else 0.5
        )
        return score, [_evidence("core without trade", one, two, score)]
    short, full = (a, b) if len(first.stem) <= len(second.stem) else (b, a)
    formed = short_form(short, full)
    bigrams = _overlap(core(short).stem, core(full).whole, weigh)
    lead = heart(short)
    begins = heart(full).startswith(lead) or lead.startswith(heart(full))
    score = (0.3 * formed + 0.55 * bigrams) * (0.5 + 0.5 * bigrams) + (0.07 if begins else 0.0)
    score += _TRADE_BONUS * _same_trade(core(short).stem, second.core if short == a else first.core)
    found = [_evidence("short form", core(short).stem, core(full).whole, formed)]
    if min(len(one), len(two)) >= 4:
        fuzzy = fuzz.ratio(first.core, second.core) / 100
        if fuzzy > 0.74 and fuzzy * 0.9 > score:
            score = fuzzy * 0.9
            found = [_evidence("spelling", first.core, second.core, fuzzy)]
    if any(_BODY.search(x) and y.endswith("公司") and not _WITHIN.search(y) for x, y in ((a, b), (b, a))):
        score *= _OTHER_KIND
    return min(0.92, score), found


_BODY = re.compile(r"(?:分院|研究院|科学院|院|研究所|实验室|大学|学院|协会|学会|联盟|联合会|商会|委员会)$")
_WITHIN = re.compile(r"院|所|实验室|大学|学会|协会|联盟|中心")
_OTHER_KIND = 0.6
"""An institute or an association seldom is a firm whose name has none in it."""
_TRADE_BONUS = 0.06
_TRADES = {
    "资本": ("投资管理", "投资基金", "股权投资", "创业投资", "基金管理"), "创投": ("创业投资", "投资"), "基金": ("基金管理", "投资"),
    "云": ("云计算", "云服务", "网络"), "汽车": ("车",), "金服": ("金融", "支付"), "金科": ("金融科技", "金融"), "支付": ("支付", "电子商务"),
    "传媒": ("文化", "传播"), "影业": ("影视", "电影"), "医疗": ("健康", "医药", "生物"), "机器人": ("智能装备", "自动化", "智能"),
    "电商": ("电子商务", "贸易"), "物流": ("供应链", "快递", "速运"), "游戏": ("网络科技", "互动"), "芯片": ("微电子", "半导体", "集成电路"),
}  # fmt: skip
"""The word of trade that ends a short name, and what registered names say in its place."""


def _same_trade(short: str, full: str) -> bool:
    """Say whether the trade that a short name ends in is among the trades of a registered name under another word."""
    return any(
        short.endswith(word) and len(short) > len(word) and any(other in full for other in others)
        for word, others in _TRADES.items()
    )


def _overlap(short: str, full: str, weigh: Weigh) -> float:
    """Return the share of the short form's weighted characters that stand in the full name in order, more where neighbours stay so."""
    _, path = _aligned(short, full)
    total = kept = 0.0
    for i, char in enumerate(short):
        weight = weigh("#" + char)
        total += weight
        at = path[i]
        if at >= 0:
            beside = (i and path[i - 1] == at - 1) or (i + 1 < len(path) and path[i + 1] == at + 1)
            kept += weight * (1.0 if beside else 0.7)
    return kept / total if total else 0.0


@functools.lru_cache(maxsize=1 << 15)
def _aligned(short: str, full: str) -> tuple[float, tuple[int, ...]]:
    return alignment(short, full)


def compare_latin(one: LatinName, two: LatinName, weigh: Weigh) -> tuple[float, list[Evidence]]:
    """Score two Latin names, 0 to 1, and say why: same words, initials, misspellings, order of a person's names."""
    first, second = core(one.name), core(two.name)
    if first.whole == second.whole:
        return 1.0, [_evidence("same", one.name, two.name, 1.0)]
    if first.stem == second.stem:
        return 0.98, [_evidence("legal ending", first.stem, second.stem, 0.98)]
    if "".join(c for c in first.stem if c.isalnum()) == "".join(c for c in second.stem if c.isalnum()):
        return 0.97, [_evidence("spacing", first.stem, second.stem, 0.97)]
    acronym = _acronym(one, two) or _acronym(two, one)
    if acronym:
        return acronym, [_evidence("initials", one.name, two.name, acronym)]
    pairs: list[Evidence] = []
    weights = [unit_weight(u, weigh) for u in two.units]
    free = set(range(len(two.units)))
    kept = total = right = 0.0
    for unit in one.units:
        weight = unit_weight(unit, weigh)
        total += weight
        best, at = 0.0, -1
        for index in sorted(free):
            alike = _words(unit.alternatives, two.units[index].alternatives)
            if alike > best:
                best, at = alike, index
        if at >= 0 and best > 0.8:
            free.remove(at)
            kept += weight * best
            right += weights[at] * best
            pairs.append(_evidence("word" if best == 1 else "spelling", unit.text, two.units[at].text, best))
    share, other = kept / (total or 1.0), right / (sum(weights) or 1.0)
    score = 0.6 * max(share, other) + 0.4 * min(share, other)
    whole = (
        fuzz.ratio(first.stem, second.stem) / 100 if min(len(first.stem), len(second.stem)) > _LEAST else 0.0
    )
    if whole * 0.95 > score and whole > 0.8:
        return whole * 0.95, [_evidence("spelling", first.stem, second.stem, whole)]
    return min(0.96, score), pairs


def _words(one: tuple[tuple[str, ...], ...], two: tuple[tuple[str, ...], ...]) -> float:
    a, b = one[0][0], two[0][0]
    if a == b:
        return 1.0
    if min(len(a), len(b)) < _LEAST:
        return 0.0
    return JaroWinkler.similarity(a, b) if abs(len(a) - len(b)) <= 2 else 0.0


def _acronym(short: LatinName, full: LatinName) -> float:
    """Return how well the one word of a name is the initials of another's words."""
    if len(short.units) != 1 or not short.units[0].acronym or len(full.units) < 2:
        return 0.0
    letters = short.units[0].text.lower()
    initials = "".join(u.text[0].lower() for u in full.units if u.text)
    if len(letters) < 2:
        return 0.0
    if letters == initials:
        return 0.93
    return 0.8 if len(letters) > 2 and initials.startswith(letters) else 0.0


def _evidence(witness: str, left: str, right: str, score: float) -> Evidence:
    return Evidence(witness=witness, left=left, right=right, score=round(score, 3))
