"""The paths: one scan over the steps, every optimizer in it, every start beside every other.

Values in, values out: a function of (x, y), racers, starts. Everything runs in float64 inside a
context of its own, so the settings of the importing program stay as they are.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from jaxtyping import Float

from animate._lazy import lazy
from animate.simulate.batch import crews
from animate.simulate.internals import gathered, look_inside
from animate.simulate.step import Loss, Noise, OptimizerRun, Schedule, level, mover, tilted
from animate.simulate.terrain import LARGEST
from animate.simulate.trajectories import Trajectories

if TYPE_CHECKING:
    import jax
    import jax.numpy as jnp
else:
    jax, jnp = lazy("jax"), lazy("jax.numpy")

Judge = Callable[[Any, Any, Any], tuple[Any, Any]]
"""(place before, place after [..., 2], loss there) -> (cost, whether the step is allowed)."""

RECORDS = 4_000_000
"""Positions kept at the most; longer or wider races are recorded every so many steps."""
LEAST_RECORDS = 25
"""Positions kept of each run at the least: with fewer a path could not be recognized."""
LANES = 1 << 12
"""Runs at once: what they remember stays near the processor."""


def records_of(runs: int) -> int:
    """How many positions are kept of so many runs at the most: enough of each to recognize it."""
    return max(RECORDS, LEAST_RECORDS * runs)


class Simulation:
    """Racers from `starts` over `steps` updates, compiled once whatever their rates are.

    Every step is recorded while that makes at most `records` positions; else every n-th one and
    the last. `inside` also records what happens inside each update, which takes several times the
    room. With a `judge`, `costs` tells what rates cost, of as many lanes at once as it says.
    """

    def __init__(
        self,
        loss: Loss,
        racers: Sequence[OptimizerRun],
        starts: Float[np.ndarray, "run 2"],
        steps: int,
        *,
        noise: Noise | None = None,
        records: int = RECORDS,
        inside: bool = False,
        judge: Judge | None = None,
        lanes: int = 0,
    ) -> None:
        self.racers, self.starts, self.steps = tuple(racers), starts, steps
        self._inside = inside
        rounds = 1 if inside else -(-len(starts) // max(lanes, LANES))
        self.lanes = max(lanes, -(-len(starts) // rounds))
        every = max(1, -(-steps * len(starts) * len(racers) // records))
        self.marks = np.unique(np.append(np.arange(0, steps, every), steps))
        kept = min(len(starts), self.lanes)
        course = partial(_course, loss, self.racers, noise, steps, every, kept, inside, judge)
        self._run = jax.jit(course)

    def trace(self, rates: Sequence[float | Schedule] | None = None) -> Trajectories:
        """The paths; `rates` take the place of the racers' own, where these are numbers."""
        told = [racer.rate for racer in self.racers] if rates is None else rates
        told = [None if callable(rate) else float(rate) for rate in told]
        lanes = np.repeat([[rate or 0.0] for rate in told], self.lanes, axis=1)
        runs = np.arange(len(self.starts))
        shape = (len(told), len(runs), len(self.marks))
        positions, losses, gradients = (np.empty(shape + end) for end in ((2,), (), (2,)))
        found = None
        for first in range(0, len(runs), self.lanes):
            part = slice(first, first + self.lanes)
            *field, found, _ = self._ran(lanes, runs[part])
            for whole, each in zip((positions, losses, gradients), field, strict=True):
                whole[:, part] = each[:, : len(runs[part])]
        return Trajectories(
            labels=tuple(racer.label for racer in self.racers),
            rates=tuple(told),
            steps=self.marks,
            positions=positions,
            losses=losses,
            gradients=gradients,
            ends=_end(positions, losses, self.marks),
            inside=gathered(found) if self._inside else None,
        )

    def costs(
        self, rates: Float[np.ndarray, "racer lane"], runs: np.ndarray
    ) -> Float[np.ndarray, "racer lane"]:
        """The mean cost over the steps of the runs number `runs` [lane]; inf: not allowed."""
        return self._ran(rates, runs)[4]

    def _ran(self, rates: np.ndarray, runs: np.ndarray) -> Any:
        """What `_course` gives for those lanes, as arrays of NumPy; lanes beyond them are idle."""
        lanes = np.pad(runs, (0, self.lanes - len(runs)), mode="edge")
        values = [racer.value or 0.0 for racer in self.racers]
        with jax.enable_x64(True):
            found = self._run(*map(jnp.asarray, (rates, values, self.starts[lanes], lanes)))
            return jax.tree.map(np.asarray, found)


def trace(
    loss: Loss,
    racers: Sequence[OptimizerRun],
    starts: Float[np.ndarray, "run 2"],
    steps: int,
    *,
    noise: Noise | None = None,
    records: int = RECORDS,
    inside: bool = False,
) -> Trajectories:
    """The paths of all racers from all starts over `steps` updates: see `Simulation`."""
    race = Simulation(loss, racers, starts, steps, noise=noise, records=records, inside=inside)
    return race.trace()


def _end(positions: np.ndarray, losses: np.ndarray, marks: np.ndarray) -> np.ndarray:
    """The last recorded step before each run leaves the numbers up to ±LARGEST; then NaN."""
    lost = ~((np.abs(positions) <= LARGEST).all(-1) & (np.abs(losses) <= LARGEST))
    lost = np.logical_or.accumulate(lost, axis=-1)
    positions[lost] = np.nan
    losses[lost] = np.nan
    kept = (~lost).sum(-1)
    return np.where(kept > 0, marks[np.maximum(kept, 1) - 1], -1)


def _course(loss, racers, noise, steps, every, kept, inside, judge, rates, values, starts, runs):
    """Of the first `kept` lanes positions [racer, lane, record, 2], losses [racer, lane, record]
    and gradients like positions; for each racer what `look_inside` finds, where that is wanted;
    and where there is a judge the mean cost of every lane, [racer, lane].

    `rates` [racer, lane], `values` [racer], `starts` [lane, 2] and `runs` [lane], their numbers.
    """
    field = _Field(loss, racers, noise, inside, rates, values, starts, runs)

    def advance(step, entry):
        crowd, tally = entry
        later = field.moved(crowd, step)
        if judge is None:
            return later, tally
        return later, _counted(loss, judge, tally, field.places(crowd), field.places(later))

    def record(entry, first):
        last = jnp.minimum(first + every, steps)
        one = every == 1
        entry = advance(first, entry) if one else jax.lax.fori_loop(first, last, advance, entry)
        return entry, field.kept(entry[0], kept)

    crowd, tally = field.begun(), None
    if judge is not None:
        places, none = field.places(crowd), (0.0, True)
        tally = _counted(loss, judge, none, places, places)
    (_, tally), later = jax.lax.scan(record, (crowd, tally), jnp.arange(0, steps, every))
    positions, memories = jax.tree.map(
        lambda first, rest: jnp.concatenate((first[None], rest)), field.kept(crowd, kept), later
    )
    positions = jnp.moveaxis(positions, 0, 2)
    marks = jnp.append(jnp.arange(0, steps, every), steps)
    found = [field.inside(k, marks, positions[k], each) for k, each in enumerate(memories)]
    cost = None if tally is None else jnp.where(tally[1], tally[0] / (steps + 1), jnp.inf)
    return positions, *_heights(loss, positions), found, cost


def _counted(loss, judge, tally, before, after):
    """The costs so far and whether every step was allowed, with those of one step more."""
    heights = loss(after[..., 0], after[..., 1])
    cost, allowed = judge(before, after, heights)
    return tally[0] + cost, tally[1] & allowed


def _heights(loss, positions):
    """The loss and its gradient at `positions` [..., 2]: elementwise, so a sum serves for all."""

    def total(points):
        values = loss(points[..., 0], points[..., 1])
        return values.sum(), jnp.broadcast_to(values, points.shape[:-1])

    gradients, losses = jax.grad(total, has_aux=True)(positions)
    return losses, gradients


class _Field:
    """All racers in all lanes: a crowd is a list of states, one a crew."""

    def __init__(self, loss, racers, noise, inside, rates, values, starts, runs) -> None:
        self._loss, self._racers, self._noise, self._inside = loss, racers, noise, inside
        self._rates, self._lanes = rates, len(starts)
        self._crews = crews(racers, apart=inside)
        self._order = np.argsort([k for crew in self._crews for k in crew.members])
        self._movers, self._starters = [], []
        for crew in self._crews:
            chosen, copies = np.array(crew.members), len(crew.members)
            numbers = (rates[chosen].ravel(), jnp.repeat(values[chosen], self._lanes))
            spots, lanes = jnp.tile(starts, (copies, 1)), jnp.tile(runs, copies)
            begin, move = crew.lanes(loss, noise, numbers, lanes, spots, apart=inside)
            self._starters.append(begin)
            self._movers.append(move)

    def begun(self):
        return [begin() for begin in self._starters]

    def moved(self, crowd, step):
        return [move(step, state) for move, state in zip(self._movers, crowd, strict=True)]

    def places(self, crowd):
        """Where everybody is, [racer, lane, 2]."""
        parts = [jnp.asarray(place).reshape(-1, self._lanes, 2) for place, _ in crowd]
        return jnp.concatenate(parts)[self._order]

    def kept(self, crowd, lanes):
        """The places of the first `lanes`, and the racers' memories there where they are wanted."""
        memories = [memory for _, memory in crowd] if self._inside else []
        return self.places(crowd)[:, :lanes], jax.tree.map(lambda each: each[:lanes], memories)

    def inside(self, k, marks, positions, memory):
        racer = self._racers[k]
        pace = racer.rate if callable(racer.rate) else self._rates[k, 0]
        return look_inside(
            mover(self._loss, racer, pace, racer.value, self._noise)[1],
            mover(level, racer, pace, racer.value, None)[1],
            lambda run, step, place: jax.grad(tilted(self._loss, self._noise, run, step))(place),
            pace,
            marks,
            positions,
            memory,
        )
