"""Multilayer perceptrons as problems: what `network:` in a scene describes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict, Unpack

import numpy as np

from animate.networks.data import Data
from animate.networks.dependencies import require
from animate.networks.problem import FlatProblem, flatten
from animate.simulate.numerics import random_key


class MlpOptions(TypedDict, total=False):
    """What `mlp` takes beside the sizes."""

    activation: str
    residual: bool
    init: str
    branch: float
    skip: float


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
    """A multilayer perceptron that classifies `data`, with the cross-entropy as its loss.

    Raises UsageError when equinox is missing, or for an unknown `activation` or `init`.
    """
    options = MlpOptions(activation=activation, residual=residual, init=init, branch=branch)
    return initial_weights(data, [seed], hidden=hidden, **options)[0]


def initial_weights(
    data: Data, seeds: Sequence[int], *, hidden: Sequence[int], **options: Unpack[MlpOptions]
) -> tuple[FlatProblem, np.ndarray]:
    """A network, and its initial weights [seed, P] from each of `seeds`.

    They are drawn one after the other: to compile a function that draws all takes ten times as
    long. Raises UsageError as `network` does.
    """
    require("equinox", "a network")
    import equinox as eqx
    import jax

    from animate.networks.mlp import classifier, mlp

    sizes = data.inputs.shape[1], *hidden, data.classes
    models = [mlp(sizes, random_key(seed), **options) for seed in seeds]
    leaves = [jax.tree.leaves(eqx.filter(model, eqx.is_inexact_array)) for model in models]
    vectors = [np.concatenate([np.ravel(leaf) for leaf in each]) for each in leaves]
    return flatten(classifier(models[0], data)), np.stack(vectors)
