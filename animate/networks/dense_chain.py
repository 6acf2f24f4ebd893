"""Where the weights of a chain of dense layers stand in the vector of all weights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import prod

import numpy as np

from animate.errors import UsageError
from animate.networks.matching import Shape, Shapes, natural

_ONLY = "align is for chains of dense layers"
_REMEDY = "leave align out"


@dataclass(frozen=True)
class Dense:
    """A layer's weights stand at `weight` of the vector, [outputs, inputs], or turned if `turned`;
    its biases at `bias`, if it has any."""

    weight: slice
    inputs: int
    outputs: int
    turned: bool
    bias: slice | None

    def matrix(self, vector: np.ndarray) -> np.ndarray:
        """A view of the weights [outputs, inputs] in `vector` [P]."""
        flat = vector[self.weight]
        if self.turned:
            return flat.reshape(self.inputs, self.outputs).T
        return flat.reshape(self.outputs, self.inputs)

    def biases(self, vector: np.ndarray) -> np.ndarray:
        """A view of the biases [outputs] in `vector` [P]; zeros where there are none."""
        return np.zeros(self.outputs) if self.bias is None else vector[self.bias]


def dense_chain(shapes: Shapes, filters: int) -> list[Dense]:
    """The layers, from inputs to outputs, of a network whose parameters have these `shapes`, in the
    vector's order; `filters` is the axis of a weight that counts its outputs.

    Layers are told apart by their parameters' names but for the last word (layers.0.weight), or
    where all are the same by the numbers in it (w0, b0). Raises UsageError where the parameters are
    not the weights and biases of dense layers, each as wide as the next one's inputs.
    """
    places, place = dict[str, slice](), 0
    for name, shape in shapes.items():
        places[name] = slice(place, place := place + prod(shape))
    groups = _groups(shapes)
    layers = [_layer({name: shapes[name] for name in each}, places, filters) for each in groups]
    for number, (before, after) in enumerate(pairwise(layers), 1):
        if before.outputs != after.inputs:
            raise UsageError(
                f"{_ONLY}, and layer {number} has {before.outputs} outputs where layer "
                f"{number + 1} has {after.inputs} inputs; {_REMEDY}"
            )
    if len(layers) < 2:
        raise UsageError("the network has no hidden units that could be aligned; leave align out")
    return layers


def _groups(shapes: Shapes) -> list[list[str]]:
    """The names of each layer's parameters, the layers in the natural order of their names."""
    first = {name: name.rpartition(".")[0] for name in shapes}
    if len(set(first.values())) == 1:
        first = {name: "".join(filter(str.isdigit, name.rpartition(".")[2])) for name in shapes}
    groups: dict[str, list[str]] = {}
    for name, key in first.items():
        groups.setdefault(key, []).append(name)
    return [groups[key] for key in sorted(groups, key=natural)]


def _layer(shapes: Shapes, places: dict[str, slice], filters: int) -> Dense:
    """The dense layer with these parameters. Raises UsageError where they are others'."""
    weights = [name for name, shape in shapes.items() if len(shape) == 2]
    if len(weights) != 1:
        name, shape = next((each for each in shapes.items() if len(each[1]) != 2), _last(shapes))
        raise UsageError(f"{_ONLY}, and {name} has shape {list(shape)} {_beside(weights)}{_REMEDY}")
    name, turned = weights[0], filters % 2 == 1
    inputs, outputs = shapes[name] if turned else shapes[name][::-1]
    others = [each for each in shapes if each != name]
    misfit = [each for each in others if shapes[each] != (outputs,)]
    if misfit or len(others) > 1:
        wrong = misfit[0] if misfit else others[1]
        raise UsageError(
            f"{_ONLY}, and {wrong} of shape {list(shapes[wrong])} is no bias of {name}, which has "
            f"{outputs} outputs; {_REMEDY}"
        )
    bias = places[others[0]] if others else None
    return Dense(places[name], inputs, outputs, turned, bias)


def _last(shapes: Shapes) -> tuple[str, Shape]:
    return list(shapes.items())[-1]


def _beside(weights: Sequence[str]) -> str:
    return f"beside {weights[0]}; " if len(weights) > 1 else "and stands with no weights; "
