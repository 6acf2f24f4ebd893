"""How JAX computes, whatever the environment and the importing program have set it to.

Everything that computes does so inside `float32` or `float64`, and every key of random numbers is
made by `random_key`: so numbers depend on the scene alone. The settings are those of JAX's own
beginning, and hold only inside.
"""

from collections.abc import Generator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import reduce
from typing import Any

import numpy as np
from jaxtyping import Float

from animate._lazy import lazy
from animate.errors import AnimateError
from animate.simulate.libraries import Array

jax = lazy("jax")

_GENERATOR = "threefry2x32"
"""Of random numbers (Salmon et al. 2011), the same on every machine."""
_SETTINGS: dict[str, Any] = {
    "default_prng_impl": _GENERATOR,
    "threefry_partitionable": True,
    "disable_jit": False,
    "default_matmul_precision": None,
    "numpy_dtype_promotion": "standard",
    "numpy_rank_promotion": "allow",
    "debug_nans": False,
    "debug_infs": False,
    "check_tracer_leaks": False,
    "transfer_guard_host_to_device": "allow",
    "transfer_guard_device_to_device": "allow",
    "transfer_guard_device_to_host": "allow",
}
"""JAX's own values of what changes numbers, or ends a computation that runs without it."""
_UNSET = None
"""What a setting is that nobody has chosen: JAX then takes its own value."""


def float32() -> AbstractContextManager[None]:
    """A context in which JAX computes in float32, on the processor. Raises AnimateError."""
    return _computing(x64=False)


def float64() -> AbstractContextManager[None]:
    """A context in which JAX computes in float64, on the processor. Raises AnimateError."""
    return _computing(x64=True)


def random_key(seed: Array | int) -> Array:
    """The key of `seed`, of one generator wherever it is made."""
    return jax.random.key(seed, impl=_GENERATOR)


def lengths(vectors: Float[np.ndarray, "*n axis"]) -> Float[np.ndarray, "*n"]:
    """The Euclidean lengths of vectors of any number of coordinates, the last axis.

    >>> lengths(np.array([[3.0, -4.0], [0.0, 1.0]])), lengths(np.array([[-2.0]]))
    (array([5., 1.]), array([2.]))
    """
    first, *others = np.moveaxis(vectors, -1, 0)
    return np.asarray(reduce(np.hypot, others, np.abs(first)))


@contextmanager
def _computing(*, x64: bool) -> Generator[None]:
    config = jax.config
    with ExitStack() as settings:
        settings.enter_context(jax.enable_x64(x64))
        settings.enter_context(jax.default_device(_processor()))
        for name, value in _SETTINGS.items():
            if getattr(config, f"jax_{name}") not in (value, _UNSET):  # it takes time to set one
                settings.enter_context(getattr(jax, name)(value))
        yield


def _processor() -> Any:
    """The first processor of JAX: a graphics card rounds otherwise."""
    try:
        return jax.devices("cpu")[0]
    except (RuntimeError, AssertionError) as error:
        raise AnimateError(
            f"JAX cannot start its processor with JAX_PLATFORMS={jax.config.jax_platforms}; "
            "let cpu be one of the platforms, or leave it out"
        ) from error
