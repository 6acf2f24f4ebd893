"""Who ends where: the runs by their last loss, or the minima by the share of a swarm in each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil, copysign, floor, log1p, log10
from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float, Int

from animate.figure.view import View
from animate.simulate.terrain import Points, Scale, Terrain

DIGITS = 3
"""With which a loss is told."""
_LEAST = 1e-60
"""Of the highest loss: a logarithmic axis begins no nearer to its lowest level, or to 0."""
_ROUNDING = 1e-12
"""Of the highest loss: a lowest level that is less is 0."""
_NONE = 1e-200
"""What is less is no height: its share of another one would not be a number."""


@dataclass(frozen=True)
class Standing:
    """Where the run of `optimizer` ends: its last `loss`, the step at which it `arrived` at a
    minimum to stay there, and that at which it was `lost`; None: never."""

    optimizer: int
    loss: float
    arrived: int | None = None
    lost: int | None = None


@dataclass(frozen=True)
class Share:
    """The `share` of a swarm that ends in `minimum`, by its number; None: in no numbered one."""

    minimum: int | None
    share: float


def ranked(view: View) -> list[Standing]:
    """Every optimizer's only run, by the loss at its end; those that diverge last, the one that
    does so latest first. Equal ones stand as in the legend."""
    paths = view.trajectories
    last = paths.steps.searchsorted(paths.ends[:, 0])
    found = [
        Standing(
            k,
            float(paths.losses[k, 0, last[k]]),
            arrived,
            int(paths.ends[k, 0]) if paths.lost[k, 0] else None,
        )
        for k, arrived in enumerate(view.arrivals)
    ]
    return sorted(found, key=_rank)


def _rank(standing: Standing) -> tuple[bool, float]:
    lost = standing.lost is not None
    return lost, -standing.lost if standing.lost is not None else standing.loss


@dataclass(frozen=True)
class Axis:
    """Where losses stand from 0 to 1: as heights of a `scale`, or, `signed`, as their logarithms
    with their signs, linear within the least loss, `knee`; then `scale` is of these."""

    scale: Scale
    signed: bool = False
    knee: float = 1.0

    def unit(self, loss: float) -> float:
        """The place of that loss."""
        return float(self.scale.unit(_signed(loss, self.knee) if self.signed else loss))


def _lowest_of(losses: Sequence[float], terrain: Terrain, hollows: Points) -> float:
    """The lowest level that is known: of the window's grid, at a minimum, in one of the `hollows`,
    or of the `losses`. What is no more than rounding beside how far these are above it is 0."""
    minima = np.array([*terrain.minima, *hollows], float).reshape(-1, terrain.variables)
    heights = terrain.heights_at(minima)
    known = [terrain.scale("linear").low, *heights[np.isfinite(heights)], *losses]
    low = float(min(known))
    return low if abs(low) > _ROUNDING * (max(losses, default=low) - low) else 0.0


def datum_of(losses: Sequence[float], terrain: Terrain, hollows: Points = ()) -> float:
    """The lowest level, where more of the losses are written alike than of the heights above it:
    they are then told as these heights. Else 0. `hollows` are minima beside the terrain's own."""
    low = _lowest_of(losses, terrain, hollows)
    above = [loss - low for loss in losses]
    return low if len(_written(losses)) < len(_written(above)) else 0.0


def _written(losses: Sequence[float]) -> set[str]:
    return {f"{loss:.{DIGITS - 1}e}" for loss in losses}


def axis_of(
    losses: Sequence[float], terrain: Terrain, datum: float = 0.0, hollows: Points = ()
) -> Axis:
    """The axis of the last losses, less the `datum`: logarithmic above the lowest level of the
    terrain and of the `hollows`, or that of the lowest run if it came deeper; linear where all are
    equal. Where runs fall far below all that the window shows, there is no lowest level, and it is
    signed.

    A logarithmic one ends at a power of ten above the highest loss, and is linear below a power of
    ten under the lowest.
    """
    window = terrain.scale("linear")
    window = replace(window, low=window.low - datum, high=window.high - datum)
    low = _lowest_of(losses, terrain, hollows) - datum
    losses = [loss - datum for loss in losses]
    if window.low - low > window.high - window.low:
        sizes = [abs(loss) for loss in losses if loss] or [1.0]
        knee = max(min(sizes), _LEAST * max(sizes))
        ends = [_signed(loss, knee) for loss in (min(low, *losses), max(losses))]
        return Axis(Scale(log=False, low=ends[0], high=ends[1]), signed=True, knee=knee)
    above = [loss - low for loss in losses if loss - low > _NONE]
    if not above:
        return Axis(Scale(log=False, low=low, high=low))
    high = 10.0 ** ceil(log10(max(above)))
    least = max(min(above), _LEAST * high)
    return Axis(Scale(log=True, low=low, high=low + high, offset=10.0 ** floor(log10(least))))


def _signed(loss: float, knee: float) -> float:
    return copysign(log1p(abs(loss) / knee), loss)


class Portions(NamedTuple):
    """The shares of a swarm's runs that end in each of the `places`, in `further` minima, that
    diverge and so are `lost`, that have `strayed` off the surface, and that are `elsewhere`."""

    places: Float[np.ndarray, " place"]
    further: float
    lost: float
    strayed: float
    elsewhere: float


def portions(
    which: Int[np.ndarray, " run"], further: Bool[np.ndarray, " run"],
    lost: Bool[np.ndarray, " run"], places: int, strayed: Bool[np.ndarray, " run"] | None = None,
) -> Portions:  # fmt: skip
    """The shares by which runs end where, as `which` and `further` of Ends say, and `lost` and
    `strayed` of Trajectories; they add up to 1."""
    counts = np.bincount(which[which >= 0], minlength=places)
    strayed = np.zeros_like(lost) if strayed is None else strayed
    known = [*counts, further.sum(), (lost & ~strayed).sum(), (lost & strayed).sum()]
    every = np.array([*known, len(which) - sum(known)])
    *each, more, gone, off, rest = (every / len(which)).tolist()
    return Portions(np.array(each), more, gone, off, rest)


def shares(view: View) -> list[Share]:
    """The shares of the only optimizer's runs that end in each minimum, the largest first, and at
    the end that of the runs which are in none, if there are any."""
    ends = view.ends
    assert ends is not None
    lost = view.trajectories.lost.ravel() & (ends.which.ravel() < 0)
    strayed = view.trajectories.off.ravel()
    found = portions(ends.which.ravel(), ends.further.ravel(), lost, ends.places, strayed)
    order = np.argsort(-found.places, kind="stable")
    rows = [Share(int(k), float(found.places[k])) for k in order if found.places[k]]
    rest = found.further + found.lost + found.strayed + found.elsewhere
    return [*rows, Share(None, rest)] if rest else rows
