"""The line through the ends of training with small and with large batches, with held-out loss."""

from dataclasses import dataclass

import numpy as np

from animate.networks.data import digits
from animate.networks.evaluation import evaluate
from animate.networks.experiments.options import (
    Epochs,
    Kept,
    Layers,
    Pair,
    Positive,
    Seeds,
)
from animate.networks.network import initial_weights
from animate.networks.problem import FlatProblem
from animate.networks.training import train
from animate.simulate.libraries import optax

POINTS = 103
"""Points of a line, among them both ends and the middle between them."""
REACH = 1.2
"""How far beyond each end the line goes, as a share of the distance between the ends."""
_OTHER = 1000
"""What is added to a seed for the start of the second training."""


@dataclass(frozen=True)
class WideAndNarrow:
    """Trainings with batches of the sizes `batches` [batch], without and with weight decay.

    A place on the line is `t` [t]: 0 at the first size's end, 1 at the second's. `training` and
    `held_out` [decay, seed, t] are the losses there, without the decay's own term, after the last
    epoch; `films` [decay, training or held-out, kept, t] those of the first seed after `epochs`
    [kept], when its ends are `distances` [decay, kept] apart. `starts` [batch, seed, P] and `ends`
    [decay, batch, seed, P] are the weights; `decay` is the second decay, the first is 0. Widths are
    taken at the loss `level`.
    """

    t: np.ndarray
    batches: np.ndarray
    epochs: np.ndarray
    training: np.ndarray
    held_out: np.ndarray
    films: np.ndarray
    distances: np.ndarray
    starts: np.ndarray
    ends: np.ndarray
    decay: float
    level: float

    @property
    def apart(self) -> np.ndarray:
        """The distance between both ends, [decay, seed]."""
        return np.linalg.norm(self.ends[:, 1] - self.ends[:, 0], axis=-1)

    @property
    def moved(self) -> np.ndarray:
        """The distance of the ends from their starts, [decay, batch, seed]."""
        return np.linalg.norm(self.ends - self.starts, axis=-1)

    @property
    def widths(self) -> np.ndarray:
        """The width of the valley around each end at the `level`, as a distance in the space of the
        weights, [decay, batch, seed]."""
        found = [
            [np.diff(valleys(self.t, line, self.level))[..., 0] for line in lines]
            for lines in self.training
        ]
        return np.moveaxis(np.array(found), -1, 1) * self.apart[:, None]

    @property
    def shifts(self) -> np.ndarray:
        """How much farther inwards, towards the other end, the held-out loss is lowest than the
        training loss, as a distance, [decay, batch, seed]."""
        place = lowest(self.t, self.held_out) - lowest(self.t, self.training)
        return np.moveaxis(place * [1.0, -1.0], -1, 1) * self.apart[:, None]


def wide_and_narrow(
    *,
    batches: Pair = (16, 512),
    hidden: Layers = (64, 64, 64),
    learning_rate: Positive = 0.1,
    decay: Positive = 0.002,
    epochs: Epochs = 300,
    level: Positive = 0.5,
    common_start: bool = False,
    kept: Kept = 24,
    seeds: Seeds = (0, 1, 2, 3),
) -> WideAndNarrow:
    """Loss and held-out loss on the line through the ends of small and of large batches.

    Keskar et al. 2017 find the small batches' minimum wide, that of large ones narrow; Li et al.
    2018 that weight decay, which shrinks weights the more the more steps are taken, swaps them.
    Both sizes train for as many epochs. Unless `common_start` is set each has its own start.
    """
    data = digits(samples=1797, test=0.3)
    others = seeds if common_start else [(seed + _OTHER) % 2**31 for seed in seeds]
    problem, starts = initial_weights(data, [*seeds, *others], hidden=hidden)
    starts = starts.reshape(2, len(seeds), -1)
    shown = np.unique(np.round(epochs * np.linspace(0, 1, min(kept, epochs) + 1) ** 2)).astype(int)
    paths = np.stack(
        [
            [
                _trained(problem, start, shown, rate=learning_rate, decay=each, batch=batch,
                         seeds=seeds)
                for start, batch in zip(starts, batches, strict=True)
            ]
            for each in (0.0, decay)
        ]
    )  # fmt: skip
    t = np.linspace(-REACH, 1 + REACH, POINTS)
    training, held_out = _on_lines(problem, paths[..., -1, :], t)
    films = np.stack([_on_lines(problem, paths[:, :, 0, k], t) for k in range(len(shown))], axis=2)
    return WideAndNarrow(
        t=t,
        batches=np.minimum(batches, problem.examples),
        epochs=shown,
        training=training,
        held_out=held_out,
        films=np.moveaxis(films, 0, 1),
        distances=np.linalg.norm(paths[:, 1, 0] - paths[:, 0, 0], axis=-1),
        starts=starts,
        ends=paths[..., -1, :],
        decay=decay,
        level=level,
    )


def _trained(
    problem: FlatProblem,
    starts: np.ndarray,
    epochs: np.ndarray,
    *,
    rate: float,
    decay: float,
    batch: int,
    seeds: Seeds,
) -> np.ndarray:
    """The weights [seed, kept, P] after `epochs` [kept], with batches of `batch` examples.

    An epoch is as many whole batches as the examples give, of the full set one.
    """
    keep = epochs * max(problem.examples // batch, 1)
    rule = optax.chain(optax.add_decayed_weights(decay), optax.sgd(rate))
    steps = int(keep[-1])
    run = train(problem, rule, starts=starts, steps=steps, keep=keep, batch=batch, seeds=seeds)
    return run.positions


def _on_lines(problem: FlatProblem, ends: np.ndarray, t: np.ndarray) -> np.ndarray:
    """The training and the held-out loss [2, decay, …, t] on the lines through `ends`
    [decay, 2, …, P]."""
    share = t[:, None].astype(ends.dtype)
    points = (1 - share) * ends[:, 0, ..., None, :] + share * ends[:, 1, ..., None, :]
    return np.stack([evaluate(problem.loss, points, part) for part in (problem.data, problem.test)])


def valleys(t: np.ndarray, losses: np.ndarray, level: float) -> np.ndarray:
    """Where the stretches below `level` around t = 0 and t = 1 begin and end, [2, 2].

    `losses` [t] are taken as linear between the places `t` [t]. A stretch ends with the line where
    the loss stays below, and has no length where the loss is not below at the end itself.
    """
    found = []
    for end in (0.0, 1.0):
        at = int(np.abs(t - end).argmin())
        if losses[at] >= level:
            found.append((end, end))
            continue
        sides = losses[at::-1], losses[at:]
        left, right = (_crossing(side, level) for side in sides)
        places = np.interp([at - left, at + right], np.arange(len(t)), t)
        found.append(tuple(places))
    return np.array(found)


def _crossing(losses: np.ndarray, level: float) -> float:
    """After how many places, with a fraction, `losses` first reach the `level` from below."""
    above = losses >= level
    if not above.any():
        return len(losses) - 1.0
    after = int(above.argmax())
    low, high = losses[after - 1], losses[after]
    return after - 1 + float((level - low) / (high - low))


def lowest(t: np.ndarray, losses: np.ndarray) -> np.ndarray:
    """Where `losses` [..., t] are lowest on either side of the middle, [..., 2].

    The places `t` [t] are equally far apart; between them the loss is taken as a parabola through
    the lowest one and its neighbours.
    """
    middle = int(np.searchsorted(t, 0.5))
    sides = slice(None, middle), slice(middle, None)
    return np.stack([_lowest(t[side], losses[..., side]) for side in sides], axis=-1)


def _lowest(t: np.ndarray, losses: np.ndarray) -> np.ndarray:
    at = losses.argmin(axis=-1)
    inside = np.clip(at, 1, len(t) - 2)
    before, here, after = (
        np.take_along_axis(losses, (inside + k)[..., None], axis=-1)[..., 0].astype(np.float64)
        for k in (-1, 0, 1)
    )
    bend = before - 2 * here + after
    ends = (at != inside) | (bend <= 0)
    offset = np.where(ends, 0.0, (before - after) / np.where(ends, 1.0, 2 * bend))
    return np.asarray(t[at] + offset * (t[1] - t[0]))
