"""What rays through the picture meet first: a bisection of the horizon, a chord of the surface."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from animate.panels.relief.raytrace.camera import Projection
from animate.panels.relief.raytrace.columns import (
    Columns,
    Horizon,
    across,
    ground,
    horizon,
    reach,
    row_of,
    spacing,
)
from animate.panels.relief.raytrace.tables import bilinear, read
from animate.simulate.libraries import Array, jax, jnp, lax

if TYPE_CHECKING:
    from jax.typing import DTypeLike


BATCH = 1 << 16
"""Rays in one call: enough that the interpreter takes little of the time."""
CHUNK = 1 << 13
"""Rays of a batch that are computed at once: few enough for a processor's cache."""


class Rays(NamedTuple):
    """Rays [BATCH] through the picture at `column` and `row`, pixels from its upper left corner.

    Only the first `number` mean anything.
    """

    column: Array
    row: Array
    number: Array | int


class Hit(NamedTuple):
    """What a ray meets: whether anything, and whether from below; at which ground coordinates u, to
    the right of the picture, and v, into it; the height t and the slopes (x, y) there."""

    met: Array
    below: Array
    u: Array
    v: Array
    t: Array
    slope: tuple[Array, Array]


def aimed(
    pixels: Array,
    width: Array | int,
    offsets: Array,
    each: Array | int,
    count: Array | int,
) -> Rays:
    """`count` rays through a picture `width` pixels wide.

    Through each of the pixels with the flat indices `pixels` [BATCH] goes one ray at each of the
    first `each` of `offsets` [offset, 2].
    """

    def aim(number: Array) -> list[Array]:
        pixel, offset = read(pixels, number // each), number % each
        corner = (pixel % width, pixel // width)
        return [corner[k] + read(offsets, 2 * offset + k) for k in (0, 1)]

    numbers = jnp.arange(BATCH, dtype=jnp.int32)
    column, row = in_chunks(aim, count, [numbers], blank(jnp.float32, jnp.float32))
    return Rays(column, row, count)


def in_chunks(
    stage: Callable[..., Sequence[Array]],
    count: Array | int,
    given: Sequence[object],
    begun: Sequence[Array],
) -> tuple[Array, ...]:
    """The results of `stage` for the first `count` entries of the arrays [BATCH] that are `given`.

    They are computed chunk by chunk and written to the arrays [BATCH] `begun`. XLA merges all that
    a stage does into each of its results; what it must not compute again belongs in the stage
    before.
    """

    def chunk(k: Array, done: tuple[Array, ...]) -> tuple[Array, ...]:
        part = jax.tree.map(lambda each: lax.dynamic_slice(each, (k * CHUNK,), (CHUNK,)), given)
        return tuple(
            lax.dynamic_update_slice(whole, each, (k * CHUNK,))
            for whole, each in zip(done, stage(*part), strict=True)
        )

    return lax.fori_loop(0, (count + CHUNK - 1) // CHUNK, chunk, tuple(begun))


def blank(*kinds: "DTypeLike") -> tuple[Array, ...]:
    """An array [BATCH] of zeros of each of the data types."""
    return tuple(jnp.zeros(BATCH, kind) for kind in kinds)


def first_hits(
    tables: Array, projection: Projection, lines: Columns, first: Horizon, rays: Rays
) -> Hit:
    """What each of `rays` meets first. `first` is the horizon of sheet 0."""
    column, row, count = rays
    one, two = blank(jnp.float32), blank(jnp.float32, jnp.float32)
    sample, below = _searched(projection, lines, first, rays)

    def share(column: Array, row: Array, sample: Array) -> list[Array]:
        return [_share(projection, lines, column, row, sample)]

    def place(column: Array, sample: Array, share: Array) -> tuple[Array, Array]:
        return _place(tables, projection, lines, column, sample, share)

    def slope(column: Array, v: Array) -> list[Array]:
        place = ground(projection, across(projection, column), v)
        return [bilinear(tables, k, *place) for k in (1, 2)]

    shares = in_chunks(share, count, [column, row, sample], one)
    v, t = in_chunks(place, count, [column, sample, *shares], two)
    slope_x, slope_y = in_chunks(slope, count, [column, v], two)
    u = across(projection, column)
    met = (sample < lines.height.shape[0]) & (jnp.abs(u) <= reach(projection))
    return Hit(met, below, u, v, t, (slope_x, slope_y))


def _searched(
    projection: Projection, lines: Columns, first: Horizon, rays: Rays
) -> tuple[Array, Array]:
    """(sample, below): the first sample beyond each ray, or as many as there are, and the side.

    Where the surface has holes, the sheets behind them are gone through in turn.
    """
    samples, width = lines.height.shape

    def search(sheet: Horizon, found: tuple[Array, ...]) -> tuple[Array, ...]:
        def stage(column: Array, row: Array, sample: Array, below: Array) -> list[Array]:
            new = _search(sheet, row, _taps(column, width))
            missed = sample == samples
            return [jnp.where(missed, a, b) for a, b in zip(new, (sample, below), strict=True)]

        return in_chunks(stage, rays.number, [rays.column, rays.row, *found], found)

    nothing = (jnp.full(BATCH, samples, jnp.int32), jnp.zeros(BATCH, bool))
    found = search(first, nothing)
    if lines.sheets is not None:
        _, found = lax.while_loop(
            lambda carry: carry[0] < lines.sheets,
            lambda carry: (carry[0] + 1, search(horizon(projection, lines, carry[0]), carry[1])),
            (jnp.int32(1), found),
        )
    return found[0], found[1]


def _taps(column: Array, width: int) -> tuple[Array, Array]:
    """The column of pixels left of `column`, and the weight of the one right of it."""
    place = jnp.clip(column - 0.5, 0.0, width - 1.0)
    left = jnp.minimum(place.astype(jnp.int32), width - 2)
    return left, place - left


def _between(here: Array, there: Array, weight: Array) -> Array:
    return jnp.where(weight > 0.0, here + (there - here) * weight, here)


def _pair(table: Array, index: Array, weight: Array) -> Array:
    """The table between two columns; beside a hole that of the one which has a value."""
    here, there = read(table, index), read(table, index + 1)
    both = _between(here, there, weight)
    return jnp.where(jnp.isnan(both), jnp.where(jnp.isnan(here), there, here), both)


def _search(sheet: Horizon, row: Array, taps: tuple[Array, Array]) -> tuple[Array, Array]:
    """(sample, below) of rays at `row`: the first sample beyond the ray, by bisection."""
    samples, _, width = sheet.extreme.shape
    left, weight = taps

    def at(table: Array, index: Array) -> Array:
        return _between(read(table, index), read(table, index + 1), weight)

    below = row > at(sheet.front, left)
    key, start = jnp.where(below, -row, row), jnp.where(below, width, 0) + left

    def halve(i: Array, found: Array) -> Array:
        size = jnp.maximum(samples >> i, 1)
        probe = jnp.minimum(found + size, samples)
        return jnp.where(at(sheet.extreme, (probe - 1) * 2 * width + start) > key, probe, found)

    found = lax.fori_loop(1, samples.bit_length() + 1, halve, jnp.zeros_like(left))
    return found, below


def _ends(
    projection: Projection, lines: Columns, column: Array, sample: Array
) -> tuple[Array, Array, Array, Array]:
    """(v0, v1, t0, t1) of the samples before each ray and beyond it."""
    samples, width = lines.height.shape
    left, weight = _taps(column, width)
    sample = jnp.minimum(sample, samples - 1)
    before = jnp.maximum(sample - 1, 0)
    t0, t1 = (_pair(lines.height, k * width + left, weight) for k in (before, sample))
    if lines.into is not None:
        v0, v1 = (_pair(lines.into, k * width + left, weight) for k in (before, sample))
        return v0, v1, t0, t1
    near, step = spacing(projection, across(projection, column), samples)
    return near + step * before, near + step * sample, t0, t1


def _share(
    projection: Projection, lines: Columns, column: Array, row: Array, sample: Array
) -> Array:
    """Which share of the chord from the sample before to the one beyond lies before the ray."""
    v0, v1, t0, t1 = _ends(projection, lines, column, sample)
    r0, r1 = row_of(projection, v0, t0), row_of(projection, v1, t1)
    share = jnp.clip((row - r0) / jnp.where(r1 == r0, 1.0, r1 - r0), 0.0, 1.0)
    return jnp.where(jnp.isnan(share), 1.0, share)


def _place(
    tables: Array,
    projection: Projection,
    lines: Columns,
    column: Array,
    sample: Array,
    share: Array,
) -> tuple[Array, Array]:
    """(v, t): where the ray crosses the chord, and the surface's own height there.

    Where the surface is far from its chord, as on a cliff, the chord's height is the nearer one.
    """
    v0, v1, t0, t1 = _ends(projection, lines, column, sample)
    v = v0 + share * (v1 - v0)
    chord = jnp.where(share == 1.0, t1, t0 + share * (t1 - t0))
    exact = bilinear(tables, 0, *ground(projection, across(projection, column), v))
    smooth = jnp.abs(exact - chord) < 1e-3 + 0.25 * jnp.abs(t1 - t0)
    return v, jnp.where(smooth, exact, chord)
