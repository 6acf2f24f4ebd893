"""255 colours for a whole clip, some of them exact, and the way from any pixel to its nearest."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated, Literal, cast

import numpy as np
from annotated_types import Interval

from animate._lazy import lazy
from animate.errors import UsageError
from animate.figure.clip import Clip, Colour

if TYPE_CHECKING:
    import imagequant  # pyright: ignore[reportMissingTypeStubs]  # there are none
    from PIL import Image
else:
    imagequant = lazy("imagequant")
    Image = lazy("PIL.Image")

Quantizer = Literal["median", "imagequant"]
Colors = Annotated[int, Interval(ge=8, le=256)]

WHITE: Colour = (255, 255, 255)
_SAMPLES_FLAT = 4
"""Pictures that the palette is made from."""
_SAMPLES_MOVING = 6
"""The same where most of the picture moves."""
_BITS = 7
"""Bits a channel of the table from colours to indices."""
_PASSES = 8
"""Passes of k-means."""
_COARSE = 2
"""Low bits that are dropped where similar colours are merged, before the first pass."""
_CHUNK = 1 << 12
"""Points whose distances to all colours are computed at once."""


class Palette:
    """At most `colors` colours for all pictures of a clip, white and the pinned ones among them.

    `colors` is [n, 3] uint8, the pinned ones first. Built from a few pictures across the clip, the
    first and the last among them, by median cut (Heckbert, 1982) and k-means over their colours,
    or by imagequant. No dithering: it makes such files larger and farther from the original.
    """

    def __init__(self, clip: Clip, colors: int, quantizer: Quantizer = "median") -> None:
        pinned = list(dict.fromkeys([WHITE, *clip.pinned_colors]))[:colors]
        samples = [packed(clip.picture(i)) for i in _sampled(clip)]
        self.colors = np.array(pinned + _chosen(samples, pinned, colors, quantizer), np.uint8)
        self._table = np.full(1 << (3 * _BITS), -1, np.int16)
        self._pin(len(pinned))

    def _pin(self, count: int) -> None:
        """Give each pinned colour its cell of the table; some may share one."""
        words = packed(self.colors[:count])
        self._crowded: list[tuple[int, int]] = []
        for index, (word, cell) in enumerate(zip(words, _cells(words), strict=True)):
            if self._table[cell] < 0:
                self._table[cell] = index
            else:
                self._crowded.append((int(word), index))

    def indices(self, rgba: np.ndarray) -> np.ndarray:
        """[h, w] uint8: for each pixel of [h, w, 4] the number of its colour."""
        words = packed(rgba)
        cells = _cells(words)
        found = self._table[cells]
        if (found < 0).any():
            self._fill(np.unique(cells[found < 0]))
            found = self._table[cells]
        for word, index in self._crowded:
            found[words == word] = index
        return found.astype(np.uint8)

    def _fill(self, cells: np.ndarray) -> None:
        """Give cells the colour that is nearest to their centre."""
        mask = (1 << _BITS) - 1
        channels = [(cells >> (shift * _BITS)) & mask for shift in range(3)]
        centres = np.stack(channels, axis=1).astype(np.float32) * 2 + 0.5
        self._table[cells] = _nearest(self.colors, centres)


def packed(pixels: np.ndarray) -> np.ndarray:
    """[...] uint32 from [..., 3 or 4] uint8: red in the low byte, then green, blue; no alpha."""
    if pixels.shape[-1] == 4:
        return np.ascontiguousarray(pixels).view("<u4")[..., 0] & np.uint32(0xFFFFFF)
    red, green, blue = (pixels[..., channel].astype(np.uint32) for channel in range(3))
    return red | green << np.uint32(8) | blue << np.uint32(16)


def _cells(words: np.ndarray) -> np.ndarray:
    """The table's cell of each packed colour: 7 bits a channel."""
    return (words & 0xFE) >> 1 | (words & 0xFE00) >> 2 | (words & 0xFE0000) >> 3


def _sampled(clip: Clip) -> list[int]:
    count = _SAMPLES_MOVING if clip.moving else _SAMPLES_FLAT
    return sorted({round(i) for i in np.linspace(0, clip.frames - 1, min(count, clip.frames))})


def _chosen(
    samples: Sequence[np.ndarray], pinned: Sequence[Colour], colors: int, quantizer: Quantizer
) -> list[Colour]:
    """The colours beside the pinned ones: all there are if they fit, else the quantizer's."""
    words, counts = np.unique(np.concatenate([s.ravel() for s in samples]), return_counts=True)
    others = ~np.isin(words, packed(np.array(pinned, np.uint8)))
    words, counts = words[others], counts[others]
    room = colors - len(pinned)
    if room <= 0 or not len(words):
        return []
    channels = np.stack([words & 255, words >> 8 & 255, words >> 16], axis=1).astype(np.uint8)
    if len(words) <= room:
        return list(map(tuple, channels.tolist()))
    points, weights = _thinned(channels, counts)
    choose = _by_imagequant if quantizer == "imagequant" else _by_clustering
    return list(map(tuple, choose(points, weights, room).tolist()))


def _thinned(channels: np.ndarray, counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Colours that share a cell of 6 bits a channel as their mean; the root of their counts.

    The root keeps a large plain background from taking every colour for its own shades.
    """
    coarse = channels.astype(np.int64) >> _COARSE
    _, cell, size = np.unique(
        coarse @ (1, 1 << 8, 1 << 16), return_inverse=True, return_counts=True
    )
    means = [np.bincount(cell, channels[:, c]) / size for c in range(3)]
    return np.stack(means, axis=1).round().astype(np.uint8), np.sqrt(np.bincount(cell, counts))


def _by_clustering(points: np.ndarray, weights: np.ndarray, room: int) -> np.ndarray:
    return _settled(_by_median_cut(_repeated(points, weights), room), points, weights)


def _repeated(points: np.ndarray, weights: np.ndarray) -> np.ndarray:
    return np.repeat(points, np.ceil(weights).astype(int), axis=0)


def _by_median_cut(pixels: np.ndarray, room: int) -> np.ndarray:
    picture = Image.fromarray(pixels[np.newaxis])
    cut = picture.quantize(room, method=Image.Quantize.MEDIANCUT)
    return np.array(cut.getpalette(), np.uint8).reshape(-1, 3)[:room]


def _settled(colors: np.ndarray, pixels: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """k-means passes (Lloyd, 1982): each colour moves to the mean of what is nearest to it."""
    for _ in range(_PASSES):
        near = _nearest(colors, pixels.astype(np.float32))
        total = np.bincount(near, weights, len(colors))
        sums = [np.bincount(near, weights * pixels[:, c], len(colors)) for c in range(3)]
        used = total > 0
        means = np.stack(sums, axis=1)[used] / total[used, np.newaxis]
        colors = colors.copy()
        colors[used] = means.round()
    return colors


def _nearest(colors: np.ndarray, points: np.ndarray) -> np.ndarray:
    """For each point [n, 3] the number of the nearest colour; exact in float32, so portable.

    Written out by channel: a product of matrices would wake a library's threads, and wait for them,
    for a table of 255 colours.
    """
    red, green, blue = colors.astype(np.float32).T
    squares = red**2 + green**2 + blue**2
    found: list[np.ndarray] = []
    for start in range(0, len(points), _CHUNK):
        r, g, b = points[start : start + _CHUNK].T[..., np.newaxis]
        found.append((squares - 2 * (r * red + g * green + b * blue)).argmin(axis=1))
    return np.concatenate(found)


def _by_imagequant(points: np.ndarray, weights: np.ndarray, room: int) -> np.ndarray:
    pixels = _repeated(points, weights)
    rgba = np.concatenate([pixels, np.full((len(pixels), 1), 255, np.uint8)], axis=1)
    try:
        quantize = cast(
            Callable[..., tuple[bytes, bytes]],
            imagequant.quantize_raw_rgba_bytes,  # pyright: ignore[reportUnknownMemberType]  # no stubs
        )
        _, flat = quantize(rgba.tobytes(), len(rgba), 1, dithering_level=0.0, max_colors=room)
    except ModuleNotFoundError as error:
        raise UsageError(
            "quantizer imagequant is not installed: pip install animate-optimization[quantize], "
            "or leave the quantizer out"
        ) from error
    return np.array(flat, np.uint8).reshape(-1, 4)[:room, :3]
