"""From a few words about a network to a Problem: what `network:` says in a scene."""

from __future__ import annotations

from collections.abc import Sequence

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

    sizes = (data.inputs.shape[1], *hidden, data.classes)
    options = {"activation": activation, "residual": residual, "init": init, "branch": branch}
    return flatten(classifier(mlp(sizes, jax.random.key(seed), **options), data))


def starts(data: Data, seeds: Sequence[int], **options: object) -> tuple[FlatProblem, np.ndarray]:
    """One network and its initial vectors [seed, P], one for each of `seeds`."""
    problems = [network(data, seed=seed, **options) for seed in seeds]  # pyright: ignore[reportArgumentType]  # options are network's own
    return problems[0], np.stack([problem.start for problem in problems])
