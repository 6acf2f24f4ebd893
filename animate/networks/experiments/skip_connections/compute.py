"""Slices through deep networks with and without skip connections."""

from dataclasses import dataclass
from functools import partial

import numpy as np

from animate.networks.data import digits
from animate.networks.experiments.options import Activation, Positive, Resolution, Seeds, Units
from animate.networks.network import MlpOptions
from animate.networks.slices import slice_at_loss


@dataclass(frozen=True)
class SkipConnections:
    """Slices through trained networks at equal loss: `z` [variant, seed, y, x] on `x`, `y`.

    `nonconvex` [variant, seed, y-2, x-2] marks the inner points that bend down, `shares`
    [variant, seed] is their share, `walls` [variant, seed] the mean loss on the slice's rim and
    `losses` the loss at its middle. `weights` [variant, seed, P] are the networks, from `seeds`.
    """

    variants: list[str]
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
    seeds: Seeds = (0, 1, 2),
) -> SkipConnections:
    """Plain, residual with small branches, residual with the plain network's own initial weights.

    Each is trained to the same loss and cut along two filter-normalised directions (Li et al.
    2018). The third is the control: it differs from the plain network by the skip connections only.
    """
    data = digits(samples=SAMPLES, test=0.0)
    plain: MlpOptions = {"activation": activation}
    options = {
        "plain": plain,
        "skip, small start": plain | {"residual": True, "branch": branch},
        "skip, equal start": plain | {"residual": True},
    }
    cut = partial(
        slice_at_loss,
        data,
        (width,) * depth,
        seeds=seeds,
        target=target,
        reach=reach,
        resolution=resolution,
    )
    slices = [cut(**network) for network in options.values()]
    return SkipConnections(
        variants=list(options),
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
