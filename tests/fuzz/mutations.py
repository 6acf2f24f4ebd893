"""Files that are a little wrong, drawn from those of a corpus by a seeded generator."""

import random
import struct
from collections.abc import Iterator, Sequence

LONGEST = 20_000
"""Bytes of a file that is made."""
TELLING = (
    *(struct.pack(">I", number) for number in (0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)),
    *(struct.pack("<I", number) for number in (1, 0x7FFFFFFF, 0x80000000)),
    *(sign.encode() for sign in ("\0", "-", "9" * 400, "1e999", "nan", "\n", "\ufeff", "\u2028")),
    *(sign.encode() for sign in "[]{}()<>&*!|%@`'\",:;#/\\= \t"),
    b"\xff",
    b"\xed\xa0\x80",
    b"**",
    b"[" * 200,
    b"(" * 200,
    b": ",
    b"\n- ",
)
"""What readers stumble over: numbers at the ends of a range, signs with a meaning, deep nests."""


def mutated(parents: Sequence[bytes], seed: int) -> Iterator[bytes]:
    """Files without an end: a parent with one to six changes, or a piece of another in it."""
    draw = random.Random(seed)
    while True:
        data = bytearray(draw.choice(parents))
        for _ in range(draw.choice((1, 1, 1, 2, 3, 6))):
            _change(data, draw, parents)
        yield bytes(data[:LONGEST])


def _change(data: bytearray, draw: random.Random, parents: Sequence[bytes]) -> None:
    """One change of a kind that is drawn, at a place that is drawn."""
    start = draw.randrange(len(data) + 1)
    end = min(len(data), start + draw.choice((1, 1, 2, 4, 8, 64, 1000)))
    match draw.randrange(8):
        case 0:
            data[start:end] = draw.randbytes(end - start)
        case 1:
            del data[start:end]
        case 2:
            data[start:start] = data[start:end] * draw.choice((1, 2, 30))
        case 3:
            data[start:start] = draw.choice(TELLING)
        case 4:
            word = draw.choice(TELLING)
            data[start : start + len(word)] = word
        case 5:
            other = draw.choice(parents)
            first = draw.randrange(len(other) + 1)
            data[start:end] = other[first : first + draw.choice((1, 4, 16, 64, 256))]
        case 6 if start < len(data):
            data[start] ^= 1 << draw.randrange(8)
        case _:
            del data[start:]
