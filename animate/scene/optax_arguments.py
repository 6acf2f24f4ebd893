"""The arguments of optax's optimizers, and whether one can move with those that a scene gives."""

import inspect
from collections.abc import Callable, Mapping
from math import isfinite
from typing import Annotated, Any

from pydantic import AfterValidator

from animate._lazy import lazy
from animate.errors import UsageError
from animate.optimizers import BY_LAYERS, BY_MATRICES, optax_optimizer, rate_parameter
from animate.optimizers.table import Decay
from animate.scene.choice import Form
from animate.simulate.numerics import float32

jax, jnp = lazy("jax"), lazy("jax.numpy")

_LARGEST_STATE = 10_000
"""Numbers that a method may keep from step to step, for two coordinates; most keep a dozen."""
_DECAYS = frozenset({"adam_b1", "adam_b2", "b1", "b2", "b3", "decay", "rho"})
"""Arguments that say what a running mean keeps of itself."""


def _finite(value: object) -> object:
    if isinstance(value, float) and not isfinite(value):
        raise UsageError(f"must be a finite number, got {value}")
    return value


_Given = Annotated[Any, AfterValidator(_finite)]
"""Of an argument whose default says nothing of its kind."""


def arguments_of(name: str) -> Mapping[str, inspect.Parameter]:
    """The arguments of optax's optimizer of that name, without the learning rate."""
    make = optax_optimizer(name)
    rate = rate_parameter(make)
    every = inspect.signature(make).parameters
    return {key: parameter for key, parameter in every.items() if key != rate}


def field_of(parameter: inspect.Parameter) -> tuple[Form, object]:
    """Type and default of one of optax's arguments, whose annotations say little."""
    default: object = parameter.default
    if default is inspect.Parameter.empty:
        return Any, ...
    if parameter.name in _DECAYS:
        return Decay, default
    kinds: dict[type, Form] = {bool: bool, int: int | float, float: float, str: str}
    return int if parameter.annotation is int else kinds.get(type(default), _Given), default


def default_rate(name: str) -> float | None:
    """The learning rate that optax gives it: 1 for one that finds its own; None: it gives none."""
    make = optax_optimizer(name)
    default = inspect.signature(make).parameters[rate_parameter(make)].default
    if default is inspect.Parameter.empty:
        return None
    return 1.0 if default is None else default


def refuse_unable(name: str, maker: Callable[[Any], Any]) -> None:
    """Raises ValueError where what `maker` makes of a learning rate cannot update; optax's own
    error tells what is wrong."""

    def first_update(rate: object, place: object) -> object:
        method = maker(rate)
        extra = {"value": rate, "grad": place, "value_fn": jnp.sum}
        return method.update(place, method.init(place), place, **extra)

    with float32():
        place = jnp.ones((2, 1)) if name in BY_LAYERS or name in BY_MATRICES else jnp.ones(2)
        try:
            _, state = jax.eval_shape(first_update, jnp.ones(()), place)
        except Exception as error:  # whatever optax raises, it is about these arguments
            reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
            raise ValueError(f"{name} cannot run like this: {reason}") from error
    kept = sum(leaf.size for leaf in jax.tree.leaves(state))
    if kept > _LARGEST_STATE:
        raise ValueError(f"{name} would keep {kept:,} numbers, and may {_LARGEST_STATE:,}")
