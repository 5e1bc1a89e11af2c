"""Pages between two steps, packed: a long document must not be held as objects."""

import zlib
from typing import Generic, TypeVar

import msgspec

T = TypeVar("T")
_ZLIB = b"\x78"
"""How squeezed data begins, and no record: those are arrays."""


class Packer(Generic[T]):
    """Turns records of one type into few bytes and back."""

    def __init__(self, kind: type[T]) -> None:
        self._encoder = msgspec.msgpack.Encoder()
        self._decoder = msgspec.msgpack.Decoder(kind)

    def pack(self, record: T, squeeze: bool) -> bytes:
        """The record as bytes; squeezed, about a fifth of what it takes as an object."""
        data = self._encoder.encode(record)
        return zlib.compress(data, 1) if squeeze else data

    def unpack(self, data: bytes) -> T:
        """The record again; objects that were shared within it are equal, not the same."""
        return self._decoder.decode(zlib.decompress(data) if data[:1] == _ZLIB else data)
