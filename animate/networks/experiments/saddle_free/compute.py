"""SGD, Newton's method and saddle-free Newton on a small network, from close to a saddle."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from animate.errors import UsageError
from animate.networks.curvature import eigh, in_float64
from animate.networks.data import pooled_digits
from animate.networks.experiments.options import (
    Activation,
    NewtonSteps,
    Positive,
    Samples,
    Seeds,
    SmallLayers,
)
from animate.networks.experiments.spectral_shares import NEAR
from animate.networks.network import initial_weights
from animate.networks.problem import FlatProblem
from animate.simulate.libraries import jax
from animate.simulate.numerics import float64

DAMPINGS = 10.0 ** -np.arange(7)
"""Those of which two methods choose one at every step."""
AT_REST = 1e-6
"""A gradient shorter than this is that of a point where a method stands."""


@dataclass(frozen=True)
class SaddleFree:
    """Four methods from one start a seed: SGD with the rate `learning_rate`, Newton with the fixed
    `damping`, Newton and saddle-free Newton with a damping chosen at every step.

    `losses` [method, seed, step] and `gradients` [method, seed, step], the lengths of the gradient,
    are over all the examples; `eigenvalues` [method, seed, step, P] are those of the loss's
    Hessian, ascending; `positions` float64 [method, seed, step, P] are the weights.
    """

    steps: np.ndarray
    losses: np.ndarray
    gradients: np.ndarray
    eigenvalues: np.ndarray
    positions: np.ndarray
    learning_rate: float
    damping: float

    @property
    def ratios(self) -> np.ndarray:
        """The smallest eigenvalue over the largest, [method, seed, step]."""
        return self.eigenvalues[..., 0] / self.eigenvalues[..., -1]

    @property
    def negatives(self) -> np.ndarray:
        """The number of eigenvalues below −NEAR times the largest, [method, seed, step]."""
        return (self.eigenvalues < -NEAR * self.eigenvalues[..., -1:]).sum(axis=-1)

    @property
    def at_saddle(self) -> np.ndarray:
        """Whether a method ends at a saddle, at rest with a negative eigenvalue, bool [method,
        seed]."""
        return (self.gradients[..., -1] < AT_REST) & (self.negatives[..., -1] > 0)


def saddle_free(
    *,
    hidden: SmallLayers = (6,),
    activation: Activation = "tanh",
    scale: Positive = 0.01,
    learning_rate: Positive = 3.0,
    damping: Positive = 0.001,
    samples: Samples = 256,
    steps: NewtonSteps = 40,
    seeds: Seeds = (0, 1, 2, 3),
) -> SaddleFree:
    """Which method leaves a saddle of a small network's loss (Dauphin et al. 2014).

    Where all weights but the last biases are zero the network ignores its input: a saddle, close to
    which the starts are, initial weights times `scale`. With H = VΛVᵀ the exact Hessian Newton's
    method divides Vᵀg by Λ + δ and saddle-free Newton by |Λ| + δ; δ is fixed, or that one of
    DAMPINGS after which the loss is lowest. All the examples at every step. Raises UsageError where
    a method leaves finite numbers.
    """
    data = pooled_digits(samples)
    problem, initial = initial_weights(
        data, seeds, hidden=hidden, activation=activation, init="lecun"
    )
    rules: tuple[Rule, ...] = (
        lambda values: np.full((1, len(values)), 1 / learning_rate),
        lambda values: values[None] + damping,
        lambda values: values + DAMPINGS[:, None],
        lambda values: np.abs(values) + DAMPINGS[:, None],
    )
    with float64():
        loss = _Loss.of(problem)
        paths = [[loss.path(scale * start, steps, rule) for start in initial] for rule in rules]

    def stacked(name: str) -> np.ndarray:
        return np.array([[getattr(path, name) for path in row] for row in paths])

    return SaddleFree(
        steps=np.arange(steps + 1),
        losses=stacked("losses"),
        gradients=stacked("gradients"),
        eigenvalues=stacked("eigenvalues"),
        positions=stacked("positions"),
        learning_rate=learning_rate,
        damping=damping,
    )


Rule = Callable[[np.ndarray], np.ndarray]
"""Eigenvalues [P] → what the gradient's components may be divided by, [choice, P]."""


@dataclass(frozen=True)
class _Path:
    """What SaddleFree holds of one method and seed, step by step."""

    positions: list[np.ndarray]
    losses: list[float]
    gradients: list[float]
    eigenvalues: list[np.ndarray]


@dataclass(frozen=True)
class _Loss:
    """A loss over all the examples at several points, and its derivatives at one, compiled."""

    values: Callable[[np.ndarray], np.ndarray]
    derivatives: Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]]

    @classmethod
    def of(cls, problem: FlatProblem) -> "_Loss":
        data = in_float64(problem.data)
        values = jax.jit(jax.vmap(lambda point: problem.loss(point, data)))
        gradient = jax.grad(problem.loss)
        both = jax.jit(
            lambda point: (gradient(point, data), jax.hessian(problem.loss)(point, data))
        )
        return cls(values, both)

    def path(self, start: np.ndarray, steps: int, rule: Rule) -> _Path:
        """The points of a method from `start` [P], which takes the best of the choices of `rule`.

        Raises UsageError where it leaves finite numbers.
        """
        point, path = start.astype(np.float64), _Path([], [], [], [])
        for step in range(steps + 1):
            gradient, hessian = map(np.asarray, self.derivatives(point))
            if not np.isfinite(hessian).all():
                raise UsageError("a method leaves finite numbers; take another damping or rate")
            values, vectors = eigh(hessian)
            path.positions.append(point)
            path.losses.append(float(self.values(point[None])[0]))
            path.gradients.append(float(np.linalg.norm(gradient)))
            path.eigenvalues.append(values)
            if step < steps:
                choices = point - ((vectors.T @ gradient) / rule(values)) @ vectors.T
                after = np.nan_to_num(np.asarray(self.values(choices)), nan=np.inf)
                point = choices[after.argmin()]
        return path
