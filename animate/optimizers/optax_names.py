"""`optax.NAME`: every optimizer that optax has, by its own name and arguments."""

import inspect
from collections.abc import Mapping

from animate.errors import UnknownName
from animate.optimizers.table import Make
from animate.registry import hint, nearest
from animate.simulate.step import StateFields
from animate.simulate.trajectories import Memory

PREFIX = "optax."
_CONTRIB = "optax.contrib."
_RATE = "learning_rate"
BY_LEAVES = frozenset(
    {
        "optax.adafactor",
        "optax.fromage",
        "optax.lamb",
        "optax.lars",
        "optax.novograd",
        "optax.contrib.galore",
        "optax.contrib.muon",
    }
)
"""Methods whose step depends on how the parameters are divided into arrays, one a layer."""
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
    known = _contributed() if name.startswith(_CONTRIB) else _own()
    if name not in known:
        raise UnknownName(
            f"optax has no optimizer named {name!r}.{hint(name, known)}", name, nearest(name, known)
        )
    return known[name]


def optax_names() -> list[str]:
    """The full names of all optimizers that optax has."""
    return [*_own(), *_contributed()]


def _own() -> dict[str, Make]:
    import optax

    home = optax.sgd.__module__
    return {
        PREFIX + key: each
        for key, each in vars(optax).items()
        if getattr(each, "__module__", None) == home and _makes(each)
    }


def _contributed() -> dict[str, Make]:
    import optax.contrib

    return {_CONTRIB + key: each for key, each in vars(optax.contrib).items() if _makes(each)}


def rate_parameter(make: Make) -> str:
    """The parameter that is the learning rate: `learning_rate`, or `max_learning_rate`."""
    return next(key for key in inspect.signature(make).parameters if key.endswith(_RATE))


def optax_state(make: Make) -> StateFields:
    """Where the optimizers that optax's function `make` makes keep their memory, if they do.

    Those that step along a mean of gradients call its decay b1, as Adam does.
    """
    return StateFields(_FIELDS, along_mean="b1" in inspect.signature(make).parameters)


def _makes(each: object) -> bool:
    return (
        inspect.isfunction(each)
        and not each.__name__.startswith("scale_by")
        and any(key.endswith(_RATE) for key in inspect.signature(each).parameters)
    )
