"""Pictures of palette indices as the page unpacks them: tiles that changed, deflated.

A segment is a picture and what changes in those after it. Its bytes, before deflate (RFC 1951):

* three numbers, uint32 little-endian: pictures n, bytes of signs, bytes of colours;
* the first picture, a byte a pixel, row by row;
* for every tile of 16 × 16 pixels, row by row, a bit for each of the n − 1 later pictures, the
  first one in the highest bit, filled up to whole bytes: whether something changes there;
* for every such bit 256 signs, row by row: 0 nothing changes, 1 the next of the colours, 2 the
  colour that the pixel had before its last change in this segment, at first that of the first
  picture; beyond the picture's edge nothing changes;
* the colours.

Sorted by tiles, not by pictures, deflate finds what comes again at the same place: a sixth less.
"""

import struct
import zlib
from dataclasses import dataclass

import numpy as np

from animate.figure.clip import Box

TILE = 16
KEPT, NEW, BACK = range(3)
MOST = 1 << 24
"""Bytes of signs of one segment, which a page holds unpacked."""
STRONG, FAST = 9, 1
"""Levels of zlib's compression."""


@dataclass(frozen=True)
class Segment:
    """`count` pictures, the first of which is number `first`, deflated."""

    first: int
    count: int
    data: bytes


class Pictures:
    """Packs pictures [height, width] uint8, one after the other; a segment with `most` bytes of
    signs, or more, is full. `level` is that of their compression."""

    def __init__(self, width: int, height: int, most: int = MOST, level: int = STRONG) -> None:
        self._size, self._most, self._level = (height, width), most, level
        self._grid = -(-height // TILE), -(-width // TILE)
        self._first = self._count = self._length = 0
        self._current = np.zeros(self._size, np.uint8)

    def add(self, picture: np.ndarray, changed: Box | None) -> Segment | None:
        """Take the next picture, which equals the one before outside of `changed`; the segment that
        is full with the one before, if it is."""
        done = self.close() if self._length >= self._most else None
        if not self._count:
            self._begin(picture)
        elif changed is not None:
            self._add(picture, changed)
        self._count += 1
        return done

    def _begin(self, picture: np.ndarray) -> None:
        self._start = picture.copy()
        self._current, self._before = picture.copy(), picture.copy()
        self._tiles: list[np.ndarray] = []
        self._numbers: list[int] = []
        self._signs: list[np.ndarray] = []
        self._colours: list[np.ndarray] = []

    def _add(self, picture: np.ndarray, changed: Box) -> None:
        (height, width), columns = self._size, self._grid[1]
        left, top = changed[0] // TILE * TILE, changed[1] // TILE * TILE
        right = min(-(-changed[2] // TILE) * TILE, width)
        bottom = min(-(-changed[3] // TILE) * TILE, height)
        region = np.s_[top:bottom, left:right]
        new, old, before = picture[region], self._current[region], self._before[region]
        differs = new != old
        signs = np.where(differs, np.where(new == before, BACK, NEW), KEPT).astype(np.uint8)
        before[differs] = old[differs]
        old[differs] = new[differs]
        signs, colours = _tiled(signs), _tiled(new)
        rows, across = np.nonzero(np.any(signs, axis=(2, 3)))
        if len(rows):
            self._tiles.append((rows + top // TILE) * columns + across + left // TILE)
            self._numbers.append(self._count)
            self._signs.append(signs[rows, across])
            self._colours.append(colours[rows, across])
            self._length += signs[rows, across].size

    def close(self) -> Segment:
        """The segment of the pictures since the last one; the next begins anew."""
        changes = np.zeros((self._grid[0] * self._grid[1], max(self._count - 1, 0)), np.uint8)
        for number, tiles in zip(self._numbers, self._tiles, strict=True):
            changes[tiles, number - 1] = 1
        signs, colours = self._sorted()
        head = struct.pack("<III", self._count, len(signs), len(colours))
        bits = np.packbits(changes, axis=1).tobytes()
        data = zlib.compress(
            b"".join([head, self._start.tobytes(), bits, signs, colours]), self._level
        )
        done = Segment(self._first, self._count, data)
        self._first, self._count, self._length = self._first + self._count, 0, 0
        return done

    def _sorted(self) -> tuple[bytes, bytes]:
        """Signs and colours, tile by tile, and in each by picture."""
        if not self._tiles:
            return b"", b""
        order = np.argsort(np.concatenate(self._tiles), kind="stable")
        signs = np.concatenate(self._signs)[order]
        colours = np.concatenate(self._colours)[order]
        return signs.tobytes(), colours[signs == NEW].tobytes()


def _tiled(region: np.ndarray) -> np.ndarray:
    """[rows, columns, TILE, TILE]: the tiles of a region that begins with one, filled up by 0."""
    height, width = region.shape
    filled = np.pad(region, ((0, -height % TILE), (0, -width % TILE)))
    rows, columns = (side // TILE for side in filled.shape)
    return filled.reshape(rows, TILE, columns, TILE).swapaxes(1, 2)
