"""Renders one surface: its table is made on a thread of its own while the paths are computed."""

from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache

import numpy as np

from animate.panels.relief.ground import Ground
from animate.panels.relief.raytrace import Camera, Field, Look, Picture, look, picture
from animate.simulate.terrain import ScaleKind, Terrain


@lru_cache(2)
def renderer_of(terrain: Terrain, kind: ScaleKind, width: int) -> "SurfaceRenderer":
    """The renderer of `terrain` in pictures up to `width` pixels wide, one for all panels."""
    return SurfaceRenderer(terrain, kind, width)


class SurfaceRenderer:
    """Renders the surface of `terrain` in pictures up to `width` pixels wide.

    Its table is made, and what renders it compiled, in the background from now on.
    """

    def __init__(self, terrain: Terrain, kind: ScaleKind, width: int) -> None:
        self.ground = Ground(terrain, terrain.scale(kind))
        self._width = width
        maker = ThreadPoolExecutor(1, thread_name_prefix="relief")
        self._field = maker.submit(self._prepared)
        maker.shutdown(wait=False)

    def picture(self, camera: Camera, style: Look, *, width: int, height: int) -> Picture:
        """The picture, `width` × `height` pixels, of the surface as `camera` sees it."""
        return self._render(self._field.result(), camera, style, width, height)

    def _prepared(self) -> Field:
        """The surface's table, after a warm-up picture that fills the cache of compiled code."""
        field, half = self.ground.field(), self._width / 2
        bare = look(np.zeros((1, 3)), np.zeros(0))
        self._render(field, Camera(-60.0, 35.0, half, (half, 1.0)), bare, self._width, 2)
        return field

    def _render(
        self, field: Field, camera: Camera, style: Look, width: int, height: int
    ) -> Picture:
        columns = self._width
        return picture(field, camera.projection, style, width=width, height=height, columns=columns)
