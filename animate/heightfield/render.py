"""One picture of a height field: rays, light, and silhouettes sampled more finely."""

import math
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from animate.heightfield.camera import View
from animate.heightfield.field import Field
from animate.heightfield.horizon import Hit, Rays, columns, extent, first_hit, horizon
from animate.heightfield.shading import Look, shaded
from animate.lazy import lazy

if TYPE_CHECKING:
    import jax
    import jax.numpy as jnp
    from jax import Array
else:
    jax = lazy("jax")
    jnp = lazy("jax.numpy")

MIDDLE = np.array([[0.5, 0.5]], np.float32)
ROOKS = ((np.array([[k, (3 * k + 1) % 8] for k in range(8)]) + 0.5) / 8.0).astype(np.float32)
"""Where rays pass through a pixel: one in the middle, and eight on a silhouette, no two of them in
one row or column, so that steep edges and flat ones are as smooth as with sixty-four."""
CHUNK = 1 << 14
"""Rays that are followed at a time: few enough for a processor's cache, and for a little waste."""

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
    field: Field, view: View, style: Look, *, width: int, height: int, columns: int = 0
) -> Picture:
    """The picture of one view, `width` × `height` pixels.

    What is compiled for `columns`, or `width` if that is more, serves any picture so wide or less.
    """
    tracer = _Tracer(field, view, style, width, max(columns, width))
    word = np.zeros(height * width, np.uint32)
    depth = np.full(height * width, np.inf, np.float32)
    into = np.full(height * width, ABSENT, np.float32)
    seen = _candidates(tracer.extent[:, :width], height)
    if len(seen):
        word[seen], depth[seen], into[seen] = (a[:, 0] for a in tracer.trace(seen, MIDDLE))
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
    """Rays through one view, CHUNK at a time."""

    def __init__(self, field: Field, view: View, style: Look, width: int, columns: int) -> None:
        self._prepare, self._hit, self._shade = _stages()
        self._field, self._width = field, width
        self._view, self._style = jax.device_put((view, style))
        samples = 1 << max(columns, 256).bit_length() - 1
        self._lines, self._first, extent = self._prepare(
            field.tables, self._view, width=columns, samples=samples, holes=field.holes
        )
        self.extent = np.asarray(extent)

    def trace(self, pixels: np.ndarray, offsets: np.ndarray) -> tuple[np.ndarray, ...]:
        """What rays at `offsets` [ray, 2] in each of the pixels show, [pixel, ray]."""
        rays = len(offsets)
        count = CHUNK // rays
        parts = [
            self._follow(_rays(pixels[i : i + count], self._width, offsets), 1.0 / math.sqrt(rays))
            for i in range(0, len(pixels), count)
        ]
        return tuple(
            np.concatenate([np.asarray(part) for part in of_all]).reshape(-1, rays)[: len(pixels)]
            for of_all in zip(*parts, strict=True)
        )

    def _follow(self, rays: Rays, pixel: float) -> "tuple[Array, ...]":
        field, view = self._field, self._view
        hit = self._hit(field.tables, view, self._lines, self._first, rays, holes=field.holes)
        return self._shade(view, self._style, hit, pixel)


def _candidates(extent: np.ndarray, height: int) -> np.ndarray:
    """The flat indices of the pixels between the surface's extreme rows in their column."""
    top, bottom = extent
    rows = np.arange(height)[:, None] + 0.5
    return np.flatnonzero((rows > top - 1.0) & (rows < bottom + 1.0))


def _rays(pixels: np.ndarray, width: int, offsets: np.ndarray) -> Rays:
    """Rays at `offsets` in each of the pixels, the last repeated until they are CHUNK."""
    padded = np.full((CHUNK // len(offsets), 1), pixels[-1], np.int32)
    padded[: len(pixels), 0] = pixels
    row, column = np.divmod(padded, width)
    return Rays(*((a + b).reshape(-1) for a, b in zip((column, row), offsets.T, strict=True)))


@cache
def _stages() -> tuple[Any, Any, Any]:
    """The stages, compiled. The rays and their light are apart: XLA on a processor would merge
    them, and follow a ray anew for every use of what it met."""
    return (
        jax.jit(_prepare, static_argnames=("width", "samples", "holes")),
        jax.jit(first_hit, static_argnames="holes"),
        jax.jit(_shade),
    )


def _prepare(tables, view, *, width: int, samples: int, holes: bool):
    lines = columns(tables, view, width, samples, holes=holes)
    return lines, horizon(lines, 0, holes=holes), extent(lines)


def _shade(view: View, style: Look, hit: Hit, pixel: "Array") -> tuple["Array", "Array", "Array"]:
    """(colour, depth, ground depth) of each hit. The last, in pixels, tells silhouettes: it is far
    off where nothing was met, and other for the underside."""
    depth = hit.v * view.cosine - (hit.t - 0.5) * view.vertical * view.sine
    into = jnp.where(hit.met, hit.v * view.scale, ABSENT) + jnp.where(hit.below, 1e3, 0.0)
    return shaded(view, style, hit, pixel), jnp.where(hit.met, depth, jnp.inf), into


def _silhouettes(into: np.ndarray) -> np.ndarray:
    """Where the ground depth of neighbouring pixels bends: nothing, the other side, or a jump."""
    edge = np.zeros(into.shape, bool)
    across = np.abs(into[:, :-2] - 2.0 * into[:, 1:-1] + into[:, 2:]) > JUMP
    upright = np.abs(into[:-2] - 2.0 * into[1:-1] + into[2:]) > JUMP
    edge[:, 1:-1] |= across
    edge[1:-1] |= upright
    return edge
