"""The paths: one scan over the steps, every optimizer in it, every start beside every other.

Values in, values out: a function of (x, y), racers, starts. Everything runs in float64 inside a
context of its own, so the settings of the importing program stay as they are.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from jaxtyping import Float

from animate.engine.inside import gathered, look_inside
from animate.lazy import lazy
from animate.terrain import LARGEST
from animate.trajectories import Trajectories

if TYPE_CHECKING:
    import jax
    import jax.numpy as jnp
    import optax
else:
    jax, jnp, optax = lazy("jax"), lazy("jax.numpy"), lazy("optax")

Loss = Callable[[Any, Any], Any]
Schedule = Callable[[Any], Any]
NoiseKind = Literal["gaussian", "multiplicative", "heavy_tailed"]

RECORDS = 4_000_000
"""Positions kept at the most; longer or wider races are recorded every so many steps."""


_OWN_RANDOMNESS = 2**32 - 1
"""Sets a method's own randomness apart from the noise, whose runs count from 0."""

LEAST_RECORDS = 25
"""Positions kept of each run at the least: with fewer a path could not be recognized."""


def most_starts(racers: int) -> int:
    """How many starts of so many racers can be traced."""
    return RECORDS // (LEAST_RECORDS * racers)


@dataclass(frozen=True)
class Racer:
    """One who descends: `make(learning_rate)` gives its optax transformation.

    `rate` is a number or an optax schedule (a function of the number of updates made). A method
    with a randomness of its own has a `seed`, and is given `key=…` at every update.
    """

    label: str
    make: Callable[[Any], Any]
    rate: float | Schedule
    seed: int | None = None


@dataclass(frozen=True)
class Noise:
    """What is added to each gradient: the same for every racer at step k of run r.

    gaussian: g + ξ; multiplicative: g + ξ ⊙ g; heavy_tailed: g + ξ with ξ from Student's t with
    two degrees of freedom, whose variance is infinite (Şimşekli et al., 2019). ξ has scale `std`.
    """

    std: float
    kind: NoiseKind = "gaussian"
    seed: int = 0

    def draw(self, run: Any, step: Any) -> Any:
        """ξ [2] for step `step` of run `run`."""
        key = jax.random.fold_in(jax.random.fold_in(jax.random.key(self.seed), run), step)
        if self.kind == "heavy_tailed":
            return self.std * jax.random.t(key, 2.0, (2,), jnp.float64)
        return self.std * jax.random.normal(key, (2,), jnp.float64)


def trace(
    loss: Loss,
    racers: Sequence[Racer],
    starts: Float[np.ndarray, "run 2"],
    steps: int,
    *,
    noise: Noise | None = None,
    records: int = RECORDS,
    inside: bool = False,
) -> Trajectories:
    """The paths of all racers from all starts over `steps` updates, in one compiled call.

    Every step is recorded while that makes at most `records` positions; else every n-th one and
    the last. `inside` also records what happens inside each update, which takes several times the
    room.
    """
    every = max(1, -(-steps * len(starts) * len(racers) // records))
    marks = np.unique(np.append(np.arange(0, steps, every), steps))
    with jax.enable_x64(True):
        rates = [0.0 if callable(racer.rate) else float(racer.rate) for racer in racers]
        run = jax.jit(partial(_race, loss, tuple(racers), noise, steps, every, inside))
        *field, found = run(jnp.asarray(rates), jnp.asarray(starts, jnp.float64))
        positions, losses, gradients = (np.array(array) for array in field)
    ends = _end(positions, losses, marks)
    return Trajectories(
        labels=tuple(racer.label for racer in racers),
        rates=tuple(None if callable(racer.rate) else float(racer.rate) for racer in racers),
        steps=marks,
        positions=positions,
        losses=losses,
        gradients=gradients,
        ends=ends,
        inside=gathered(found) if inside else None,
    )


def _end(positions: np.ndarray, losses: np.ndarray, marks: np.ndarray) -> np.ndarray:
    """The last recorded step before each run leaves the numbers up to ±LARGEST; then NaN."""
    lost = ~((np.abs(positions) <= LARGEST).all(-1) & (np.abs(losses) <= LARGEST))
    lost = np.logical_or.accumulate(lost, axis=-1)
    positions[lost] = np.nan
    losses[lost] = np.nan
    kept = (~lost).sum(-1)
    return np.where(kept > 0, marks[np.maximum(kept, 1) - 1], -1)


def _race(loss, racers, noise, steps, every, inside, rates, starts):
    """Positions [racer, run, record, 2], losses [racer, run, record], gradients like positions.

    And for each racer what `look_inside` finds, where that is wanted.
    """
    paces = [racer.rate if callable(racer.rate) else rates[k] for k, racer in enumerate(racers)]
    movers = [mover(loss, racer, pace, noise) for racer, pace in zip(racers, paces, strict=True)]
    runs = jnp.arange(len(starts))

    axes = [0 if inside else _alike(*each, starts) for each in movers]

    def advance(step, crowd):
        return [
            jax.vmap(move, in_axes=(0, None, (0, axis)), out_axes=(0, axis))(runs, step, state)
            for (_, move), axis, state in zip(movers, axes, crowd, strict=True)
        ]

    def record(crowd, first):
        last = jnp.minimum(first + every, steps)
        crowd = (
            advance(first, crowd) if every == 1 else jax.lax.fori_loop(first, last, advance, crowd)
        )
        return crowd, _kept(crowd, inside)

    crowd = [
        jax.vmap(begin, out_axes=(0, axis))(starts)
        for (begin, _), axis in zip(movers, axes, strict=True)
    ]
    _, later = jax.lax.scan(record, crowd, jnp.arange(0, steps, every))
    places, memories = jax.tree.map(
        lambda first, rest: jnp.concatenate((first[None], rest)), _kept(crowd, inside), later
    )
    positions = jnp.moveaxis(places, 0, 2)
    losses, gradients = _field(loss, positions)
    marks = jnp.append(jnp.arange(0, steps, every), steps)
    found = [
        look_inside(
            move,
            mover(_level, racer, pace, None)[1],
            lambda run, step, place: jax.grad(tilted(loss, noise, run, step))(place),
            pace,
            marks,
            positions[k],
            memory,
        )
        for k, (racer, pace, (_, move), memory) in enumerate(
            zip(racers, paces, movers, memories, strict=False)
        )
    ]
    return positions, losses, gradients, found


def _alike(begin, move, starts):
    """The axes of a memory that `vmap` is to take: None for a count that all runs have alike.

    What follows from such a count, as Adam's b₁ᵗ does, is then computed once a step and not once a
    run, which is most of the time of a large swarm. A method whose counts differ keeps them apart.
    """
    memory = jax.eval_shape(begin, starts[0])[1]
    axes = jax.tree.map(
        lambda leaf: None if leaf.dtype == jnp.int32 and not leaf.ndim else 0, memory
    )
    state = jax.eval_shape(jax.vmap(begin, out_axes=(0, axes)), starts)
    try:
        jax.eval_shape(
            jax.vmap(move, in_axes=(0, None, (0, axes)), out_axes=(0, axes)),
            jnp.arange(len(starts)),
            0,
            state,
        )
    except ValueError:
        return 0
    return axes


def _kept(crowd, inside):
    """The places of the crowd [racer, run, 2], and its memories where they are wanted."""
    places = jnp.stack([jnp.asarray(place) for place, _ in crowd])
    return places, [memory for _, memory in crowd] if inside else []


def _level(x, y):
    return 0.0 * (x + y)


def _field(loss, positions):
    """The loss and its gradient at `positions` [..., 2]: elementwise, so a sum serves for all."""

    def total(points):
        values = loss(points[..., 0], points[..., 1])
        return values.sum(), jnp.broadcast_to(values, points.shape[:-1])

    gradients, losses = jax.grad(total, has_aux=True)(positions)
    return losses, gradients


def mover(loss, racer, rate, noise):
    """begin(start) -> state and move(run, step, state) -> state; a state is (place, memory)."""
    method = optax.with_extra_args_support(racer.make(_exact(rate) if callable(rate) else rate))

    def begin(start):
        return start, method.init(start)

    def move(run, step, state):
        place, memory = state
        value_fn = tilted(loss, noise, run, step)
        value, slope = jax.value_and_grad(value_fn)(place)
        seen = {"value": value, "grad": slope, "value_fn": value_fn}
        if racer.seed is not None:
            seen["key"] = _own_key(racer.seed, run, step)
        update, memory = method.update(slope, memory, place, **seen)
        return optax.apply_updates(place, update), memory

    return begin, move


def _own_key(seed: int, run: Any, step: Any) -> Any:
    """The key of update `step` in run `run`; none of the noise's."""
    stream = jax.random.fold_in(jax.random.key(seed), _OWN_RANDOMNESS)
    return jax.random.fold_in(jax.random.fold_in(stream, run), step)


def _exact(schedule: Schedule) -> Schedule:
    """The schedule in float64: of the whole numbers that optax counts it would make float32."""
    return lambda count: schedule(jnp.asarray(count, jnp.float64))


def tilted(loss, noise, run, step):
    """The loss as step `step` of run `run` sees it: noise in the gradient tilts the function."""

    def plain(place):
        return jnp.asarray(loss(place[0], place[1]), place.dtype).reshape(())

    if noise is None:
        return plain
    xi = noise.draw(run, step)
    if noise.kind != "multiplicative":
        return lambda place: plain(place) + xi @ place
    return lambda place: plain(place) + (xi * jax.lax.stop_gradient(jax.grad(plain)(place))) @ place
