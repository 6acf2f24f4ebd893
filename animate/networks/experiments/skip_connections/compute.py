"""Slices through deep networks with and without skip connections."""

from dataclasses import dataclass
from functools import partial

import numpy as np

from animate.networks.data import digits
from animate.networks.experiments.options import (
    Activation,
    Levels,
    Positive,
    Resolution,
    Seeds,
    Units,
)
from animate.networks.slices import slice_at_loss


@dataclass(frozen=True)
class SkipConnections:
    """Slices through trained networks at equal loss: `z` [network, seed, y, x] on `x`, `y`.

    The networks lead from a plain one to one with skip connections and the same initial weights and
    on to small ones: `skips` [network] is what a layer's input is multiplied by before it is added,
    `branches` [network] what the initial weights are multiplied by, and `stations` [3] are the
    numbers of these three. `nonconvex` [network, seed, y-2, x-2] marks the inner points that bend
    down, `shares` [network, seed] is their share, `walls` [network, seed] the mean loss on the
    slice's rim and `losses` the loss at its middle. `weights` [network, seed, P] are the networks,
    from `seeds`.
    """

    skips: np.ndarray
    branches: np.ndarray
    stations: np.ndarray
    x: np.ndarray
    y: np.ndarray
    z: np.ndarray
    nonconvex: np.ndarray
    shares: np.ndarray
    walls: np.ndarray
    losses: np.ndarray
    weights: np.ndarray
    seeds: np.ndarray


SAMPLES = 512
"""Digits that the networks learn."""


def skip_connections(
    *,
    depth: Units = 8,
    width: Units = 24,
    branch: Positive = 0.25,
    target: Positive = 0.05,
    activation: Activation = "relu",
    reach: Positive = 1.0,
    resolution: Resolution = 51,
    parts: Levels = 8,
    seeds: Seeds = (0, 1, 2),
) -> SkipConnections:
    """Plain, residual with the plain network's own initial weights, residual with small branches.

    Each is trained to the same loss and cut along two filter-normalised directions (Li et al.
    2018). The second is the control: it differs from the plain network by the skip connections
    only. So do those on the way to it, whose skips are s h for s from 0 to 1 in `parts`, and in as
    many their initial weights then become small: each of them is a network trained anew.
    """
    data = digits(samples=SAMPLES, test=0.0)
    skips, branches = path(parts, branch)
    cut = partial(
        slice_at_loss,
        data,
        (width,) * depth,
        seeds=seeds,
        target=target,
        reach=reach,
        resolution=resolution,
        activation=activation,
        residual=True,
    )
    pairs = zip(skips.tolist(), branches.tolist(), strict=True)
    slices = [cut(skip=skip, branch=small) for skip, small in pairs]
    return SkipConnections(
        skips=skips,
        branches=branches,
        stations=np.array([0, parts, 2 * parts]),
        x=slices[0].x,
        y=slices[0].x,
        z=np.stack([s.z for s in slices]),
        nonconvex=np.stack([s.nonconvex for s in slices]),
        shares=np.stack([s.shares for s in slices]),
        walls=np.stack([s.walls for s in slices]),
        losses=np.stack([s.losses for s in slices]),
        weights=np.stack([s.weights for s in slices]),
        seeds=np.array(seeds),
    )


def path(parts: int, branch: float) -> tuple[np.ndarray, np.ndarray]:
    """The skips and the sizes of initial weights, [2 `parts` + 1] each: skips grow evenly from 0 to
    1, then the weights go from 1 to `branch`, evenly on a log scale."""
    grown, still = np.linspace(0.0, 1.0, parts + 1), np.ones(parts)
    return np.r_[grown, still], np.r_[1.0, still, branch ** grown[1:]]
