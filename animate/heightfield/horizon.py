"""The floating horizon (Wright 1973): what a ray through each pixel meets first.

Under an orthographic camera one column of the picture stands on one straight line over the
ground. Going along it from the front, a pixel sees the first sample whose running extremum
reaches the pixel's row: above the front edge that is the surface's upper side, below it the
underside. One running extremum a column and one bisection a pixel; no polygons, no sorting.
"""

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from animate.heightfield.camera import View
from animate.heightfield.tables import bilinear, gathered
from animate.lazy import lazy

if TYPE_CHECKING:
    import jax.numpy as jnp
    from jax import Array, lax
else:
    jnp = lazy("jax.numpy")
    lax = lazy("jax.lax")

_FAR = 1e9
"""A row that no pixel reaches; finite, so that it can be weighed between two columns."""
_HALVINGS = 6
"""Bisections between two samples: the edge of a hole is known to a fiftieth of a pixel."""


class Columns(NamedTuple):
    """The ground line under each column of the picture and the surface's samples on it.

    `height` [sample, column] is t, NaN in a hole; `row` [sample, column] is where it falls on the
    picture, in pixels from the top. Where the surface has holes, and else None: `into` [sample,
    column] is the ground depth, since the samples beside a hole are moved to its edge; `sheet`
    [sample, column] counts from 0 the pieces that holes cut the line into, -1 in a hole; `sheets`
    is the greatest number of pieces of any column.
    """

    height: "Array"
    row: "Array"
    into: "Array | None"
    sheet: "Array | None"
    sheets: "Array | None"


class Horizon(NamedTuple):
    """How far one sheet of the surface has risen and sunk on the picture.

    `extreme` [2 × sample, column] is the least row so far, then the negated greatest; `front`
    [column] is the row of the sheet's front edge.
    """

    extreme: "Array"
    front: "Array"


class Rays(NamedTuple):
    """Rays through the picture at `column` and `row`, pixels from its upper left corner."""

    column: Any
    row: Any


class Hit(NamedTuple):
    """What a ray meets: whether anything, and whether from below; at which ground coordinates u, to
    the right of the picture, and v, into it; the height t and the slopes (x, y) there."""

    met: "Array"
    below: "Array"
    u: "Array"
    v: "Array"
    t: "Array"
    slope: tuple["Array", "Array"]


def ground(view: View, u: "Array", v: "Array") -> tuple["Array", "Array"]:
    """(x, y) over the unit square of ground coordinates (u, v)."""
    x = u * view.right[0] + v * view.into[0]
    return x, u * view.right[1] + v * view.into[1]


def row_of(view: View, v: "Array", t: "Array") -> "Array":
    """The row, in pixels from the top, of height t at ground depth v."""
    return view.row - view.scale * (v * view.sine + (t - 0.5) * view.vertical * view.cosine)


def reach(view: View) -> "Array":
    """The greatest u of the unit square; the least is its negative."""
    return 0.5 * (jnp.abs(view.right[0]) + jnp.abs(view.right[1]))


def span(view: View, u: "Array") -> tuple["Array", "Array"]:
    """Where the ground line at u enters and leaves the unit square: (nearest v, farthest v)."""

    def slab(right: "Array", into: "Array") -> tuple["Array", "Array"]:
        steep = jnp.where(into < 0.0, -1.0, 1.0) * jnp.maximum(jnp.abs(into), 1e-6)
        one, other = (-0.5 - u * right) / steep, (0.5 - u * right) / steep
        return jnp.minimum(one, other), jnp.maximum(one, other)

    near_x, far_x = slab(view.right[0], view.into[0])
    near_y, far_y = slab(view.right[1], view.into[1])
    near, far = jnp.maximum(near_x, near_y), jnp.minimum(far_x, far_y)
    return near, jnp.maximum(near, far)


def _spacing(view: View, u: "Array", samples: int) -> tuple["Array", "Array"]:
    """The ground depth of the first sample at u, and from one to the next."""
    near, far = span(view, jnp.clip(u, -reach(view), reach(view)))
    return near, (far - near) / (samples - 1)


def columns(tables: "Array", view: View, width: int, samples: int, *, holes: bool) -> Columns:
    """Sample the surface along the ground line of each of `width` columns of pixels."""
    u = (jnp.arange(width) + 0.5 - view.column) / view.scale
    near, step = _spacing(view, u, samples)
    v = near + step * jnp.arange(samples, dtype=jnp.float32)[:, None]
    t = _height(tables, view, u, v)
    if not holes:
        return Columns(t, row_of(view, v, t), None, None, None)
    v, t = _to_the_edge(tables, view, u, v, t)
    missing = jnp.isnan(t)
    begins = ~missing & jnp.concatenate([jnp.ones_like(missing[:1]), missing[:-1]])
    number = _running(jnp.add, begins.astype(jnp.int32), 0)
    sheet = jnp.where(missing, -1, number - 1)
    return Columns(t, row_of(view, v, t), v, sheet, number[-1].max())


def _height(tables: "Array", view: View, u: "Array", v: "Array") -> "Array":
    return bilinear(tables[:1], *ground(view, u, v))[0]


def _to_the_edge(tables: "Array", view: View, u, v, t) -> tuple["Array", "Array"]:
    """(v, t) of the samples, the first of each hole and its last moved to where the surface ends.

    Else a steep rim would end where each column happens to have a sample, higher here, lower there.
    """
    missing = jnp.isnan(t)
    before = jnp.concatenate([jnp.ones_like(missing[:1]), missing[:-1]])
    behind = jnp.concatenate([missing[1:], jnp.ones_like(missing[:1])])
    inner = jnp.where(before, jnp.roll(v, -1, axis=0), jnp.roll(v, 1, axis=0))

    def halve(_, bracket: tuple["Array", "Array"]) -> tuple["Array", "Array"]:
        inside, outside = bracket
        middle = 0.5 * (inside + outside)
        known = ~jnp.isnan(_height(tables, view, u, middle))
        return jnp.where(known, middle, inside), jnp.where(known, outside, middle)

    edge, _ = lax.fori_loop(0, _HALVINGS, halve, (inner, v))
    moved = missing & ~(before & behind)
    v = jnp.where(moved, edge, v)
    return v, jnp.where(moved, _height(tables, view, u, edge), t)


def _running(combine, values: "Array", start: float) -> "Array":
    """The running combination of values[sample, …] over the samples."""

    def advance(carry: "Array", value: "Array") -> tuple["Array", "Array"]:
        carry = combine(carry, value)
        return carry, carry

    return lax.scan(advance, jnp.full(values.shape[1:], start, values.dtype), values)[1]


def horizon(lines: Columns, sheet: "Array | int", *, holes: bool) -> Horizon:
    """The running extrema of the pieces numbered `sheet`."""
    rows = jnp.stack([lines.row, -lines.row], axis=1)
    if not holes:
        return Horizon(_running(jnp.minimum, rows, _FAR), lines.row[0])
    inside = lines.sheet == sheet
    extreme = _running(jnp.minimum, jnp.where(inside[:, None], rows, _FAR), _FAR)
    begins = jnp.argmax(inside, axis=0)
    first = jnp.take_along_axis(lines.row, begins[None], axis=0)[0]
    return Horizon(extreme, jnp.where(inside.any(axis=0), first, _FAR))


def extent(lines: Columns) -> "Array":
    """The least row [column] of the whole surface and the greatest, crossed where it is not."""
    here = ~jnp.isnan(lines.row)
    top = jnp.where(here, lines.row, _FAR).min(axis=0)
    return jnp.stack([top, jnp.where(here, lines.row, -_FAR).max(axis=0)])


def first_hit(
    tables: "Array", view: View, lines: Columns, first: Horizon, rays: Rays, *, holes: bool
) -> Hit:
    """What each of `rays` meets first. `first` is the horizon of sheet 0.

    Where the surface has `holes`, the sheets behind them are gone through in turn.
    """
    taps = _taps(rays.column, lines.row.shape[-1])
    found = _search(first, rays.row, taps)

    def through(carry):
        sheet, (met, sample, below) = carry
        behind = _search(horizon(lines, sheet, holes=holes), rays.row, taps)
        kept = (jnp.where(met, a, b) for a, b in zip((sample, below), behind[1:], strict=True))
        return sheet + 1, (met | behind[0], *kept)

    if holes:
        _, found = lax.while_loop(
            lambda carry: carry[0] < lines.sheets, through, (jnp.int32(1), found)
        )
    met, sample, below = found
    u = (rays.column - view.column) / view.scale
    v, chord, rise = _chord(view, lines, u, rays.row, sample, taps)
    exact, *slope = bilinear(tables, *ground(view, u, v))
    smooth = jnp.abs(exact - chord) < 1e-3 + 0.25 * jnp.abs(rise)
    met = met & (jnp.abs(u) <= reach(view))
    return Hit(met, below, u, v, jnp.where(smooth, exact, chord), (slope[0], slope[1]))


def _taps(column: "Array", width: int) -> tuple["Array", "Array"]:
    """The column of pixels left of `column`, and the weight of the one right of it."""
    place = jnp.clip(column - 0.5, 0.0, width - 1.0)
    left = jnp.minimum(place.astype(jnp.int32), width - 2)
    return left, place - left


def _between(here: "Array", there: "Array", weight: "Array") -> "Array":
    return jnp.where(weight > 0.0, here + (there - here) * weight, here)


def _pair(table: "Array", index: "Array", weight: "Array") -> "Array":
    """The table between two columns; beside a hole that of the one which has a value."""
    here, there = gathered(table, index, np.array([0, 1]))
    both = _between(here, there, weight)
    return jnp.where(jnp.isnan(both), jnp.where(jnp.isnan(here), there, here), both)


def _search(sheet: Horizon, row: "Array", taps) -> tuple["Array", "Array", "Array"]:
    """(met, sample, below) of rays at `row`: the first sample beyond the ray, by bisection."""
    samples, _, width = sheet.extreme.shape
    left, weight = taps

    def read(table: "Array", index: "Array") -> "Array":
        flat = table.reshape(-1)
        pair = (
            flat.at[(index + k).astype(jnp.uint32)].get(mode="promise_in_bounds") for k in (0, 1)
        )
        here, there = pair
        return _between(here, there, weight)

    below = row > read(sheet.front, left)
    key, start = jnp.where(below, -row, row), jnp.where(below, width, 0) + left

    def halve(i: "Array", found: "Array") -> "Array":
        size = jnp.maximum(samples >> i, 1)
        probe = jnp.minimum(found + size, samples)
        return jnp.where(read(sheet.extreme, (probe - 1) * 2 * width + start) > key, probe, found)

    found = lax.fori_loop(1, samples.bit_length() + 1, halve, jnp.zeros_like(left))
    return found < samples, jnp.minimum(found, samples - 1), below


def _chord(view, lines, u, row, sample, taps) -> tuple["Array", "Array", "Array"]:
    """(v, t, rise): where the ray crosses the chord of the samples before and at `sample`."""
    samples, width = lines.height.shape
    left, weight = taps
    before = jnp.maximum(sample - 1, 0)
    here = _pair(lines.height, before * width + left, weight)
    there = _pair(lines.height, sample * width + left, weight)
    if lines.into is None:
        near, step = _spacing(view, u, samples)
        v0, v1 = near + step * before, near + step * sample
    else:
        v0, v1 = (_pair(lines.into, k * width + left, weight) for k in (before, sample))
    r0, r1 = row_of(view, v0, here), row_of(view, v1, there)
    share = jnp.clip((row - r0) / jnp.where(r1 == r0, 1.0, r1 - r0), 0.0, 1.0)
    share = jnp.where(jnp.isnan(share), 1.0, share)
    chord = jnp.where(share == 1.0, there, here + share * (there - here))
    return v0 + share * (v1 - v0), chord, there - here
