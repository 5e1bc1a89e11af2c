"""Chinese documents named by their kind alone: ``《规划》`` after ``《机器人产业发展规划》``."""

from collections.abc import Sequence

from pipeline.align import Named

_KINDS = frozenset(
    "规划 计划 方案 办法 意见 通知 条例 纲要 细则 决定 指南 规定 措施 若干措施 实施方案 实施意见 行动计划 指导意见 行动方案 管理办法 实施细则 暂行办法 若干意见 指引 公约 章程 法案".split()
)


def short_forms(text: str, mentions: Sequence[Named]) -> dict[int, int]:
    """Return the mentions that are a plan's kind in 《》, each with the mention of the plan that it means.

    That is the last plan named before whose name ends in the kind; one that the text itself defines
    (``以下简称《规划》``) is already the plan's own name and stays.
    """
    found: dict[int, int] = {}
    last: dict[str, int] = {}
    for i, named in enumerate(mentions):
        c = named.candidate
        if c.type != "plan":
            continue
        name = text[c.start : c.end]
        if name in _KINDS:
            if text[c.start - 1 : c.start] in '《"' and c.start and c.method == "rule" and name in last:
                found[i] = last[name]
            continue
        for size in (2, 4):
            if name[-size:] in _KINDS:
                last[name[-size:]] = i
    return found


__all__ = ["short_forms"]
