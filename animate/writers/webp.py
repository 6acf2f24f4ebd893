"""Animated WebP: each changed rectangle compressed by Pillow, the container written here.

Pillow's own animation encoder keeps all frames in memory, takes twenty times as long on flat
pictures and writes three times as much. Layout: WebP Container Specification (Google, 2023).
"""

import io
import struct
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ClassVar

import numpy as np
from annotated_types import Interval

from animate._lazy import lazy
from animate.errors import UsageError
from animate.figure.clip import Clip, Frame
from animate.writers.difference import Patch, patch
from animate.writers.source import embedded, xmp_packet
from animate.writers.writer import ByteWriter, starts

if TYPE_CHECKING:
    from PIL import Image
else:
    Image = lazy("PIL.Image")

_ANIMATION = 0x02  # flags of the VP8X chunk
_XMP = 0x04
_ALPHA = 0x10
_OPAQUE = 0b10  # blending: replace the pixels below
_OVER = 0b00  # blending: lay over the pixels below
_LONGEST = 0xFFFFFF  # milliseconds in 24 bits
_LARGEST_SIDE = 16383  # pixels, the limit of the VP8 and VP8L streams


class Webp(ByteWriter):
    """WebP: exact colors for flat pictures, small files for moving ones; browsers play it.

    `lossless`: exact or not; by itself exact unless most of the picture moves. `quality`: 0 to
    100, of what is not exact.
    """

    size_reductions: ClassVar = ({"quality": 60}, {"quality": 40}, {"quality": 20})

    def __init__(
        self, *, lossless: bool | None = None, quality: Annotated[int, Interval(ge=0, le=100)] = 80
    ) -> None:
        super().__init__()
        if not 0 <= quality <= 100:
            raise UsageError(f"quality: is 0 to 100, got {quality}")
        self._lossless, self._quality = lossless, quality

    def open(self, clip: Clip, path: Path) -> None:
        if max(clip.width, clip.height) > _LARGEST_SIDE:
            raise UsageError(
                f"{path.name}: a WebP is at most {_LARGEST_SIDE} pixels wide and high, "
                f"got {clip.width}×{clip.height}"
            )
        self._exact = not clip.moving if self._lossless is None else self._lossless
        self._starts = starts(clip, 1000)
        self._index = 0
        self._before: np.ndarray | None = None
        self._waiting: tuple[Patch, int] | None = None
        self._text = embedded(clip)
        self.file = path.open("wb")
        flags = _ANIMATION | (_XMP if self._text else 0) | (_ALPHA if self._exact else 0)
        size = _int24(clip.width - 1) + _int24(clip.height - 1)
        self.file.write(b"RIFF\0\0\0\0WEBP")
        self.file.write(_chunk(b"VP8X", struct.pack("<I", flags) + size))
        white = b"\xff\xff\xff\xff"
        self.file.write(_chunk(b"ANIM", white + struct.pack("<H", 0 if clip.loop else 1)))

    def add(self, frame: Frame) -> None:
        start = self._starts[self._index]
        self._index += 1
        new = patch(self._before, frame, holes=self._exact, step=2)
        self._before = frame.rgba
        if new is not None:
            self._flush(start)
            self._waiting = new, start

    def _flush(self, end: int) -> None:
        if self._waiting is None:
            return
        new, start = self._waiting
        width, height = new.size
        place = _int24(new.left // 2) + _int24(new.top // 2) + _int24(width - 1)
        place += _int24(height - 1) + _int24(min(end - start, _LONGEST))
        blend = bytes([_OVER if new.holes else _OPAQUE])
        self.file.write(_chunk(b"ANMF", place + blend + self._compressed(new)))
        self._waiting = None

    def _compressed(self, new: Patch) -> bytes:
        """The patch as VP8 or VP8L chunk, cut out of a still WebP by Pillow."""
        picture = Image.fromarray(new.pixels if new.holes else new.pixels[..., :3])
        memory = io.BytesIO()
        if self._exact:
            picture.save(memory, "WEBP", lossless=True, quality=50, method=4)
        else:
            picture.save(memory, "WEBP", quality=self._quality, method=4)
        return memory.getvalue()[12:]

    def close(self) -> None:
        self._flush(self._starts[-1])
        if self._text:
            self.file.write(_chunk(b"XMP ", xmp_packet(self._text)))
        size = self.file.tell()
        self.file.seek(4)
        self.file.write(struct.pack("<I", size - 8))
        self.file.close()


def _int24(number: int) -> bytes:
    return number.to_bytes(3, "little")


def _chunk(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) & 1)
