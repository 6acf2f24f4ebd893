"""Animated PNG, written chunk by chunk: only what changed, transparent where it did not.

Pillow writes whole rows filtered for photographs, five times the bytes, and from a generator
silently one frame. Layout: Portable Network Graphics, third edition (W3C, 2025).
"""

import io
import struct
import zlib
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from animate._lazy import lazy
from animate.errors import UsageError
from animate.figure.clip import Clip, Frame
from animate.writers.difference import Patch, patch
from animate.writers.palette import Colors, Palette
from animate.writers.source import embedded, png_text
from animate.writers.writer import ByteWriter, exact, nearest, starts

if TYPE_CHECKING:
    from PIL import Image
else:
    Image = lazy("PIL.Image")

_RGB = 2  # colour types of the IHDR chunk
_INDEXED = 3
_RGBA = 6
_TRANSPARENT = 255  # the palette's transparent entry
_MOST = 0xFFFF  # of a delay's numerator and denominator
_LEVEL = 9  # zlib's strongest compression


class Apng(ByteWriter):
    """APNG: exact colors and times; browsers play it, other programs show the first picture.

    `colors`: 8 to 256 makes it smaller, with one palette as a GIF has; by itself all colors.
    """

    size_reductions: ClassVar = ({"colors": 256}, {"colors": 128}, {"colors": 64}, {"colors": 32})

    def __init__(self, *, colors: Colors | None = None) -> None:
        super().__init__()
        if colors is not None and not 8 <= colors <= 256:
            raise UsageError(f"colors: are 8 to 256, got {colors}")
        self._colors = colors

    def open(self, clip: Clip, path: Path) -> None:
        self._palette = None if self._colors is None else Palette(clip, self._colors - 1)
        self._holes = not clip.moving or self._palette is not None
        self._times = _times(clip)
        self._clip, self._index, self._order, self._pictures = clip, 0, 0, 0
        self._before: np.ndarray | None = None
        self._waiting: tuple[Patch, Fraction] | None = None
        self.file = path.open("wb")
        self.file.write(b"\x89PNG\r\n\x1a\n")
        kind = _INDEXED if self._palette else _RGBA if self._holes else _RGB
        self._write(b"IHDR", struct.pack(">IIBBBBB", clip.width, clip.height, 8, kind, 0, 0, 0))
        self._write(b"sRGB", b"\0")
        self._control_at = self.file.tell()
        self._write_control()
        if text := embedded(clip):
            self._write(b"iTXt", png_text(text))
        if self._palette:
            table = np.zeros((256, 3), np.uint8)
            table[: len(self._palette.colors)] = self._palette.colors
            self._write(b"PLTE", table.tobytes())
            self._write(b"tRNS", b"\xff" * _TRANSPARENT + b"\0")

    def _write(self, kind: bytes, body: bytes) -> None:
        check = struct.pack(">I", zlib.crc32(kind + body))
        self.file.write(struct.pack(">I", len(body)) + kind + body + check)

    def _write_control(self) -> None:
        plays = 0 if self._clip.loop else 1
        self._write(b"acTL", struct.pack(">II", self._pictures, plays))

    def add(self, frame: Frame) -> None:
        start = self._times[self._index]
        self._index += 1
        new = patch(self._before, frame, holes=self._holes)
        self._before = frame.rgba
        if new is not None:
            self._flush(start)
            self._waiting = new, start

    def _flush(self, end: Fraction) -> None:
        if self._waiting is None:
            return
        new, start = self._waiting
        delay = (end - start).limit_denominator(_MOST)
        over = 1 if new.holes else 0
        place = (*new.size, new.left, new.top, delay.numerator, delay.denominator, 0, over)
        self._write(b"fcTL", struct.pack(">IIIIIHHBB", self._next(), *place))
        data = self._compressed(new)
        if self._pictures == 0:
            self._write(b"IDAT", data)
        else:
            self._write(b"fdAT", struct.pack(">I", self._next()) + data)
        self._pictures += 1
        self._waiting = None

    def _next(self) -> int:
        self._order += 1
        return self._order - 1

    def _compressed(self, new: Patch) -> bytes:
        if self._palette:
            indices = self._palette.indices(new.pixels)
            return _plain(np.where(new.pixels[..., 3], indices, np.uint8(_TRANSPARENT)))
        if self._holes:
            return _plain(new.pixels.reshape(len(new.pixels), -1))
        return _filtered(new.pixels[..., :3])

    def close(self) -> None:
        self._flush(self._times[-1])
        self._write(b"IEND", b"")
        self.file.seek(self._control_at)
        self._write_control()
        self.file.close()


def _times(clip: Clip) -> list[Fraction]:
    """When each picture begins and the clip ends, in seconds, such that delays fit 16 bits."""
    fps, end = exact(clip.fps), exact(clip.duration)
    rest = end - (clip.frames - 1) / fps
    if max(fps.numerator, fps.denominator, rest.numerator, rest.denominator) <= _MOST:
        return [*(i / fps for i in range(clip.frames)), end]
    return [Fraction(nearest(Fraction(t)), 1000) for t in starts(clip, 1000)]


def _plain(rows: np.ndarray) -> bytes:
    """Unfiltered rows, which suit flat colours and holes; [height, bytes a row] uint8."""
    return zlib.compress(np.pad(rows, ((0, 0), (1, 0))).tobytes(), _LEVEL)


def _filtered(rgb: np.ndarray) -> bytes:
    """Rows filtered for shades by Pillow: the data of a PNG made in memory."""
    memory = io.BytesIO()
    Image.fromarray(rgb).save(memory, "PNG", compress_level=6)
    png, at, data = memory.getvalue(), 8, list[bytes]()
    while at < len(png):
        length, kind = struct.unpack_from(">I4s", png, at)
        if kind == b"IDAT":
            data.append(png[at + 8 : at + 8 + length])
        at += length + 12
    return b"".join(data)
