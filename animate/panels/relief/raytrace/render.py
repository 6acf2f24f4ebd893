"""One picture of a height field: rays, light, and silhouettes sampled more finely."""

import math
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import numpy as np

from animate.panels.relief.raytrace.camera import Projection
from animate.panels.relief.raytrace.columns import Columns, Horizon, columns, extent, horizon
from animate.panels.relief.raytrace.field import Field
from animate.panels.relief.raytrace.rays import BATCH, Hit, aimed, blank, first_hits, in_chunks
from animate.panels.relief.raytrace.shading import Look, Tint, shaded, tint
from animate.simulate.libraries import Array, jax, jnp

MIDDLE = np.array([[0.5, 0.5]], np.float32)
ROOKS = ((np.array([[k, (3 * k + 1) % 8] for k in range(8)]) + 0.5) / 8.0).astype(np.float32)
"""Where rays pass through a pixel: one in the middle, and eight on a silhouette, no two of them in
one row or column, so that steep edges and flat ones are as smooth as with sixty-four."""
JUMP = 3.0
"""Bend of the ground depth between neighbouring pixels, in pixels, that makes a silhouette."""
ABSENT = -1e4
"""The ground depth, in pixels, of what was not met."""


class Picture(NamedTuple):
    """`rgba` [height, width, 4] uint8, alpha not multiplied in; `depth` [height, width] float32, as
    Camera.project gives it, infinite where the surface is not."""

    rgba: np.ndarray
    depth: np.ndarray


def picture(
    field: Field, projection: Projection, style: Look, *, width: int, height: int, columns: int = 0
) -> Picture:
    """The picture of a surface under one projection, `width` × `height` pixels.

    What is compiled for `columns`, or `width` if that is more, serves any picture so wide or less.
    """
    tracer = _Tracer(field, projection, style, width, max(columns, width))
    word = np.zeros(height * width, np.uint32)
    depth = np.full(height * width, np.inf, np.float32)
    into = np.full(height * width, ABSENT, np.float32)
    covered = _candidates(tracer.extent[:, :width], height)
    if len(covered):
        samples = tracer.trace(covered, MIDDLE)
        word[covered], depth[covered], into[covered] = (each[:, 0] for each in samples)
    rgba = word.view(np.uint8).reshape(-1, 4)
    edge = np.flatnonzero(_silhouettes(into.reshape(height, width)))
    if len(edge):
        rgba[edge] = _mean(tracer.trace(edge, ROOKS)[0])
    return Picture(rgba.reshape(height, width, 4), depth.reshape(height, width))


def _mean(words: np.ndarray) -> np.ndarray:
    """The mean colour [pixel, 4] of samples [pixel, sample], each as opaque as it is."""
    total = words.view(np.uint8).reshape(*words.shape, 4).sum(1, dtype=np.uint16)
    alpha = total[:, 3:].astype(np.float32)
    mean = total[:, :3] * (255.0 / np.maximum(alpha, 1.0))
    return (np.concatenate([mean, alpha / words.shape[1]], axis=1) + 0.5).astype(np.uint8)


class _Tracer:
    """Rays through one projection, BATCH at a time."""

    def __init__(
        self, field: Field, projection: Projection, style: Look, width: int, columns: int
    ) -> None:
        survey, self._show = _stages()
        self._field, self._projection, self._style, self._width = field, projection, style, width
        samples = 1 << max(columns, 256).bit_length() - 1
        self._lines, self._first, extent = survey(
            field.tables, projection, width=columns, samples=samples, holes=field.holes
        )
        self.extent = np.asarray(extent)

    def trace(self, pixels: np.ndarray, offsets: np.ndarray) -> tuple[np.ndarray, ...]:
        """What rays at `offsets` [ray, 2] in each of the pixels show, [pixel, ray]."""
        count = BATCH // len(offsets)
        parts = [self._traced(pixels[i : i + count], offsets) for i in range(0, len(pixels), count)]
        return tuple(map(np.concatenate, zip(*parts, strict=True)))

    def _traced(self, pixels: np.ndarray, offsets: np.ndarray) -> list[np.ndarray]:
        aims = np.zeros(BATCH, np.int32)
        aims[: len(pixels)] = pixels
        each, count = len(offsets), len(pixels) * len(offsets)
        rays = aims, self._width, np.resize(offsets, ROOKS.shape), each, count
        surface = self._field.tables, self._projection, self._style, self._lines, self._first
        shown = self._show(*surface, rays, 1.0 / math.sqrt(each))
        return [np.asarray(part)[:count].reshape(-1, each) for part in shown]


def _candidates(extent: np.ndarray, height: int) -> np.ndarray:
    """The flat indices of the pixels between the surface's extreme rows in their column."""
    top, bottom = extent
    rows = np.arange(height)[:, None] + 0.5
    return np.flatnonzero((rows > top - 1.0) & (rows < bottom + 1.0))


@cache
def _stages() -> tuple[
    Callable[..., tuple[Columns, Horizon, Array]], Callable[..., tuple[Array, ...]]
]:
    """`_survey` and `_show`, compiled."""
    return jax.jit(_survey, static_argnames=("width", "samples", "holes")), jax.jit(_show)


def _survey(
    tables: Array, projection: Projection, *, width: int, samples: int, holes: bool
) -> tuple[Columns, Horizon, Array]:
    """What all rays of a picture need: samples by column, the first horizon, the extreme rows."""
    lines = columns(tables, projection, width, samples, holes=holes)
    first = horizon(projection, lines)
    return lines, first, extent(projection, lines, first)


def _show(
    tables: Array,
    projection: Projection,
    style: Look,
    lines: Columns,
    first: Horizon,
    aims: tuple[Array, Array, Array, Array, Array],
    pixel: Array,
) -> tuple[Array, ...]:
    """(colour, depth, ground depth) of what each ray meets; a ray is `pixel` of a pixel wide.

    `aims` are the arguments of `aimed`. The ground depth, in pixels, serves to find silhouettes: it
    is ABSENT where nothing was met, and shifted by 1000 on the underside.
    """
    rays = aimed(*aims)
    hits = first_hits(tables, projection, lines, first, rays)

    def shade(hit: Hit, tint: Tint) -> tuple[Array, ...]:
        depth = hit.v * projection.cosine - (hit.t - 0.5) * projection.vertical * projection.sine
        into = jnp.where(hit.met, hit.v * projection.scale, ABSENT) + jnp.where(hit.below, 1e3, 0.0)
        return shaded(projection, style, hit, tint, pixel), jnp.where(hit.met, depth, jnp.inf), into

    def tinted(t: Array) -> Tint:
        return tint(style, t)

    tints = Tint(*in_chunks(tinted, rays.number, [hits.t], blank(*[jnp.float32] * 5)))
    kinds = jnp.uint32, jnp.float32, jnp.float32
    return in_chunks(shade, rays.number, [hits, tints], blank(*kinds))


def _silhouettes(into: np.ndarray) -> np.ndarray:
    """Where the ground depth of neighbouring pixels bends: nothing, the other side, or a jump."""
    edge = np.zeros(into.shape, bool)
    across = np.abs(into[:, :-2] - 2.0 * into[:, 1:-1] + into[:, 2:]) > JUMP
    upright = np.abs(into[:-2] - 2.0 * into[1:-1] + into[2:]) > JUMP
    edge[:, 1:-1] |= across
    edge[1:-1] |= upright
    return edge
