"""Planes through the weights: where a picture cuts a loss of many dimensions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from animate.errors import UsageError
from animate.networks.chance import stream
from animate.networks.curvature import extreme_eigenvectors
from animate.networks.problem import FlatProblem


@dataclass(frozen=True)
class Plane:
    """The points origin + x·axes[0] + y·axes[1]; `origin` [P], `axes` [2, P], need not be
    orthonormal."""

    origin: np.ndarray
    axes: np.ndarray

    def at(self, coordinates: np.ndarray) -> np.ndarray:
        """[..., 2] on the plane → [..., P] in the space of the weights."""
        return self.origin + np.asarray(coordinates, self.axes.dtype) @ self.axes

    def project(self, points: np.ndarray) -> np.ndarray:
        """[..., P] → [..., 2]: the plane's nearest point to each, in the plane's own
        coordinates."""
        offsets = np.asarray(points, np.float64) - self.origin
        gram = np.asarray(self.axes @ self.axes.T, np.float64)
        return np.linalg.solve(gram, (offsets @ self.axes.T.astype(np.float64))[..., None])[..., 0]

    def distance(self, points: np.ndarray) -> np.ndarray:
        """[..., P] → [...]: how far each point lies from the plane, in the weights' units."""
        offsets = np.asarray(points, np.float64) - self.origin
        return np.linalg.norm(offsets - self.project(points) @ self.axes, axis=-1)


def pca(points: np.ndarray) -> tuple[Plane, np.ndarray]:
    """The plane of largest variance of `points` [n, P] through their mean, and both axes' shares of
    it.

    The axes are unit vectors; each one's sign makes the last point's coordinate positive. Raises
    UsageError when the points lie on one line.
    """
    points = np.asarray(points, np.float64)
    mean = points.mean(axis=0)
    centred = points - mean
    values, vectors = np.linalg.eigh(centred @ centred.T)
    if len(points) < 3 or values[-2] <= 1e-12 * values[-1]:
        raise UsageError(
            "plane: the paths lie on one straight line, which is in many planes; start elsewhere, "
            "or take the plane 'random'"
        )
    leading = vectors[:, [-1, -2]].T @ centred
    axes = leading / np.linalg.norm(leading, axis=1, keepdims=True)
    axes *= np.where(axes @ centred[-1] < 0, -1.0, 1.0)[:, None]
    return Plane(mean, axes), values[[-1, -2]] / values.sum()


def random_walk_share(steps: int, paths: int = 1) -> np.ndarray:
    """The shares of variance of the first two axes for random walks with infinitely many
    dimensions.

    `paths` walks from one point, each of `steps` points, are put together as `pca` does. The
    expected Gram matrix of one is min(i, j); for a long single walk the shares tend to 6/π² and
    6/(4π²), 0.76 together (Antognini & Sohl-Dickstein 2018).
    """
    index = np.arange(steps, dtype=np.float64)
    gram = np.kron(np.eye(paths), np.minimum.outer(index, index))
    centring = np.eye(len(gram)) - 1.0 / len(gram)
    values = np.linalg.eigvalsh(centring @ gram @ centring)
    return values[[-1, -2]] / values.sum()


def random_directions(origin: np.ndarray, seed: int = 0) -> Plane:
    """Two orthonormal directions, uniformly at random, through `origin` [P]."""
    normal = stream(seed, "directions").normal(size=(2, len(origin)))
    return Plane(np.asarray(origin, np.float64), np.linalg.qr(normal.T)[0].T)


def filter_normalized(
    origin: np.ndarray, shapes: tuple[tuple[int, ...], ...], *, filters: int = 0, seed: int = 0
) -> Plane:
    """Two random directions whose every row has the norm of the weights' own row (Li et al. 2018).

    A row is all the weights that lead to one output, counted by the axis `filters` of a leaf of one
    of `shapes`; parameters of one dimension (biases, also a convolution's of [out, 1, 1]) stay
    where they are. A unit is thus as far as the weights are long, whatever their scale.
    """
    generator = stream(seed, "directions")
    origin = np.asarray(origin, np.float64)
    axes = np.stack([_normalized(origin, shapes, filters, generator) for _ in range(2)])
    return Plane(origin, axes)


def _normalized(
    origin: np.ndarray, shapes: tuple[tuple[int, ...], ...], filters: int, generator: Any
) -> np.ndarray:
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
    """The eigenvectors of the largest and the smallest eigenvalue of the Hessian at `origin` [P].

    Also those two eigenvalues [2], of the loss over all the data.
    """
    values, vectors = extreme_eigenvectors(problem, origin, seed=seed)
    return Plane(np.asarray(origin, np.float64), vectors), values


def through(points: np.ndarray) -> Plane:
    """The plane through three `points` [3, P] (Garipov et al. 2018).

    The first is (0, 0), the second lies at (its distance, 0), the third above the first axis; the
    axes are unit vectors. Raises UsageError when the three lie on one line.
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
