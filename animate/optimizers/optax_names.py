"""`optax.NAME`: every optimizer that optax has, by its own name and arguments."""

import inspect
from collections.abc import Mapping

from animate.errors import UnknownName
from animate.optimizers.optax_kinds import KERNELS, REFUSED, RENAMED, in_optax, matrices_of
from animate.optimizers.table import Make
from animate.registry import hint, nearest
from animate.simulate.inside import Memory
from animate.simulate.libraries import Transformation, optax
from animate.simulate.step import StateFields

PREFIX = "optax."
_CONTRIB = "optax.contrib."
_RATE = "learning_rate"
_FIELDS: Mapping[str, Memory] = {
    "trace": "velocity",
    "mu": "mean",
    "nu": "squares",
    "sum_of_squares": "squares",
    "e_g": "squares",
    "e_x": "steps",
}
"""What optax calls the fields of its states."""


def optax_optimizer(name: str) -> Make:
    """optax's function of that full name, such as `optax.lion`. Raises UnknownName."""
    if why := REFUSED.get(name):
        raise UnknownName(f"{name} {why}", name)
    known = _contributed() if name.startswith(_CONTRIB) else _own()
    if name not in known:
        elsewhere = in_optax(name)  # of any optax: it may be none of this one's
        there = {elsewhere} if elsewhere and elsewhere != name else known
        raise UnknownName(
            f"optax has no optimizer named {name!r}.{hint(name, there)}", name, nearest(name, there)
        )
    return known[name]


def optax_names() -> list[str]:
    """The full names of all optimizers that optax has, and that run here."""
    return [*_own(), *_contributed()]


def made_by_optax(name: str, filters: int, **arguments: object) -> Transformation:
    """The optimizer of that name, by optax's own `arguments`, that takes what all others take.

    `filters` is the axis of a network's kernels that counts their outputs.
    """
    if (kernels := KERNELS.get(name)) and arguments.get(kernels) is None:
        arguments[kernels] = matrices_of(filters)
    return _renamed(optax_optimizer(name)(**arguments), RENAMED.get(name, {}))


def _renamed(method: Transformation, names: Mapping[str, str]) -> Transformation:
    """`method`, given what it calls by its own `names` too."""
    if not names:
        return method

    def update(updates, state, params=None, **extra):
        given = {own: extra[each] for own, each in names.items()}
        return method.update(updates, state, params, **extra, **given)

    return optax.GradientTransformationExtraArgs(method.init, update)


def _own() -> dict[str, Make]:
    import optax

    home = optax.sgd.__module__
    return {
        PREFIX + key: each
        for key, each in vars(optax).items()
        if getattr(getattr(each, "func", each), "__module__", None) == home and _makes(each)
    }


def _contributed() -> dict[str, Make]:
    import optax.contrib

    return {
        _CONTRIB + key: each
        for key, each in vars(optax.contrib).items()
        if not key.startswith("scale_by") and _CONTRIB + key not in REFUSED and _makes(each)
    }


def rate_parameter(make: Make) -> str:
    """The parameter that is the learning rate: `learning_rate`, or `max_learning_rate`."""
    return next(key for key in inspect.signature(make).parameters if key.endswith(_RATE))


def optax_state(make: Make) -> StateFields:
    """Where the optimizers that optax's function `make` makes keep their memory, if they do.

    Those that step along a mean of gradients call its decay b1, as Adam does.
    """
    return StateFields(_FIELDS, along_mean="b1" in inspect.signature(make).parameters)


def _makes(each: object) -> bool:
    """Whether it is a function, or a partial one, that takes a learning rate."""
    return (
        callable(each)
        and not inspect.isclass(each)
        and any(key.endswith(_RATE) for key in inspect.signature(each).parameters)
    )
