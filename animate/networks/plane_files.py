"""Files of a plane through the space of the weights: what was computed on it, and its directions.

All of it is numbers, texts as their bytes in UTF-8: nothing in such a file is ever run.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from animate.arrays import Arrays, arrays
from animate.errors import UsageError
from animate.networks.planes import Plane
from animate.surfaces.grid import LARGEST

_LARGEST = 1000
"""Numbers of a text or a list, at most."""
_TEXTS = ("statistics", "quantity", "on", "of")
"""Facts that a file may leave out."""
_OTHER = "the directions are those of a network with other weights"
_BOUND = f"it has at most {_LARGEST} numbers"


@dataclass(frozen=True)
class PlaneFacts:
    """What is known of a plane beside the losses on it.

    `plane` is its kind, as in a scene; `share` [2] is the share of the paths' variance along each
    axis, `walk_share` [2] that of equally long random walks; `eigenvalues` [2] belong to the axes
    of a Hessian's plane and are else empty. `parameters` is the number of weights, `length` how far
    the paths reach from their starts. `statistics` are those of batch normalisation: recomputed,
    kept, or "" where there is none. `quantity` is what z is: loss, or the name of a metric, over
    the examples `on` which is trained (train), or those held out (test). `of` are the names of the
    parameters, or of the layer, in which the directions are, a line each; "" where in all weights.
    """

    plane: str
    share: np.ndarray
    walk_share: np.ndarray
    parameters: int
    length: float
    eigenvalues: np.ndarray
    statistics: str = ""
    quantity: str = "loss"
    on: str = "train"
    of: str = ""


def write_plane(file: Path, x: np.ndarray, y: np.ndarray, z: np.ndarray, facts: PlaneFacts) -> None:
    """Write the grid x [nx], y [ny], z [ny, nx] and its facts as an .npz."""
    np.savez_compressed(file, allow_pickle=False, x=x, y=y, z=z, **plane_arrays(facts))


def plane_arrays(facts: PlaneFacts) -> dict[str, np.ndarray]:
    """The facts as named arrays of numbers, beside x, y and z in a file."""
    return {
        name: _written(value) if isinstance(value, str) else np.asarray(value, np.float64)
        for name, value in vars(facts).items()
    }


@dataclass(frozen=True)
class PlaneFile:
    """A grid of values z [ny, nx] over x [nx] and y [ny], and the facts beside it."""

    x: np.ndarray
    y: np.ndarray
    z: np.ndarray
    facts: PlaneFacts


def read_plane(file: Path) -> PlaneFile | None:
    """The grid in an .npz and the facts beside it, or None where there are none.

    Raises UsageError where they are damaged.
    """
    if file.suffix != ".npz":
        return None
    with arrays(file) as stored:
        if not {"plane", "share", "walk_share", "parameters", "length"} <= set(stored.names):
            return None

        def numbers(name: str, *sizes: int) -> np.ndarray:
            value = stored.read(name, _LARGEST, _BOUND).ravel()
            if len(value) not in sizes or not np.isfinite(value).all():
                count = f"{sizes[-1]} finite number" + "s" * (sizes[-1] > 1)
                raise UsageError(f"{file}: {name} must be {count}")
            return value

        facts = PlaneFacts(
            plane=_read(stored, "plane"),
            share=numbers("share", 2),
            walk_share=numbers("walk_share", 2),
            parameters=int(numbers("parameters", 1)[0]),
            length=float(numbers("length", 1)[0]),
            eigenvalues=numbers("eigenvalues", 0, 2)
            if "eigenvalues" in stored.names
            else np.empty(0),
            **{name: _read(stored, name) for name in _TEXTS if name in stored.names},
        )
        x, y, z = (stored.read(name, LARGEST, _BOUND) for name in "xyz")
        return PlaneFile(x, y, z, facts)


def write_directions(file: Path, plane: Plane, shapes: Mapping[str, tuple[int, ...]]) -> None:
    """Write a plane, and the shape of each parameter by name in the order of its weights."""
    np.savez_compressed(file, allow_pickle=False, **direction_arrays(plane, shapes))


def direction_arrays(plane: Plane, shapes: Mapping[str, tuple[int, ...]]) -> dict[str, np.ndarray]:
    """The plane as named arrays: origin [P], directions [2, P], and what the weights are."""
    leaves = "\n".join(f"{name} {'x'.join(map(str, shape))}" for name, shape in shapes.items())
    return {"origin": plane.origin, "directions": plane.axes, "leaves": _written(leaves)}


def read_directions(file: Path, shapes: Mapping[str, tuple[int, ...]]) -> Plane:
    """The plane that `write_directions` or `animate trace` wrote of a network whose parameters
    have these `shapes`, in this order. Raises UsageError where it is of another network."""
    if file.suffix != ".npz":
        raise UsageError(f"{file}: directions are read from .npz")
    with arrays(file) as stored:
        if not {"origin", "directions", "leaves"} <= set(stored.names):
            raise UsageError(
                f"{file} has no directions; animate trace writes them into the .npz of a network"
            )
        leaves = _read(stored, "leaves", 100 * len(shapes) + _LARGEST)
        there = [line.rpartition(" ")[2] for line in leaves.splitlines()]
        wanted = ["x".join(map(str, shape)) for shape in shapes.values()]
        size = sum(int(np.prod(shape)) for shape in shapes.values())
        origin, axes = (stored.read(name, 2 * size, _OTHER) for name in ("origin", "directions"))
        if there != wanted or origin.shape != (size,) or axes.shape != (2, size):
            raise UsageError(f"{file}: {_OTHER}")
    if not (np.isfinite(origin).all() and np.isfinite(axes).all()):
        raise UsageError(f"{file}: the directions must be finite numbers")
    return Plane(origin, axes)


def _written(text: str) -> np.ndarray:
    return np.frombuffer(text.encode(), np.uint8)


def _read(stored: Arrays, name: str, most: int = _LARGEST) -> str:
    numbers = stored.read(name, most, _BOUND).ravel()
    return bytes(numbers.astype(np.uint8)).decode("utf-8", "replace")
