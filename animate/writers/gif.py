"""GIF: one palette for the clip, only what changed in each frame, times that add up."""

import io
import struct
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from animate._lazy import lazy
from animate.errors import UsageError
from animate.figure.clip import Box, Clip, Frame
from animate.writers.difference import union
from animate.writers.palette import Colors, Palette, Quantizer
from animate.writers.source import embedded
from animate.writers.writer import ByteWriter, exact, nearest, starts

if TYPE_CHECKING:
    from PIL import Image
else:
    Image = lazy("PIL.Image")

_FASTEST = 50  # frames a second; browsers slow down what is shown for less than 2/100 s
_LONGEST = 0xFFFF  # hundredths that one picture can be shown
_OPAQUE_SHARE = 1 / 4  # with more of the rectangle changed, holes in it cost more than they save
_TRANSPARENT = 255


class Gif(ByteWriter):
    """GIF: plays everywhere; at most 256 colors, times in hundredths of a second.

    `colors`: 8 to 256, the transparent one among them. `quantizer`: imagequant takes the extra
    package of that name and is nearer to the original where there are many colours.
    """

    size_reductions: ClassVar = ({"colors": 128}, {"colors": 64}, {"colors": 32})

    def __init__(self, *, colors: Colors = 256, quantizer: Quantizer = "median") -> None:
        super().__init__()
        if not 8 <= colors <= 256:
            raise UsageError(f"colors: a GIF has 8 to 256, got {colors}")
        self._colors = colors
        self._quantizer: Quantizer = quantizer

    def open(self, clip: Clip, path: Path) -> None:
        self._palette = Palette(clip, self._colors - 1, self._quantizer)
        self._canvas = np.full((clip.height, clip.width), _TRANSPARENT, np.uint8)
        self._shown, self._end = schedule(clip)
        self._index = 0
        self._dirty: Box | None = (0, 0, clip.width, clip.height)
        self._waiting: tuple[Box, bytes, int] | None = None
        self.file = path.open("wb")
        self.file.write(self._header(clip))
        if clip.fps > _FASTEST:
            self.notes.append(
                f"{path.name}: a GIF shows at most {_FASTEST} frames a second, so {clip.frames} "
                f"pictures became {len(self._shown)}; the duration is the same"
            )

    def _header(self, clip: Clip) -> bytes:
        table = np.zeros((256, 3), np.uint8)
        table[: len(self._palette.colors)] = self._palette.colors
        parts = [
            b"GIF89a" + struct.pack("<HHBBB", clip.width, clip.height, 0xF7, 0, 0),
            table.tobytes(),
        ]
        if clip.loop:
            parts.append(b"!\xff\x0bNETSCAPE2.0\x03\x01\0\0\0")
        if text := embedded(clip):
            parts += [b"!\xfe", _sub_blocks(text.encode())]
        return b"".join(parts)

    def add(self, frame: Frame) -> None:
        self._dirty = union(self._dirty, frame.changed)
        start = self._shown.get(self._index)
        self._index += 1
        if start is None or self._dirty is None:
            return
        part = self._changed(frame, self._dirty)
        self._dirty = None
        if part is not None:
            self._flush(start)
            self._waiting = (*part, start)

    def _changed(self, frame: Frame, dirty: Box) -> tuple[Box, bytes] | None:
        """The smallest rectangle that differs, and its pixels compressed; None: all the same."""
        left, top, right, bottom = dirty
        new = self._palette.indices(frame.rgba[top:bottom, left:right])
        old = self._canvas[top:bottom, left:right]
        differs = new != old
        rows, columns = differs.any(axis=1).nonzero()[0], differs.any(axis=0).nonzero()[0]
        if not len(rows):
            return None
        tight = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        box = (left + columns[0], top + rows[0], left + columns[-1] + 1, top + rows[-1] + 1)
        pixels, differs = new[tight], differs[tight]
        if differs.mean() <= _OPAQUE_SHARE:
            pixels = np.where(differs, pixels, np.uint8(_TRANSPARENT))
        old[...] = new
        return box, _compressed(pixels)

    def _flush(self, end: int) -> None:
        """Write the picture that waited to know how long it stays."""
        if self._waiting is None:
            return
        box, data, start = self._waiting
        delay = end - start
        self.file.write(_image(box, data, min(delay, _LONGEST)))
        for more in range(_LONGEST, delay, _LONGEST):
            nothing = _compressed(np.full((1, 1), _TRANSPARENT, np.uint8))
            self.file.write(_image((0, 0, 1, 1), nothing, min(delay - more, _LONGEST)))
        self._waiting = None

    def close(self) -> None:
        self._flush(self._end)
        self.file.write(b";")
        self.file.close()


def schedule(clip: Clip) -> tuple[dict[int, int], int]:
    """Which pictures a GIF shows and from which hundredth on; and the hundredth of the end.

    Up to 50 frames a second all of them; above, those that are on the screen every 2/100 s, and
    the last one.
    """
    times = starts(clip, 100)
    end = max(times[-1], 2)
    if clip.fps <= _FASTEST:
        return dict(enumerate(times[:-1])), end
    last = max(min(times[-2], end - 2), 0)
    fps = exact(clip.fps)
    shown = {nearest(slot * fps / 100): slot for slot in range(0, last - 1, 2)}
    return {**{i: s for i, s in shown.items() if i < clip.frames - 1}, clip.frames - 1: last}, end


def _compressed(pixels: np.ndarray) -> bytes:
    """The image's data blocks, LZW by Pillow: saved as a GIF in memory and cut out of it."""
    picture = Image.fromarray(pixels)
    memory = io.BytesIO()
    picture.save(memory, "GIF", optimize=False, interlace=0)
    whole = memory.getvalue()
    at = _image_data(whole)
    return whole[at : whole.rindex(b";")]


def _image_data(gif: bytes) -> int:
    """Where the first image's data begin, its code size included."""
    at = 13 + _table_size(gif[10])
    while gif[at : at + 1] == b"!":
        at += 2
        while gif[at]:
            at += gif[at] + 1
        at += 1
    return at + 10 + _table_size(gif[at + 9])


def _table_size(flags: int) -> int:
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _image(box: Box, data: bytes, delay: int) -> bytes:
    """Graphic control (keep what is there, 255 is transparent), image descriptor, data."""
    left, top, right, bottom = box
    control = b"!\xf9\x04" + struct.pack("<BHBB", 0b101, delay, _TRANSPARENT, 0)
    place = b"," + struct.pack("<HHHHB", left, top, right - left, bottom - top, 0)
    return control + place + data


def _sub_blocks(data: bytes) -> bytes:
    pieces = (data[i : i + 255] for i in range(0, len(data), 255))
    return b"".join(bytes([len(piece)]) + piece for piece in pieces) + b"\0"
