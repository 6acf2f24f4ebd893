"""What is descended: the table of built-in surfaces. One family a file, one function a surface."""

from animate.surfaces import bowls, many_minima, saddles, valleys, walls
from animate.surfaces.table import SURFACES, Surface, built_in, surface

__all__ = [
    "SURFACES",
    "Surface",
    "bowls",
    "built_in",
    "many_minima",
    "saddles",
    "surface",
    "valleys",
    "walls",
]
