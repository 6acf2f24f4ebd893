"""All eigenvalues of the Hessian of a deep network without and with skip connections."""

from dataclasses import dataclass

import numpy as np

from animate.networks.curvature import spectra
from animate.networks.data import pooled_digits
from animate.networks.experiments.options import (
    Activation,
    Kept,
    Positive,
    Samples,
    Seeds,
    SmallDepth,
    SmallWidth,
    Steps,
)
from animate.networks.experiments.spectral_shares import count_zero, share_near, share_negative
from animate.networks.network import initial_weights
from animate.networks.training import train
from animate.simulate.libraries import optax


@dataclass(frozen=True)
class DegenerateSkips:
    """A network without and one with skip connections (the axis `network`), at `steps` [kept].

    `losses` [network, seed, kept] are over all the examples, `eigenvalues` [network, seed, kept, P]
    those of the loss's Hessian, ascending; `positions` float32 [network, seed, kept, P] are the
    weights, the same ones for both networks at the start. `depth` is the number of hidden layers.
    """

    steps: np.ndarray
    losses: np.ndarray
    eigenvalues: np.ndarray
    positions: np.ndarray
    depth: int

    @property
    def largest(self) -> np.ndarray:
        """The size of the eigenvalue that is largest in size, [network, seed, kept]."""
        return np.abs(self.eigenvalues).max(axis=-1)

    @property
    def degenerate(self) -> np.ndarray:
        """The share of eigenvalues near zero, against the `largest`, [network, seed, kept]."""
        return share_near(self.eigenvalues, self.largest)

    @property
    def negative(self) -> np.ndarray:
        """The share of eigenvalues that are negative beyond rounding, [network, seed, kept]."""
        return share_negative(self.eigenvalues, self.largest)

    @property
    def zero(self) -> np.ndarray:
        """The number of eigenvalues that are zero but for rounding, [network, seed, kept]."""
        return count_zero(self.eigenvalues, self.largest)

    @property
    def level(self) -> np.ndarray:
        """The lowest loss that both networks reach at some step that is kept, [seed]."""
        return self.losses.min(axis=-1).max(axis=0)

    def at_level(self, values: np.ndarray) -> np.ndarray:
        """Of `values` [network, seed, kept] those at the first step whose loss is at most the
        `level`, [network, seed]."""
        first = (self.losses <= self.level[:, None]).argmax(axis=-1)
        return np.take_along_axis(values, first[..., None], axis=-1)[..., 0]


def degenerate_skips(
    *,
    depth: SmallDepth = 8,
    width: SmallWidth = 6,
    activation: Activation = "tanh",
    learning_rate: Positive = 0.003,
    samples: Samples = 256,
    steps: Steps = 1000,
    kept: Kept = 16,
    seeds: Seeds = (0, 1, 2, 3),
) -> DegenerateSkips:
    """Degenerate and negative directions of a deep network, without and with skip connections.

    By Orhan & Pitkow 2018 skips help since they leave fewer degenerate ones. The control: both
    networks have the same weights at the start and as many of them, and are compared at equal loss
    too. Digits of 4 × 4 pixels, since most weights are then in the deep layers; Adam with all the
    examples at every step; the steps that are kept lie closer at the start.
    """
    keep = np.unique(np.round(steps * np.linspace(0, 1, min(kept, steps) + 1) ** 2)).astype(int)
    data, hidden = pooled_digits(samples), (width,) * depth
    losses, eigenvalues, positions = list[np.ndarray](), list[np.ndarray](), list[np.ndarray]()
    for residual in (False, True):
        problem, initial = initial_weights(
            data, seeds, hidden=hidden, activation=activation, init="lecun", residual=residual
        )
        run = train(problem, optax.adam(learning_rate), starts=initial, steps=steps, keep=keep)
        losses.append(run.losses)
        positions.append(run.positions)
        eigenvalues.append(spectra(problem, run.positions))
    return DegenerateSkips(
        steps=keep,
        losses=np.stack(losses),
        eigenvalues=np.stack(eigenvalues),
        positions=np.stack(positions),
        depth=depth,
    )
