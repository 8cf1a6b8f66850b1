"""Random numbers by name: a number depends on the seed, the name of its stream and its place there, on nothing else.

So scenarios compared share every number that means the same thing in both (common random numbers), and the order in
which work is done, or the number of workers, changes none. The generator is SplitMix64 (Steele, Lea, Flood 2014)
used as a counter: output n of a stream is the finaliser applied to `key + n * GOLDEN`.
"""

from __future__ import annotations

from hashlib import blake2b

MASK = (1 << 64) - 1
GOLDEN = 0x9E3779B97F4A7C15
UNIT = 2.0**-53


def key(seed: int, *names: str | int) -> int:
    """The 64-bit key of the stream of that name."""
    text = "\x1f".join([str(seed), *(str(n) for n in names)])
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")


def mix(value: int) -> int:
    """The finaliser of SplitMix64: 64 bits to 64 bits, one to one."""
    z = value & MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def child(parent: int, number: int) -> int:
    """The key of the numbered sub-stream, such as that of one paper."""
    return mix(mix(parent) + number * GOLDEN)


def uniform(stream: int, number: int) -> float:
    """Number `number` of a stream, in the open interval from 0 to 1."""
    # `mix`, written out: this is called several times a step
    z = (stream + number * GOLDEN) & MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return (((z ^ (z >> 31)) >> 11) + 0.5) * UNIT


class Stream:
    """The numbers of one stream in order."""

    __slots__ = ("_number", "stream")

    def __init__(self, stream: int) -> None:
        self.stream, self._number = stream, 0

    def next(self) -> float:
        """The next number, in the open interval from 0 to 1."""
        self._number += 1
        return uniform(self.stream, self._number)

    def skip(self) -> None:
        """Leave the next number out."""
        self._number += 1
