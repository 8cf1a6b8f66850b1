"""Random numbers by name: a number depends on the seed, the name of its stream and its place there, on nothing else.

So scenarios compared share every number that means the same thing in both (common random numbers), and the order in
which work is done, or the number of workers, changes none. The generator is SplitMix64 (Steele, Lea, Flood 2014)
used as a counter: output n of a stream is the finaliser applied to `key + n * GOLDEN`.
"""

from __future__ import annotations

import sys
from array import array
from hashlib import blake2b, shake_128

MASK = (1 << 64) - 1
GOLDEN, FIRST, SECOND = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
UNIT = 2.0**-53
WIDTH, _ROWS = 16, 64


def key(seed: int, *names: str | int) -> int:
    """The 64-bit key of the stream of that name."""
    text = "\x1f".join([str(seed), *(str(n) for n in names)])
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")


def mix(value: int) -> int:
    """The finaliser of SplitMix64: 64 bits to 64 bits, one to one."""
    z = value & MASK
    z = ((z ^ (z >> 30)) * FIRST) & MASK
    z = ((z ^ (z >> 27)) * SECOND) & MASK
    return z ^ (z >> 31)


def child(parent: int, number: int) -> int:
    """The key of the numbered sub-stream, such as that of one paper."""
    return mix(mix(parent) + number * GOLDEN)


def uniform(stream: int, number: int) -> float:
    """Number `number` of a stream, in the open interval from 0 to 1."""
    # `mix`, written out: this is called several times a step
    z = (stream + number * GOLDEN) & MASK
    z = ((z ^ (z >> 30)) * FIRST) & MASK
    z = ((z ^ (z >> 27)) * SECOND) & MASK
    return (((z ^ (z >> 31)) >> 11) + 0.5) * UNIT


def of_bits(number: int) -> float:
    """A number of 64 bits as one in the open interval from 0 to 1."""
    return ((number >> 11) + 0.5) * UNIT


class Rows:
    """Rows of WIDTH numbers of 64 bits, by row number: what SHAKE-128 (FIPS 202) makes of key and block of rows.

    A block costs one call, which makes a number much cheaper than `uniform` does; a row is for what every paper needs.
    """

    __slots__ = ("_block", "_key", "_numbers")

    def __init__(self, stream: int) -> None:
        self._key, self._block, self._numbers = stream, -1, array("Q")

    def row(self, number: int) -> array[int]:
        """The row of that number."""
        block, place = divmod(number, _ROWS)
        if block != self._block:
            name = self._key.to_bytes(8, "big") + block.to_bytes(8, "big")
            self._numbers = array("Q", shake_128(name).digest(8 * WIDTH * _ROWS))
            if sys.byteorder == "big":
                self._numbers.byteswap()
            self._block = block
        return self._numbers[WIDTH * place : WIDTH * place + WIDTH]


class Stream:
    """The numbers of one stream in order."""

    __slots__ = ("_left", "_row", "_rows")

    def __init__(self, stream: int) -> None:
        self._rows, self._row, self._left = Rows(stream), 0, array("Q")

    def next(self) -> float:
        """The next number, in the open interval from 0 to 1."""
        if not self._left:
            self._left = self._rows.row(self._row)
            self._row += 1
        return ((self._left.pop() >> 11) + 0.5) * UNIT
