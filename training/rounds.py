"""Rounds of training: falling rates, averaged weights, one process or several that share each step."""

import dataclasses
import math
import random
import time
from collections.abc import Sequence
from pathlib import Path

import torch
import torch.distributed as dist
from torch import Tensor

from training import ner_data
from training.examples import Batch, Example, Reader, batches, tensors
from training.names import Names
from training.network import Network
from training.synthesis import replaced, written

LONGEST = 240
MADE = 2500
_WARM = 0.04
"""Part of a round in which the rates rise."""


@dataclasses.dataclass(frozen=True)
class Round:
    """What one round does.

    Attributes:
        rates: highest rates of the encoder, the other pretrained layers, and the new ones.
        epochs: how often the sentences are read.
        told: whether the network is told, for two sentences in three, which set they come from.
        planned: epochs that the rates are spread over, of which the last may be left to another round.
        drop_pairs: chance that a pair of characters is taken for an unknown one.
        drop_pieces: the same for a piece of a word.
        decay: of the running average of the weights, at most.
        characters: size of a batch, over all processes.
    """

    rates: tuple[float, float, float]
    epochs: float
    told: bool
    planned: float = 0.0
    drop_pairs: float = 0.0
    drop_pieces: float = 0.0
    decay: float = 0.99
    characters: int = 4400


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


def rate(done: float) -> float:
    """Return which part of the highest rate holds when a part of a round is done: it rises, then falls as a cosine."""
    return min(1.0, done / _WARM) * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * min(done, 1.0))))


def train(net: Network, reader: Reader, given: Sequence[ner_data.Sentence], names: Names, plan: Round, seed: int,
          saved: Path) -> None:  # fmt: skip
    """Train a network on given sentences and, anew in each epoch, made ones; the average of its weights stays.

    In several processes each reads its share of every epoch, and all take each step together.
    """
    rank, world = (dist.get_rank(), dist.get_world_size()) if dist.is_initialized() else (0, 1)
    torch.manual_seed(seed * 100 + rank)
    shared, own = random.Random(seed), random.Random(seed * 100 + rank)
    net.styles.requires_grad_(plan.told)
    real = [e for e in map(reader.example, given) if len(e.chars) <= LONGEST]
    optimiser, groups, tops = _optimiser(net, plan)
    average = Average(net, plan.decay)
    each = plan.characters // world
    done = 0.0
    for epoch in range(math.ceil(plan.epochs)):
        started, total = time.time(), 0.0
        names.rng = random.Random(seed * 1000 + epoch * world + rank)
        made = written(names, MADE // world, names.rng) + replaced(given, names, MADE // world, names.rng)
        shared.shuffle(real)
        examples: list[Example] = real[rank::world]
        examples += [e for e in map(reader.example, made) if len(e.chars) <= LONGEST]
        groups_of = list(batches(examples, each, own))
        steps = _least(len(groups_of))
        net.train()
        for number, group in enumerate(groups_of[:steps]):
            done = epoch + number / steps
            if done >= plan.epochs:
                break
            for part, top in zip(optimiser.param_groups, tops, strict=True):
                part["lr"] = top * rate(done / max(plan.epochs, plan.planned))
            batch = _weakened(tensors(group, own if plan.told else None), plan)
            loss = net.chain.loss(net(batch), batch.allowed, batch.lengths).sum() / batch.lengths.sum() * 20
            optimiser.zero_grad(set_to_none=False)
            loss.backward()  # type: ignore[no-untyped-call]
            if world > 1:
                _share([p for part in groups for p in part], world)
            torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
            optimiser.step()
            average.update()
            total += float(loss.detach())
            if number % 25 == 24 and not rank:
                print(f"  step {number + 1}/{steps} loss {total / (number + 1):.3f}", flush=True)
        if not rank:
            torch.save([v.clone() for v in average.values], saved)
            print(f"epoch {epoch + 1}: {time.time() - started:.0f} s", flush=True)
    average.apply()


def _optimiser(net: Network, plan: Round) -> tuple[torch.optim.Optimizer, list[list[Tensor]], list[float]]:
    named = [(n, p) for n, p in net.named_parameters() if p.requires_grad]
    slow = [p for n, p in named if n.startswith("encoder")]
    base = [p for n, p in named if n.startswith(("base", "chars"))]
    new = [p for n, p in named if not n.startswith(("base", "chars", "encoder", "styles"))]
    groups: list[list[Tensor]] = [slow, base, new]
    tops = list(plan.rates)
    if plan.told:
        groups.append([net.styles])
        tops.append(5 * plan.rates[-1])
    optimiser = torch.optim.AdamW(
        [{"params": p, "lr": r} for p, r in zip(groups, tops, strict=True)], weight_decay=0.01, fused=True
    )
    return optimiser, groups, tops


def _weakened(batch: Batch, plan: Round) -> Batch:
    """Take some pairs and pieces for unknown ones, so that the network does not rely on them."""
    if plan.drop_pairs:
        batch.pairs *= (torch.rand(batch.pairs.shape) > plan.drop_pairs).long()
    if plan.drop_pieces:
        batch.pieces *= (torch.rand(batch.pieces.shape) > plan.drop_pieces).long()
    return batch


def _least(count: int) -> int:
    """Return the least of all processes' counts."""
    if not dist.is_initialized():
        return count
    least = torch.tensor([count])
    dist.all_reduce(least, op=dist.ReduceOp.MIN)
    return int(least)


def _share(weights: Sequence[Tensor], world: int) -> None:
    """Put the mean of all processes' gradients in the place of each."""
    gradients = [p.grad for p in weights if p.grad is not None]
    flat = torch._utils._flatten_dense_tensors(gradients)  # type: ignore[no-untyped-call]
    dist.all_reduce(flat)
    flat /= world
    for gradient, mean in zip(gradients, torch._utils._unflatten_dense_tensors(flat, gradients), strict=True):  # type: ignore[no-untyped-call]
        gradient.copy_(mean)
