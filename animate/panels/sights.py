"""What a lens on a map is turned to: where heads come together, or what the scene names."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Bool, Float

from animate.figure import View
from animate.figure.paths.trails import by_path

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_NEAR = 2.0
"""Widths of a head up to which a head is at a minimum."""


@dataclass(frozen=True)
class Sight:
    """What a lens shows: what is within `reach` [2] of `middle` [2], in pixels of the map, from the
    step `since` on; `apart` is how far from each other two heads are at the end that cover one
    another there, those of them that are farthest."""

    middle: Float[np.ndarray, "2"]
    reach: Float[np.ndarray, "2"]
    since: float
    apart: float = 0.0


def head_width(view: View) -> float:
    """The width of a head with its casing, in pixels: heads nearer than that cover one another."""
    return 2 * (view.line("head") + view.line("casing"))


def meeting(axes: "Axes", view: View) -> Sight | None:
    """Where most heads come together at a minimum and stay to the end, from the step on from which
    two of them do; None: nowhere.

    They do where the middles of two or more are nearer to each other than a head is wide, and
    nearer to the minimum than two of them are.
    """
    width, steps, places = head_width(view), view.trajectories.steps, _pixels(axes, view)
    found: list[tuple[int, Sight]] = []
    for minimum in _minima(axes, view):
        away = _lengths(places - minimum)
        group = np.flatnonzero(away[:, -1] < _NEAR * width)
        begun: list[int] = []
        apart = 0.0
        for pair in combinations(group.tolist(), 2):
            between = _lengths(places[pair[0]] - places[pair[1]])
            first = _since((between < width) & (away[list(pair)] < _NEAR * width).all(axis=0))
            if first is not None:
                begun.append(first)
                apart = max(apart, float(between[-1]))
        if begun:
            ends = np.vstack([places[group, -1], minimum])
            low, high = ends.min(axis=0), ends.max(axis=0)
            since = float(steps[min(begun)])
            found.append((len(group), Sight((low + high) / 2, (high - low) / 2, since, apart)))
    return max(found, key=lambda pair: pair[0])[1] if found else None


def named(axes: "Axes", view: View, around: tuple[float, float], within: float) -> Sight:
    """The square of the terrain whose sides are `within` away from `around`, from the step on at
    which a run comes into it; where none does from the first step on."""
    place = axes.transData.transform
    low: np.ndarray = place(np.subtract(around, within))
    high: np.ndarray = place(np.add(around, within))
    places = _pixels(axes, view)
    inside = ((low <= places) & (places <= high)).all(axis=-1).any(axis=0)
    since = float(view.trajectories.steps[int(inside.argmax())])
    return Sight((low + high) / 2, (high - low) / 2, since)


def _pixels(axes: "Axes", view: View) -> Float[np.ndarray, "path record 2"]:
    """Where every path is at every record, in pixels; after its end it stays there."""
    paths, _ = by_path(view.trajectories.positions)
    ends = np.searchsorted(view.trajectories.steps, view.trajectories.ends.ravel(), side="right")
    records = np.minimum(np.arange(len(view.trajectories.steps)), ends[:, None] - 1)
    held = np.take_along_axis(paths, records[..., None], axis=1)
    with np.errstate(over="ignore", invalid="ignore"):
        return axes.transData.transform(held.reshape(-1, 2)).reshape(held.shape)


def _minima(axes: "Axes", view: View) -> Iterator[Float[np.ndarray, "2"]]:
    """The minima on the axes, in pixels."""
    known = [*view.terrain.minima]
    known += [each.at for each in view.landmarks if each.kind in ("minimum", "local minimum")]
    low, high = axes.bbox.get_points()
    for at in dict.fromkeys(known):
        place = axes.transData.transform(at)
        if ((low <= place) & (place <= high)).all():
            yield place


def _lengths(vectors: Float[np.ndarray, "*n 2"]) -> Float[np.ndarray, "*n"]:
    with np.errstate(invalid="ignore"):
        return np.hypot(vectors[..., 0], vectors[..., 1])


def _since(together: Bool[np.ndarray, " record"]) -> int | None:
    """The first record from which on all to the last are true; None: the last one is not."""
    if not together[-1]:
        return None
    apart = np.flatnonzero(~together)
    return int(apart[-1]) + 1 if len(apart) else 0
