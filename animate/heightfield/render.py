"""One picture of a height field: rays, light, and silhouettes sampled more finely."""

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

FINE = 4
"""Samples along each side of a pixel on a silhouette."""
CHUNK = 1 << 15
"""Rays that are followed at a time: few enough for a processor's cache."""


JUMP = 3.0
"""Bend of the ground depth between neighbouring pixels, in pixels, that makes a silhouette."""


ABSENT = -1e4
"""The ground depth, in pixels, of what was not met."""


class Picture(NamedTuple):
    """`rgba` [height, width, 4] uint8, alpha multiplied in; `depth` [height, width] float32, as
    Camera.project gives it, infinite where the surface is not."""

    rgba: np.ndarray
    depth: np.ndarray


def picture(field: Field, view: View, style: Look, *, width: int, height: int) -> Picture:
    """The picture of one view, `width` × `height` pixels."""
    tracer = _Tracer(field, view, style, width, height)
    rgba = np.zeros((height * width, 4), np.uint8)
    depth = np.full(height * width, np.inf, np.float32)
    into = np.full(height * width, ABSENT, np.float32)
    seen = _candidates(tracer.extent, height)
    if len(seen):
        rgba[seen], depth[seen], into[seen] = (a[:, 0] for a in tracer.trace(seen, 1))
    edge = np.flatnonzero(_silhouettes(into.reshape(height, width)))
    if len(edge):
        rgba[edge] = np.round(tracer.trace(edge, FINE)[0].mean(1))
    return Picture(rgba.reshape(height, width, 4), depth.reshape(height, width))


class _Tracer:
    """Rays through one view, CHUNK at a time."""

    def __init__(self, field: Field, view: View, style: Look, width: int, height: int) -> None:
        self._prepare, self._hit, self._shade = _stages()
        self._field, self._width = field, width
        self._view, self._style = jax.device_put((view, style))
        samples = 1 << max(width, height, 256).bit_length() - 1
        self._lines, self._first, self.extent = self._prepare(
            field.tables, self._view, width=width, samples=samples, holes=field.holes
        )

    def trace(self, pixels: np.ndarray, fine: int) -> tuple[np.ndarray, ...]:
        """What fine × fine rays through each of the pixels show, [pixel, ray, …]."""
        count = CHUNK // fine**2
        parts = [
            self._follow(_rays(pixels[i : i + count], self._width, fine), 1.0 / fine)
            for i in range(0, len(pixels), count)
        ]
        return tuple(
            np.concatenate([np.asarray(part) for part in of_all]).reshape(
                -1, fine**2, *of_all[0].shape[1:]
            )[: len(pixels)]
            for of_all in zip(*parts, strict=True)
        )

    def _follow(self, rays: Rays, pixel: float) -> "tuple[Array, ...]":
        field = self._field
        seen = (field.tables, self._view, self._lines, self._first)
        return self._shade(
            self._view, self._style, self._hit(*seen, rays, holes=field.holes), pixel
        )


def _candidates(extent: Any, height: int) -> np.ndarray:
    """The flat indices of the pixels between the surface's extreme rows in their column."""
    top, bottom = extent
    rows = np.arange(height)[:, None] + 0.5
    return np.flatnonzero((rows > np.asarray(top) - 1.0) & (rows < np.asarray(bottom) + 1.0))


def _rays(pixels: np.ndarray, width: int, fine: int) -> Rays:
    """fine × fine rays through each of the pixels, the last repeated until they are CHUNK."""
    offset = (np.arange(fine, dtype=np.float32) + 0.5) / fine
    padded = np.full((CHUNK // fine**2, 1, 1), pixels[-1], np.int32)
    padded[: len(pixels), 0, 0] = pixels
    rays = np.broadcast_arrays(padded % width + offset, padded // width + offset[:, None])
    return Rays(*(np.asarray(a, np.float32).reshape(-1) for a in rays))


@cache
def _stages() -> tuple[Any, Any, Any]:
    """The compiled stages: apart, since XLA on a processor would merge the rays into the light and
    follow each of them anew for every channel."""
    return (
        jax.jit(_prepare, static_argnames=("width", "samples", "holes")),
        jax.jit(first_hit, static_argnames="holes"),
        jax.jit(_shade),
    )


def _prepare(tables, view, *, width: int, samples: int, holes: bool):
    lines = columns(tables, view, width, samples, holes=holes)
    return lines, horizon(lines, 0, holes=holes), extent(lines)


def _shade(view: View, style: Look, hit: Hit, pixel: "Array") -> tuple["Array", "Array", "Array"]:
    """(rgba, depth, ground depth) of each hit. The last, in pixels, tells silhouettes: it is far
    off where nothing was met, and other for the underside."""
    depth = hit.v * view.cosine - (hit.t - 0.5) * view.vertical * view.sine
    into = jnp.where(hit.met, hit.v * view.scale, ABSENT) + jnp.where(hit.below, 1e3, 0.0)
    channels = [jnp.sqrt(light) for light in shaded(view, style, hit, pixel)]
    colour = jnp.stack([*channels, jnp.ones_like(depth)], axis=-1)
    rgba = jnp.where(hit.met[:, None], colour * 255.0 + 0.5, 0.0).astype(jnp.uint8)
    return rgba, jnp.where(hit.met, depth, jnp.inf), into


def _silhouettes(into: np.ndarray) -> np.ndarray:
    """Where the ground depth of neighbouring pixels bends: nothing, the other side, or a jump."""
    edge = np.zeros(into.shape, bool)
    across = np.abs(into[:, :-2] - 2.0 * into[:, 1:-1] + into[:, 2:]) > JUMP
    upright = np.abs(into[:-2] - 2.0 * into[1:-1] + into[2:]) > JUMP
    edge[:, 1:-1] |= across
    edge[1:-1] |= upright
    return edge
