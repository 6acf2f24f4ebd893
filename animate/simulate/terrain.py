"""A surface sampled on its window."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from jaxtyping import Float

from animate._lazy import lazy
from animate.kept import Kept
from animate.simulate.compiled import compiled
from animate.simulate.libraries import Array
from animate.simulate.numerics import float64, lengths
from animate.simulate.scale import Heights, Scale, ScaleKind
from animate.simulate.step import Loss, level, loss_at

jax, jnp = lazy("jax"), lazy("jax.numpy")

Points = tuple[tuple[float, ...], ...]
Window = tuple[tuple[float, float], ...]
"""The ranges of x and y, or of x alone."""

LARGEST = 1e300
"""Numbers end here, not at 1.8e308: what is drawn needs room for sums, margins and logarithms."""

_CHUNK = 1 << 13
"""Points that are computed in one call, so that one compilation serves any number of them."""
_EQUAL = 1e-3
"""Of a run's descent, or of a log scale: minima whose losses differ by less are equal."""
_OVERVIEW = 257
"""Cells to a side of the grid from which a surface's scale is found."""
_FINER = 16
"""Times as many cells as along an axis of two that one variable has."""
_PART = 128
"""Of that from which the scale of a part of its window is."""
_MOST_KEPT = 128
"""Of what is made of a terrain."""


@dataclass(frozen=True)
class Terrain:
    """A loss over a window ((xmin, xmax), (ymin, ymax)), or ((xmin, xmax),), and its global minima.

    `loss` is a function of JAX. `known` are the minima, or how they are found once somebody asks.
    `in_numpy` is the same one of NumPy, where there is one: heights then need no compiler.
    `shared` are heights, not of this one alone, that make the scale. Where the loss is a `relief`
    on a constant, `base`, that is larger than all of it, both stand here.
    """

    loss: Loss
    window: Window
    known: "Points | Callable[[Terrain], Points]" = ()
    in_numpy: Callable[..., np.ndarray] | None = None
    shared: Heights | None = None
    relief: Loss | None = None
    base: float = 0.0

    @cached_property
    def ground(self) -> "Terrain":
        """The terrain less its `base`, beside which differences of heights lose their digits: the
        relief alone, or this one where the base is no larger than that."""
        if self.relief is None or abs(self.base) <= self._heights.high - self._heights.low:
            return self
        known = self.known if callable(self.known) else self.minima
        shared = self.shared and self.shared.less(self.base)
        return Terrain(self.relief, self.window, known, shared=shared)

    @property
    def raised(self) -> float:
        """By how much the terrain is higher than its `ground`."""
        return 0.0 if self.ground is self else self.base

    @property
    def alone(self) -> "Terrain":
        """The same terrain with a scale of its own."""
        return replace(self, shared=None, known=self.minima)

    @property
    def variables(self) -> int:
        """Of how many variables the loss is a function: 2, or 1."""
        return len(self.window)

    def heights(self, *coordinates: np.ndarray) -> np.ndarray:
        """The loss at points x, y of one shape, in float64; compiled once whatever the shape.

        Beyond ±LARGEST it is infinite.
        """
        z = np.asarray((self.in_numpy or self._compiled)(*coordinates), float)
        return np.where(np.abs(z) > LARGEST, np.copysign(np.inf, z), z)

    def heights_at(self, points: Float[np.ndarray, "*n axis"]) -> Float[np.ndarray, "*n"]:
        """The loss at `points`, as `heights` gives it."""
        return self.heights(*np.moveaxis(points, -1, 0))

    def _compiled(self, *coordinates: np.ndarray) -> np.ndarray:
        shape, flat = np.shape(coordinates[0]), np.stack([np.ravel(each) for each in coordinates])
        if not flat.size:
            return np.empty(shape)
        padded = np.repeat(flat[:, -1:], -(-flat.shape[1] // _CHUNK) * _CHUNK, axis=1)
        padded[:, : flat.shape[1]] = flat
        with float64():
            chunks = [
                np.asarray(self._loss(part))
                for part in np.split(padded, padded.shape[1] // _CHUNK, axis=1)
            ]
        return np.concatenate(chunks)[: flat.shape[1]].reshape(shape)

    def hessians(self, points: Float[np.ndarray, "*n axis"]) -> Float[np.ndarray, "*n axis axis"]:
        """The loss's second derivatives at `points`, in float64; NaN where a point is."""
        with float64():
            found = np.asarray(self._hessian(jnp.asarray(points.reshape(-1, self.variables))))
        return np.where(
            np.isfinite(points)[..., None], found.reshape(*points.shape, self.variables), np.nan
        )

    def gradients(self, points: Float[np.ndarray, "*n axis"]) -> Float[np.ndarray, "*n axis"]:
        """The loss's first derivatives at `points`, in float64."""
        with float64():
            found = self._gradient(jnp.asarray(points.reshape(-1, self.variables)))
            return np.asarray(found).reshape(points.shape)

    def grid(
        self, columns: int, rows: int
    ) -> tuple[
        Float[np.ndarray, " column"], Float[np.ndarray, " row"], Float[np.ndarray, "row column"]
    ]:
        """x, y and the loss at the centres of `columns` × `rows` equal cells of the window."""
        x, y = self.centres(columns, rows)
        return x, y, self.heights(*np.meshgrid(x, y))

    def centres(
        self,
        columns: int,
        rows: int,
        window: Window | None = None,
    ) -> tuple[Float[np.ndarray, " column"], Float[np.ndarray, " row"]]:
        """x and y at the centres of `columns` × `rows` equal cells of a part of the window, or
        of all of it."""
        (left, right), (bottom, top) = window or self.window
        x = left + (right - left) * (np.arange(columns) + 0.5) / columns
        y = bottom + (top - bottom) * (np.arange(rows) + 0.5) / rows
        return x, y

    def lattice(self, side: int) -> "tuple[list[np.ndarray], Float[np.ndarray, '*cell']]":
        """The centres of `side` equal cells along each axis, of one variable _FINER times as many,
        and the heights there, [row, column] or [cell]."""
        return self.kept(("lattice", side), lambda: self._lattice(side))

    def _lattice(self, side: int) -> "tuple[list[np.ndarray], Float[np.ndarray, '*cell']]":
        count = side if self.variables > 1 else _FINER * side
        axes = [low + (high - low) * (np.arange(count) + 0.5) / count for low, high in self.window]
        return axes, self.heights(*np.meshgrid(*axes))

    def cells(self, side: int, window: Window | None = None) -> Float[np.ndarray, "*cell axis"]:
        """The centres of equal cells of a part of the window, or of all of it: `side` × `side`, the
        lowest row first, or of one variable as many as that is."""
        if self.variables == 1:
            ((left, right),) = window or self.window
            return (left + (right - left) * (np.arange(side**2) + 0.5) / side**2)[:, None]
        return np.stack(np.meshgrid(*self.centres(side, side, window)), axis=-1)

    @cached_property
    def minima(self) -> Points:
        """Every global minimum, where they are known, or found: those of a relief without its base,
        beside which the flattest lose their digits."""
        if not callable(self.known):
            return self.known
        return self.known(self if self.relief is None else Terrain(self.relief, self.window))

    @property
    def diagonal(self) -> float:
        """The length of the window's diagonal."""
        return float(lengths(np.ptp(np.array(self.window, float), axis=1)))

    @property
    def visible(self) -> bool:
        """Whether the loss is a finite number anywhere in the window."""
        return len(self.overview[0]) > 0

    def scale(self, kind: ScaleKind = "auto") -> Scale:
        """The scale of the heights in the window; `auto` is log where their range needs it.

        That of terrains which are `alike` is made of the heights of all of them.
        """
        return (self.shared or self._heights).scale(kind)

    def scale_within(self, window: Window, kind: ScaleKind = "auto") -> Scale:
        """As `scale`, of the heights in a part of the window alone, sampled at its own cells."""
        heights = self.kept(("part", window), lambda: self._heights_within(window))
        return heights.scale(kind)

    @cached_property
    def kept(self) -> Kept:
        """What has been made of it, for whoever asks again: scenes that differ in nothing but their
        optimizers may have one terrain."""
        return Kept(_MOST_KEPT)

    def _heights_within(self, window: Window) -> Heights:
        heights = self.heights_at(self.cells(_PART, window)).ravel()
        known = np.array([at for at in self.minima if _inside(at, window)]).reshape(
            -1, self.variables
        )
        heights = heights[np.isfinite(heights)]
        if not len(heights):
            return Heights.of(heights, 0.0, 0.0)
        low = float(np.min([*self.heights(*known.T), np.min(heights)]))
        return Heights.of(heights, low, float(np.max(heights)))

    def highest_equal(self, loss: float, descent: float) -> float:
        """Up to which loss minima are equal to one of `loss`, where runs go down by `descent` and
        heights may have a log scale."""
        return min(loss + _EQUAL * descent, (self.shared or self._heights).beside(loss, _EQUAL))

    @cached_property
    def _loss(self) -> Callable[[np.ndarray], Array]:
        def loss(points: Array) -> Array:
            return jnp.broadcast_to(self.loss(*points), points[0].shape)

        return compiled(loss)

    @cached_property
    def _gradient(self) -> Callable[[Array], Array]:
        def loss(point: Array) -> Array:
            return jnp.reshape(loss_at(self.loss, point), ())

        return compiled(jax.vmap(jax.grad(loss)))

    @cached_property
    def _hessian(self) -> Callable[[Array], Array]:
        def loss(point: Array) -> Array:
            return jnp.reshape(loss_at(self.loss, point), ())

        return compiled(jax.vmap(jax.hessian(loss)))

    @cached_property
    def _heights(self) -> Heights:
        return Heights.of(*self.overview)

    @cached_property
    def overview(self) -> tuple[np.ndarray, float, float]:
        """The finite heights of a coarse grid and of known minima, the lowest and the highest."""
        heights = self.heights_at(self.cells(_OVERVIEW)).ravel()
        heights = heights[np.isfinite(heights)]
        if len(heights) == 0:
            return heights, 0.0, 0.0
        known = () if callable(self.known) else self.known
        floor = self.heights(*np.array(known, float).T) if known else heights
        return heights, float(min(np.min(floor), np.min(heights))), float(np.max(heights))


def _inside(at: tuple[float, ...], window: Window) -> bool:
    return all(low <= each <= high for each, (low, high) in zip(at, window, strict=True))


def alike(terrains: Sequence[Terrain]) -> tuple[Terrain, ...]:
    """The terrains on one scale, so that a colour is the same height in all of their pictures.

    >>> flat, steep = alike([Terrain(lambda x, y, a=a: a * x, ((0, 1), (0, 1))) for a in (0, 9)])
    >>> round(flat.scale("linear").high, 1), flat.alone.scale("linear").high
    (9.0, 0.0)
    """
    every, lows, highs = zip(*(each.overview for each in terrains), strict=True)
    shared = Heights.of(np.concatenate(every), min(lows), max(highs))
    return tuple(replace(each, shared=shared) for each in terrains)


FLAT = Terrain(level, ((0.0, 1.0), (0.0, 1.0)))
"""A terrain of height 0, for pictures without a terrain."""
