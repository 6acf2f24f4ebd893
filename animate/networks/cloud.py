"""Points in the space of the weights, some coordinates at a time: no copy of all is made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from animate.networks.rows import Rows

BLOCK = 64e6
"""Bytes of the coordinates that are held at once, in float64."""
_FLOAT64 = 8

Block = tuple[slice, np.ndarray]
"""Which coordinates, and those of all points [n, c], in float64."""


@dataclass(frozen=True)
class Cloud:
    """So many columns, `size`, from the `first` on, of the chosen rows of several files, one after
    the other."""

    parts: Sequence[tuple[Rows, np.ndarray]]
    size: int
    first: int = 0

    def __len__(self) -> int:
        return sum(len(chosen) for _, chosen in self.parts)

    def blocks(self) -> Iterator[Block]:
        """All coordinates, some at a time."""
        for columns in _columns(len(self), self.size):
            there = slice(self.first + columns.start, self.first + columns.stop)
            read = [rows.read(chosen, there) for rows, chosen in self.parts]
            yield columns, np.concatenate(read).astype(np.float64)

    def columns(self, first: int, end: int) -> Cloud:
        """The points in some of their coordinates alone."""
        return Cloud(self.parts, end - first, self.first + first)


@dataclass(frozen=True)
class Points:
    """The same of points [n, P] in memory."""

    points: np.ndarray

    def __len__(self) -> int:
        return len(self.points)

    @property
    def size(self) -> int:
        """P."""
        return self.points.shape[1]

    def blocks(self) -> Iterator[Block]:
        """All coordinates, some at a time."""
        for columns in _columns(len(self), self.size):
            yield columns, np.asarray(self.points[:, columns], np.float64)


def principal(cloud: Cloud | Points) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The mean [P] of the points, their two principal axes [2, P], unit vectors with signs that
    make the last point's coordinates positive, and all eigenvalues [n] of their Gram matrix.

    Two passes: the Gram matrix of the centred points, and the axes from its eigenvectors.
    """
    mean, axes = np.empty(cloud.size), np.empty((2, cloud.size))
    gram = np.zeros((len(cloud), len(cloud)))
    for columns, block in cloud.blocks():
        mean[columns] = block.mean(axis=0)
        centred = block - mean[columns]
        gram += centred @ centred.T
    values, vectors = np.linalg.eigh(gram)
    along = np.zeros(2)
    for columns, block in cloud.blocks():
        centred = block - mean[columns]
        axes[:, columns] = vectors[:, [-1, -2]].T @ centred
        along += axes[:, columns] @ centred[-1]
    lengths = np.linalg.norm(axes, axis=1)
    axes *= (np.where(along < 0, -1.0, 1.0) / np.where(lengths > 0, lengths, 1.0))[:, None]
    return mean, axes, values


@dataclass(frozen=True)
class Seen:
    """Points beside a plane: the coordinates `where` [n, 2] of the plane's nearest points, their
    `distances` [n] from it, the `share` [2] of their variance along each axis, and the largest
    `length` of a way from a path's start."""

    where: np.ndarray
    distances: np.ndarray
    share: np.ndarray
    length: float


def beside(cloud: Cloud | Points, origin: np.ndarray, axes: np.ndarray, starts: np.ndarray) -> Seen:
    """The points seen from a plane, `origin` [P] and `axes` [2, P], and each from the point where
    its path starts, whose numbers are `starts` int [n].

    In one pass: distances are what Pythagoras leaves, to some 1e-8 of those from the origin.
    """
    count = len(cloud)
    lengths, squares, total = np.zeros(count), np.zeros(count), 0.0
    across, along = np.zeros((count, 2)), np.zeros((count, 2))
    unit = 1 / np.linalg.norm(axes, axis=1)
    for columns, block in cloud.blocks():
        offsets = block - origin[columns]
        across += offsets @ axes[:, columns].T
        squares += np.einsum("ij,ij->i", offsets, offsets)
        offsets = block - block[starts]
        lengths += np.einsum("ij,ij->i", offsets, offsets)
        block -= block.mean(axis=0)
        along += block @ axes[:, columns].T
        total += float(np.einsum("ij,ij->", block, block))
    where = np.linalg.solve(axes @ axes.T, across.T).T
    left = np.maximum(squares - (where * across).sum(axis=1), 0.0)
    share = ((along * unit) ** 2).sum(axis=0) / total
    return Seen(where, np.sqrt(left), share, float(np.sqrt(lengths.max())))


def shares_along(cloud: Cloud | Points) -> np.ndarray:
    """Where the points are along the straight line from the first to the last of them, [n]: the
    share of the nearest point on it, 0 at the first. Where both are one point it is 0 for all."""
    along, square = np.zeros(len(cloud)), 0.0
    for _, block in cloud.blocks():
        way = block[-1] - block[0]
        along += (block - block[0]) @ way
        square += float(way @ way)
    return along / square if square else along


def starts_of(finite: np.ndarray) -> np.ndarray:
    """For each point of a cloud of the `finite` points of paths, bool [path, kept], the number in
    it of its path's first, int [n]."""
    counts = finite.sum(axis=1)
    return np.repeat(np.cumsum(counts) - counts, counts)


def placed(values: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    """Values [n, …] of the `chosen` points, bool [path, kept], in a table of all [path, kept, …];
    NaN elsewhere."""
    table = np.full((*chosen.shape, *values.shape[1:]), np.nan)
    table[chosen] = values
    return table


def _columns(points: int, size: int) -> Iterator[slice]:
    width = max(1, int(BLOCK / (_FLOAT64 * points)))
    return (slice(first, min(first + width, size)) for first in range(0, size, width))
