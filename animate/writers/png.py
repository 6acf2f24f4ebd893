"""PNG: the last picture as a still, or every picture as a numbered file."""

# pyright: reportUnknownMemberType=false

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from animate._lazy import lazy
from animate.figure.clip import Clip, Frame
from animate.writers.numbered import Numbered
from animate.writers.source import embedded
from animate.writers.writer import Writer

if TYPE_CHECKING:
    import imageio.v3 as iio
    from PIL import PngImagePlugin
else:
    iio, PngImagePlugin = lazy("imageio.v3"), lazy("PIL.PngImagePlugin")


class Png(Writer):
    """PNG: the last picture as a still; every picture where the name counts, as in p-%04d.png."""

    def open(self, clip: Clip, path: Path) -> None:
        self._path, self._text = path, embedded(clip)
        self._numbered = Numbered.of(path)
        self._index = 0
        self._last: np.ndarray | None = None

    def add(self, frame: Frame) -> None:
        if self._numbered:
            self._save(frame.rgba, self._numbered.file(self._index))
            self._index += 1
        else:
            self._last = frame.rgba

    def _save(self, rgba: np.ndarray, path: Path) -> None:
        facts = PngImagePlugin.PngInfo()
        if self._text:
            facts.add_itxt("Comment", self._text)
        picture = iio.imwrite(
            "<bytes>",
            np.ascontiguousarray(rgba[..., :3]),
            plugin="pillow",
            extension=".png",
            compress_level=6 if self._numbered else 9,
            pnginfo=facts,
        )
        path.write_bytes(picture)

    def close(self) -> None:
        if self._last is not None:
            self._save(self._last, self._path)

    def abort(self) -> None:
        self._last = None
