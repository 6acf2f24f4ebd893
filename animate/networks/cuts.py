"""The plane on which a landscape is drawn: of which kind, and where the paths are beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from animate.networks import planes
from animate.networks.cloud import beside, starts_of
from animate.networks.planes import InLayer, Parameters, Plane
from animate.networks.trained import Trained, Work

PlaneKind = Literal["pca", "filter_normalized", "random", "hessian"]
AnyPlane = PlaneKind | np.ndarray | Plane | Parameters | InLayer
"""A kind of plane, three points [3, P] that it goes through, the plane itself, that of two
parameters, or one in a single layer."""


@dataclass(frozen=True)
class Cut:
    """A plane, and where the paths are beside it: see Landscape. `length` is how far they reach
    from the start."""

    origin: np.ndarray
    axes: np.ndarray
    positions: np.ndarray
    distances: np.ndarray
    share: np.ndarray
    length: float
    eigenvalues: list[float]

    @property
    def plane(self) -> Plane:
        """The plane alone."""
        return Plane(self.origin, self.axes)


def cut_of(paths: Trained, plane: AnyPlane, seed: int, work: Work) -> tuple[Cut, str | None]:
    """The plane and where the paths are beside it, computed or read, and its key."""
    key = paths.key(work.shelf, "cut", *_told(plane), seed)

    def compute() -> Cut:
        made, eigenvalues = _plane(paths, plane, seed)
        seen = beside(paths.cloud(), made.origin, made.axes, starts_of(paths.finite))
        placed = paths.placed(seen.where), paths.placed(seen.distances)
        return Cut(made.origin, made.axes, *placed, seen.share, seen.length, eigenvalues)

    return work.shelf.result(key, Cut, compute), key


def _told(plane: AnyPlane) -> tuple[object, ...]:
    """The plane as a key has it."""
    if isinstance(plane, str | Parameters | InLayer):
        return (plane,)
    arrays = (plane.origin, plane.axes) if isinstance(plane, Plane) else (plane,)
    return tuple(each.tobytes() for each in arrays)


def _plane(paths: Trained, plane: AnyPlane, seed: int) -> tuple[Plane, list[float]]:
    """The plane, and its axes' eigenvalues where they are eigenvectors of the Hessian."""
    if isinstance(plane, Plane):
        return plane, []
    if isinstance(plane, np.ndarray):
        return planes.through(plane), []
    if plane == "pca":
        return planes.fitted(paths.cloud())[0], []
    problem = paths.problem
    end = paths.weights(np.array([paths.finite[0].sum() - 1]))[0]
    if isinstance(plane, Parameters):
        return plane.through(end), []
    options = {"filters": problem.filters, "seed": seed}
    if isinstance(plane, InLayer):
        return plane.through(end, paths.cloud(), problem.shapes, **options), []
    match plane:
        case "random":
            return planes.random_directions(end, seed), []
        case "filter_normalized":
            return planes.filter_normalized(end, problem.shapes, **options), []
    cut, values = planes.hessian(problem, end, seed)
    return cut, values.tolist()


def kind_of(plane: AnyPlane) -> str:
    """Of which kind it is, as a Landscape has it."""
    if isinstance(plane, str):
        return plane
    if isinstance(plane, InLayer):
        return plane.kind
    if isinstance(plane, Parameters):
        return "parameters"
    return "directions" if isinstance(plane, Plane) else "through"


def names_of(plane: AnyPlane) -> tuple[str, ...]:
    """The names of the parameters, or of the layer, in which the plane's directions are."""
    if isinstance(plane, InLayer):
        return (plane.name,)
    return plane.names if isinstance(plane, Parameters) else ()
