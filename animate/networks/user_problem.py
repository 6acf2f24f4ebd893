"""A Problem from the user's own code, checked before it is trained."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from traceback import walk_tb

from animate.errors import UsageError, sentence
from animate.networks.problem import Batch, FlatProblem, Parameters, Problem, flatten
from animate.simulate.libraries import Array, jax


def build_problem(reference: str, make: Callable[[], object]) -> FlatProblem:
    """The Problem that `make` returns, flattened, after tracing its loss and accuracy once.

    `reference` is what the scene calls it. Raises UsageError where `make` fails or returns
    something else, or where a function cannot be traced or returns no single real number.
    """
    try:
        problem = make()
    except (Exception, SystemExit) as error:
        raise UsageError(f"{reference}() failed: {_located(error, make)}") from error
    if not isinstance(problem, Problem):
        raise UsageError(
            f"{reference} must return an animate.networks.Problem, got {type(problem).__name__}"
        )
    flat = flatten(problem)
    sets = {"": problem.data}
    if problem.test is not None:
        sets[" over the held-out examples, `test`,"] = problem.test
    for over, data in sets.items():
        _check("the Problem's loss", problem.loss, problem.parameters, data, over)
        if problem.accuracy is not None:
            _check("the Problem's accuracy", problem.accuracy, problem.parameters, data, over)
    return flat


def with_own(flat: FlatProblem, name: str, measure: Callable[..., Array]) -> FlatProblem:
    """The problem with a `measure` that the scene calls `name`, of the arguments of its loss.

    Raises UsageError where it cannot be traced or returns no single real number.
    """
    _check(name, measure, flat.unravel(jax.numpy.asarray(flat.start)), flat.data)

    def own(vector: Array, batch: Batch) -> Array:
        return measure(flat.unravel(vector), *(() if flat.data is None else (batch,)))

    return replace(flat, own=own, own_name=name)


def _check(
    name: str,
    function: Callable[..., object],
    parameters: Parameters,
    data: Batch,
    over: str = "",
) -> None:
    """Trace `function` on the parameters and all the data; `over` says which data, unless they are
    those trained on. Raises UsageError as `build_problem`."""
    given = (parameters,) if data is None else (parameters, data)
    called = f"{name}(parameters, batch){over}"
    if data is None:
        called = f"{name}(parameters), called so since it has no data,"
    try:
        value = jax.eval_shape(function, *given)
    except (Exception, SystemExit) as error:
        raise UsageError(
            f"{called} cannot be traced by JAX: {_located(error, function)}"
        ) from error
    single = isinstance(value, jax.ShapeDtypeStruct)
    if not (single and value.shape == () and jax.numpy.issubdtype(value.dtype, jax.numpy.floating)):
        gave = f"{value.dtype} of shape {list(value.shape)}" if single else type(value).__name__
        raise UsageError(
            f"{called} must be one real number, the mean over the examples; it gave {gave}"
        )


def _located(error: BaseException, function: Callable[..., object]) -> str:
    """`error` as a sentence, with the last line of `function`'s file that it passed."""
    code = getattr(function, "__code__", None)
    lines = [
        line
        for frame, line in walk_tb(error.__traceback__)
        if code is not None and frame.f_code.co_filename == code.co_filename
    ]
    place = f" ({Path(code.co_filename).name}, line {lines[-1]})" if code and lines else ""
    return sentence(error) + place
