"""The cover of a video: the picture that file managers and players show before it plays."""

import io
from typing import TYPE_CHECKING

import numpy as np

from animate._lazy import lazy

if TYPE_CHECKING:
    from PIL import Image
else:
    Image = lazy("PIL.Image")

_LONGEST = 320
"""Pixels of the longer side: about 10 kB, and more than most of them show."""
_QUALITY = 80


def cover_size(width: int, height: int) -> tuple[int, int]:
    """The width and height in pixels of the cover of a video of that size."""
    share = min(1.0, _LONGEST / max(width, height))
    return max(1, round(share * width)), max(1, round(share * height))


def cover(rgba: np.ndarray) -> bytes:
    """The picture [height, width, 4] as a small JPEG."""
    picture = Image.fromarray(np.ascontiguousarray(rgba[..., :3]))
    picture = picture.resize(cover_size(*picture.size), Image.Resampling.LANCZOS)
    file = io.BytesIO()
    picture.save(file, "jpeg", quality=_QUALITY, optimize=True)
    return file.getvalue()
