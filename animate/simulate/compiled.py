"""Compilation of functions of JAX, in about half of the time that JAX's own choice takes."""

from collections.abc import Callable
from typing import Any

from animate._lazy import lazy

jax = lazy("jax")

OLDER_LOOPS = {"xla_cpu_use_fusion_emitters": False}
"""XLA's older way of writing loops for a processor: the same numbers, sooner compiled."""


def compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    """`function` as `jax.jit` gives it, compiled when it is first called. Raises what it does."""
    usual, chosen = jax.jit(function), jax.jit(function, compiler_options=OLDER_LOOPS)

    def call(*values: object) -> Any:
        nonlocal chosen
        try:
            return chosen(*values)
        except jax.errors.JaxRuntimeError as error:
            if chosen is usual or "No such compile option" not in str(error):
                raise
        chosen = usual  # of an XLA that has one way only
        return chosen(*values)

    return call
