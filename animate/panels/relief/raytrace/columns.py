"""The floating horizon (Wright 1973), made ready: the surface under each column of the picture.

Under an orthographic camera one column of the picture stands on one straight line over the
ground. Going along it from the front, a pixel sees the first sample whose running extremum
reaches the pixel's row: above the front edge that is the surface's upper side, below it the
underside. One running extremum a column serves all its pixels; no polygons, no sorting.

XLA on a processor merges whatever it can, and computes anew for every use what is merged; so
nothing here reads the tables for two uses.
"""

from collections.abc import Callable
from typing import NamedTuple

from animate.panels.relief.raytrace.camera import Projection
from animate.panels.relief.raytrace.tables import bilinear
from animate.simulate.libraries import Array, jnp, lax

FAR = 1e9
"""A row that no pixel reaches; finite, so that it can be interpolated between two columns."""
_HALVINGS = 6
"""Bisections between two samples: the edge of a hole is known to a fiftieth of a pixel."""


class Columns(NamedTuple):
    """The ground line under each column of the picture and the surface's samples on it.

    `height` [sample, column] is t, NaN in a hole. Where the surface has holes, and else None:
    `into` [sample, column] is the ground depth, since the samples beside a hole are moved to its
    edge; `sheet` [sample, column] counts from 0 the pieces that holes cut the line into, -1 in a
    hole; `sheets` is the greatest number of pieces of any column.
    """

    height: Array
    into: Array | None
    sheet: Array | None
    sheets: Array | None


class Horizon(NamedTuple):
    """How far one sheet of the surface has risen and sunk on the picture.

    `extreme` [2 × sample, column] is the least row so far, in pixels from the top, then the negated
    greatest; `front` [column] is the row of the sheet's front edge.
    """

    extreme: Array
    front: Array


def ground(projection: Projection, u: Array, v: Array) -> tuple[Array, Array]:
    """(x, y) over the unit square, u to the right of the picture and v into it."""
    x = u * projection.right[0] + v * projection.into[0]
    return x, u * projection.right[1] + v * projection.into[1]


def row_of(projection: Projection, v: Array, t: Array) -> Array:
    """The row, in pixels from the top, of height t at ground depth v."""
    return projection.row - projection.scale * (
        v * projection.sine + (t - 0.5) * projection.vertical * projection.cosine
    )


def across(projection: Projection, column: Array) -> Array:
    """The ground coordinate u of a place `column` pixels from the picture's left border."""
    return (column - projection.column) / projection.scale


def reach(projection: Projection) -> Array:
    """The greatest u of the unit square; the least is its negative."""
    return 0.5 * (jnp.abs(projection.right[0]) + jnp.abs(projection.right[1]))


def spacing(projection: Projection, u: Array, samples: int) -> tuple[Array, Array]:
    """The ground depth of the first sample at u, and from one to the next."""
    near, far = _span(projection, jnp.clip(u, -reach(projection), reach(projection)))
    return near, (far - near) / (samples - 1)


def _span(projection: Projection, u: Array) -> tuple[Array, Array]:
    """Where the ground line at u enters and leaves the unit square: (nearest v, farthest v)."""

    def slab(right: Array, into: Array) -> tuple[Array, Array]:
        steep = jnp.where(into < 0.0, -1.0, 1.0) * jnp.maximum(jnp.abs(into), 1e-6)
        one, other = (-0.5 - u * right) / steep, (0.5 - u * right) / steep
        return jnp.minimum(one, other), jnp.maximum(one, other)

    near_x, far_x = slab(projection.right[0], projection.into[0])
    near_y, far_y = slab(projection.right[1], projection.into[1])
    near, far = jnp.maximum(near_x, near_y), jnp.minimum(far_x, far_y)
    return near, jnp.maximum(near, far)


def columns(
    tables: Array, projection: Projection, width: int, samples: int, *, holes: bool
) -> Columns:
    """Sample the surface along the ground line of each of `width` columns of pixels."""
    u = across(projection, jnp.arange(width) + 0.5)
    v = _depths(projection, width, samples)
    t = _height(tables, projection, u, v)
    if not holes:
        return Columns(t, None, None, None)
    v, t = _to_the_edge(tables, projection, u, v, t)
    missing = jnp.isnan(t)
    begins = ~missing & jnp.concatenate([jnp.ones_like(missing[:1]), missing[:-1]])
    number = _running(jnp.add, begins.astype(jnp.int32), 0)
    return Columns(t, v, jnp.where(missing, -1, number - 1), number[-1].max())


def _depths(projection: Projection, width: int, samples: int) -> Array:
    """The ground depth of evenly spaced samples, [sample, column]."""
    near, step = spacing(projection, across(projection, jnp.arange(width) + 0.5), samples)
    return near + step * jnp.arange(samples, dtype=jnp.float32)[:, None]


def _height(tables: Array, projection: Projection, u: Array, v: Array) -> Array:
    return bilinear(tables, 0, *ground(projection, u, v))


def _to_the_edge(
    tables: Array, projection: Projection, u: Array, v: Array, t: Array
) -> tuple[Array, Array]:
    """(v, t) of the samples, the first of each hole and its last moved to where the surface ends.

    Else a steep rim would end where each column happens to have a sample, higher here, lower there.
    """
    missing = jnp.isnan(t)
    before = jnp.concatenate([jnp.ones_like(missing[:1]), missing[:-1]])
    behind = jnp.concatenate([missing[1:], jnp.ones_like(missing[:1])])
    inner = jnp.where(before, jnp.roll(v, -1, axis=0), jnp.roll(v, 1, axis=0))

    def halve(_: Array, bracket: tuple[Array, Array]) -> tuple[Array, Array]:
        inside, outside = bracket
        middle = 0.5 * (inside + outside)
        known = ~jnp.isnan(_height(tables, projection, u, middle))
        return jnp.where(known, middle, inside), jnp.where(known, outside, middle)

    edge, _ = lax.fori_loop(0, _HALVINGS, halve, (inner, v))
    moved = missing & ~(before & behind)
    v = jnp.where(moved, edge, v)
    return v, jnp.where(moved, _height(tables, projection, u, edge), t)


def _running(combine: Callable[[Array, Array], Array], values: Array, start: float) -> Array:
    """The running combination of values[sample, …] over the samples."""

    def advance(carry: Array, value: Array) -> tuple[Array, Array]:
        carry = combine(carry, value)
        return carry, carry

    return lax.scan(advance, jnp.full(values.shape[1:], start, values.dtype), values)[1]


def horizon(projection: Projection, lines: Columns, sheet: Array | int = 0) -> Horizon:
    """The running extrema of the pieces numbered `sheet`."""
    samples, width = lines.height.shape
    v = _depths(projection, width, samples) if lines.into is None else lines.into
    row = row_of(projection, v, lines.height)
    rows = jnp.stack([row, -row], axis=1)
    if lines.sheet is None:
        return Horizon(_running(jnp.minimum, rows, FAR), row[0])
    inside = lines.sheet == sheet
    extreme = _running(jnp.minimum, jnp.where(inside[:, None], rows, FAR), FAR)
    begins = jnp.argmax(inside, axis=0)
    first = jnp.take_along_axis(row, begins[None], axis=0)[0]
    return Horizon(extreme, jnp.where(inside.any(axis=0), first, FAR))


def extent(projection: Projection, lines: Columns, first: Horizon) -> Array:
    """The least row [column] of the whole surface and the greatest, crossed where it is not."""
    if lines.into is None:
        least, greatest = first.extreme[-1]
        return jnp.stack([least, -greatest])
    row = row_of(projection, lines.into, lines.height)
    here = ~jnp.isnan(row)
    top = jnp.where(here, row, FAR).min(axis=0)
    return jnp.stack([top, jnp.where(here, row, -FAR).max(axis=0)])
