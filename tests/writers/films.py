"""Small clips drawn with NumPy, and what independent decoders see in a file."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from PIL import Image

from animate.figure.clip import Clip, Frame

INK = (228, 26, 28)
NEAR_WHITE = (254, 254, 255)  # shares its cell of any coarse table with white
SCENE = "surface: beale  # η → θ, 最小, 🏔\noptimizers: [adam]\n\ntitle: 'a <b> & \"c\"'\n"


@dataclass(frozen=True)
class Film:
    """A clip and its pictures [height, width, 4] uint8."""

    clip: Clip
    pictures: list[np.ndarray]

    def frames(self) -> Iterator[Frame]:
        """The frames, with a rectangle that is right but larger than need be."""
        before = None
        for picture in self.pictures:
            yield Frame(picture, _changed(before, picture))
            before = picture

    @property
    def marks(self) -> slice:
        """The rows in which a block steps along, which tells one picture from the next."""
        return slice(0, 8)

    def rgb(self, i: int) -> np.ndarray:
        """Picture i without its alpha."""
        return self.pictures[min(i, len(self.pictures) - 1)][..., :3]


def _changed(before: np.ndarray | None, after: np.ndarray) -> tuple[int, int, int, int] | None:
    height, width = after.shape[:2]
    if before is None:
        return 0, 0, width, height
    rows, columns = (before != after).any(axis=2).nonzero()
    if not len(rows):
        return None
    left, top = max(int(columns.min()) - 1, 0), max(int(rows.min()) - 1, 0)
    return left, top, min(int(columns.max()) + 2, width), min(int(rows.max()) + 2, height)


def film(
    count: int = 12,
    *,
    fps: float = 25.0,
    hold: float = 0.0,
    size: tuple[int, int] = (64, 64),
    moving: bool = False,
    **facts: object,
) -> Film:
    """A block that steps and a trail that grows; `moving`: a background that drifts as well."""
    pictures = [_picture(i, count, size, moving) for i in range(count)]
    given = {"pinned_colors": (INK, NEAR_WHITE), "loop": True, "source": SCENE, **facts}
    clip = Clip(
        width=size[0],
        height=size[1],
        frames=count,
        fps=fps,
        duration=float(Fraction(count) / Fraction(fps) + Fraction(hold)),
        picture=lambda i: pictures[i],
        moving=moving,
        **given,  # type: ignore[arg-type]  # a test may replace any of them
    )
    return Film(clip, pictures)


def _picture(i: int, count: int, size: tuple[int, int], moving: bool) -> np.ndarray:
    width, height = size
    y, x = np.mgrid[:height, :width]
    shade = (x * 5 + y * 3 + (7 * i if moving else 0)) % 256
    picture = np.stack([shade, 255 - shade, (shade + 80) % 256, np.full_like(x, 255)], axis=-1)
    picture = picture.astype(np.uint8)
    picture[: height // 4, :, :3] = 255
    picture[height // 4 : height // 4 + 2, :, :3] = NEAR_WHITE
    step = 8 * (i % (width // 8))
    picture[:8, step : step + 8, :3] = INK
    reach = 1 + (width - 1) * (i + 1) // count
    picture[height // 2 : height // 2 + 3, :reach, :3] = INK
    return picture


SceneBase = list[tuple[float, float, np.ndarray]]


def seen_by_pillow(path: Path) -> SceneBase:
    """(start, end, picture) of every frame in seconds, as Pillow plays the file."""
    shown, start = [], 0.0
    with Image.open(path) as image:
        for k in range(getattr(image, "n_frames", 1)):
            image.seek(k)
            picture = np.asarray(image.convert("RGB"))  # reads the frame, its duration too
            end = start + image.info.get("duration", 0) / 1000
            shown.append((start, end, picture))
            start = end
    return shown


def seen_by_av(path: Path) -> SceneBase:
    """(start, end, picture) of every frame in seconds, as FFmpeg plays the file."""
    shown: SceneBase = []
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        for frame in container.decode(stream):
            base = frame.time_base
            start, end = float(frame.pts * base), float((frame.pts + frame.duration) * base)
            shown.append((start, end, frame.to_ndarray(format="rgb24")))
    return shown


def at(shown: SceneBase, seconds: float) -> np.ndarray:
    """The picture on the screen at a time."""
    return next(picture for start, end, picture in shown if start <= seconds < end)


def psnr(one: np.ndarray, other: np.ndarray) -> float:
    """Peak signal to noise in dB; infinite for equal pictures."""
    error = np.mean((one.astype(float) - other.astype(float)) ** 2)
    return float("inf") if error == 0 else 10 * np.log10(255**2 / error)
