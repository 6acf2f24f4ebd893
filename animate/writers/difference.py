"""What a frame adds to the picture before it: a rectangle, and holes where nothing changed."""

from dataclasses import dataclass

import numpy as np

from animate.figure.clip import Box, Frame


@dataclass(frozen=True)
class Patch:
    """`pixels` [h, w, 4] go to (left, top); alpha 0 leaves what is there. `holes`: some are so."""

    left: int
    top: int
    pixels: np.ndarray
    holes: bool = False

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.pixels.shape[1], self.pixels.shape[0]


def patch(before: np.ndarray | None, frame: Frame, *, holes: bool, step: int = 1) -> Patch | None:
    """The smallest rectangle that turns `before` into the frame; None: nothing changed.

    `holes`: make its unchanged pixels transparent. `step`: left and top are multiples of it.
    """
    if before is None:
        return Patch(0, 0, frame.rgba)
    if frame.changed is None:
        return None
    left, top, right, bottom = frame.changed
    region = np.s_[top:bottom, left:right]
    differs = _words(frame.rgba[region]) != _words(before[region])
    rows, columns = differs.any(axis=1).nonzero()[0], differs.any(axis=0).nonzero()[0]
    if not len(rows):
        return None
    left, right = _stepped(left + int(columns[0]), step), left + int(columns[-1]) + 1
    top, bottom = _stepped(top + int(rows[0]), step), top + int(rows[-1]) + 1
    region = np.s_[top:bottom, left:right]
    new = frame.rgba[region]
    if not holes:
        return Patch(left, top, new)
    differs = _words(new) != _words(before[region])
    return Patch(left, top, np.where(differs[..., np.newaxis], new, 0).astype(np.uint8), holes=True)


def _words(rgba: np.ndarray) -> np.ndarray:
    return np.ascontiguousarray(rgba).view(np.uint32)[..., 0]


def _stepped(place: int, step: int) -> int:
    return place - place % step


def union(one: Box | None, other: Box | None) -> Box | None:
    """The smallest rectangle that holds both; None is the empty one."""
    if one is None or other is None:
        return one or other
    return (
        min(one[0], other[0]),
        min(one[1], other[1]),
        max(one[2], other[2]),
        max(one[3], other[3]),
    )
