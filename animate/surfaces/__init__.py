"""What is descended: the table of built-in surfaces. One family a file, one function a surface."""

from animate.surfaces.table import SURFACES, Surface, built_in, surface

__all__ = ["SURFACES", "Surface", "built_in", "surface"]
