"""Bicubic surfaces over a grid that stay in the range of their nodes, in JAX or NumPy.

Slopes are those of SciPy's cubic splines, held back where a cell would leave the range of its
corners.
"""

from collections.abc import Callable
from types import ModuleType

from animate.surfaces.libraries import Array, jnp, lax, np
from animate.surfaces.limits import limited


def slopes(knots: "np.ndarray", values: "np.ndarray") -> "np.ndarray":
    """The derivative [n, m] at each knot of the cubic splines through the columns of values[n, m].

    Twice continuously differentiable, with the not-a-knot end condition (C. de Boor, 1978); a
    parabola through three knots, a line through two. Where a value is NaN the spline is cut: each
    unbroken run of values has a spline of its own, and a lone value has no slope (NaN).
    """
    from scipy.interpolate import CubicSpline

    known = np.isfinite(values)
    # Powers of two scale without rounding; numbers of size 1 can neither over- nor underflow.
    length = np.frexp(knots[-1] - knots[0])[1]
    size = np.frexp(np.where(known, np.abs(values), 0.0).max(axis=0))[1]
    knots, values = np.ldexp(knots, -length), np.ldexp(values, -size)
    derivative = np.full(values.shape, np.nan)
    patterns, belongs = np.unique(known, axis=1, return_inverse=True)
    for index, pattern in enumerate(patterns.T):
        columns = np.flatnonzero(belongs.ravel() == index)
        edges = np.flatnonzero(np.diff(np.concatenate(([0], pattern, [0])).astype(int)))
        for first, last in edges.reshape(-1, 2):
            if last - first > 1:
                run, part = knots[first:last], (slice(first, last), columns)
                derivative[part] = CubicSpline(run, values[part], bc_type="not-a-knot")(run, 1)
    return np.ldexp(derivative, size - length)


def nodes(x: "np.ndarray", y: "np.ndarray", z: "np.ndarray") -> "np.ndarray":
    """z, ∂z/∂x, ∂z/∂y and ∂²z/∂x∂y at each node of the surface through z [ny, nx], [ny, nx, 4].

    They are those of the tensor-product cubic spline, and `limited` where it leaves the range of
    the nodes around it.
    """
    known = np.isfinite(z)
    wide, high = np.frexp(x[-1] - x[0])[1], np.frexp(y[-1] - y[0])[1]
    size = np.frexp(np.where(known, np.abs(z), 0.0).max())[1]
    units = np.array([size, size - wide, size - high, size - wide - high])
    x, y, unit = np.ldexp(x, -wide), np.ldexp(y, -high), np.ldexp(z, -size)
    with np.errstate(over="ignore", invalid="ignore"):  # a cell with such a slope is undefined
        along_x = slopes(x, unit.T).T
        table = np.stack([unit, along_x, slopes(y, unit), slopes(y, along_x)], axis=-1)
        table = np.ldexp(limited(x, y, table), units)
    table[..., 0] = z  # the smallest of them are not lost beside the largest
    return table


def interpolant(
    x: "np.ndarray", y: "np.ndarray", table: "np.ndarray", library: ModuleType = jnp
) -> Callable[..., Array]:
    """The bicubic surface through `nodes` as a function (x, y) -> z of arrays of one shape.

    It is one of JAX, or of NumPy where that is the `library`. It takes the values of z at the nodes
    and has a continuous gradient; nowhere does it leave the range of the nodes, see `limited`.
    Outside the grid, and in cells that touch a node without a value or a slope, it is NaN.
    """
    known = np.isfinite(table[..., 0])
    low = np.where(known, table[..., 0], np.inf).min()
    high = np.where(known, table[..., 0], -np.inf).max()

    def surface(at_x, at_y):
        column, left, right = _cell(library, library.asarray(x), at_x)
        row, below, above = _cell(library, library.asarray(y), at_y)
        corners = library.asarray(table)
        total = library.zeros(())
        for step_y, weigh_y in enumerate((below, above)):
            for step_x, weigh_x in enumerate((left, right)):
                node = corners[row + step_y, column + step_x]
                value = weigh_x[0] * node[..., 0] + weigh_x[1] * node[..., 1]
                slope = weigh_x[0] * node[..., 2] + weigh_x[1] * node[..., 3]
                total = total + weigh_y[0] * value + weigh_y[1] * slope
        inside = (at_x >= x[0]) & (at_x <= x[-1]) & (at_y >= y[0]) & (at_y <= y[-1])
        return library.where(inside, _unrounded(library, total, low, high), library.nan)

    return surface


def _unrounded(library: ModuleType, total: Array, low: Array, high: Array) -> Array:
    """`total` without the rounding that takes it out of the range; derivatives stay those of it."""
    fixed = total if library.__name__ == "numpy" else lax.stop_gradient(total)
    return library.clip(fixed, low, high) + (total - fixed)


def _cell(
    library: ModuleType, knots: Array, at: Array
) -> tuple[Array, tuple[Array, Array], tuple[Array, Array]]:
    """The cell that `at` lies in, and Hermite's weights of value and slope at its two ends."""
    index = library.searchsorted(knots, at, side="right") - 1
    index = library.clip(index, 0, len(knots) - 2)
    width = knots[index + 1] - knots[index]
    t = (at - knots[index]) / width
    near = ((1 + 2 * t) * (1 - t) ** 2, width * t * (1 - t) ** 2)
    far = (t**2 * (3 - 2 * t), width * t**2 * (t - 1))
    return index, near, far
