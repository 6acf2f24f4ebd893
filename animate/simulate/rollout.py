"""All optimizers from all starts, as one function of JAX that is compiled once."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import NamedTuple

import numpy as np
from jaxtyping import Float, Int

from animate._lazy import lazy
from animate.simulate.batch import Batch, batches
from animate.simulate.internals import Updates, look_inside
from animate.simulate.libraries import Array, Pytree
from animate.simulate.noise import Disturbance, Number
from animate.simulate.step import Loss, OptimizerRun, State, loss_at

jax, jnp = lazy("jax"), lazy("jax.numpy")

StepCost = Callable[[Array, Array, Array], tuple[Array, Array]]
"""(position before, position after [..., axis], loss there) -> (cost, whether it is allowed)."""

_Score = tuple[Array | float, Array | bool]
"""The cost so far and whether every step was allowed."""


class Records(NamedTuple):
    """What is kept of a rollout: the recorded steps of the first runs, the costs of all.

    `updates` has one entry for each optimizer, or none; `costs` is None where nothing is counted.
    """

    positions: Float[Array, "optimizer run record axis"]
    losses: Float[Array, "optimizer run record"]
    gradients: Float[Array, "optimizer run record axis"]
    updates: Sequence[Updates]
    costs: Float[Array, "optimizer run"] | None


@dataclass(frozen=True, eq=False)
class Rollout:
    """Up to `steps` updates of every optimizer from every start; only numbers are left open.

    How many there are is one of these: records beyond are 0. Every step number that `every` divides
    is recorded, and the last one, of the first `kept` runs. `inside`: what happens inside the
    updates is recorded too. `cost` is added up over the steps.
    """

    loss: Loss
    optimizers: tuple[OptimizerRun, ...]
    noise: Disturbance | None
    steps: int
    every: int
    kept: int
    inside: bool
    cost: StepCost | None

    @property
    def structure(self) -> Hashable:
        """What is equal for two that compute the same of the numbers left open."""
        made = [
            (each.make, each.rate if callable(each.rate) else None, each.seed, each.value is None)
            for each in self.optimizers
        ]
        noise = self.noise and self.noise.of([0] * len(self.noise.numbers))
        rest = noise, self.steps, self.every, self.kept, self.inside, self.cost
        return self.loss, tuple(made), *rest

    @property
    def recorded(self) -> Int[np.ndarray, " record"]:
        """The numbers of the steps that are recorded; 0 is the start."""
        return np.unique(np.append(np.arange(0, self.steps, self.every), self.steps))

    def __call__(
        self,
        rates: Float[Array, "optimizer run"],
        values: Float[Array, " optimizer"],
        starts: Float[Array, "run axis"],
        runs: Int[Array, " run"],
        steps: Int[Array, ""],
        noise: Sequence[Array],
    ) -> Records:
        """The records with these learning rates and values; `runs` are the numbers of the runs,
        `steps` is how many there are, and `noise` the numbers of the noise.

        Costs are means over the start and all steps; inf: a step was not allowed.
        """
        disturbance = self.noise and self.noise.of(noise)
        made = [
            self._make_step(batch, disturbance, (rates, values), starts, runs)
            for batch in self._batches
        ]
        states = [init() for init, _ in made]
        score = self._scored((0.0, True), states, states)

        def advance(
            number: Number, carry: tuple[list[State], _Score]
        ) -> tuple[list[State], _Score]:
            states, score = carry
            later = [step(number, state) for (_, step), state in zip(made, states, strict=True)]
            return later, self._scored(score, states, later)

        def put(place: Number, records: Pytree, kept: Pytree) -> Pytree:
            change = partial(jax.lax.dynamic_update_index_in_dim, index=place, axis=0)
            return jax.tree.map(change, records, kept)

        def record(place: Number, carry: tuple[Pytree, Pytree]) -> tuple[Pytree, Pytree]:
            now, records = carry
            first = place * self.every
            if self.every == 1:
                now = advance(first, now)
            else:
                last = jnp.minimum(first + self.every, steps)
                now = jax.lax.fori_loop(first, last, advance, now)
            return now, put(place + 1, records, self._kept(now[0]))

        first = self._kept(states)
        count = len(self.recorded)
        begin = (states, score), put(0, jax.tree.map(partial(_zeros, count), first), first)
        end = jax.lax.fori_loop(0, -(-steps // self.every), record, begin)
        (_, score), (positions, memories) = end
        positions = jnp.moveaxis(positions, 0, 2)
        updates = self._updates(disturbance, rates, positions, memories)
        costs = None
        if self.cost is not None:
            costs = jnp.where(score[1], score[0] / (steps + 1), jnp.inf)
        return Records(positions, *_heights(self.loss, positions), updates, costs)

    @cached_property
    def _batches(self) -> list[Batch]:
        return batches(self.optimizers, apart=self.inside)

    def _make_step(
        self,
        batch: Batch,
        noise: Disturbance | None,
        given: tuple[Array, Array],
        starts: Array,
        runs: Array,
    ) -> tuple[Callable[[], State], Callable[[Number, State], State]]:
        chosen = np.array(batch.members)
        rates, values = given
        numbers = rates[chosen], values[chosen]
        return batch.make_step(self.loss, noise, numbers, starts, runs, apart=self.inside)

    def _positions(self, states: list[State]) -> Float[Array, "optimizer run axis"]:
        """The positions of all runs, in the order of the optimizers."""
        parts = [
            state.position.reshape(len(batch.members), -1, state.position.shape[-1])
            for batch, state in zip(self._batches, states, strict=True)
        ]
        order = np.argsort([k for batch in self._batches for k in batch.members])
        return jnp.concatenate(parts)[order]

    def _kept(self, states: list[State]) -> tuple[Array, list[Pytree]]:
        """The positions of the first runs, and the memories there if they are wanted."""

        def first(leaf: Array) -> Array:
            return leaf[: self.kept]

        memories = [state.memory for state in states] if self.inside else []
        return self._positions(states)[:, : self.kept], jax.tree.map(first, memories)

    def _scored(self, score: _Score, states: list[State], later: list[State]) -> _Score:
        """The score with one step more."""
        if self.cost is None:
            return score
        before, after = self._positions(states), self._positions(later)
        cost, allowed = self.cost(before, after, loss_at(self.loss, after))
        return score[0] + cost, score[1] & allowed

    def _updates(
        self,
        noise: Disturbance | None,
        rates: Array,
        positions: Array,
        memories: Sequence[Pytree],
    ) -> list[Updates]:
        """What happens inside the updates, if that is wanted."""
        steps = jnp.append(jnp.arange(0, self.steps, self.every), self.steps)
        return [
            look_inside(
                self.loss,
                noise,
                optimizer,
                optimizer.rate if callable(optimizer.rate) else rates[k, 0],
                steps,
                positions[k],
                memories[k],
            )
            for k, optimizer in enumerate(self.optimizers)
            if self.inside
        ]


def _zeros(count: int, leaf: Array) -> Array:
    """Room for `count` of them."""
    return jnp.zeros((count, *leaf.shape), leaf.dtype)


def _heights(loss: Loss, positions: Array) -> tuple[Array, Array]:
    """The loss and its gradient at `positions` [..., axis]: elementwise, so a sum serves all."""

    def total(points: Array) -> tuple[Array, Array]:
        values = loss_at(loss, points)
        return values.sum(), jnp.broadcast_to(values, points.shape[:-1])

    gradients, losses = jax.grad(total, has_aux=True)(positions)
    return losses, gradients
