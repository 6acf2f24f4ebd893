"""What passes from the renderer to the writers: a clip's facts, and one frame after the other."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from animate.figure.reading import Reading

Box = tuple[int, int, int, int]
Colour = tuple[int, int, int]


@dataclass(frozen=True)
class Frame:
    """One picture.

    `rgba` is [height, width, 4] uint8 with alpha 255 everywhere, and belongs to the receiver.
    `changed` is (left, top, right, bottom) in pixels, right and bottom excluded: outside of it the
    picture equals the frame before. None: nothing changed. The first frame's is the whole picture.
    """

    rgba: np.ndarray
    changed: Box | None


@dataclass(frozen=True)
class Clip:
    """What a writer knows before the first frame.

    `frames` pictures follow; picture i is shown from i/fps seconds, the last one until `duration`.
    `picture(i)` draws any picture at once, as [height, width, 4] uint8: palettes need a few.
    `pinned_colors` must come out exactly. `moving`: most pixels change from frame to frame.
    `source` is the scene's text that the file carries inside it, if any; `settings` are what else
    the picture depends on (options of the command line, as JSON would hold them) and `description`
    says in words what the picture shows; both travel beside the source.
    """

    width: int
    height: int
    frames: int
    fps: float
    duration: float
    loop: bool
    picture: Callable[[int], np.ndarray]
    pinned_colors: Sequence[Colour] = ()
    moving: bool = False
    source: str | None = None
    settings: Mapping[str, object] = field(default_factory=dict[str, object])
    description: str = ""
    reading: Callable[[], Reading] | None = None


def changed(before: np.ndarray, after: np.ndarray) -> Box | None:
    """The smallest rectangle outside of which two pictures are equal."""
    differs = before.view(np.uint32)[..., 0] != after.view(np.uint32)[..., 0]
    rows = np.flatnonzero(differs.any(axis=1))
    if not len(rows):
        return None
    top, bottom = int(rows[0]), int(rows[-1]) + 1
    columns = np.flatnonzero(differs[top:bottom].any(axis=0))
    return (int(columns[0]), top, int(columns[-1]) + 1, bottom)
