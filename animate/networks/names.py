"""Parameters and layers of a network by their names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import prod

import numpy as np

from animate.errors import UsageError
from animate.networks.matching import Shapes
from animate.networks.planes import InLayer, Parameters
from animate.registry import hint

_ELEMENT = re.compile(r"(?P<name>[^\[\]]+)(?:\[(?P<places>\d+(?:, ?\d+)*)\])?")


def parameters_named(names: Sequence[str] | None, shapes: Shapes) -> Parameters:
    """The plane of two parameters of a network whose arrays have these `shapes`: single numbers by
    their names, those in an array with their places, `layers.0.weight[2, 0]`. None: the network has
    no others. Raises UsageError where there are none of these names.
    """
    if names is None:
        total = sum(map(prod, shapes.values()))
        if total != 2:
            raise UsageError(
                f"plane: parameters is for a network of two, and this one has {total:,} "
                "parameters; name two of them, {parameters: [a, b]}"
            )
        names = [
            f"{name}[{', '.join(map(str, place))}]" if shape else name
            for name, shape in shapes.items()
            for place in np.ndindex(*shape)
        ]
    first, second = (_number(name, shapes) for name in names)
    if first == second:
        raise UsageError("a plane has two directions; name two different parameters")
    return Parameters((first, second), (names[0], names[1]))


def layer_named(name: str, kind: str, shapes: Shapes) -> InLayer:
    """The plane of that `kind` in a layer: in all arrays whose names begin with its `name`. Raises
    UsageError where there are none, or a single number."""
    starts = np.cumsum([0, *map(prod, shapes.values())])
    inside = [k for k, each in enumerate(shapes) if each == name or each.startswith(f"{name}.")]
    if not inside:
        known = {each.rpartition(".")[0] or each for each in shapes}
        raise UsageError(f"the network has no layer named {name!r}.{hint(name, known)}")
    first, end = int(starts[inside[0]]), int(starts[inside[-1] + 1])
    if end - first < 2:
        raise UsageError(f"a plane has two directions, and {name} is a single number")
    assert kind in ("pca", "filter_normalized", "random")
    return InLayer(kind, name, first, end)


def _number(name: str, shapes: Shapes) -> int:
    """The place of a parameter among all the weights."""
    found = _ELEMENT.fullmatch(name.strip())
    array = found["name"].strip() if found else name
    if found is None or array not in shapes:
        raise UsageError(f"the network has no parameter named {array!r}.{hint(array, shapes)}")
    shape = shapes[array]
    places = [int(each) for each in found["places"].split(",")] if found["places"] else []
    if not places and prod(shape) == 1:
        places = [0] * len(shape)
    outside = [place for place, size in zip(places, shape, strict=False) if place >= size]
    if len(places) != len(shape) or outside:
        example = ", ".join(["0"] * len(shape))
        one = f"name one of its numbers, such as {array}[{example}]" if shape else "leave [] out"
        raise UsageError(f"{array} has shape {list(shape)}; {one}")
    before = 0
    for each, size in shapes.items():
        if each == array:
            break
        before += prod(size)
    return before + int(np.ravel_multi_index(places, shape)) if shape else before
