"""The tagger's network in torch: characters and words, recurrent layers, a chain on top that sums over open readings."""

from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor, nn

from training.ner_data import TYPES

if TYPE_CHECKING:
    from training.examples import Batch

TAGS = ["O"] + [f"{p}-{t}" for t in TYPES for p in "BIES"]
NUMBER = {t: i for i, t in enumerate(TAGS)}
STYLES = ("", "cluener", "peoplesdaily", "resume", "uner", "weibo", "written")
"""Whose annotation a sentence follows; the first when it is not told."""


def legal() -> np.ndarray:
    """Return which tag may follow which (1) and which may not (0)."""
    size = len(TAGS)
    table = np.zeros((size, size), dtype=np.float32)
    for i, a in enumerate(TAGS):
        for j, b in enumerate(TAGS):
            if a[0] in "BI":
                table[i, j] = b[0] in "IE" and a[2:] == b[2:]
            else:
                table[i, j] = b[0] in "OBS"
    return table


class Chain(nn.Module):
    """A linear chain over legal tag sequences, trained on sets of allowed tags."""

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("legal", torch.from_numpy(legal()))
        self.scores = nn.Parameter(torch.zeros(len(TAGS), len(TAGS)))
        first = torch.tensor([float(t[0] in "OBS") for t in TAGS])
        last = torch.tensor([float(t[0] in "OES") for t in TAGS])
        self.register_buffer("first", first)
        self.register_buffer("last", last)

    def _sum(self, emissions: Tensor, allowed: Tensor, lengths: Tensor) -> Tensor:
        """Return the log of the summed weights of all allowed, legal paths; in scaled probability space."""
        step = torch.exp(self.scores) * self.legal
        masked = emissions.masked_fill(allowed == 0, -1e4)
        top = masked.max(dim=2).values
        weights = torch.exp(masked - top.unsqueeze(2)) * allowed
        total = top[:, 0]
        alpha = weights[:, 0] * self.first
        norm = alpha.sum(1, keepdim=True).clamp_min(1e-30)
        total = total + norm.squeeze(1).log()
        alpha = alpha / norm
        ends = [alpha]
        totals = [total]
        for t in range(1, emissions.shape[1]):
            alpha = (alpha @ step) * weights[:, t]
            norm = alpha.sum(1, keepdim=True).clamp_min(1e-30)
            total = total + top[:, t] + norm.squeeze(1).log()
            alpha = alpha / norm
            ends.append(alpha)
            totals.append(total)
        rows = torch.arange(len(lengths))
        final = torch.stack(ends, 1)[rows, lengths - 1]
        return torch.stack(totals, 1)[rows, lengths - 1] + (final * self.last).sum(1).clamp_min(1e-30).log()

    def loss(self, emissions: Tensor, allowed: Tensor, lengths: Tensor) -> Tensor:
        """Return the negative log of the share that allowed paths have of all, per sentence."""
        return self._sum(emissions, torch.ones_like(emissions), lengths) - self._sum(
            emissions, allowed, lengths
        )

    def decode(self, emissions: Tensor, lengths: Tensor) -> list[list[int]]:
        """Return the best legal path of each sentence."""
        step = torch.where(self.legal > 0, self.scores, torch.tensor(-1e4))
        best = emissions[:, 0] + torch.where(self.first > 0, 0.0, -1e4)
        history, states = [], [best]
        for t in range(1, emissions.shape[1]):
            top, back = (best.unsqueeze(2) + step).max(1)
            best = top + emissions[:, t]
            history.append(back)
            states.append(best)
        paths = []
        for row, length in enumerate(lengths.tolist()):
            tag = int((states[length - 1][row] + torch.where(self.last > 0, 0.0, -1e4)).argmax())
            path = [tag]
            for back in reversed(history[: length - 1]):
                tag = int(back[row, tag])
                path.append(tag)
            paths.append(path[::-1])
        return paths


class Layer(nn.Module):
    """One layer of the pretrained encoder (post-norm, GELU)."""

    def __init__(self, weights: dict[str, np.ndarray], at: int, heads: int = 12, drop: float = 0.1) -> None:
        super().__init__()
        part = {
            k.partition(".")[2]: torch.from_numpy(v.copy())
            for k, v in weights.items()
            if k.startswith(f"l{at}.")
        }
        size = part["aln.w"].numel()
        self.heads, self.drop = heads, drop
        self.qkv = nn.Linear(size, 3 * size)
        self.join = nn.Linear(size, size)
        self.wide = nn.Linear(size, part["fi.b"].numel())
        self.narrow = nn.Linear(part["fi.b"].numel(), size)
        self.norm1 = nn.LayerNorm(size, eps=1e-12)
        self.norm2 = nn.LayerNorm(size, eps=1e-12)
        with torch.no_grad():
            self.qkv.weight.copy_(torch.cat([part["q.w"], part["k.w"], part["v.w"]]))
            self.qkv.bias.copy_(torch.cat([part["q.b"], part["k.b"], part["v.b"]]))
            for module, name in (
                (self.join, "ao"),
                (self.wide, "fi"),
                (self.narrow, "fo"),
                (self.norm1, "aln"),
                (self.norm2, "oln"),
            ):
                module.weight.copy_(part[f"{name}.w"])
                module.bias.copy_(part[f"{name}.b"])

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Return the next states; ``mask`` says which positions may be looked at."""
        rows, steps, size = x.shape
        q, k, v = self.qkv(x).view(rows, steps, 3, self.heads, size // self.heads).permute(2, 0, 3, 1, 4)
        rate = self.drop if self.training else 0.0
        weights = (q * (size // self.heads) ** -0.5) @ k.transpose(-1, -2)
        seen = (
            weights.masked_fill(~mask[:, None, None, :], -1e4).softmax(-1) @ v
        )  # quicker than the fused one here
        seen = self.join(seen.transpose(1, 2).reshape(rows, steps, size))
        x = self.norm1(x + nn.functional.dropout(seen, rate))
        wide = self.narrow(nn.functional.gelu(self.wide(x)))
        return self.norm2(x + nn.functional.dropout(wide, rate))


class Encoder(nn.Module):
    """The first layers of a pretrained encoder over pieces of words."""

    def __init__(self, vectors: np.ndarray, weights: dict[str, np.ndarray], layers: int) -> None:
        super().__init__()
        self.pieces = nn.Embedding.from_pretrained(torch.from_numpy(vectors), freeze=True)
        size = vectors.shape[1]
        places = torch.from_numpy(
            weights["emb.pos"].reshape(-1, size) + weights["emb.type"].reshape(-1, size)[0]
        )
        self.places = nn.Parameter(places[:256].clone())
        self.norm = nn.LayerNorm(size, eps=1e-12)
        with torch.no_grad():
            self.norm.weight.copy_(torch.from_numpy(weights["emb.ln.w"]))
            self.norm.bias.copy_(torch.from_numpy(weights["emb.ln.b"]))
        self.layers = nn.ModuleList(Layer(weights, at) for at in range(layers))

    def forward(self, pieces: Tensor, lengths: Tensor) -> Tensor:
        """Return the states of a padded batch of pieces."""
        steps = pieces.shape[1]
        mask = torch.arange(steps)[None, :] < lengths[:, None]
        x = self.norm(self.pieces(pieces) + self.places[:steps])
        if self.training:
            x = nn.functional.dropout(x, 0.1)
        for layer in self.layers:
            x = layer(x, mask)
        return x


class Network(nn.Module):
    """Characters and words of a sentence to tag scores.

    LAC's two recurrent layers read the characters, the encoder reads pieces of words; one recurrent
    layer joins them with the classes of jieba's words.
    """

    def __init__(
        self,
        *,
        vectors: np.ndarray,
        layers: list,
        words: int,
        bigrams: int,
        encoder: Encoder | None,
        word_dim: int = 24,
        bigram_dim: int = 32,
        piece_dim: int = 160,
        mix_dim: int = 224,
        width: int = 128,
        drop: float = 0.35,
        recurrent: bool = True,
    ) -> None:
        super().__init__()
        self.chars = nn.Embedding.from_pretrained(torch.from_numpy(vectors), freeze=False)
        self.words = nn.Embedding(words, word_dim)
        nn.init.normal_(self.words.weight, std=0.3)
        size = 128 + word_dim
        self.bigrams = None
        if bigrams:
            self.bigrams = nn.Embedding(bigrams, bigram_dim)
            nn.init.normal_(self.bigrams.weight, std=0.1)
            size += 2 * bigram_dim
        self.base = None
        if recurrent:
            self.base = nn.GRU(128, 128, num_layers=2, bidirectional=True, batch_first=True)
            for at, (w, r, bw, br) in enumerate(layers):
                end = f"l{at // 2}" + ("_reverse" if at % 2 else "")
                with torch.no_grad():
                    getattr(self.base, f"weight_ih_{end}").copy_(torch.from_numpy(w))
                    getattr(self.base, f"weight_hh_{end}").copy_(torch.from_numpy(r))
                    getattr(self.base, f"bias_ih_{end}").copy_(torch.from_numpy(bw))
                    getattr(self.base, f"bias_hh_{end}").copy_(torch.from_numpy(br))
            size += 256
        self.encoder = encoder
        if encoder is not None:
            self.inner = nn.Embedding(4, 16)
            self.narrow = nn.Linear(encoder.norm.weight.numel(), piece_dim)
            size += piece_dim + 16
        self.mix = nn.Linear(size, mix_dim)
        self.styles = nn.Parameter(
            torch.zeros(len(STYLES), mix_dim), requires_grad=False
        )  # the second round's
        self.top = nn.GRU(mix_dim, width, bidirectional=True, batch_first=True)
        skip = (256 if recurrent else 0) + (piece_dim if encoder is not None else 0)
        self.out = nn.Linear(2 * width + skip, len(TAGS))
        self.drop = nn.Dropout(drop)
        self.chain = Chain()

    def forward(self, batch: "Batch") -> Tensor:
        """Return the tag scores of a padded batch."""
        x = self.chars(batch.chars)
        if self.training:
            x = x * (torch.rand(x.shape[:2]) > 0.05).unsqueeze(2)

        def run(layer: nn.GRU, steps: Tensor) -> Tensor:
            packed = nn.utils.rnn.pack_padded_sequence(
                steps, batch.lengths, batch_first=True, enforce_sorted=False
            )
            padded: Tensor = nn.utils.rnn.pad_packed_sequence(layer(packed)[0], batch_first=True)[0]
            return padded

        parts = [x * 0.2, self.words(batch.words)]
        skip = []
        if self.bigrams is not None:
            parts += [self.bigrams(batch.pairs), self.bigrams(nn.functional.pad(batch.pairs[:, 1:], (0, 1)))]
        if self.base is not None:
            skip.append(run(self.base, x))
        if self.encoder is not None:
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.training):
                states = self.encoder(batch.pieces, batch.piece_lengths)
            rows = torch.arange(len(states))[:, None]
            skip.append(self.narrow(states.float()[rows, batch.piece_of]))
            parts.append(self.inner(batch.piece_place))
        mixed = self.mix(self.drop(torch.cat(parts + skip, 2))) + self.styles[batch.styles].unsqueeze(1)
        mixed = nn.functional.gelu(mixed)
        z = run(self.top, self.drop(mixed))
        return self.out(self.drop(torch.cat([z, *skip], 2)))
