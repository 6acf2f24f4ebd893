"""Angles between neighbouring gradients of a walk with SGD, and the loss between its steps."""

from dataclasses import dataclass
from functools import partial

import numpy as np

from animate.networks.curvature import sharpness
from animate.networks.data import digits
from animate.networks.evaluation import evaluate
from animate.networks.experiments.options import (
    Activation,
    Layers,
    Positive,
    Samples,
    Seeds,
    WalkSteps,
)
from animate.networks.network import initial_weights
from animate.networks.training import train
from animate.simulate.libraries import optax

PARTS = 8
"""Equal parts into which points divide the segment from one step to the next."""
EARLY, LATE = 20, 50
"""Steps at the start and at the end over which angles are averaged."""


@dataclass(frozen=True)
class Walk:
    """Three walks with SGD from several seeds: `rates` [walk] and `batches` [walk].

    The first has the large rate, the second the small one, both with all the examples at every
    step; the third has the large rate and small batches. `losses` [walk, seed, step] are over all
    the examples at `steps` [step]; `angles` [walk, seed, step − 2], in degrees, those between the
    gradients of the steps before and after each step but the first and the last, each over the
    batch that it moved by. `between` [walk, seed, step − 1, PARTS + 1] are the losses over all the
    examples on the segment to the next step, ends included. `turns` [seed] are the steps after the
    first EARLY at which the first walk's angle is first above 90°, the last angle's if none is;
    `turn_edges` [seed] are its rate times the Hessian's largest eigenvalue there, `edges`
    [walk, seed] the same at each walk's end. `positions` float32 [walk, seed, step, P] are the
    weights.
    """

    rates: np.ndarray
    batches: np.ndarray
    steps: np.ndarray
    losses: np.ndarray
    angles: np.ndarray
    between: np.ndarray
    turns: np.ndarray
    turn_edges: np.ndarray
    edges: np.ndarray
    positions: np.ndarray

    @property
    def valleys(self) -> np.ndarray:
        """Which segments have a point inside that is lower than both ends, bool
        [walk, seed, step − 1]."""
        ends = np.minimum(self.between[..., 0], self.between[..., -1])
        return self.between[..., 1:-1].min(axis=-1) < ends


def walk(
    *,
    hidden: Layers = (4, 4),
    activation: Activation = "tanh",
    learning_rate: Positive = 1.0,
    small_rate: Positive = 0.1,
    batch: Samples = 16,
    samples: Samples = 512,
    steps: WalkSteps = 300,
    seeds: Seeds = (0, 1, 2, 3),
) -> Walk:
    """Angles of neighbouring gradients, and the loss between steps (Xing et al. 2018).

    They find angles near 180° and the lowest loss between two steps: the path jumps from wall to
    wall of a valley. The controls are a smaller rate and small batches; at the end the rate is
    compared with 2/λ for the largest eigenvalue λ of the Hessian, beyond which gradient descent on
    a parabola moves away (Cohen et al. 2021).
    """
    data = digits(samples=samples, test=0.0)
    problem, initial = initial_weights(data, seeds, hidden=hidden, activation=activation)
    go = partial(
        train, problem, starts=initial, steps=steps, keep=np.arange(steps + 1), seeds=seeds
    )
    rates = np.array([learning_rate, small_rate, learning_rate])
    sizes = [None, None, batch]
    runs = [go(optax.sgd(float(rate)), batch=size) for rate, size in zip(rates, sizes, strict=True)]
    positions = np.stack([run.positions for run in runs])
    angles, segments = angles_along(positions), _on_segments(positions)
    turns = turns_of(angles[0])
    return Walk(
        rates=rates,
        batches=np.array([samples, samples, min(batch, samples)]),
        steps=np.arange(steps + 1),
        losses=np.stack([run.losses for run in runs]),
        angles=angles,
        between=np.stack([evaluate(problem.loss, each, problem.data) for each in segments], -1),
        turns=turns,
        turn_edges=rates[0] * sharpness(problem, positions[0, np.arange(len(turns)), turns]),
        edges=rates[:, None] * np.stack([sharpness(problem, each) for each in positions[:, :, -1]]),
        positions=positions,
    )


def turns_of(angles: np.ndarray) -> np.ndarray:
    """The steps [seed] after the first EARLY at which the `angles` [seed, step − 2] first exceed
    90°; the last that has an angle where they never do."""
    wide = angles[:, EARLY:] > 90.0
    count = angles.shape[1]
    return np.where(wide.any(axis=1), EARLY + wide.argmax(axis=1) + 1, count)


def angles_along(positions: np.ndarray) -> np.ndarray:
    """The angles [..., step − 2], in degrees, between neighbouring moves of `positions`
    [..., step, P]; with plain SGD they are those of the gradients. 0 where a move has no length."""
    moves = np.diff(positions.astype(np.float64), axis=-2)
    lengths = np.linalg.norm(moves, axis=-1)
    products = lengths[..., 1:] * lengths[..., :-1]
    inner = (moves[..., 1:, :] * moves[..., :-1, :]).sum(axis=-1)
    cosine = np.divide(inner, products, out=np.ones_like(inner), where=products > 0)
    return np.degrees(np.arccos(np.clip(cosine, -1.0, 1.0)))


def _on_segments(positions: np.ndarray) -> list[np.ndarray]:
    """The points [..., step − 1, P] at each of PARTS + 1 shares of the way to the next step."""
    first, last = positions[..., :-1, :], positions[..., 1:, :]
    shares = np.linspace(0, 1, PARTS + 1, dtype=positions.dtype)
    return [(1 - share) * first + share * last for share in shares]
