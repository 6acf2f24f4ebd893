"""The paths: every optimizer from every start, computed by one compiled function.

Values in, values out: a loss of (x, y), or of x alone, optimizers, starts. Everything runs in
float64 inside a context of its own, so the settings of the importing program stay as they are.
"""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float, Int

from animate._lazy import lazy
from animate.kept import NOTHING_KEPT, Kept
from animate.simulate.compiled import compiled
from animate.simulate.internals import gathered
from animate.simulate.lost import ends_of, lost_of, strayed_of
from animate.simulate.noise import Disturbance
from animate.simulate.numerics import float64
from animate.simulate.rollout import Records, Rollout, StepCost
from animate.simulate.step import Loss, OptimizerRun, Schedule
from animate.simulate.trajectories import Trajectories

jax, jnp = lazy("jax"), lazy("jax.numpy")

RECORDS = 4_000_000
"""Positions that are recorded at most; of more steps or runs only some steps are recorded."""
LEAST_RECORDS = 25
"""Positions that are recorded of each run at least: with fewer a path could not be recognized."""
_ROOM = 256
"""Steps for which a simulation of fewer is compiled, so that another number compiles nothing; of
more steps the next power of 2."""
_LARGE = 1 << 17
"""Recorded positions from which on a simulation is compiled for its own number of steps alone."""
RUNS_AT_ONCE = 1 << 12
"""Runs of an optimizer that are computed at once: their states stay in the processor's cache."""


def records_of(runs: int) -> int:
    """How many positions of `runs` runs are recorded at most: enough of each to recognize it."""
    return max(RECORDS, LEAST_RECORDS * runs)


def _room(steps: int, runs: int) -> int | None:
    """For how many steps a simulation is compiled that records `runs` runs; None: for its own."""
    room = max(_ROOM, 1 << (steps - 1).bit_length())
    return room if room * runs < _LARGE else None


class Simulation:
    """`steps` updates of `optimizers` from `starts`, compiled once whatever the rates are.

    Every step is recorded while that makes at most `records` positions; else every n-th one and
    the last. `inside` also records what happens inside each update, which takes several times the
    room. Of the runs that end near the `window` it is known which strayed: see Trajectories. With a
    `cost`, `costs` tells what rates cost, for up to `at_once` runs in one call. What was compiled
    is `kept` for simulations that differ in nothing but numbers.
    """

    def __init__(
        self,
        loss: Loss,
        optimizers: Sequence[OptimizerRun],
        starts: Float[np.ndarray, "run axis"],
        steps: int,
        *,
        noise: Disturbance | None = None,
        records: int = RECORDS,
        inside: bool = False,
        window: tuple[tuple[float, float], ...] | None = None,
        cost: StepCost | None = None,
        at_once: int = 0,
        kept: Kept = NOTHING_KEPT,
    ) -> None:
        self.optimizers, self.starts, self._window = tuple(optimizers), starts, window
        calls = 1 if inside else -(-len(starts) // max(at_once, RUNS_AT_ONCE))
        self._at_once = max(at_once, -(-len(starts) // calls))
        every = max(1, -(-steps * len(starts) * len(self.optimizers) // records))
        kept_runs = min(len(starts), self._at_once)
        alone = inside or every > 1
        room = None if alone else _room(steps, kept_runs * len(self.optimizers))
        self._steps, self._noise = steps, noise
        self._rollout = Rollout(
            loss=loss,
            optimizers=self.optimizers,
            noise=noise,
            steps=room or steps,
            every=every,
            kept=kept_runs,
            inside=inside,
            cost=cost,
        )
        rollout = self._rollout
        self._compiled = kept(("rollout", rollout.structure), lambda: compiled(rollout))

    def trace(self, rates: Sequence[float | Schedule] | None = None) -> Trajectories:
        """The paths; `rates` take the place of the optimizers' own where these are numbers."""
        given = [optimizer.rate for optimizer in self.optimizers] if rates is None else rates
        numbers = [None if callable(rate) else float(rate) for rate in given]
        each = np.repeat([[rate or 0.0] for rate in numbers], self._at_once, axis=1)
        runs, recorded = np.arange(len(self.starts)), self._rollout.recorded
        steps = recorded[recorded <= self._steps]
        shape = len(numbers), len(runs), len(steps)
        axes = self.starts.shape[1]
        positions, losses, gradients = (
            np.empty(each) for each in ((*shape, axes), shape, (*shape, axes))
        )
        inside = None
        for first in range(0, len(runs), self._at_once):
            part = slice(first, first + self._at_once)
            count, found = len(runs[part]), self._run(each, runs[part])
            positions[:, part] = found.positions[:, :count, : len(steps)]
            losses[:, part] = found.losses[:, :count, : len(steps)]
            gradients[:, part] = found.gradients[:, :count, : len(steps)]
            if found.updates:
                inside = gathered(self.optimizers, found.updates)
        lost = lost_of(positions, losses)
        loss, window = self._rollout.loss, self._window
        strayed = strayed_of(loss, positions, lost, window) if window is not None else None
        positions[lost], losses[lost] = np.nan, np.nan
        return Trajectories(
            labels=tuple(optimizer.label for optimizer in self.optimizers),
            rates=tuple(numbers),
            steps=steps,
            positions=positions,
            losses=losses,
            gradients=gradients,
            ends=ends_of(lost, steps),
            inside=inside,
            strayed=strayed,
        )

    def costs(
        self, rates: Float[np.ndarray, "optimizer run"], runs: Int[np.ndarray, " run"]
    ) -> Float[np.ndarray, "optimizer run"]:
        """The mean cost over the steps of `runs`, numbers of starts; inf: a step was not allowed.

        A run may stand in `runs` more than once, with other rates.
        """
        costs = self._run(rates, runs).costs
        assert costs is not None, "a simulation without a cost"
        return np.asarray(costs)[:, : len(runs)]

    def _run(self, rates: np.ndarray, runs: np.ndarray) -> Records:
        """The records of those runs, in arrays of NumPy; beyond them the last one is repeated."""
        runs = np.pad(runs, (0, self._at_once - len(runs)), mode="edge")
        values = np.array([optimizer.value or 0.0 for optimizer in self.optimizers])
        noise = self._noise.numbers if self._noise else ()
        with float64():
            given = rates, values, self.starts[runs], runs, self._steps, noise
            numbers = jax.tree.map(jnp.asarray, given)
            return jax.tree.map(np.asarray, self._compiled(*numbers))


def trace(
    loss: Loss,
    optimizers: Sequence[OptimizerRun],
    starts: Float[np.ndarray, "run axis"],
    steps: int,
    *,
    noise: Disturbance | None = None,
    records: int = RECORDS,
    inside: bool = False,
) -> Trajectories:
    """The paths of all optimizers from all starts over `steps` updates: see `Simulation`.

    >>> import numpy as np
    >>> from animate.optimizers import OPTIMIZERS
    >>> sgd = OptimizerRun("SGD", OPTIMIZERS["sgd"].make, rate=0.1)
    >>> paths = trace(lambda x, y: x**2 + y**2, [sgd], np.array([[1.0, 2.0]]), steps=3)
    >>> paths.positions[0, 0, -1]
    array([0.512, 1.024])
    >>> paths.losses[0, 0].round(3)
    array([5.   , 3.2  , 2.048, 1.311])
    """
    simulation = Simulation(
        loss, optimizers, starts, steps, noise=noise, records=records, inside=inside
    )
    return simulation.trace()
