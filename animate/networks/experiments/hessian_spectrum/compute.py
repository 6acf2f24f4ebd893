"""All eigenvalues of the Hessian of a small network's loss, while the network trains."""

from dataclasses import dataclass

import numpy as np

from animate.networks.curvature import spectra
from animate.networks.data import digits
from animate.networks.experiments.options import (
    Activation,
    Kept,
    Positive,
    Samples,
    Seeds,
    SmallLayers,
    Steps,
)
from animate.networks.experiments.spectral_shares import (
    NEAR,
    count_zero,
    share_near,
    share_negative,
)
from animate.networks.network import initial_weights
from animate.networks.training import train
from animate.simulate.libraries import optax


@dataclass(frozen=True)
class HessianSpectrum:
    """Gradient descent with the rate `rate` from several seeds, at `steps` [kept].

    `losses` [seed, kept] are over all the examples, `eigenvalues` [seed, kept, P] those of the
    loss's Hessian, ascending; `positions` float32 [seed, kept, P] are the weights.
    """

    steps: np.ndarray
    losses: np.ndarray
    eigenvalues: np.ndarray
    positions: np.ndarray
    rate: float

    @property
    def largest(self) -> np.ndarray:
        """The largest eigenvalue [seed, kept]."""
        return self.eigenvalues[..., -1]

    @property
    def threshold(self) -> np.ndarray:
        """A thousandth of the largest eigenvalue at the start, [seed]."""
        return NEAR * self.largest[:, 0]

    @property
    def near(self) -> np.ndarray:
        """The share of eigenvalues with |λ| below the `threshold`, [seed, kept]."""
        return share_near(self.eigenvalues, self.largest[:, :1])

    @property
    def relatively_near(self) -> np.ndarray:
        """The share of eigenvalues with |λ| below a thousandth of the largest at the same step,
        [seed, kept]: unlike `near`, the same for any multiple of the loss."""
        return share_near(self.eigenvalues, self.largest)

    @property
    def clearly_negative(self) -> np.ndarray:
        """The share of eigenvalues that are negative and not `near`, [seed, kept]."""
        return (self.eigenvalues <= -self.threshold[:, None, None]).mean(axis=-1)

    @property
    def negative(self) -> np.ndarray:
        """The share of eigenvalues that are negative beyond rounding, near zero or not,
        [seed, kept]."""
        return share_negative(self.eigenvalues, self.largest)

    @property
    def zero(self) -> np.ndarray:
        """The number of eigenvalues that are zero but for rounding, [seed, kept]."""
        return count_zero(self.eigenvalues, self.largest)


def hessian_spectrum(
    *,
    hidden: SmallLayers = (5, 5),
    activation: Activation = "tanh",
    learning_rate: Positive = 1.0,
    samples: Samples = 512,
    steps: Steps = 1000,
    kept: Kept = 40,
    seeds: Seeds = (0, 1, 2, 3),
) -> HessianSpectrum:
    """All eigenvalues of the Hessian of a small classifier of digits while it trains.

    Sagun et al. 2016 and 2017 find most of them at zero at the end, a long positive tail and few
    negative ones; Dauphin et al. 2014 fewer negative ones at a lower loss. The whole training set
    takes every step; the steps that are kept lie closer at the start.
    """
    keep = np.unique(np.round(steps * np.linspace(0, 1, min(kept, steps) + 1) ** 2)).astype(int)
    data = digits(samples=samples, test=0.0)
    problem, initial = initial_weights(data, seeds, hidden=hidden, activation=activation)
    run = train(problem, optax.sgd(learning_rate), starts=initial, steps=steps, keep=keep)
    return HessianSpectrum(
        steps=keep,
        losses=run.losses,
        eigenvalues=spectra(problem, run.positions),
        positions=run.positions,
        rate=learning_rate,
    )
