"""Slices through networks of several widths and of several depths."""

from dataclasses import dataclass
from functools import partial

import numpy as np

from animate.networks.data import digits
from animate.networks.experiments import options
from animate.networks.slices import slice_at_loss


@dataclass(frozen=True)
class Width:
    """The share of points that bend down, at equal loss, by width and by depth.

    `shares` [width, seed] are those of networks of `depth` hidden layers of `widths` [width] units,
    `depth_shares` [depth, seed] those of `depths` [depth] layers of `depth_width` units. `z`
    [width, y, x] and `nonconvex` [width, y-2, x-2] are the first seed's slices, `x` along both
    axes. `weights` [seed, sum of P] are the networks, one width after the other and then one depth
    after the other, from `seeds`.
    """

    widths: np.ndarray
    shares: np.ndarray
    depths: np.ndarray
    depth_width: int
    depth_shares: np.ndarray
    x: np.ndarray
    z: np.ndarray
    nonconvex: np.ndarray
    depth: int
    weights: np.ndarray
    seeds: np.ndarray


def width(
    *,
    widths: options.Compared = (16, 32, 64, 128),
    depths: options.Compared = (2, 3, 4, 5),
    depth_width: options.Units = 32,
    depth: options.Units = 3,
    activation: options.Activation = "tanh",
    target: options.Positive = 0.05,
    reach: options.Positive = 1.0,
    resolution: options.Resolution = 31,
    samples: options.Samples = 256,
    seeds: options.Seeds = (0, 1, 2),
) -> Width:
    """Networks of `depth` hidden layers and several widths, and of several depths at one width.

    All are trained to the same loss and cut along filter-normalised directions (Li et al. 2018).
    """
    data = digits(samples=samples, test=0.0)
    cut = partial(
        slice_at_loss,
        data,
        seeds=seeds,
        target=target,
        reach=reach,
        resolution=resolution,
        learning_rate=2e-3,
        steps=1000,
        activation=activation,
    )
    wide = [cut((units,) * depth) for units in widths]
    deep = [cut((depth_width,) * layers) for layers in depths]
    return Width(
        widths=np.array(widths),
        shares=np.stack([each.shares for each in wide]),
        depths=np.array(depths),
        depth_width=depth_width,
        depth_shares=np.stack([each.shares for each in deep]),
        x=wide[0].x,
        z=np.stack([each.z[0] for each in wide]),
        nonconvex=np.stack([each.nonconvex[0] for each in wide]),
        depth=depth,
        weights=np.concatenate([each.weights for each in (*wide, *deep)], axis=1),
        seeds=np.array(seeds),
    )
