"""A Problem of one's own, tried before it is trained: what does not fit is told in a sentence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from traceback import walk_tb
from typing import TYPE_CHECKING, Any

from animate._lazy import lazy
from animate.errors import UsageError, sentence
from animate.networks.problem import FlatProblem, Problem, flatten

if TYPE_CHECKING:
    import jax
else:
    jax = lazy("jax")


def made(reference: str, make: Callable[[], Any]) -> FlatProblem:
    """The Problem that `make` returns, flat, its loss and accuracy traced once over all the data.

    Nothing is computed. Raises UsageError where `make` fails or returns something else, or the
    functions fail or give no single number.
    """
    try:
        problem = make()
    except Exception as error:
        raise UsageError(f"{reference}() failed: {_told(error, make)}") from error
    if not isinstance(problem, Problem):
        raise UsageError(
            f"{reference} must return an animate.networks.Problem, got {type(problem).__name__}"
        )
    flat = flatten(problem)
    _try("loss", problem.loss, problem.parameters, problem.data)
    if problem.accuracy is not None:
        held_out = problem.data if problem.test is None else problem.test
        _try("accuracy", problem.accuracy, problem.parameters, held_out)
    return flat


def _try(name: str, function: Callable[..., Any], parameters: Any, data: Any) -> None:
    given = (parameters,) if data is None else (parameters, data)
    called = f"{name}(parameters, batch)"
    if data is None:
        called = f"{name}(parameters), called so since it has no data,"
    try:
        value = jax.eval_shape(function, *given)
    except Exception as error:
        raise UsageError(
            f"the Problem's {called} cannot be traced by JAX: {_told(error, function)}"
        ) from error
    single = isinstance(value, jax.ShapeDtypeStruct)
    if not (single and value.shape == () and jax.numpy.issubdtype(value.dtype, jax.numpy.floating)):
        gave = f"{value.dtype} of shape {list(value.shape)}" if single else type(value).__name__
        raise UsageError(
            f"the Problem's {called} must be one real number, the mean over the examples; "
            f"it gave {gave}"
        )


def _told(error: Exception, function: Callable[..., Any]) -> str:
    """What went wrong, and where in the file that `function` is from."""
    code = getattr(function, "__code__", None)
    lines = [
        line
        for frame, line in walk_tb(error.__traceback__)
        if code is not None and frame.f_code.co_filename == code.co_filename
    ]
    place = f" ({Path(code.co_filename).name}, line {lines[-1]})" if code and lines else ""
    return sentence(error) + place
