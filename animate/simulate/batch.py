"""Racers that are alike: one compiled update serves them all, each with its own numbers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from animate._lazy import lazy
from animate.simulate.step import Loss, Noise, OptimizerRun, mover

if TYPE_CHECKING:
    import jax
    import jax.numpy as jnp
else:
    jax, jnp = lazy("jax"), lazy("jax.numpy")


@dataclass(frozen=True)
class Batch:
    """Racers number `members`, made by the same function: only their rates and values differ.

    Their lanes stand one racer after the other, [member · lane].
    """

    racer: OptimizerRun
    members: tuple[int, ...]

    def lanes(
        self,
        loss: Loss,
        noise: Noise | None,
        numbers: tuple[Any, Any],
        runs: Any,
        starts: Any,
        *,
        apart: bool = False,
    ) -> tuple[Callable[[], Any], Callable[[Any, Any], Any]]:
        """begin() -> states and move(step, states) -> states, of all lanes at once.

        `numbers` are their rates and values, `runs` their numbers, `starts` [lane, 2]. `apart`:
        each lane keeps what it remembers for itself, and no count is shared.
        """

        def begin_one(number, start):
            return mover(loss, self.racer, *self._told(number), noise)[0](start)

        def move_one(number, run, step, state):
            return mover(loss, self.racer, *self._told(number), noise)[1](run, step, state)

        def begin(axes):
            return jax.vmap(begin_one, out_axes=(0, axes))(numbers, starts)

        def move(axes, step, states):
            spread = jax.vmap(move_one, in_axes=(0, 0, None, (0, axes)), out_axes=(0, axes))
            return spread(numbers, runs, step, states)

        axes = 0 if apart else _shared(begin, move)
        return partial(begin, axes), partial(move, axes)

    def _told(self, number: Any) -> tuple[Any, Any]:
        """Learning rate and value of a lane whose numbers they are."""
        rate, value = number
        return (self.racer.rate if callable(self.racer.rate) else rate), value


def _shared(begin, move):
    """The axes of a memory that `vmap` is to take: None for a count that all lanes have alike.

    What follows from such a count, as Adam's b₁ᵗ does, is then computed once a step and not once a
    lane, which is most of the time of a large swarm. A method whose counts differ keeps them apart.
    """
    memory = jax.eval_shape(partial(begin, 0))[1]
    axes = jax.tree.map(
        lambda leaf: None if leaf.dtype == jnp.int32 and leaf.ndim == 1 else 0, memory
    )
    try:
        jax.eval_shape(lambda: move(axes, 0, begin(axes)))
    except ValueError:
        return 0
    return axes


def crews(racers: Sequence[OptimizerRun], *, apart: bool = False) -> list[Batch]:
    """The racers in groups that are alike; `apart`: each by itself."""
    found: dict[Any, list[int]] = {}
    for k, racer in enumerate(racers):
        rule = racer.rate if callable(racer.rate) else None
        alike = (racer.make, rule, racer.seed, racer.value is None)
        found.setdefault(k if apart else alike, []).append(k)
    return [Batch(racers[members[0]], tuple(members)) for members in found.values()]


def takes_any_value(make: Callable[..., Any], value: float) -> bool:
    """Whether `make(learning_rate, value)` gives a method for a value that is known only later.

    One that looks at it while it is made, as at a flag or a length, does not.
    """

    def first(rate, number):
        method = OptimizerRun("", make, 0.0, value=value).method(rate, number)
        place = jnp.ones(2)
        seen = {"value": rate, "grad": place, "value_fn": jnp.sum, "key": jax.random.key(0)}
        return method.update(place, method.init(place), place, **seen)[0]

    try:
        jax.eval_shape(first, jnp.ones(()), jnp.asarray(value, float))
    except (jax.errors.ConcretizationTypeError, TypeError):
        return False
    return True
