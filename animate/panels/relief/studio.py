"""What all pictures of one surface need, made on a thread of its own while the race is run."""

from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache

import numpy as np

from animate.panels.relief.ground import Ground
from animate.panels.relief.raytrace import Camera, Field, Look, Picture, look, picture
from animate.simulate.terrain import ScaleKind, Terrain


@lru_cache(2)
def studio_of(terrain: Terrain, kind: ScaleKind, width: int) -> "Studio":
    """The one that draws `terrain`, in a picture `width` pixels wide, whichever panels show it."""
    return Studio(terrain, kind, width)


class Studio:
    """A surface about to be drawn, in a picture `width` pixels wide."""

    def __init__(self, terrain: Terrain, kind: ScaleKind, width: int) -> None:
        self.ground = Ground(terrain, terrain.scale(kind))
        self._width = width
        maker = ThreadPoolExecutor(1, thread_name_prefix="relief")
        self._field = maker.submit(self._rehearsed)
        maker.shutdown(wait=False)

    def picture(self, camera: Camera, style: Look, *, width: int, height: int) -> Picture:
        """The surface seen by `camera`."""
        return self._drawn(self._field.result(), camera, style, width, height)

    def _rehearsed(self) -> Field:
        """The surface's table. A picture of it for nobody has all compiled that others use."""
        field, half = self.ground.field(), self._width / 2
        bare = look(np.zeros((1, 3)), np.zeros(0))
        self._drawn(field, Camera(-60.0, 35.0, half, (half, 1.0)), bare, self._width, 2)
        return field

    def _drawn(self, field: Field, camera: Camera, style: Look, width: int, height: int) -> Picture:
        columns = self._width
        return picture(field, camera.view, style, width=width, height=height, columns=columns)
