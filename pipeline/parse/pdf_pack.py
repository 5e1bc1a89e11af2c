"""Pages between two steps, packed: a long document must not be held as objects."""

import zlib
from typing import Generic, TypeVar

import msgspec

T = TypeVar("T")
LOOSE = 100
"""So many pages of a document are held as objects (some 200 kB each): packing takes as long as laying out."""


class Packer(Generic[T]):
    """Turns records of one type into few bytes and back."""

    def __init__(self, kind: type[T]) -> None:
        self._encoder = msgspec.msgpack.Encoder()
        self._decoder = msgspec.msgpack.Decoder(kind)

    def pack(self, record: T, place: int) -> bytes | T:
        """The record as bytes, about a fifth of what it takes as an object; the first ones (by ``place``) as they are."""
        return record if place < LOOSE else zlib.compress(self._encoder.encode(record), 1)

    def unpack(self, packed: bytes | T) -> T:
        """The record again; objects that were shared within it may be equal, not the same."""
        return self._decoder.decode(zlib.decompress(packed)) if isinstance(packed, bytes) else packed
