"""The table of schedules: learning rates that change from update to update.

Each entry takes the number of updates of the run, None where that is not known, and its own options
and returns an optax schedule: a function from the number of updates made to the learning rate. What
has no end of its own ends with the run. η_k is the rate of the update from step k to step k + 1.
"""

from collections.abc import Callable, Mapping
from typing import Annotated, Any

from annotated_types import Ge

from animate.errors import UsageError
from animate.optimizers.table import Count, NonNegative, Positive
from animate.registry import Registry
from animate.simulate.libraries import Array, jnp, optax

SCHEDULES = Registry("schedule")

Rates = Callable[[Any], Any]
"""An optax schedule."""
Run = int | None
"""How many updates a run makes; None where it is not known."""
Steps = Annotated[int, Ge(0)]
Times = Annotated[float, Ge(1)]

_LONGEST = 1_000_000
"""Updates of the longest run."""


def schedule(make: Callable[..., Rates]) -> Callable[..., Rates]:
    """Enter a function (run, *, options…) -> optax schedule in the table.

    >>> SCHEDULES["step"].make(None, init_value=0.2, drops={"20": 0.5})(20)
    Array(0.1, dtype=float32, weak_type=True)
    """
    SCHEDULES.add(make)
    return make


@schedule
def constant(run: Run, *, value: NonNegative) -> Rates:
    """The same rate at every step: η_k = value."""
    del run
    return optax.constant_schedule(value)


@schedule
def step(run: Run, *, init_value: NonNegative, drops: dict[str, NonNegative]) -> Rates:
    """From each step of `drops` on the rate is that many times what it was before.

    With `drops: {20: 0.1, 60: 0.1}` it is a tenth of init_value from step 20 on, and a hundredth
    from step 60 on.
    """
    del run
    return optax.piecewise_constant_schedule(init_value, _numbered(drops))


@schedule
def exponential(
    run: Run,
    *,
    init_value: NonNegative,
    decay_rate: Positive,
    transition_steps: Count = 1,
    staircase: bool = False,
    end_value: NonNegative | None = None,
) -> Rates:
    """The rate falls by a share: η_k = init_value · decay_rate^(k / transition_steps)."""
    del run
    return optax.exponential_decay(
        init_value, transition_steps, decay_rate, staircase=staircase, end_value=end_value
    )


@schedule
def linear(
    run: Run,
    *,
    init_value: NonNegative,
    end_value: NonNegative = 0.0,
    transition_steps: Count | None = None,
) -> Rates:
    """Evenly from one rate to another, in transition_steps or by the end of the run."""
    steps = _or_run(transition_steps, "transition_steps", run)
    return optax.linear_schedule(init_value, end_value, steps)


@schedule
def cosine(
    run: Run,
    *,
    init_value: NonNegative,
    decay_steps: Count | None = None,
    alpha: NonNegative = 0.0,
) -> Rates:
    """Half a cosine, down to alpha times the first rate (Loshchilov and Hutter, 2017).

    In decay_steps, or by the end of the run.
    """
    steps = _or_run(decay_steps, "decay_steps", run)
    return optax.cosine_decay_schedule(init_value, steps, alpha)


@schedule
def warmup_cosine(
    run: Run,
    *,
    peak_value: NonNegative,
    warmup_steps: Count,
    decay_steps: Count | None = None,
    init_value: NonNegative = 0.0,
    end_value: NonNegative = 0.0,
) -> Rates:
    """Evenly up to the peak, then half a cosine down.

    As in optax decay_steps count from the start, the warm-up included; without them it is the end
    of the run.
    """
    steps = _or_run(decay_steps, "decay_steps", run)
    if steps <= warmup_steps:
        raise UsageError(
            f"warms up for {warmup_steps} steps, and ends after {steps}; let it warm up for fewer"
        )
    return optax.warmup_cosine_decay_schedule(
        init_value, peak_value, warmup_steps, steps, end_value
    )


@schedule
def cyclic(
    run: Run, *, init_value: NonNegative, peak_value: NonNegative, transition_steps: Count
) -> Rates:
    """Evenly up in transition_steps and down again, over and over (Smith, 2017)."""
    del run

    def rate(count: Array) -> Array:
        way = (count % (2 * transition_steps)) / transition_steps
        return init_value + (peak_value - init_value) * (1.0 - jnp.abs(way - 1.0))

    return rate


@schedule
def one_cycle(
    run: Run,
    *,
    peak_value: NonNegative,
    transition_steps: Count | None = None,
    pct_start: Annotated[float, Ge(0)] = 0.3,
    div_factor: Positive = 25.0,
    final_div_factor: Positive = 1e4,
) -> Rates:
    """Up to a large rate and down to almost none, once (Smith and Topin, 2019).

    From peak_value / div_factor up by half a cosine in the share pct_start of the steps, then down
    to the first rate / final_div_factor.
    """
    steps = _or_run(transition_steps, "transition_steps", run)
    return optax.cosine_onecycle_schedule(
        steps, peak_value, pct_start, div_factor, final_div_factor
    )


@schedule
def wsd(
    run: Run,
    *,
    peak_value: NonNegative,
    warmup_steps: Steps,
    decay_steps: Steps,
    end_value: NonNegative = 0.0,
) -> Rates:
    """Warm up, stay, decay: evenly up, then the peak, and evenly down at the end (Hu et al., 2024).

    The decay is in the last decay_steps of the run.
    """
    if run is None:
        raise UsageError("a wsd schedule ends with the run, and stands in no 'then'")
    if warmup_steps + decay_steps > run:
        raise UsageError(
            f"warms up for {warmup_steps} steps and decays for {decay_steps}, and the scene has "
            f"{run}"
        )
    ways = [
        optax.linear_schedule(0.0, peak_value, warmup_steps),
        optax.constant_schedule(peak_value),
        optax.linear_schedule(peak_value, end_value, decay_steps),
    ]
    return optax.join_schedules(ways, [warmup_steps, run - decay_steps])


@schedule
def restarts(
    run: Run,
    *,
    init_value: NonNegative,
    decay_steps: Count,
    multiplier: Times = 1.0,
    alpha: NonNegative = 0.0,
) -> Rates:
    """Half a cosine down, and again from the first rate: SGDR (Loshchilov and Hutter, 2017).

    Each way down takes `multiplier` times as many steps as the one before.
    """
    begins, length = [0.0], float(decay_steps)
    while begins[-1] + length < (run or _LONGEST):
        begins.append(begins[-1] + length)
        length *= multiplier

    def rate(count: Array) -> Array:
        places = jnp.asarray(begins)
        k = jnp.searchsorted(places, count, side="right") - 1
        share = jnp.minimum((count - places[k]) / (decay_steps * multiplier**k), 1.0)
        return init_value * (alpha + (1.0 - alpha) * 0.5 * (1.0 + jnp.cos(jnp.pi * share)))

    return rate


def _or_run(steps: int | None, key: str, run: Run) -> int:
    """The steps that are given, or those of the run. Raises UsageError where neither is known."""
    if steps is None and run is None:
        raise UsageError(f"the key {key!r} is missing: in 'then' the run's end is not known")
    return steps or run or 1


def _numbered(drops: Mapping[str, float]) -> dict[int, float]:
    """By the numbers of steps, which are text in a scene. Raises UsageError."""
    for key in drops:
        if not key.isdecimal():
            raise UsageError(f"drops: {key[:40]!r} is not the number of a step")
    return {int(key): each for key, each in drops.items()}
