"""The history line of a law: （2021年11月25日上海市第十五届人民代表大会常务委员会第三十七次会议通过）."""

import re
from collections.abc import Sequence

from pipeline.parse.dates import dates_in
from pipeline.parse.notice_names import split_issuers

_VERB = re.compile(r"(?:通过|修订|修正|修改|公布|发布|批准|颁布|印发|制定|施行|实施|生效|废止)")
_LATER = ("施行", "实施", "生效", "废止")
_SESSION = (
    (r"《[^》]*》", ""), (r"\d{4}年第\d+次.*$", ""), (r"(?:第[一二三四五六七八九十百零〇\d]+次)?(?:\S{2,4}务)?(?:全体)?会议.*$", ""),
    (r"(?:令|公告|通告)?\s*[（(]?(?:\d{4}年)?第\s*[一二三四五六七八九十百零〇\d]+\s*号.*$", ""),
    (r"第?[一二三四五六七八九十百]+届", ""), (r"(?:审判|检察)委员会$", ""), (r"第[一二三四五六七八九十百零〇\d]+次$", ""),
    (r"(?:首次|第一次|审议|讨论|自|由|经)$", ""), (r"^(?:由|经)", ""),
)  # fmt: skip
_LONGEST = 400


def law_header(lines: Sequence[str]) -> tuple[str | None, list[str]]:
    """Return when a law was last adopted or amended, and by whom.

    Args:
        lines: the lines after the title; the history ends where one neither begins with a date (or
            a bracket and a date) nor goes on with one that does.

    Returns:
        The latest date of adoption, amendment or publication (not of coming into force), and the
        body of the latest event that names one, without its term and session; nothing when there
        is no such history.
    """
    events: list[tuple[str, str, str]] = []
    open_: tuple[str, str] | None = None
    for line in lines[:16]:
        text = line.strip().strip("（()）").strip()
        found = [d for d in dates_in(text) if len(d[2]) == 10 and "年" in text[d[0] : d[1]]]
        if len(text) > _LONGEST or (not found and open_ is None):
            if events:
                break
            continue
        if found and found[0][0] > 1 and open_ is None:
            if events:
                break
            continue
        if open_ is not None and (not found or found[0][0] > 1):
            date, said = open_
            end = found[0][0] if found else len(text)
            open_ = _event(events, date, f"{said} {text[:end]}")
        for index, (_, end, date) in enumerate(found):
            stop = found[index + 1][0] if index + 1 < len(found) else len(text)
            open_ = _event(events, date, text[end:stop])
    dated = [e for e in events if e[2] not in _LATER]
    if not dated:
        return None, []
    latest = max(date for date, _, _ in dated)
    dated.sort(key=lambda e: e[0], reverse=True)
    # Who adopts a law is its issuer, not who approves it.
    for _, said, _ in [e for e in dated if e[2] != "批准"] + [e for e in dated if e[2] == "批准"]:
        bodies = split_issuers(_body(said))
        if bodies:
            return latest, bodies
    return latest, []


def _event(events: list[tuple[str, str, str]], date: str, said: str) -> tuple[str, str] | None:
    """Note what happened on a date; return it when its verb is still to come on the next line."""
    verbs = list(_VERB.finditer(re.sub(r"《[^》]*》", lambda m: "　" * len(m.group()), said)))
    if not verbs:
        return (date, said) if len(said) < 120 else None
    # The verb that ends the clause: 第一次修订; 会议批准的《…决定》修正 is an approval, too.
    last = next((v for v in verbs if v.group() == "批准"), verbs[-1])
    events.append((date, said[: last.start()], last.group()))
    return None


def _body(said: str) -> str:
    text = said.strip(" 　，,")
    for pattern, instead in _SESSION:
        text = re.sub(pattern, instead, text).strip()
    return text
