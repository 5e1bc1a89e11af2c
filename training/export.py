"""The trained network as one ONNX file: eight-bit encoder and tables, everything else in half precision.

Activations are quantised with fixed scales, measured per channel, so that a sentence's result does not
depend on what it is batched with.
"""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from training.examples import Batch
from training.network import STYLES, TAGS, Network

Array = NDArray[Any]


def measure(net: Network, batches: Iterable[Batch]) -> dict[str, Array]:
    """Return the usual largest absolute value of each channel before each linear layer of the encoder."""
    tops: dict[str, Array] = {}
    hooks = []

    def watch(name: str) -> Any:
        def see(module: nn.Module, inputs: tuple[Tensor, ...], output: Tensor) -> None:
            x = inputs[0].detach().abs().reshape(-1, inputs[0].shape[-1])
            top = torch.quantile(x[torch.randperm(len(x))[:2000]], 0.9995, dim=0).numpy()
            tops[name] = np.maximum(tops.get(name, 0), top)

        return see

    assert net.encoder is not None
    for name, module in net.encoder.named_modules():
        if isinstance(module, nn.Linear):
            hooks.append(module.register_forward_hook(watch(name)))
    net.eval()
    with torch.no_grad():
        for batch in batches:
            net(batch)
    for hook in hooks:
        hook.remove()
    return tops


class Graph:
    """An ONNX graph in the making."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []
        self._count = 0

    def constant(self, value: Array) -> str:
        """Add a constant and return its name."""
        self._count += 1
        name = f"c{self._count}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def half(self, value: Array) -> str:
        """Add a constant kept in half precision, used in single."""
        return self.op("Cast", [self.constant(value.astype(np.float16))], to=TensorProto.FLOAT)

    def op(
        self, kind: str, inputs: Sequence[str], outputs: int = 1, domain: str = "", **attributes: Any
    ) -> str:
        """Add a node and return the name of its first output."""
        self._count += 1
        names = [f"n{self._count}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, domain=domain, **attributes))
        return names[0]

    def linear(self, x: str, weight: Tensor, bias: Tensor) -> str:
        """Add a linear layer in single precision."""
        return self.op(
            "Add",
            [self.op("MatMul", [x, self.half(weight.detach().numpy().T)]), self.half(bias.detach().numpy())],
        )

    def quantised(self, x: str, top: Array) -> tuple[str, Array]:
        """Bring activations to bytes around 128; return them with the scale of each channel."""
        scale = np.maximum(top, 1e-3).astype(np.float32) / 127
        scaled = self.op("Mul", [x, self.constant(1 / scale)])
        return self.op(
            "QuantizeLinear", [scaled, self.constant(np.float32(1)), self.constant(np.uint8(128))]
        ), scale

    def integer(self, x: tuple[str, Array], weight: Tensor, bias: Tensor) -> str:
        """Add a linear layer in eight bits (seven for the weights: no sum overflows on any processor)."""
        name, scale = x
        matrix = weight.detach().numpy().T * scale[:, None]
        step = np.abs(matrix).max(0) / 63
        return self.op(
            "MatMulIntegerToFloat",
            [name, self.constant(np.round(matrix / step).astype(np.int8)), self.constant(np.float32(1)),
             self.constant(step.astype(np.float32)), self.constant(np.uint8(128)), "",
             self.constant(bias.detach().numpy().astype(np.float32))],
            domain="com.microsoft",
        )  # fmt: skip

    def table(self, weight: Tensor, numbers: str) -> str:
        """Add a look-up in a table kept in eight bits with a scale for each row."""
        values = weight.detach().numpy()
        step = np.maximum(np.abs(values).max(1, keepdims=True), 1e-6) / 127
        rows = self.op("Gather", [self.constant(np.round(values / step).astype(np.int8)), numbers])
        scale = self.op(
            "Cast",
            [self.op("Gather", [self.constant(step.astype(np.float16)), numbers])],
            to=TensorProto.FLOAT,
        )
        return self.op("Mul", [self.op("Cast", [rows], to=TensorProto.FLOAT), scale])

    def norm(self, x: str, layer: nn.LayerNorm) -> str:
        """Add a layer normalisation."""
        return self.op(
            "LayerNormalization",
            [x, self.constant(layer.weight.detach().numpy()), self.constant(layer.bias.detach().numpy())],
            axis=-1,
            epsilon=1e-12,
        )

    def recurrent(self, x: str, layer: nn.GRU, at: int, lengths: str) -> str:
        """Add one bidirectional layer over time-major input."""
        size = layer.hidden_size

        def both(name: str) -> list[Array]:
            found = [getattr(layer, f"{name}_l{at}{end}").detach().numpy() for end in ("", "_reverse")]
            return [
                np.concatenate([w[size : 2 * size], w[:size], w[2 * size :]]) for w in found
            ]  # r, z, n -> z, r, n

        bias = np.stack([np.concatenate(p) for p in zip(both("bias_ih"), both("bias_hh"), strict=True)])
        y = self.op(
            "GRU",
            [
                x,
                self.half(np.stack(both("weight_ih"))),
                self.half(np.stack(both("weight_hh"))),
                self.half(bias),
                lengths,
            ],
            hidden_size=size,
            direction="bidirectional",
            linear_before_reset=1,
        )
        joined = self.op("Transpose", [y], perm=[0, 2, 1, 3])
        return self.op("Reshape", [joined, self.constant(np.array([0, 0, 2 * size], np.int64))])


def _encoder(g: Graph, net: Network, tops: dict[str, Array]) -> str:
    encoder = net.encoder
    assert encoder is not None
    size = encoder.norm.weight.numel()
    length = g.op("Gather", [g.op("Shape", ["pieces"]), g.constant(np.array([1], np.int64))])
    zero, one = g.constant(np.array([0], np.int64)), g.constant(np.array([1], np.int64))
    places = g.op("Slice", [g.half(encoder.places.detach().numpy()), zero, length, zero, one])
    x = g.norm(g.op("Add", [g.table(encoder.pieces.weight, "pieces"), places]), encoder.norm)
    for at, layer in enumerate(encoder.layers):
        heads, inner = layer.heads, size // layer.heads
        shape = g.constant(np.array([0, 0, heads, inner], np.int64))
        bytes_ = g.quantised(x, tops[f"layers.{at}.qkv"])
        weight, bias = layer.qkv.weight, layer.qkv.bias
        q, k, v = (
            g.op("Transpose", [g.op("Reshape", [g.integer(bytes_, weight[i * size : (i + 1) * size], bias[i * size : (i + 1) * size]),
                                                shape])], perm=perm)
            for i, perm in enumerate(([0, 2, 1, 3], [0, 2, 3, 1], [0, 2, 1, 3]))
        )  # fmt: skip
        weights = g.op("Mul", [g.op("MatMul", [q, k]), g.constant(np.float32(inner**-0.5))])
        seen = g.op("MatMul", [g.op("Softmax", [g.op("Add", [weights, "mask"])], axis=-1), v])
        seen = g.op(
            "Reshape",
            [g.op("Transpose", [seen], perm=[0, 2, 1, 3]), g.constant(np.array([0, 0, size], np.int64))],
        )
        seen = g.integer(g.quantised(seen, tops[f"layers.{at}.join"]), layer.join.weight, layer.join.bias)
        x = g.norm(g.op("Add", [x, seen]), layer.norm1)
        wide = g.integer(g.quantised(x, tops[f"layers.{at}.wide"]), layer.wide.weight, layer.wide.bias)
        wide = g.op("Gelu", [wide])
        wide = g.integer(
            g.quantised(wide, tops[f"layers.{at}.narrow"]), layer.narrow.weight, layer.narrow.bias
        )
        x = g.norm(g.op("Add", [x, wide]), layer.norm2)
    flat = g.op("Reshape", [x, g.constant(np.array([-1, size], np.int64))])
    short = g.linear(flat, net.narrow.weight, net.narrow.bias)
    return g.op("Gather", [short, "piece_of"])


def write(net: Network, tops: dict[str, Array], facts: dict[str, Any], path: Path) -> None:
    """Write the network, and the facts that decoding needs as the file's metadata."""
    g = Graph()
    turn = {"perm": [1, 0, 2]}
    chars = g.op("Transpose", [g.table(net.chars.weight, "chars")], **turn)
    parts = [
        g.op("Mul", [chars, g.constant(np.float32(0.2))]),
        g.op("Transpose", [g.op("Gather", [g.half(net.words.weight.detach().numpy()), "words"])], **turn),
    ]
    if net.bigrams is not None:
        one = g.constant(np.array([1], np.int64))
        padded = g.op("Pad", ["pairs", g.constant(np.array([0, 0, 0, 1], np.int64))])
        following = g.op("Slice", [padded, one, g.constant(np.array([2**31], np.int64)), one])
        parts += [g.op("Transpose", [g.table(net.bigrams.weight, n)], **turn) for n in ("pairs", following)]
    skip = []
    if net.base is not None:
        h = chars
        for at in range(2):
            h = g.recurrent(h, net.base, at, "lengths")
        skip.append(h)
    if net.encoder is not None:
        skip.append(g.op("Transpose", [_encoder(g, net, tops)], **turn))
        parts.append(
            g.op(
                "Transpose",
                [g.op("Gather", [g.half(net.inner.weight.detach().numpy()), "piece_place"])],
                **turn,
            )
        )
    mixed = g.linear(g.op("Concat", parts + skip, axis=2), net.mix.weight, net.mix.bias)
    style = g.op("Gather", [g.constant(net.styles.detach().numpy()), "style"])
    mixed = g.op("Gelu", [g.op("Add", [mixed, style])])
    z = g.recurrent(mixed, net.top, 0, "lengths")
    out = g.linear(g.op("Concat", [z, *skip], axis=2), net.out.weight, net.out.bias)
    g.nodes.append(helper.make_node("Transpose", [out], ["emissions"], perm=[1, 0, 2]))
    info = helper.make_tensor_value_info
    inputs = [
        info(n, TensorProto.INT64, ["batch", "chars"])
        for n in ("chars", "words", "pairs", "piece_of", "piece_place")
    ]
    inputs += [
        info("pieces", TensorProto.INT64, ["batch", "pieces"]),
        info("lengths", TensorProto.INT32, ["batch"]),
        info("style", TensorProto.INT64, [1]),
        info("mask", TensorProto.FLOAT, ["batch", 1, 1, "pieces"]),
    ]
    graph = helper.make_graph(
        g.nodes,
        "zhen-zh-tagger",
        inputs,
        [info("emissions", TensorProto.FLOAT, ["batch", "chars", len(TAGS)])],
        g.constants,
    )
    model = helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", 20), helper.make_opsetid("com.microsoft", 1)]
    )
    model.ir_version = 10
    facts = {
        "tags": TAGS,
        "styles": STYLES,
        "chain": np.round(net.chain.scores.detach().numpy(), 4).tolist(),
        **facts,
    }
    helper.set_model_props(model, {"facts": json.dumps(facts, ensure_ascii=False, separators=(",", ":"))})
    path.write_bytes(model.SerializeToString())
