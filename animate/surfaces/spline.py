"""Cubic splines over a grid: slopes solved once in NumPy, values and gradients in JAX."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from animate._lazy import lazy

if TYPE_CHECKING:
    import jax.numpy as jnp
    import numpy as np
else:
    jnp, np = lazy("jax.numpy"), lazy("numpy")


def slopes(knots: "np.ndarray", values: "np.ndarray") -> "np.ndarray":
    """The derivative at each knot of the cubic splines through the columns of values[n, m].

    Twice continuously differentiable, with the not-a-knot end condition (C. de Boor, 1978); a
    parabola through three knots, a line through two. Where a value is NaN the spline is cut: each
    unbroken run of values has its own, a lone value has no slope (NaN).
    """
    derivative = np.full(values.shape, np.nan)
    known = np.isfinite(values)
    patterns, belongs = np.unique(known, axis=1, return_inverse=True)
    for index, pattern in enumerate(patterns.T):
        columns = np.flatnonzero(belongs.ravel() == index)
        edges = np.flatnonzero(np.diff(np.concatenate(([0], pattern, [0])).astype(int)))
        for first, last in edges.reshape(-1, 2):
            if last - first > 1:
                run = (slice(first, last), columns)
                derivative[run] = _run_slopes(knots[first:last], values[run])
    return derivative


def _run_slopes(knots: "np.ndarray", values: "np.ndarray") -> "np.ndarray":
    """`slopes` of columns without a gap, two knots or more."""
    h = np.diff(knots)[:, None]
    rise = np.diff(values, axis=0) / h
    if len(knots) == 2:
        return np.repeat(rise, 2, axis=0)
    if len(knots) == 3:
        bend = (rise[1] - rise[0]) / (h[0] + h[1])
        return np.stack([rise[0] - h[0] * bend, rise[0] + h[0] * bend, rise[1] + h[1] * bend])
    front, back = h[0] + h[1], h[-2] + h[-1]
    lower = np.concatenate([h[1:], [back]])
    diagonal = np.concatenate([[h[1]], 2 * (h[:-1] + h[1:]), [h[-2]]])
    upper = np.concatenate([[front], h[:-1]])
    right = np.concatenate(
        [
            [((h[0] + 2 * front) * h[1] * rise[0] + h[0] ** 2 * rise[1]) / front],
            3 * (h[1:] * rise[:-1] + h[:-1] * rise[1:]),
            [(h[-1] ** 2 * rise[-2] + (2 * back + h[-1]) * h[-2] * rise[-1]) / back],
        ]
    )
    return _tridiagonal(lower, diagonal, upper, right)


def _tridiagonal(
    lower: "np.ndarray", diagonal: "np.ndarray", upper: "np.ndarray", right: "np.ndarray"
) -> "np.ndarray":
    """The solution of a tridiagonal system for every column of right[n, m] (L. H. Thomas, 1949)."""
    diagonal, right = diagonal.copy(), right.copy()
    for row in range(1, len(right)):
        share = lower[row - 1] / diagonal[row - 1]
        diagonal[row] -= share * upper[row - 1]
        right[row] -= share * right[row - 1]
    right[-1] /= diagonal[-1]
    for row in range(len(right) - 2, -1, -1):
        right[row] = (right[row] - upper[row] * right[row + 1]) / diagonal[row]
    return right


def nodes(x: "np.ndarray", y: "np.ndarray", z: "np.ndarray") -> "np.ndarray":
    """z, ∂z/∂x, ∂z/∂y and ∂²z/∂x∂y at each node of the tensor-product spline, [ny, nx, 4]."""
    with np.errstate(over="ignore", invalid="ignore"):  # a cell with such a slope is undefined
        along_x = slopes(x, z.T).T
        return np.stack([z, along_x, slopes(y, z), slopes(y, along_x)], axis=-1)


def interpolant(
    x: "np.ndarray", y: "np.ndarray", table: "np.ndarray", library: Any = jnp
) -> Callable[..., Any]:
    """The bicubic spline through `nodes` as a function (x, y) -> z of arrays of one shape.

    It is one of JAX, or of NumPy where that is the `library`. It takes the values of z at the nodes
    and has continuous second derivatives. Outside the grid, and in cells that touch a node without
    a value or a slope, it is NaN.
    """

    def spline(at_x, at_y):
        column, left, right = _cell(library, library.asarray(x), at_x)
        row, below, above = _cell(library, library.asarray(y), at_y)
        corners = library.asarray(table)
        total = 0.0
        for step_y, weigh_y in enumerate((below, above)):
            for step_x, weigh_x in enumerate((left, right)):
                node = corners[row + step_y, column + step_x]
                value = weigh_x[0] * node[..., 0] + weigh_x[1] * node[..., 1]
                slope = weigh_x[0] * node[..., 2] + weigh_x[1] * node[..., 3]
                total = total + weigh_y[0] * value + weigh_y[1] * slope
        inside = (at_x >= x[0]) & (at_x <= x[-1]) & (at_y >= y[0]) & (at_y <= y[-1])
        return library.where(inside, total, library.nan)

    return spline


def _cell(library: Any, knots: Any, at: Any) -> tuple[Any, tuple[Any, Any], tuple[Any, Any]]:
    """The cell that `at` lies in, and Hermite's weights of value and slope at its two ends."""
    index = library.searchsorted(knots, at, side="right") - 1
    index = library.clip(index, 0, len(knots) - 2)
    width = knots[index + 1] - knots[index]
    t = (at - knots[index]) / width
    near = ((1 + 2 * t) * (1 - t) ** 2, width * t * (1 - t) ** 2)
    far = (t**2 * (3 - 2 * t), width * t**2 * (t - 1))
    return index, near, far
