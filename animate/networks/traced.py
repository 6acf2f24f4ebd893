"""What a function of weights and examples takes, from its trace by JAX: nothing is computed."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np

from animate.networks.problem import Batch, Measure
from animate.simulate.libraries import jax


@dataclass(frozen=True)
class Traced:
    """The bytes of all intermediate arrays at one point, and its floating-point operations; a
    multiplication and its addition count as two."""

    memory: float
    operations: float


def traced(function: Measure, point: np.ndarray, batch: Batch) -> Traced:
    """What `function` takes at one point [P], over all of `batch`."""
    given = jax.tree.map(
        lambda leaf: jax.ShapeDtypeStruct(np.shape(leaf), np.asarray(leaf).dtype), (point, batch)
    )
    return _of(jax.make_jaxpr(function)(*given).jaxpr)


def _of(jaxpr: Any) -> Traced:
    memory = operations = 0.0
    for equation in jaxpr.eqns:
        inner = [_of(each) for each in _inside(equation)]
        if inner:
            times = equation.params.get("length", 1)
            memory += sum(each.memory for each in inner)
            operations += times * sum(each.operations for each in inner)
            continue
        sizes = [prod(out.aval.shape) for out in equation.outvars]
        kinds = [getattr(out.aval.dtype, "itemsize", 4) for out in equation.outvars]
        memory += sum(size * kind for size, kind in zip(sizes, kinds, strict=True))
        operations += sum(sizes) * _each(equation)
    return Traced(memory, operations)


def _inside(equation: Any) -> list[Any]:
    """The traces of the functions that an equation calls."""
    found: list[Any] = []
    for value in equation.params.values():
        for each in value if isinstance(value, tuple | list) else (value,):
            if hasattr(each, "eqns"):
                found.append(each)
            elif hasattr(each, "jaxpr"):
                found.append(each.jaxpr)
    return found


def _each(equation: Any) -> float:
    """Operations for each number of the result."""
    match equation.primitive.name:
        case "dot_general":
            (contracted, _), _ = equation.params["dimension_numbers"]
            shape = equation.invars[0].aval.shape
            return 2.0 * prod(shape[axis] for axis in contracted)
        case "conv_general_dilated":
            kernel, numbers = equation.invars[1].aval.shape, equation.params["dimension_numbers"]
            return 2.0 * prod(kernel) / kernel[numbers.rhs_spec[0]]
    return 1.0
