"""The density of a Hessian's eigenvalues, without the Hessian: stochastic Lanczos quadrature."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float
from numpy.typing import ArrayLike

from animate.networks.curvature import STEPS, krylov
from animate.networks.random_streams import stream

PROBES = 8
"""Random vectors from which the density is estimated, each by as many products as Lanczos makes."""


@dataclass(frozen=True)
class Spectra:
    """Each probe's estimate of the density: so much of it, `weights`, which sum to 1, is at the
    eigenvalues `nodes`, both [optimizer, kept, probe, k]. NaN where it is not known.

    The mean over the probes is the estimate (Ubaru, Chen & Saad 2017; of a network's Hessian
    Ghorbani, Krishnan & Xiao 2019, and Yao et al. 2020). The extreme nodes are the largest and the
    smallest eigenvalue.
    """

    nodes: Float[np.ndarray, "optimizer kept probe k"]
    weights: Float[np.ndarray, "optimizer kept probe k"]

    @property
    def known(self) -> np.ndarray:
        """Where there is a density [optimizer, kept]."""
        return np.asarray(np.isfinite(self.weights).all(axis=(-2, -1)))

    @property
    def ends(self) -> np.ndarray:
        """The smallest and the largest eigenvalue [optimizer, kept, 2]."""
        return np.stack([self.nodes.min(axis=(-2, -1)), self.nodes.max(axis=(-2, -1))], axis=-1)

    def only(self, optimizers: Sequence[int]) -> Spectra:
        """Those of some of the optimizers."""
        chosen = list(optimizers)
        return Spectra(self.nodes[chosen], self.weights[chosen])

    def density(
        self, optimizer: int, kept: int, at: np.ndarray, width: float
    ) -> Float[np.ndarray, " place"]:
        """The density `at` some eigenvalues [place], every node a Gaussian whose standard deviation
        is `width` (Lin, Saad & Yang 2016, section 3.2)."""
        nodes, weights = self.nodes[optimizer, kept].ravel(), self.weights[optimizer, kept].ravel()
        gaussians = np.exp(-0.5 * ((at[:, None] - nodes) / width) ** 2)
        return gaussians @ weights / (len(self.nodes[0, 0]) * width * np.sqrt(2 * np.pi))


def probes_of(size: int, seed: int) -> np.ndarray:
    """Vectors of random signs [PROBES, size], int8 (Hutchinson 1990)."""
    signs = stream(seed, "probes").integers(0, 2, size=(PROBES, size), dtype=np.int8)
    return 2 * signs - 1


def nodes_of(size: int) -> int:
    """How many nodes a probe gives of a matrix with so many rows."""
    return min(STEPS, size)


def quadrature(product: Callable[[np.ndarray], ArrayLike], probe: np.ndarray) -> np.ndarray:
    """Nodes [k], ascending, and weights [k] of a symmetric operator for a `probe` [size]: for every
    function f, Σ weights · f(nodes) is the probe's estimate of the mean of f over the eigenvalues
    (Golub & Meurant 2010).

    Where the Krylov space is used up before, the last node is repeated, without a weight.
    """
    found = krylov(product, probe.astype(np.float64))
    missing = (0, nodes_of(len(probe)) - len(found.values))
    nodes = np.pad(found.values, missing, mode="edge")
    return np.stack([nodes, np.pad(found.vectors[0] ** 2, missing)])
