"""The loss on segments between the ends of different optimizers, and after a change midway."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from animate.networks.data import spirals
from animate.networks.evaluation import evaluate
from animate.networks.experiments.options import (
    Kept,
    Layers,
    Positive,
    Samples,
    Seeds,
    Steps,
)
from animate.networks.network import initial_weights
from animate.networks.problem import FlatProblem
from animate.networks.training import Training, train
from animate.simulate.libraries import optax

POINTS = 41
"""Points of a segment, both ends included."""
SGD, ADAM, RMSPROP, AGAIN, CHANGED, GONE_ON = range(6)
"""The runs: three optimizers; SGD with other batches; SGD that changes to Adam; and SGD whose
batches are others from the step of the change on."""
BETWEEN = ((SGD, ADAM), (ADAM, RMSPROP), (RMSPROP, SGD), (SGD, AGAIN))
"""The segments between optimizers, and the one between two runs of the same."""
MIDWAY = ((ADAM, CHANGED), (CHANGED, SGD), (SGD, GONE_ON))
"""The segments from the run that changes, and the one between two runs that do not."""
_OTHER = 1000
"""What is added to a seed for other batches."""


@dataclass(frozen=True)
class Segments:
    """The runs SGD, ADAM, RMSPROP, AGAIN, CHANGED and GONE_ON from one start for each seed.

    `losses` [run, seed, kept] are over all the examples at `steps` [kept], the run CHANGED has
    another optimizer from the step `change` on; `weights` [run, seed, P] are the ends. `profiles`
    [segment, seed, t] are the losses between the ends on the segments BETWEEN and MIDWAY, `films`
    [segment, kept, t] those of the first seed at every kept step.
    """

    steps: np.ndarray
    losses: np.ndarray
    weights: np.ndarray
    profiles: np.ndarray
    films: np.ndarray
    change: int

    @property
    def rises(self) -> np.ndarray:
        """How far the loss rises on a segment above the higher of its ends, [segment, seed]."""
        return rise(self.profiles)

    @property
    def apart(self) -> np.ndarray:
        """The distance between the ends of each segment, [segment, seed]."""
        first, last = np.array(BETWEEN + MIDWAY).T
        return np.linalg.norm(self.weights[last] - self.weights[first], axis=-1)


def segments(
    *,
    hidden: Layers = (32, 32),
    learning_rate: Positive = 0.3,
    adaptive_rate: Positive = 0.01,
    samples: Samples = 512,
    batch: Samples = 64,
    steps: Steps = 4000,
    change: Steps = 1000,
    kept: Kept = 40,
    seeds: Seeds = (0, 1, 2, 3),
) -> Segments:
    """The loss between the ends of SGD, Adam and RMSProp from one start (Im et al. 2016).

    They find walls between optimizers, and that a change of the optimizer midway leads elsewhere.
    The controls are the same optimizer with other batches, from the start and from the change on.
    """
    data = spirals(samples=samples, test=0.3, turns=1.5)
    problem, starts = initial_weights(data, seeds, hidden=hidden)
    change = min(change, steps)
    keep = np.unique(np.round(steps * np.linspace(0, 1, min(kept, steps) + 1) ** 2)).astype(int)
    keep = np.union1d(keep, [change])
    others = [(seed + _OTHER) % 2**31 for seed in seeds]
    sgd, adam, rmsprop = (
        rule(rate)
        for rule, rate in (
            (optax.sgd, learning_rate),
            (optax.adam, adaptive_rate),
            (partial(optax.rmsprop, eps_in_sqrt=True), adaptive_rate),
        )
    )
    go = partial(train, problem, batch=batch)
    runs = [
        go(rule, starts=starts, steps=steps, keep=keep, seeds=order)
        for rule, order in ((sgd, seeds), (adam, seeds), (rmsprop, seeds), (sgd, others))
    ]
    for rule in (adam, sgd):
        late = partial(go, rule, seeds=others)
        runs.append(_changed(runs[SGD], change, late))
    positions = np.stack([run.positions for run in runs])
    return Segments(
        steps=keep,
        losses=np.stack([run.losses for run in runs]),
        weights=positions[:, :, -1],
        profiles=_profiles(problem, positions[:, :, -1]),
        films=_profiles(problem, positions[:, 0]),
        change=change,
    )


def _changed(run: Training, change: int, late: Callable[..., Training]) -> Training:
    """What `late` makes of `run` from its step `change` on, together with what was before."""
    place = int(np.searchsorted(run.steps, change))
    keep = run.steps[place:] - change
    if not keep[-1]:
        return run
    rest = late(starts=run.positions[:, place], steps=int(keep[-1]), keep=keep)
    return Training(
        np.concatenate([run.positions[:, :place], rest.positions], axis=1),
        np.concatenate([run.losses[:, :place], rest.losses], axis=1),
        run.steps,
    )


def _profiles(problem: FlatProblem, ends: np.ndarray) -> np.ndarray:
    """The losses [segment, n, t] on the segments between `ends` [run, n, P]."""
    share = np.linspace(0, 1, POINTS, dtype=ends.dtype)[:, None]
    lines = (
        (1 - share) * ends[first][:, None] + share * ends[last][:, None]
        for first, last in BETWEEN + MIDWAY
    )
    return np.stack([evaluate(problem.loss, line, problem.data) for line in lines])


def rise(losses: np.ndarray) -> np.ndarray:
    """How far `losses` [..., t] rise above the higher of their ends, [...]."""
    return np.asarray(losses.max(axis=-1) - np.maximum(losses[..., 0], losses[..., -1]))
