"""Planes through the space of the weights, on which a loss of many dimensions is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from animate.errors import UsageError
from animate.networks.cloud import Cloud, Points, principal
from animate.networks.curvature import extreme_eigenvectors
from animate.networks.problem import FlatProblem
from animate.networks.random_streams import stream

_MANY = 200
"""Dimensions from which on a plane's share of a random walk is that in infinitely many, to half a
percent."""
_WALKS = 100


@dataclass(frozen=True)
class Plane:
    """The points origin + x·axes[0] + y·axes[1]: `origin` [P], and `axes` [2, P] of any lengths and
    angle."""

    origin: np.ndarray
    axes: np.ndarray

    def at(self, coordinates: np.ndarray) -> np.ndarray:
        """The weights [..., P] at `coordinates` [..., 2] on the plane."""
        return self.origin + np.asarray(coordinates, self.axes.dtype) @ self.axes

    def project(self, points: np.ndarray) -> np.ndarray:
        """The coordinates [..., 2] of the plane's nearest point to each of `points` [..., P]."""
        offsets = np.asarray(points, np.float64) - self.origin
        gram = np.asarray(self.axes @ self.axes.T, np.float64)
        return np.linalg.solve(gram, (offsets @ self.axes.T.astype(np.float64))[..., None])[..., 0]

    def distance(self, points: np.ndarray) -> np.ndarray:
        """The distance [...] of `points` [..., P] from the plane, in the weights' units."""
        offsets = np.asarray(points, np.float64) - self.origin
        return np.asarray(np.linalg.norm(offsets - self.project(points) @ self.axes, axis=-1))


@dataclass(frozen=True)
class Parameters:
    """The plane of two parameters, by their `numbers` among the weights and their `names`: along
    each the coordinate is the parameter itself. All others are as at the first path's end."""

    numbers: tuple[int, int]
    names: tuple[str, str]

    def through(self, end: np.ndarray) -> Plane:
        """It through the weights `end` [P]."""
        origin = np.asarray(end, np.float64).copy()
        origin[list(self.numbers)] = 0.0
        axes = np.zeros((2, len(origin)))
        axes[[0, 1], list(self.numbers)] = 1.0
        return Plane(origin, axes)


@dataclass(frozen=True)
class InLayer:
    """A plane whose directions live in one layer, the weights `first` to `end` of all. The others
    are as at the first path's end."""

    kind: Literal["pca", "filter_normalized", "random"]
    name: str
    first: int
    end: int

    def through(
        self,
        weights: np.ndarray,
        cloud: Cloud,
        shapes: tuple[tuple[int, ...], ...],
        *,
        filters: int,
        seed: int,
    ) -> Plane:
        """It through `weights` [P] of a network of those `shapes`; its kind as for all weights.
        Raises UsageError where the paths lie on one line in the layer, or where it has no filters.
        """
        part, origin = slice(self.first, self.end), np.asarray(weights, np.float64).copy()
        if self.kind == "pca":
            inner = fitted(cloud.columns(self.first, self.end))[0]
        elif self.kind == "random":
            inner = random_directions(origin[part], seed)
        else:
            bounds = np.cumsum([0, *(int(np.prod(shape)) for shape in shapes)])
            inside = (self.first <= bounds[:-1]) & (bounds[1:] <= self.end)
            chosen = tuple(shape for shape, each in zip(shapes, inside, strict=True) if each)
            inner = filter_normalized(origin[part], chosen, filters=filters, seed=seed)
            if not inner.axes.any():
                raise UsageError(f"plane: {self.name} has no filters; take along: random")
        origin[part] = inner.origin
        axes = np.zeros((2, len(origin)))
        axes[:, part] = inner.axes
        return Plane(origin, axes)


def pca(points: np.ndarray) -> tuple[Plane, np.ndarray]:
    """The plane of largest variance of `points` [n, P], and its axes' shares [2] of the variance.

    The plane goes through the points' mean. The axes are unit vectors, with signs that make the
    last point's coordinates positive. Raises UsageError when the points lie on one line.
    """
    return fitted(Points(points))


def fitted(cloud: Cloud | Points) -> tuple[Plane, np.ndarray]:
    """`pca` of points that need not be in memory. Raises UsageError as it does."""
    found = principal(cloud) if len(cloud) >= 3 else None
    if found is None or found[2][-2] <= 1e-12 * found[2][-1]:
        raise UsageError(
            "plane: the paths lie on one straight line, which is in many planes; start elsewhere, "
            "or take the plane 'random'"
        )
    mean, axes, values = found
    return Plane(mean, axes), values[[-1, -2]] / values.sum()


def random_walk_share(steps: int, dimensions: int, paths: int = 1) -> np.ndarray:
    """The first two principal axes' shares [2] of the variance of random walks, on average.

    All points of `paths` walks from one point, `steps` points each, are taken together as by `pca`.
    In many dimensions the Gram matrix of one walk is min(i, j); for one long walk the shares tend
    to 6/π² and 6/(4π²), together 0.76 (Antognini & Sohl-Dickstein 2018). In few they are larger,
    and the means of a hundred walks are returned, the same ones each time.
    """
    if dimensions < _MANY:
        return _walked(steps, dimensions, paths)
    index = np.arange(steps, dtype=np.float64)
    gram = np.kron(np.eye(paths), np.minimum.outer(index, index))
    centring = np.eye(len(gram)) - 1.0 / len(gram)
    values = np.linalg.eigvalsh(centring @ gram @ centring)
    return values[[-1, -2]] / values.sum()


def _walked(steps: int, dimensions: int, paths: int) -> np.ndarray:
    """The mean shares [2] of random walks that are made."""
    random, shares = np.random.default_rng(0), np.zeros((_WALKS, 2))
    for each in shares:
        walks = np.cumsum(random.normal(size=(paths, steps, dimensions)), axis=1)
        points = (walks - walks[:, :1]).reshape(-1, dimensions)
        centred = points - points.mean(axis=0)
        values = np.linalg.eigvalsh(centred.T @ centred)[::-1][:2]
        each[: len(values)] = values / np.sum(centred**2)
    return shares.mean(axis=0)


def random_directions(origin: np.ndarray, seed: int = 0) -> Plane:
    """Two orthonormal directions, uniformly at random, through `origin` [P]."""
    normal = stream(seed, "directions").normal(size=(2, len(origin)))
    return Plane(np.asarray(origin, np.float64), np.linalg.qr(normal.T)[0].T)


def filter_normalized(
    origin: np.ndarray, shapes: tuple[tuple[int, ...], ...], *, filters: int = 0, seed: int = 0
) -> Plane:
    """Two random directions, each of whose filters has the norm of the weights' own filter (Li et
    al. 2018).

    A filter is all the weights that lead to one output: one entry of the axis `filters` of a leaf,
    whose shapes are `shapes`. Parameters of one dimension (biases, also a convolution's of
    [out, 1, 1]) are not moved. Thus one unit along a direction is as long as the weights are,
    whatever their scale.
    """
    generator = stream(seed, "directions")
    origin = np.asarray(origin, np.float64)
    axes = np.stack([_normalized(origin, shapes, filters, generator) for _ in range(2)])
    return Plane(origin, axes)


def _normalized(
    origin: np.ndarray,
    shapes: tuple[tuple[int, ...], ...],
    filters: int,
    generator: np.random.Generator,
) -> np.ndarray:
    """One filter-normalised direction [P]."""
    pieces, place = [], 0
    for shape in shapes:
        size = int(np.prod(shape))
        if len(shape) < 2 or (len(shape) > 2 and size == max(shape)):
            pieces.append(np.zeros(size))
        else:
            weights = origin[place : place + size].reshape(shape)
            noise = generator.normal(size=shape)
            others = tuple(axis for axis in range(len(shape)) if axis != filters % len(shape))
            lengths = [np.sqrt((a**2).sum(axis=others, keepdims=True)) for a in (weights, noise)]
            pieces.append((noise * lengths[0] / lengths[1]).ravel())
        place += size
    return np.concatenate(pieces)


def hessian(problem: FlatProblem, origin: np.ndarray, seed: int = 0) -> tuple[Plane, np.ndarray]:
    """The plane of the Hessian's eigenvectors to its largest and smallest eigenvalue, and these.

    The Hessian is that of the loss over all data at `origin` [P], through which the plane goes.
    """
    values, vectors = extreme_eigenvectors(problem, origin, seed=seed)
    return Plane(np.asarray(origin, np.float64), vectors), values


def through(points: np.ndarray) -> Plane:
    """The plane through three `points` [3, P] (Garipov et al. 2018).

    The first is at (0, 0), the second on the positive first axis, the third above it; the axes are
    orthonormal. Raises UsageError when the three lie on one line.
    """
    points = np.asarray(points, np.float64)
    first = points[1] - points[0]
    length = np.linalg.norm(first)
    second = points[2] - points[0]
    if length > 0:
        first = first / length
        second = second - (second @ first) * first
    height = np.linalg.norm(second)
    if length == 0 or height <= 1e-9 * max(length, float(np.linalg.norm(points[2] - points[0]))):
        raise UsageError("plane: the three points lie on one line, which is in many planes")
    return Plane(points[0], np.stack([first, second / height]))
