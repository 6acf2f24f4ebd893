"""A function of one variable as its graph in the plane, and paths that follow it."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from jaxtyping import Float

from animate.figure.paths.course import Course
from animate.figure.view import View
from animate.simulate.inside import Inside
from animate.simulate.libraries import Array
from animate.simulate.terrain import Terrain
from animate.simulate.trajectories import Trajectories

Interval = tuple[float, float]

_CELLS = 256
"""The side of the lattice on which the range of the heights is found."""
_MIDDLE = (0.05, 0.95)
"""Quantiles of the heights that are seen in any case."""
_BEYOND = 4.0
"""How far beyond the one the axis goes at most, from the other, in what is between them: a pole
leaves room for the rest."""
_FAR = 50.0
"""The same of minima."""
_MARGIN = 0.07
"""Room above and below, as a share of the range."""
_NODES = 4
"""Nodes of the graph to a pixel of the axes' width."""
_PIXELS = 5.0
"""Pixels along x from one place of a path to the next, at most."""
_FINEST = 256
"""Places of a path from one step to the next, at most."""
_OUTSIDE = 0.1
"""Of the window's width: how far outside of it a ball goes on along the graph."""
_MOST = 4_000_000
"""Places of all paths, at most, unless they have more steps."""


def on_graph(view: View, limits: View | None = None) -> View:
    """The view of a function of one variable as its graph: all that is at x is at (x, f(x)).

    Its terrain is that function over the rectangle in which the graph is seen, the same for all
    panels that have these `limits`.
    """
    rise, terrain = rise_of(limits or view), view.terrain

    def lifted(at: tuple[float, ...]) -> tuple[float, float]:
        return at[0], float(terrain.heights_at(np.array([at]))[0])

    def loss(x: Array, y: Array) -> Array:
        return terrain.loss(x) + 0.0 * y

    def heights(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        return terrain.heights(x) + 0.0 * y

    minima = tuple(map(lifted, terrain.minima))
    ends = view.ends
    if ends is not None:
        bottoms = terrain.heights_at(ends.minima)
        ends = replace(ends, minima=np.stack([ends.minima[:, 0], bottoms], axis=1))
    return replace(
        view,
        terrain=Terrain(
            loss,
            (terrain.window[0], rise),
            minima,
            in_numpy=heights,
            shared=terrain.shared,
        ),
        trajectories=_lifted(view),
        ends=ends,
        grounds=(),
        hollows=tuple(map(lifted, view.hollows)),
        noted=tuple(tuple(replace(each, at=lifted(each.at)) for each in own) for own in view.noted),
        landmarks=tuple(replace(each, at=lifted(each.at)) for each in view.landmarks),
    )


def nodes_of(terrain: Terrain, width: float) -> Float[np.ndarray, "node 2"]:
    """Places of the graph of a function of one variable, close together on axes `width` pixels
    wide, its minima among them; NaN where there is no loss."""
    known = [at[0] for at in terrain.minima]
    nodes = np.linspace(*terrain.window[0], max(int(_NODES * width), 2))
    x = np.unique([*nodes, *known])
    heights = terrain.heights(x)
    points = np.stack([x, heights], axis=1)
    points[~np.isfinite(heights)] = np.nan
    return points


def rise_of(view: View) -> Interval:
    """The range of heights that is seen of the graphs of all functions of a view: all of them, but
    for what goes far beyond the others, as beside a pole. Minima and starts are always seen."""
    terrains = [each.terrain for each in view.grounds] or [view.terrain]
    ranges = [_range(each) for each in terrains]
    positions, losses = view.trajectories.positions[..., 0, 0], view.trajectories.losses[..., 0]
    left, right = view.terrain.window[0]
    starts = losses[(left <= positions) & (positions <= right) & np.isfinite(losses)]
    low = float(np.min([*(low for low, _ in ranges), *starts]))
    high = float(np.max([*(high for _, high in ranges), *starts]))
    spread = (high - low or abs(high) or 1.0) * _MARGIN
    return low - spread, high + spread


def _range(terrain: Terrain) -> Interval:
    heights = terrain.lattice(_CELLS)[1]
    heights = heights[np.isfinite(heights)]
    if not len(heights):
        return 0.0, 0.0
    below, above = np.quantile(heights, _MIDDLE)
    reach = _BEYOND * (above - below)
    low, high = float(heights.min()), float(heights.max())
    known = terrain.heights_at(_column(terrain.minima))
    known = known[np.isfinite(known)]
    if reach > 0:
        known = known[known > below - _FAR * (above - below)]  # a pole's lowest node is no minimum
        low, high = max(low, float(above - reach)), min(high, float(below + reach))
    return min([low, *known]), max([high, *known])


def _column(minima: Sequence[tuple[float, ...]]) -> Float[np.ndarray, "n 1"]:
    return np.array(minima, float).reshape(-1, 1)


def _lifted(view: View) -> Trajectories:
    """The paths over the graph, whatever losses were recorded with them; what happens inside an
    update happens along x."""
    paths = view.trajectories
    heights = view.over(paths.positions, Terrain.heights_at)
    return replace(
        paths,
        positions=np.concatenate([paths.positions, heights[..., None]], axis=-1),
        gradients=_level(paths.gradients),
        inside=paths.inside and _inside(paths.inside),
    )


def _inside(inside: Inside) -> Inside:
    return replace(
        inside,
        gradients=_level(inside.gradients),
        updates=_level(inside.updates),
        coasts=_level(inside.coasts),
        responses=_level(inside.responses),
        memories=tuple(
            {kind: _level(each) for kind, each in own.items()} for own in inside.memories
        ),
    )


def _level(values: Float[np.ndarray, "*n 1"]) -> Float[np.ndarray, "*n 2"]:
    """Vectors along x in the plane."""
    return np.concatenate([values, np.zeros_like(values)], axis=-1)


def course_on(view: View, width: float) -> Course:
    """The paths of a view of a function of one variable along its graph, between the steps too, on
    axes `width` pixels wide.

    Of a step that leads out of the window, or into it, what is between is on the graph as far as
    that is seen, so that a leap far away does not make a chord of it.
    """
    paths, (left, right) = view.trajectories, view.terrain.window[0]
    x = paths.positions[..., 0].reshape(-1, len(paths.steps))
    beyond = _OUTSIDE * (right - left)
    seen = np.clip(x, left - beyond, right + beyond)
    moves = np.abs(np.diff(seen, axis=1)) * (width / (right - left))
    longest = np.nan_to_num(moves).max(axis=0, initial=0.0)
    most = int(np.clip(_MOST // max(x.size, 1), 1, _FINEST))
    parts = np.clip(np.ceil(longest / _PIXELS), 1, most).astype(int)
    begun: list[np.ndarray] = [np.arange(n) / n + k for k, n in enumerate(parts.tolist())]
    records = np.concatenate([*begun, np.array([len(parts)], float)])
    below = np.floor(records).astype(int)
    above, share = np.minimum(below + 1, len(parts)), records - below
    way = seen[:, below] + share * (seen[:, above] - seen[:, below])
    places = np.where(share > 0, way, x[:, below])
    shaped = places.reshape(*paths.ends.shape, -1, 1)
    losses = view.over(shaped, Terrain.heights_at).reshape(places.shape)
    steps = np.interp(records, np.arange(len(paths.steps)), paths.steps)
    return Course(np.stack([places, losses], axis=-1), steps, losses)
