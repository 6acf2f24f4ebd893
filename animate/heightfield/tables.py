"""Reading tables between their nodes."""

from typing import TYPE_CHECKING, Any

import numpy as np

from animate.lazy import lazy

if TYPE_CHECKING:
    import jax.numpy as jnp
    from jax import Array, lax
else:
    jnp, lax = lazy("jax.numpy"), lazy("jax.lax")


def bilinear(tables: "Array", x: "Array", y: "Array") -> "Array":
    """Tables [n, ny, nx] over the unit square, read at x and y in [-1/2, 1/2]: [n, …]."""
    _, ny, nx = tables.shape
    column = jnp.clip((x + 0.5) * (nx - 1), 0.0, nx - 1.0)
    row = jnp.clip((y + 0.5) * (ny - 1), 0.0, ny - 1.0)
    i = jnp.minimum(column.astype(jnp.int32), nx - 2)
    j = jnp.minimum(row.astype(jnp.int32), ny - 2)
    a, b = column - i, row - j
    corners = np.arange(len(tables))[:, None] * (ny * nx) + np.array([0, 1, nx, nx + 1])
    nodes = gathered(tables, j * nx + i, corners.reshape(-1))
    sw, se, nw, ne = jnp.moveaxis(nodes.reshape(len(tables), 4, *x.shape), 1, 0)
    south, north = sw + (se - sw) * a, nw + (ne - nw) * a
    return south + (north - south) * b


def gathered(table: Any, index: "Array", offsets: Any) -> "Array":
    """The flat table read at index + offset for each of `offsets`: [offset, …].

    A loop rather than one wide gather: XLA would merge that into all that uses it, and do it anew
    for each; and it compiles in a tenth of the time.
    """
    flat = table.reshape(-1)

    def read(offset: "Array") -> "Array":
        return flat.at[(index + offset).astype(jnp.uint32)].get(mode="promise_in_bounds")

    return lax.map(read, jnp.asarray(offsets, jnp.int32))
