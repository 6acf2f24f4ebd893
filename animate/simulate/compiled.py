"""Compilation of functions of JAX, in about half of the time that JAX's own choice takes."""

from collections.abc import Callable, Sequence
from typing import Any

from animate._lazy import lazy

jax = lazy("jax")

OLDER_LOOPS = {"xla_cpu_use_fusion_emitters": False}
"""XLA's older way of writing loops for a processor: the same numbers, sooner compiled."""


def compiled(function: Callable[..., Any], *, static: Sequence[str] = ()) -> Callable[..., Any]:
    """`function` as `jax.jit` gives it, compiled when it is first called; `static` are the names
    of arguments that a compilation is for. Raises what `function` does."""
    usual = jax.jit(function, static_argnames=static)
    chosen = jax.jit(function, static_argnames=static, compiler_options=OLDER_LOOPS)

    def call(*values: object, **named: object) -> Any:
        nonlocal chosen
        try:
            return chosen(*values, **named)
        except jax.errors.JaxRuntimeError as error:
            if chosen is usual or "No such compile option" not in str(error):
                raise
        chosen = usual  # of an XLA that has one way only
        return chosen(*values, **named)

    return call
