"""Text that stays for many frames: its letters are drawn once and then blended over each frame."""

import numpy as np
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.text import Text


class Printed(Text):
    """A matplotlib Text that draws the letters of each wording once and keeps the pixels, since
    drawing them takes as long as the rest of a frame."""

    _wording: object = None

    def draw(self, renderer: RendererBase) -> None:
        if not isinstance(renderer, RendererAgg):  # a vector file
            super().draw(renderer)
        elif self.get_text() and self.get_visible():
            self._lay(np.asarray(renderer.buffer_rgba()), renderer)

    def _lay(self, picture: np.ndarray, renderer: RendererAgg) -> None:
        wording = (self.get_text(), self.get_color(), picture.shape)
        if wording != self._wording:
            self._wording, self._print = wording, self._printed(renderer)
        (rows, columns), ink = self._print
        share = 1.0 if self.get_alpha() is None else float(self.get_alpha() or 0.0)
        cover = np.round(share * ink[..., 3:]).astype(np.uint16)
        below = picture[rows, columns].astype(np.uint16)
        mixed = (ink.astype(np.uint16) * cover + below * (255 - cover) + 127) // 255
        mixed[..., 3] = cover[..., 0] + (below[..., 3] * (255 - cover[..., 0]) + 127) // 255
        picture[rows, columns] = mixed

    def _printed(self, renderer: RendererAgg) -> tuple[tuple[slice, slice], np.ndarray]:
        """Where the letters stand in the picture, and their colours [row, column, 4]."""
        sheet = RendererAgg(renderer.width, renderer.height, renderer.dpi)
        alpha = self.get_alpha()
        self.set_alpha(None)
        super().draw(sheet)
        self.set_alpha(alpha)
        ink = np.asarray(sheet.buffer_rgba())
        opaque = ink.view("<u4")[..., 0] > 0xFFFFFF
        rows = np.flatnonzero(opaque.any(axis=1))
        down = slice(rows[0], rows[-1] + 1) if len(rows) else slice(0, 0)
        columns = np.flatnonzero(opaque[down].any(axis=0))
        along = slice(columns[0], columns[-1] + 1) if len(columns) else slice(0, 0)
        return (down, along), ink[down, along].copy()
