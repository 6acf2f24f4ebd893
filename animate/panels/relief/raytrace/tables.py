"""Reading tables between their nodes."""

from typing import TYPE_CHECKING

from animate.simulate.libraries import Array, jnp

if TYPE_CHECKING:
    import numpy as np


def bilinear(tables: Array, number: int, x: Array, y: Array) -> Array:
    """Table `number` of tables [n, ny, nx] over the unit square, at x and y in [-1/2, 1/2]."""
    _, ny, nx = tables.shape
    column = jnp.clip((x + 0.5) * (nx - 1), 0.0, nx - 1.0)
    row = jnp.clip((y + 0.5) * (ny - 1), 0.0, ny - 1.0)
    i = jnp.minimum(column.astype(jnp.int32), nx - 2)
    j = jnp.minimum(row.astype(jnp.int32), ny - 2)
    a, b = column - i, row - j
    corner = (number * ny + j) * nx + i
    sw, se, nw, ne = (read(tables, corner + k) for k in (0, 1, nx, nx + 1))
    south, north = sw + (se - sw) * a, nw + (ne - nw) * a
    return south + (north - south) * b


def read(table: "Array | np.ndarray", index: Array) -> Array:
    """The entries of the flattened table at `index`, which must lie in it: nothing is checked."""
    flat = jnp.reshape(table, -1)
    return flat.at[index.astype(jnp.uint32)].get(mode="promise_in_bounds")
