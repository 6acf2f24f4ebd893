"""The camera: from points over the ground to pixels, the same for the surface and all around it."""

import math
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, cast

import numpy as np

from animate.simulate.libraries import Array


class Projection(NamedTuple):
    """A camera as numbers for the renderer: NumPy's, which are traced in compiled code.

    `right` and `into` [2] are unit vectors on the ground: to the right of the picture and into it.
    `sine`, `cosine` are those of the elevation. `scale` is pixels per unit, `vertical` the height
    of the box in units, `column` and `row` [pixels] the place of the middle of the box.
    """

    right: Array
    into: Array
    sine: Array
    cosine: Array
    scale: Array
    vertical: Array
    column: Array
    row: Array


@dataclass(frozen=True)
class Camera:
    """An orthographic camera that looks at a box of 1 × 1 × `vertical` units from far away.

    Points are (x, y, t): x and y in [-1/2, 1/2] across the window, t in [0, 1] from the floor of
    the box to its ceiling. `azimuth` and `elevation` are degrees, as in mplot3d: azimuth -90 looks
    along +y with x to the right, elevation 90 looks straight down. `scale` is pixels per unit.
    `centre` is where the middle of the box falls, in pixels from the picture's upper left corner.
    """

    azimuth: float
    elevation: float
    scale: float
    centre: tuple[float, float]
    vertical: float = 0.6

    @cached_property
    def projection(self) -> Projection:
        """The camera as float32 numbers."""
        a, e = math.radians(self.azimuth), math.radians(self.elevation)
        right, into = [-math.sin(a), math.cos(a)], [-math.cos(a), -math.sin(a)]
        numbers = right, into, math.sin(e), math.cos(e), self.scale, self.vertical, *self.centre
        return Projection(*(cast("Array", np.asarray(each, np.float32)) for each in numbers))

    @cached_property
    def axes(self) -> np.ndarray:
        """[3, 3], rows for column, row and depth: what one step along x, y and t adds to each."""
        a, e = math.radians(self.azimuth), math.radians(self.elevation)
        right = np.array([-math.sin(a), math.cos(a), 0.0])
        up = np.array([-math.cos(a) * math.sin(e), -math.sin(a) * math.sin(e), math.cos(e)])
        away = np.array([-math.cos(a) * math.cos(e), -math.sin(a) * math.cos(e), -math.sin(e)])
        steps = np.stack([right * self.scale, -up * self.scale, away])
        return steps * np.array([1.0, 1.0, self.vertical])

    def project(self, points: np.ndarray) -> np.ndarray:
        """Points [..., 3] to [..., 3]: column and row in pixels, from the upper left, and depth.

        Depth is in units, 0 at the middle of the box, and grows away from the viewer.
        """
        middle = np.asarray(points, float) - np.array([0.0, 0.0, 0.5])
        return middle @ self.axes.T + np.array([*self.centre, 0.0])
