"""The table of built-in surfaces: one family a file, one function a surface."""

from animate.surfaces import (
    bowls,
    few_minima,
    graphs,
    headaches,
    many_minima,
    ripples,
    saddles,
    valleys,
    walls,
    wells,
)
from animate.surfaces.table import SURFACES, Surface, built_in, surface

__all__ = [
    "SURFACES",
    "Surface",
    "bowls",
    "built_in",
    "few_minima",
    "graphs",
    "headaches",
    "many_minima",
    "ripples",
    "saddles",
    "surface",
    "valleys",
    "walls",
    "wells",
]
