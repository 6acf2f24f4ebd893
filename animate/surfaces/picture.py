"""A picture as a grid: the grey level of every pixel is a height."""

# pyright: reportUnknownMemberType=false

import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from animate._lazy import lazy
from animate.errors import UsageError
from animate.files import check
from animate.surfaces.libraries import np

if TYPE_CHECKING:
    import imageio.v3 as iio
    from PIL import Image
else:
    iio, Image = lazy("imageio.v3"), lazy("PIL.Image")

ENDINGS = (".png", ".tif", ".tiff")


class _TooLarge(Exception):
    """More pixels than are read."""


def read_picture(path: Path, most: int) -> "tuple[np.ndarray, np.ndarray, np.ndarray]":
    """x[nx], y[ny] and z[ny, nx] of a picture in grey, of at most `most` pixels.

    z is 0 where the picture is black and 1 where it is white; a transparent pixel has no height.
    The longer side goes from 0 to 1, and y increases upwards. Raises UsageError.
    """
    check(path)
    too_large = f"{path} is too large: a grid has at most {most:,} nodes"
    try:
        with (
            warnings.catch_warnings(action="ignore", category=Image.DecompressionBombWarning),
            iio.imopen(path, "r", plugin="pillow") as file,
        ):
            height, width = file.properties(index=0).shape[:2]
            if height * width > most:
                raise _TooLarge
            pixels = np.asarray(file.read(index=0))
            keyed = "transparency" in file.metadata(index=0)
    except _TooLarge:
        raise UsageError(too_large) from None
    except Exception as error:  # Pillow's decoders fail in as many ways as files are damaged
        if isinstance(error.__cause__, Image.DecompressionBombError):
            raise UsageError(too_large) from error
        raise UsageError(f"{path} is no picture that can be read; write it anew as PNG") from error
    if min(height, width) < 2:
        raise UsageError(f"{path}: a grid needs two pixels or more on each side")
    if keyed or _loses_bits(path):
        raise UsageError(
            f"{path} marks transparent pixels in a way that is not read; write it anew with an "
            "alpha channel of 8 bits, or without transparent pixels"
        )
    longer = max(height, width) - 1 or 1
    x, y = np.arange(width) / longer, np.arange(height) / longer
    return x, y, _heights(path, pixels)[::-1]


def _loses_bits(path: Path) -> bool:
    """Whether Pillow would read a PNG of 16 bits with 8: all but those in grey alone."""
    with path.open("rb") as file:
        start = file.read(26)
    return start.startswith(b"\x89PNG") and start[24] == 16 and start[25] != 0


def _heights(path: Path, pixels: "np.ndarray") -> "np.ndarray":
    """The share of white [row, column] in `pixels` [row, column] or [row, column, channel]."""
    if pixels.dtype not in (np.uint8, np.uint16):
        raise UsageError(
            f"{path} has pixels of {pixels.dtype}; a picture is read from 8 or 16 bits of grey, "
            "other numbers from .npz"
        )
    channels = np.atleast_3d(pixels) / np.iinfo(pixels.dtype).max
    opaque = channels.shape[2] in (2, 4)
    grey = channels[..., :-1] if opaque else channels
    if (grey != grey[..., :1]).any():
        raise UsageError(f"{path} has colours; a grid is read from levels of grey")
    return np.where(channels[..., -1] > 0, grey[..., 0], np.nan) if opaque else grey[..., 0]
