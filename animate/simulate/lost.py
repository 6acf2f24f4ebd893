"""Runs that end early: where they leave the finite numbers, or the surface."""

import numpy as np
from jaxtyping import Bool, Float, Int

from animate._lazy import lazy
from animate.simulate.numerics import float64
from animate.simulate.step import Loss
from animate.simulate.terrain import LARGEST

jnp = lazy("jax.numpy")

_ASTRAY = 100.0
"""Sides of the window, from its middle: where there is no loss on the way there, it is the surface
that has none. Farther away ∞ − ∞ is none either."""


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
    loss: Loss,
    positions: Float[np.ndarray, "optimizer run step axis"],
    lost: Bool[np.ndarray, "optimizer run step"],
    window: tuple[tuple[float, float], ...],
) -> Bool[np.ndarray, "optimizer run"]:
    """Which runs were first lost by a step to where there is no loss near the window: there, or on
    the way there if it leads far away. The others diverge."""
    gone = lost[..., -1] & ~lost[..., 0]
    if not gone.any():
        return gone
    after = (~lost).sum(-1)[gone]
    paths, number = positions[gone], np.arange(int(gone.sum()))
    before, place = paths[number, after - 1], paths[number, after]
    low, high = np.array(window, float).T
    leap = place - before
    with np.errstate(invalid="ignore", over="ignore", divide="ignore"):
        share = (_ASTRAY * (high - low) / np.abs(leap)).min(axis=-1, initial=1.0)
        on_way = before + share[:, None] * leap
    with float64():
        known = np.asarray(loss(*map(jnp.asarray, on_way.T)))
    found = np.zeros(gone.shape, bool)
    found[gone] = np.isnan(known) & np.isfinite(on_way).all(axis=-1)
    return found
