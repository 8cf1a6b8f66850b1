"""Random numbers by name: a number depends on the seed, the name of its stream and its place there, on nothing else.

So scenarios compared share every number that means the same thing in both (common random numbers), and the order in
which work is done, or the number of workers, changes none. The generator is SplitMix64 (Steele, Lea, Flood 2014)
used as a counter: output n of a stream is the finaliser applied to `key + n * GOLDEN`.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Callable, Iterator
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


def rows(stream: int) -> Iterator[array[int]]:
    """Rows of WIDTH numbers of 64 bits, without end: what SHAKE-128 (FIPS 202) makes of key and block of rows.

    A block costs one call, which makes a number much cheaper than `uniform` does; a row is for what every paper needs.
    """
    start, block = stream.to_bytes(8, "big"), 0
    while True:
        numbers = array("Q", shake_128(start + block.to_bytes(8, "big")).digest(8 * WIDTH * _ROWS))
        if sys.byteorder == "big":
            numbers.byteswap()
        for place in range(0, WIDTH * _ROWS, WIDTH):
            yield numbers[place : place + WIDTH]
        block += 1


def numbers(stream: int) -> Iterator[float]:
    """The numbers of one stream in order, without end, each in the open interval from 0 to 1."""
    for row in rows(stream):
        for bits in reversed(row):
            yield ((bits >> 11) + 0.5) * UNIT


class Stream:
    """The numbers of one stream in order."""

    __slots__ = ("next",)

    def __init__(self, stream: int) -> None:
        self.next: Callable[[], float] = numbers(stream).__next__
        """The next number, in the open interval from 0 to 1."""
