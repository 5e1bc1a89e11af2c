"""How the gazetteers scale: a million synthetic names built, loaded, and looked for.

    python benchmarks/gazetteer_scale.py [--names 1000000] [--megabytes 20] [--json FILE]

Measured: compiling entries, writing the index (with its automaton), the index's size; opening it in a
fresh process (time, and memory that is the process's own); the automaton alone and the whole ``Finder``
over mixed Chinese and English text in MB of UTF-8 a second, on one core. The text is made of words by
their frequencies in both languages, with a gazetteer name about every 300 characters.
"""

import argparse
import functools
import itertools
import json
import random
import subprocess
import sys
import tempfile
import time
from bisect import bisect
from collections.abc import Callable, Iterator, Sequence
from importlib import resources
from pathlib import Path
from typing import TypeVar

from spellchecker import SpellChecker

from pipeline.match.entries import Entry
from pipeline.match.find import Finder
from pipeline.match.gazetteer import Gazetteer, compile_entries, store
from pipeline.match.index import Index
from pipeline.normal import normalise
from pipeline.segment.words import Words

T = TypeVar("T")
_ENDINGS_EN = (
    "Technology",
    "Institute",
    "University",
    "Laboratory",
    "Group",
    "Association",
    "Systems",
    "Co., Ltd.",
)
_ENDINGS_ZH = ("有限公司", "研究院", "大学", "实验室", "集团", "协会", "科技", "计划")
_LOAD = """
import sys, time
from pathlib import Path
from pipeline.match.gazetteer import Gazetteer
from pipeline.match.index import Index
def own():
    return sum(int(l.split()[1]) for l in open("/proc/self/smaps_rollup") if l.startswith("Private_Dirty")) / 1024
before, begin = own(), time.process_time()
gazetteer = Gazetteer(Index(Path(sys.argv[1])))
gazetteer.lookup("Huawei")
print(time.process_time() - begin, own() - before)
"""


def names(count: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """Yield distinct pairs of an English and a Chinese name."""
    chance = random.Random(seed)
    consonants = "b c d f g h j k l m n p q r s t v w x z sh ch th st tr".split()
    syllables = [c + v for c in consonants for v in "a e i o u an en in ong ar er ai".split()]
    words = ["".join(chance.choices(syllables, k=chance.randint(2, 3))).capitalize() for _ in range(60_000)]
    han = [w for w, _ in _chinese() if len(w) == 1][:3000]
    seen: set[str] = set()
    while len(seen) < count * 2:
        en = f"{' '.join(chance.choices(words, k=chance.randint(1, 3)))} {chance.choice(_ENDINGS_EN)}"
        zh = "".join(chance.choices(han, k=chance.randint(3, 6))) + chance.choice(_ENDINGS_ZH)
        if en not in seen and zh not in seen:
            seen.update((en, zh))
            yield en, zh


def _chinese() -> list[tuple[str, int]]:
    """Return jieba's words by falling frequency."""
    lines = resources.files("jieba").joinpath("dict.txt").read_text(encoding="utf-8").splitlines()
    found = [(word, int(count)) for word, count, _ in (line.split(" ") for line in lines)]
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))


def text(size: int, named: Sequence[str], seed: int = 2) -> str:
    """Return mixed text of about ``size`` bytes of UTF-8."""
    chance = random.Random(seed)
    english = sorted(
        SpellChecker(language="en", distance=1).word_frequency.items(), key=lambda p: (-p[1], p[0])
    )[:30_000]
    sources = [
        (list(itertools.accumulate(n for _, n in pairs)), [w for w, _ in pairs])
        for pairs in (_chinese()[:60_000], english)
    ]
    parts: list[str] = []
    done = 0
    while done < size:
        for (sums, words), space, stop in zip(sources, ("", " "), ("。\n", ". \n"), strict=True):
            sentence = space.join(words[bisect(sums, chance.random() * sums[-1])] for _ in range(25))
            name = chance.choice(named)
            parts.append(f"{sentence} {name} {sentence[::-1] if not space else sentence}{stop}")
            done += len(parts[-1].encode())
    return "".join(parts)


def timed(call: Callable[[], T], times: int = 1) -> tuple[float, T]:
    """Return the seconds of processor time that a call took (the best of several) and what it gave."""
    best: float | None = None
    for _ in range(times):
        begin = time.process_time()
        result = call()
        spent = time.process_time() - begin
        best = spent if best is None else min(best, spent)
    assert best is not None
    return best, result


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--names", type=int, default=1_000_000)
    parser.add_argument("--megabytes", type=float, default=20)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    pairs = list(names(arguments.names // 2))
    entries = [Entry(id=f"e{i:07}", type="company", en=en, zh=zh) for i, (en, zh) in enumerate(pairs)]
    found: dict[str, float] = {"names": 2 * len(pairs)}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "scale.index"
        found["compile_s"], compiled = timed(lambda: compile_entries(entries, "scale"))
        found["patterns"] = len(compiled.patterns)
        found["write_s"], _ = timed(functools.partial(store, compiled, path))
        del compiled
        found["index_mb"] = path.stat().st_size / 1e6
        loaded = subprocess.run(
            [sys.executable, "-c", _LOAD, str(path)], capture_output=True, text=True, check=True
        )
        found["load_s"], found["own_memory_mb"] = map(float, loaded.stdout.split())
        gazetteer = Gazetteer(Index(path))
        mixed = normalise(text(int(arguments.megabytes * 1e6), [n for pair in pairs[:20_000] for n in pair]))
        size = len(mixed.text.encode()) / 1e6
        seconds, matches = timed(lambda: gazetteer.automaton.find_matches_as_indexes(mixed.lower), 3)
        found["automaton_mb_per_s"], found["matches"] = size / seconds, len(matches)
        words = Words(starts=[], ends=[], known=[])  # segmentation is another stage
        seconds, candidates = timed(lambda: Finder(gazetteer).find(mixed, words), 3)
        found["finder_mb_per_s"], found["candidates"] = size / seconds, len(candidates)
    for name, value in found.items():
        print(f"{name:20} {value:,.2f}" if isinstance(value, float) else f"{name:20} {value:,}")
    if arguments.json:
        arguments.json.write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
