"""Chinese clauses: who does what, by the verbs of relations.yaml.

A clause is what stands between commas. A verb's object is the next name of a fitting type to its
right; its subject the nearest one to its left that no preposition governs (由 and 被 mark the agent),
or, where the clause leaves it out, the topic of the clauses before it.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from pipeline.records import EntityType
from pipeline.relate.mask import SLOT, Masked, Node
from pipeline.relate.modality import Modality, chinese_modality
from pipeline.relate.patterns import Rule
from pipeline.relate.statements import Found

_SLOT = re.compile(SLOT)
_STOP = re.compile(r"[,。;:!?\n]")
_PREPOSITION = re.compile(
    r"(?:向|对|给|于|从|在|为|把|与|和|同|跟|按|据|根据|依据|依照|对于|关于|通过|自|以|至|到|比|受|经|应|随|围绕|针对|推动|组织|要求|鼓励|支持|协助|配合|获|获得|依托|作为|来自|位于)$"
)
_AGENT = re.compile(r"(?:由|被|经)(?:[^,。;\ue000-\uf8ff]{0,6})$")
_SPEECH = re.compile(r"称|说|表示|指出|宣布(?!了?《)|认为|透露|强调|回应|公告")
_COMPOUND = re.compile(
    r"者|商(?!汤)|区|人员|人(?!工|脸)|方(?!案)|费|部(?!署|分)|单位|局|院|所|会|式|日|地(?!平)|线|力|品牌|股东|子公司|公司|权(?!益)|资金|案|战(?!略)|事宜|要约|价|谈判|的(?:子公司|资产|商标|品牌)"
)
"""What makes a verb the first part of a noun (开发区, 发布会, 制造商)."""
_TOGETHER = re.compile(r"共同|联合|合资|一起|合作|携手|联手")
_WITH = re.compile(r"(?:与|和|同|跟|会同|联合|携手)$")
_ANNOUNCES = re.compile(r"现(?:将|予|转发|公布|印发)|印发给")
_OFFICIALS = re.compile(
    r"(?!等)[^\ue000-\uf8ff,。;]{0,6}?(?:部门|机关|部委|机构|负责人|官员|人士|专家|员工|用户|客户|股东|产品)"
)
"""What makes a name only say whose officials, staff or users act."""
_BOTH = re.compile(r"双方|各方|两国|三方|两家|二者|两者")
"""A clause about several of those named before has no single topic."""
_MODIFIES = re.compile(rf"(?:于|在)?{SLOT}[^,。;\ue000-\uf8ff]{{0,14}}的[^,。;]")
"""A place that belongs to a noun after it (将位于某市的商铺)."""
_PREDICATE = re.compile(r"(?:是|系|由|被)$")
"""What stands before a name that a clause says something with, not of."""
_LONGEST_GAP = 16
_TOPIC_GAP = 14


def chinese_clauses(masked: Masked, rules: Iterable[Rule]) -> Iterator[Found]:
    """Yield the statements of a sentence's Chinese clauses."""
    nodes = _placed(masked)
    if len(nodes) < 2:
        return
    for rule in rules:
        for pattern, swapped in ((rule.verbs_zh, False), (rule.reversed_zh, True)):
            if pattern is None:
                continue
            subject = rule.signature.object if swapped else rule.signature.subject
            target = rule.signature.subject if swapped else rule.signature.object
            for match in pattern.finditer(masked.text):
                if rule.type == "located_in" and _MODIFIES.match(masked.text, match.end()):
                    continue
                if _COMPOUND.match(masked.text, match.end()):
                    continue
                judged = chinese_modality(masked.text, match.start())
                if judged == "denied":
                    continue
                for actor, thing in _arguments(
                    masked.text, nodes, match.start(), match.end(), subject, target
                ):
                    one, two = (thing, actor) if swapped else (actor, thing)
                    yield Found(
                        type=rule.type, subject=one, object=two, method="pattern", score=0.75,
                        at=masked.source(match.start()), modality=_asserted(judged),
                    )  # fmt: skip
        if rule.with_zh is not None:
            yield from _partners(masked, nodes, rule, rule.with_zh)


def _partners(masked: Masked, nodes: list[Node], rule: Rule, verbs: re.Pattern[str]) -> Iterator[Found]:
    """Yield who does something with the name that 与 or 同 marks, also where the subject stands clauses before."""
    text = masked.text
    for node in nodes:
        if not _WITH.search(text[max(0, node.at - 2) : node.at]) or not _fits(node, rule.signature.object):
            continue
        verb = verbs.search(text, node.at + 3, min(len(text), node.at + 3 + _LONGEST_GAP))
        if verb is None or _STOP.search(text[node.at + 3 : verb.start()]):
            continue
        before = [n for n in nodes if n.at + 3 <= node.at]
        start = (
            node.at - 2 if text[node.at - 2 : node.at] in ("会同", "联合", "携手", "联手") else node.at - 1
        )
        one = _left_subject(text, before, start, rule.signature.subject)
        judged = chinese_modality(text, verb.start())
        if one is not None and one is not node and judged != "denied":
            yield Found(
                type=rule.type, subject=one, object=node, method="pattern", score=0.75,
                at=masked.source(verb.start()), modality=judged,
            )  # fmt: skip
            if len(node.members) > 1 and _TOGETHER.search(text, node.at + 3, verb.end()):
                yield Found(
                    type=rule.type, subject=node, object=node, method="pattern", score=0.75,
                    at=masked.source(verb.start()), modality=judged, pairs=True,
                )  # fmt: skip


def _asserted(judged: Modality | Literal["denied"] | None) -> Modality | None:
    return None if judged == "denied" else judged


def _placed(masked: Masked) -> list[Node]:
    return sorted(masked.nodes, key=lambda n: n.at)


def _fits(node: Node, types: frozenset[EntityType]) -> bool:
    return bool(node.types & types)


def _arguments(
    text: str, nodes: list[Node], start: int, end: int,
    subject: frozenset[EntityType], target: frozenset[EntityType],
) -> Iterator[tuple[Node, Node]]:  # fmt: skip
    """Yield the subjects, each with the object, of the verb at ``start:end``."""
    left = [n for n in nodes if n.at + 3 <= start]
    right = [n for n in nodes if n.at >= end]
    found = _right_object(text, right, end, target)
    agent = _agent(text, left, start, subject)
    if agent is not None:
        if found is None:
            before = [n for n in left if n.at < agent.at and _fits(n, target)]
            found = before[-1] if before and not re.search(r"[。;]", text[before[-1].at : agent.at]) else None
        if found is not None:
            yield agent, found
        return
    if found is None and left and text[start - 1] == "的" and text[left[-1].at + 3 : start] == "的":
        # nominal: 对展讯的收购
        if re.search(r"对$", text[: left[-1].at]) and _fits(left[-1], target):
            found = left.pop()
            start = found.at - 1
    one = _left_subject(text, left, start, subject)
    if found is None and one is not None:
        # the object stands before the verb: 工信部《规划》发布
        between = [n for n in left if n.at > one.at and _fits(n, target) and not (n.types & subject)]
        if between and re.fullmatch(r"(?:已|正式|日前|近日|今日)?", text[between[-1].at + 3 : start]):
            found = between[-1]
    if found is None or one is None or one is found:
        return
    yield one, found
    clause = max(text.rfind(",", 0, start), text.rfind(":", 0, start)) + 1
    for node in left:
        if node is not one and node.at >= clause and _fits(node, subject) and _WITH.search(text[: node.at]):
            if _TOGETHER.search(text[node.at + 3 : start + 2]) and node is not found:
                yield node, found


def _right_object(text: str, right: list[Node], end: int, target: frozenset[EntityType]) -> Node | None:
    """Return the first fitting name after a verb, in its clause."""
    at = end
    plain = 0
    if text[end : end + 1] == "的" and right and (right[0].at - end > 9 or "、" in text[end : right[0].at]):
        return None
    for node in right[:4]:
        between = text[at : node.at]
        plain += len(between)
        if _STOP.search(between) or plain > _LONGEST_GAP + 8 or _SPEECH.search(between):
            return None
        if _fits(node, target):
            return node
        at = node.at + 3
    return None


def _agent(text: str, left: list[Node], start: int, subject: frozenset[EntityType]) -> Node | None:
    """Return the name that 由 or 被 marks as the one who acts."""
    if not left:
        return None
    node = left[-1]
    between = text[node.at + 3 : start]
    if len(between) > 10 or _STOP.search(between) or not _fits(node, subject):
        return None
    return node if _AGENT.search(text[max(0, node.at - 8) : node.at]) else None


def _left_subject(text: str, left: list[Node], start: int, subject: frozenset[EntityType]) -> Node | None:
    """Return the acting name of the clause, or the topic that the clause leaves out."""
    breaks = [m.end() for m in re.finditer(r"[,:;]", text[:start])]
    begin = breaks[-1] if breaks else 0
    for node in reversed([n for n in left if n.at >= begin]):
        between = _SLOT.sub("", text[node.at + 3 : start])
        if not _fits(node, subject):
            continue
        if _OFFICIALS.match(text, node.at + 3):
            continue
        if len(between) > _LONGEST_GAP or text[node.at + 3 : node.at + 4] == "的" or _governed(text, node):
            continue
        return node
    if _ANNOUNCES.search(text, begin, start + 8) or _BOTH.search(text, begin, start):
        return None
    if not breaks or len(_SLOT.sub("", text[begin:start])) > _TOPIC_GAP:
        return None
    for last, first in zip(reversed(breaks), reversed([0, *breaks[:-1]]), strict=False):
        for node in left:
            if not first <= node.at < last or not _fits(node, subject):
                continue
            if len(_SLOT.sub("", text[first : node.at])) > 10:  # no topic, but the object of something
                break
            if _governed(text, node) or _PREDICATE.search(text, max(0, node.at - 2), node.at):
                continue
            if text[node.at + 3 : node.at + 4] == "的":
                continue
            return node
    return None


def _governed(text: str, node: Node) -> bool:
    """Say whether a preposition stands right before a name."""
    return bool(_PREPOSITION.search(text[max(0, node.at - 2) : node.at]))
