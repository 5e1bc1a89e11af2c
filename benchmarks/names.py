"""Names across scripts: ranking, short forms to full names, and growth of blocking.

usage: python benchmarks/names.py rank LISTS [--held-out VISIBLE] [--every N] [--json]
       python benchmarks/names.py growth [--sizes 10000,100000,1000000]

LISTS is a folder of name lists, tab-separated: Chinese name, English name, type; ``ai-alliance-full-short.tsv``
has the full Chinese name before them. Each Chinese name is ranked against all English names of its list
and back, without and with the gazetteers, and by the baseline: rapidfuzz WRatio on pinyin. With a folder of
the visible parts of the lists, the figures are also given for names that are not among them.

growth makes names by rule (seeded), half Chinese, half their pinyin with an English tail, blocks them
against each other and prints processor seconds, peak memory and pairs for each size.
"""

import argparse
import itertools
import json
import random
import resource
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

_LONG = 500
"""Names from which a list is long enough for a sample of queries."""
RANKED = ("countermeasures-list", "universities", "ai-alliance-members", "bgi-entities")


def read(path: Path, first: int = 0, second: int = 1) -> list[tuple[str, str]]:
    """Return pairs of two columns of a list, its header and rows without a name left out."""
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    rows = [r for r in rows if len(r) > second and r[0] not in ("zh", "zh_full")]
    return [
        (r[first], r[second]) for r in rows if all(c.strip() and c != "n/a" for c in (r[first], r[second]))
    ]


def measure(ranks: Iterable[int | None]) -> dict[str, float]:
    """Return mean reciprocal rank and top-1 of ranks (from 0, None: not found)."""
    found = list(ranks)
    return {
        "queries": len(found),
        "mrr": round(sum(1 / (r + 1) for r in found if r is not None) / max(1, len(found)), 4),
        "top1": round(sum(r == 0 for r in found) / max(1, len(found)), 4),
    }


def ours(
    pairs: Sequence[tuple[str, str]], gazetteer: object, only: set[str] | None = None, every: int = 1
) -> dict[str, float]:
    """Rank the first of each pair (of a long list every so manieth) against all second ones."""
    from pipeline.names import rank

    gold: dict[str, set[str]] = {}
    for one, two in pairs:
        gold.setdefault(one, set()).add(two)
    candidates = tuple(sorted({two for _, two in pairs}))
    ranks: list[int | None] = []
    queries = sorted(gold)
    for query in queries[:: every if len(queries) > _LONG else 1]:
        if only is None or query in only:
            found = rank(query, candidates, gazetteer=gazetteer)  # type: ignore[arg-type]
            ranks.append(next((i for i, r in enumerate(found) if r.name in gold[query]), None))
    return measure(ranks)


def baseline(pairs: Sequence[tuple[str, str]]) -> dict[str, float]:
    """Rank by rapidfuzz WRatio with Chinese names in pinyin."""
    import numpy
    from pypinyin import lazy_pinyin
    from rapidfuzz import fuzz, process

    def plain(name: str) -> str:
        return " ".join(lazy_pinyin(name)).lower()

    gold: dict[str, set[str]] = {}
    for one, two in pairs:
        gold.setdefault(one, set()).add(two)
    queries, candidates = sorted(gold), sorted({two for _, two in pairs})
    scores = process.cdist([plain(q) for q in queries], [plain(c) for c in candidates], scorer=fuzz.WRatio)
    ranks: list[int | None] = []
    for i, query in enumerate(queries):
        order = numpy.argsort(-scores[i], kind="stable")
        ranks.append(next(k for k, j in enumerate(order) if candidates[j] in gold[query]))
    return measure(ranks)


def ranking(lists: Path, visible: Path | None, every: int = 1) -> dict[str, object]:
    """Measure every list that is there; of the queries of a long list every so manieth."""
    from pipeline.match.gazetteer import load_gazetteers

    gazetteer = load_gazetteers()
    result: dict[str, object] = {}
    for name in RANKED:
        if not (lists / f"{name}.tsv").is_file():
            continue
        pairs = read(lists / f"{name}.tsv")
        back = [(two, one) for one, two in pairs]
        figures: dict[str, object] = {}
        for label, given in (("zh to en", pairs), ("en to zh", back)):
            figures[label] = ours(given, None, every=every)
            figures[f"{label}, gazetteer"] = ours(given, gazetteer, every=every)
            figures[f"{label}, baseline"] = baseline(given)
            if visible is not None and (visible / f"{name}.tsv").is_file():
                seen = set(itertools.chain.from_iterable(read(visible / f"{name}.tsv")))
                held = {one for one, _ in given} - seen
                if held:
                    figures[f"{label}, held out"] = ours(given, None, held, every)
        result[name] = figures
    short = lists / "ai-alliance-full-short.tsv"
    if short.is_file():
        rows = [line.split("\t") for line in short.read_text(encoding="utf-8").splitlines()[1:]]
        full = sorted({r[0] for r in rows})
        pairs = read(short, 1, 0)
        pairs += [(f"\0{name}", name) for name in full]  # every full name is a candidate
        asked = {one for one, _ in pairs if not one.startswith("\0")}
        result["short to full"] = {
            "zh": ours(pairs, None, asked),
            "zh, gazetteer": ours(pairs, gazetteer, asked),
        }
    return result


def made(size: int) -> list[str]:
    """Make names by rule: a place, a heart of two or three characters, a trade, a legal form, in either script."""
    from pipeline.names.readings import readings

    chance = random.Random(20260101)
    hearts = "旷视讯飞智云海康明达中科数深蓝天星远景华创锐捷思维拓普恒泰金盛瑞博联合同方紫光东软浪潮曙龙芯寒武纪依图商汤格灵澜起兆易"
    places = ("北京", "上海", "深圳", "杭州", "广州", "南京", "成都", "武汉", "苏州", "合肥")
    trades = (
        ("科技", "Technology"),
        ("信息技术", "Information Technology"),
        ("智能", "Intelligent"),
        ("软件", "Software"),
    )
    names: list[str] = []
    while len(names) < size:
        han = "".join(chance.choice(hearts) for _ in range(chance.choice((2, 3, 3, 4))))
        place = chance.choice(places)
        zh, en = chance.choice(trades)
        names.append(f"{place}{han}{zh}有限公司")
        spelt = "".join(readings(c)[0] for c in han).capitalize()
        names.append(f"{''.join(readings(c)[0] for c in place).capitalize()} {spelt} {en} Co., Ltd.")
    return names[:size]


def growth(size: int) -> dict[str, float]:
    """Block names of one size against each other in this process; times are processor seconds."""
    from pipeline.names.blocks import Blocks

    names = made(size)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begin = time.process_time()
    blocks = Blocks(names)
    indexed = time.process_time()
    pairs = sum(1 for _ in blocks.pairs())
    done = time.process_time()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "names": size, "index_s": round(indexed - begin, 2), "pairs_s": round(done - indexed, 2), "pairs": pairs,
        "peak_mb": round(peak / 1024), "added_mb": round((peak - before) / 1024),
    }  # fmt: skip


def main() -> None:
    """Parse the command line and print figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("rank")
    one.add_argument("lists", type=Path)
    one.add_argument("--held-out", type=Path)
    one.add_argument("--every", type=int, default=1, help="ask only every so manieth name of a long list")
    one.add_argument("--json", action="store_true")
    two = commands.add_parser("growth")
    two.add_argument("--sizes", default="10000,100000,1000000")
    args = parser.parse_args()
    if args.command == "growth":
        import subprocess

        for size in map(int, args.sizes.split(",")):
            code = f"import sys, json; sys.path.insert(0, {str(Path(__file__).parent)!r}); import names; print(json.dumps(names.growth({size})))"
            print(
                subprocess.run(
                    [sys.executable, "-c", code], check=True, capture_output=True, text=True
                ).stdout.strip()
            )
        return
    result = ranking(args.lists, args.held_out, args.every)
    if args.json:
        print(json.dumps(result, ensure_ascii=False, indent=1))
        return
    for name, figures in result.items():
        for label, found in figures.items():  # type: ignore[attr-defined]
            print(
                f"{name:22} {label:24} MRR {found['mrr']:.3f}  top-1 {found['top1']:.3f}  of {found['queries']}"
            )


if __name__ == "__main__":
    main()
