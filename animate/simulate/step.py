"""One who descends, and one update of it at one place: all that a race repeats."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from animate._lazy import lazy

if TYPE_CHECKING:
    import jax
    import jax.numpy as jnp
    import optax
else:
    jax, jnp, optax = lazy("jax"), lazy("jax.numpy"), lazy("optax")

Loss = Callable[[Any, Any], Any]
Schedule = Callable[[Any], Any]
NoiseKind = Literal["gaussian", "multiplicative", "heavy_tailed"]

_OWN_RANDOMNESS = 2**32 - 1
"""Sets a method's own randomness apart from the noise, whose runs count from 0."""


@dataclass(frozen=True)
class OptimizerRun:
    """One who descends: `make(learning_rate)` gives its optax transformation.

    `rate` is a number or an optax schedule (a function of the number of updates made). A method
    with a randomness of its own has a `seed`, and is given `key=…` at every update. One that is
    made of a second number too has a `value`, and `make(learning_rate, value)` gives it.
    """

    label: str
    make: Callable[..., Any]
    rate: float | Schedule
    seed: int | None = None
    value: float | None = None

    def method(self, rate: Any, value: Any) -> Any:
        """Its optax transformation, with a learning rate and a value that may be traced."""
        rate = _exact(rate) if callable(rate) else rate
        made = self.make(rate) if self.value is None else self.make(rate, value)
        return optax.with_extra_args_support(made)


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


def mover(loss: Loss, racer: OptimizerRun, rate: Any, value: Any, noise: Noise | None):
    """begin(start) -> state and move(run, step, state) -> state; a state is (place, memory)."""
    method = racer.method(rate, value)

    def begin(start):
        return start, method.init(start)

    def move(run, step, state):
        place, memory = state
        value_fn = tilted(loss, noise, run, step)
        height, slope = jax.value_and_grad(value_fn)(place)
        seen = {"value": height, "grad": slope, "value_fn": value_fn}
        if racer.seed is not None:
            seen["key"] = _own_key(racer.seed, run, step)
        update, memory = method.update(slope, memory, place, **seen)
        return optax.apply_updates(place, update), memory

    return begin, move


def tilted(loss: Loss, noise: Noise | None, run: Any, step: Any) -> Callable[[Any], Any]:
    """The loss as step `step` of run `run` sees it: noise in the gradient tilts the function."""

    def plain(place):
        return jnp.asarray(loss(place[0], place[1]), place.dtype).reshape(())

    if noise is None:
        return plain
    xi = noise.draw(run, step)
    if noise.kind != "multiplicative":
        return lambda place: plain(place) + xi @ place
    return lambda place: plain(place) + (xi * jax.lax.stop_gradient(jax.grad(plain)(place))) @ place


def level(x: Any, y: Any) -> Any:
    """The loss of level ground."""
    return 0.0 * (x + y)


def _own_key(seed: int, run: Any, step: Any) -> Any:
    """The key of update `step` in run `run`; none of the noise's."""
    stream = jax.random.fold_in(jax.random.key(seed), _OWN_RANDOMNESS)
    return jax.random.fold_in(jax.random.fold_in(stream, run), step)


def _exact(schedule: Schedule) -> Schedule:
    """The schedule in float64: of the whole numbers that optax counts it would make float32."""
    return lambda count: schedule(jnp.asarray(count, jnp.float64))
