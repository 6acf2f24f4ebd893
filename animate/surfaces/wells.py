"""Gaussian wells: hollows put where one wants them, as deep and as wide as one wants them."""

from math import exp
from typing import Annotated

from annotated_types import Len

from animate.errors import UsageError
from animate.surfaces.libraries import jnp
from animate.surfaces.table import Point, Positive, surface

Wells = tuple[tuple[Point, float, float], ...]

_CONVERGED = 1e-15
_ROUNDS = 2_000
_EQUALLY_DEEP = 1e-12
_SAME_PLACE = 1e-9


def _lowest(
    positions: tuple[Point, ...], depths: tuple[float, ...], widths: tuple[float, ...]
) -> tuple[Point, ...]:
    """The global minima of gaussian_wells."""
    if not len(positions) == len(depths) == len(widths):
        raise UsageError(
            "gaussian_wells takes as many positions as depths and widths, "
            f"got {len(positions)}, {len(depths)} and {len(widths)}"
        )
    wells = tuple(zip(positions, depths, widths, strict=True))
    found = [_settle(position, wells) for position in positions]
    deepest = max(sum(_shares(point, wells)) for point in found)
    lowest: list[Point] = []
    for point in found:
        new = all(max(abs(point[0] - x), abs(point[1] - y)) > _SAME_PLACE for x, y in lowest)
        if new and sum(_shares(point, wells)) >= deepest * (1 - _EQUALLY_DEEP):
            lowest.append(point)
    return tuple(lowest)


def _settle(point: Point, wells: Wells) -> Point:
    """The local minimum that `point` rolls into, by mean shift (Y. Cheng, 1995)."""
    for _ in range(_ROUNDS):
        pulls = [
            share / width**2
            for share, (_, _, width) in zip(_shares(point, wells), wells, strict=True)
        ]
        x = sum(pull * well[0][0] for pull, well in zip(pulls, wells, strict=True)) / sum(pulls)
        y = sum(pull * well[0][1] for pull, well in zip(pulls, wells, strict=True)) / sum(pulls)
        step, point = max(abs(x - point[0]), abs(y - point[1])), (x, y)
        if step <= _CONVERGED * (1 + abs(x) + abs(y)):
            break
    return point


def _shares(point: Point, wells: Wells) -> list[float]:
    """How deep each of the wells is at `point`."""
    return [
        depth * exp(-((point[0] - x) ** 2 + (point[1] - y) ** 2) / (2 * width**2))
        for (x, y), depth, width in wells
    ]


@surface(window=((-3.2, 3.2), (-2.4, 2.4)), start=(-0.3, 1.75), minima=_lowest)
def gaussian_wells(
    x,
    y,
    *,
    positions: Annotated[tuple[Point, ...], Len(1, 50)] = ((-1.6, -0.6), (0.4, 0.7), (1.9, -1.0)),
    depths: tuple[Positive, ...] = (1.0, 0.7, 1.3),
    widths: tuple[Positive, ...] = (0.8, 0.6, 0.7),
):
    """Round wells in a plain, each with its own place, depth and width.

    f = −Σᵢ depthsᵢ exp(−((x − xᵢ)² + (y − yᵢ)²) / (2 widthsᵢ²)) with (xᵢ, yᵢ) = positionsᵢ; widths
    are standard deviations. The minima are found by mean shift to 15 digits. A surface of our own.
    Raises UsageError on lists of different lengths.
    """
    return -sum(
        depth * jnp.exp(-((x - a) ** 2 + (y - b) ** 2) / (2 * width**2))
        for (a, b), depth, width in zip(positions, depths, widths, strict=True)
    )


@surface(
    window=((-3.2, 3.2), (-2.4, 2.4)),
    start=(-2.35, -1.86),
    minima=((-1.2, 0.0), (1.2, 0.0)),
)
def sharp_and_wide(x, y, *, sharp: Positive = 0.25, wide: Positive = 1.0):
    """A narrow and a wide hollow of exactly equal depth: which one holds a noisy method?

    f = (1 − exp(−d₁²/(2 sharp²))) (1 − exp(−d₂²/(2 wide²))) (1 + (x² + y²)/10), where d₁ and d₂ are
    the distances from (−1.2, 0) and (1.2, 0). Minimum 0 at both; the curvature at the narrow one
    is about (wide/sharp)² times that at the wide one. A surface of our own, after S. Hochreiter
    and J. Schmidhuber (1997).
    """
    narrow = 1 - jnp.exp(-((x + 1.2) ** 2 + y**2) / (2 * sharp**2))
    broad = 1 - jnp.exp(-((x - 1.2) ** 2 + y**2) / (2 * wide**2))
    return narrow * broad * (1 + (x**2 + y**2) / 10)
