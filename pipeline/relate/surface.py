"""Surface patterns over masked sentences: the templates of relations.yaml."""

import re
from collections.abc import Iterator

import msgspec

from pipeline.normal import has_han
from pipeline.relate.coordination import ORGANISATIONS
from pipeline.relate.mask import SLOT, USED, Masked, Node
from pipeline.relate.modality import Modality, chinese_modality, english_modality
from pipeline.relate.patterns import Patterns, Rule, Template
from pipeline.relate.statements import Found

_MOST_AGAIN = 4


_LATIN = re.compile(r"[A-Za-z]{3,} [A-Za-z]{2,}")


def surface(masked: Masked, patterns: Patterns) -> Iterator[Found]:
    """Yield what the templates of a sentence's language find; overlapping hits included."""
    chinese = has_han(masked.text)
    for node in masked.nodes:
        if node.joint and node.types <= ORGANISATIONS:
            one = msgspec.structs.replace(node, members=node.members[:1])
            rest = msgspec.structs.replace(node, members=node.members[1:])
            yield Found(
                type="partner_of", subject=one, object=rest, method="pattern", score=0.75, at=node.start,
                modality=_asserted(chinese, masked.text, node.at),
            )  # fmt: skip
    asked = (
        [(n, r, t, False) for n, r, t in patterns.english.may_match(masked.text)]
        if not chinese or _LATIN.search(masked.text)
        else []
    )
    if chinese:
        asked += [(n, r, t, True) for n, r, t in patterns.chinese.may_match(masked.text)]
        asked.sort(key=lambda one: (one[0], not one[3]))
    for _, rule, template, own in asked:
        yield from _hits(masked, rule, template, own)


def clause_surface(clause: Masked, patterns: Patterns) -> Iterator[Found]:
    """Yield what the templates find in a Chinese clause that was given its topic; those over lists left out."""
    for _, rule, template in patterns.chinese.may_match(clause.text):
        if template.runs_on is None and "(?P<p>" not in template.regex:
            yield from _hits(clause, rule, template, True)


def _asserted(chinese: bool, text: str, at: int) -> Modality | None:
    judged = (chinese_modality if chinese else english_modality)(text, at)
    return None if judged == "denied" else judged


def _hits(masked: Masked, rule: Rule, template: Template, chinese: bool) -> Iterator[Found]:
    for match in _matches(template, masked.text):
        groups = match.groupdict()
        trigger = _trigger(match)
        judge = chinese_modality if chinese else english_modality
        last = max(match.start(n) for n in ("s", "o", "p") if groups.get(n))
        judged = judge(masked.text, trigger)
        if judged == "denied":
            continue
        if last > trigger:  # words between the arguments: "does not focus on", 拟收购
            between = judge(masked.text, last)
            if between == "denied":
                continue
            judged = judged or between
        if "p" in groups:
            node = masked.node(groups["p"])
            subject = target = node
        else:
            target = masked.node(groups["o"])
            if "s" in groups:
                subject = masked.node(groups["s"])
            else:  # a template without a subject takes the last fitting name before it
                before = [
                    n for n in masked.nodes if n.at < match.start() and n.types & rule.signature.subject
                ]
                if rule.type in ("member_of", "holds_position"):
                    before = [n for n in before if "person" in n.types]
                if not before:
                    continue
                subject = before[-1]
        runs = [subject] if template.runs_on == "s" else [target]
        if template.runs_on is not None:
            runs = _open_list(masked, runs[0])
        for node in runs:
            title = groups.get("title")
            if title == "长":  # 外交部长: the head shares its first character with the body's name
                title = _last(masked, target) + title
            elif title is not None and re.search(SLOT, title):  # a post named by its field
                first, end = (masked.source(i) - masked.start for i in match.span("title"))
                title = masked.source_text[first:end]
            yield Found(
                type=rule.type, subject=node if template.runs_on == "s" else subject,
                object=node if template.runs_on == "o" else target, method="pattern", score=template.score,
                at=masked.source(trigger), title=title, modality=judged, pairs="p" in groups,
            )  # fmt: skip


def _matches(template: Template, text: str) -> Iterator[re.Match[str]]:
    """Yield a template's hits: a name may be the second argument of one and the first of the next."""
    at = 0
    while match := template.pattern.search(text, at):
        at = match.start() + 1
        yield match
        blank = text
        for _ in range(_MOST_AGAIN if template.again else 0):
            last = max(match.start("s"), match.start("o"))
            blank = blank[:last] + USED + blank[last + 1 :]
            following = template.pattern.match(blank, match.start())
            if following is None:
                break
            match = following
            yield match


def _last(masked: Masked, node: Node) -> str:
    """Return the last character of a name."""
    return masked.source_text[node.end - masked.start - 1] if masked.source_text else ""


_NEXT = re.compile(rf"(?:(?: for| in| of)? ?{SLOT})?[,、;]? ?(?:和|及|与|以及|and |or )?(?:the )?(?={SLOT})")


def _open_list(masked: Masked, first: Node) -> list[Node]:
    """Return the names of a list that begins with one, whatever their types and short glosses (``A for X, B for Y``)."""
    found = [first]
    at = first.at + 3
    while match := _NEXT.match(masked.text, at):
        if not match.group().strip():
            break
        node = masked.node(masked.text[match.end() : match.end() + 3])
        found.append(node)
        at = match.end() + 3
    return found


def _trigger(match: re.Match[str]) -> int:
    """Return where the words of a hit stand: after its first argument, or before a lone one."""
    names = [n for n in ("s", "o", "p") if n in match.groupdict() and match.group(n)]
    first = min(match.end(n) for n in names)
    return first if first < match.end() else match.start()
