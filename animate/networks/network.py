"""From a few words about a network to a Problem: what `network:` says in a scene."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from animate.networks.data import Data
from animate.networks.extras import require
from animate.networks.problem import FlatProblem, flatten


def network(
    data: Data,
    *,
    hidden: Sequence[int] = (24, 24, 24),
    activation: str = "relu",
    residual: bool = False,
    init: str = "he",
    branch: float = 1.0,
    seed: int = 0,
) -> FlatProblem:
    """A classifier of `data` by a multilayer perceptron, with the cross-entropy as its loss.

    Raises UsageError when equinox is missing, or an option is not known.
    """
    require("equinox", "a network")
    import jax

    from animate.networks.mlp import classifier, mlp

    options = {"activation": activation, "residual": residual, "init": init, "branch": branch}
    return flatten(classifier(mlp(_sizes(data, hidden), jax.random.key(seed), **options), data))


def starts(
    data: Data, seeds: Sequence[int], *, hidden: Sequence[int], **options: Any
) -> tuple[FlatProblem, np.ndarray]:
    """One network and its initial vectors [seed, P], one for each of `seeds`: all drawn at once."""
    problem = network(data, hidden=hidden, seed=seeds[0], **options)
    import equinox as eqx
    import jax
    from jax.flatten_util import ravel_pytree

    from animate.networks.mlp import mlp

    def start(seed: Any) -> Any:
        model = mlp(_sizes(data, hidden), jax.random.key(seed), **options)
        return ravel_pytree(eqx.filter(model, eqx.is_inexact_array))[0]

    return problem, np.asarray(jax.vmap(start)(np.asarray(seeds, np.uint32)))


def _sizes(data: Data, hidden: Sequence[int]) -> tuple[int, ...]:
    return (data.inputs.shape[1], *hidden, data.classes)
