"""Runs that end early: where they leave the finite numbers, or the surface."""

import numpy as np
from jaxtyping import Bool, Float, Int

from animate.simulate.terrain import LARGEST

_ASTRAY = 100.0
"""Sides of the window, from its middle, within which a place without a loss is one of the surface's
own: beyond its edge, or where it is not defined."""


def lost_of(
    positions: Float[np.ndarray, "optimizer run step axis"],
    losses: Float[np.ndarray, "optimizer run step"],
) -> Bool[np.ndarray, "optimizer run step"]:
    """Where each run has left the numbers up to ±LARGEST, from then on."""
    lost = ~((np.abs(positions) <= LARGEST).all(-1) & (np.abs(losses) <= LARGEST))
    return np.logical_or.accumulate(lost, axis=-1)


def ends_of(
    lost: Bool[np.ndarray, "optimizer run step"], steps: Int[np.ndarray, " step"]
) -> Int[np.ndarray, "optimizer run"]:
    """The last recorded step at which each run is not lost, −1 for none."""
    kept = (~lost).sum(-1)
    return np.where(kept > 0, steps[np.maximum(kept, 1) - 1], -1)


def strayed_of(
    positions: Float[np.ndarray, "optimizer run step axis"],
    losses: Float[np.ndarray, "optimizer run step"],
    lost: Bool[np.ndarray, "optimizer run step"],
    window: tuple[tuple[float, float], ...],
) -> Bool[np.ndarray, "optimizer run"]:
    """Which runs were first lost at a place near the window where there is no loss. Farther away
    ∞ − ∞ is none either, of a run that diverges."""
    low, high = np.array(window, float).T
    first = np.minimum((~lost).sum(-1), lost.shape[-1] - 1)[..., None]
    place = np.take_along_axis(positions, first[..., None], axis=2)[:, :, 0]
    loss = np.take_along_axis(losses, first, axis=2)[..., 0]
    with np.errstate(invalid="ignore"):
        near = (np.abs(place - (low + high) / 2) <= _ASTRAY * (high - low)).all(axis=-1)
    return near & np.isnan(loss) & lost[..., -1]
