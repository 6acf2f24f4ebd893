"""Which array of a file is which parameter of a network: by name and shape, never by chance."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from animate.errors import UsageError

Shape = tuple[int, ...]
Shapes = Mapping[str, Shape]

_NUMBER = re.compile(r"\d+")
_PARTS = re.compile(r"[^\[\]'\"./]+")
_COUNTED = re.compile(r"(?:arr_)?(\d+)")
"""An array with no other name than its place, also as numpy.savez gives it."""
_VALUE = ("value", "raw_value")
"""What NNX calls the array inside of a parameter."""


def natural(name: str) -> list[tuple[int, str]]:
    """A key by which names stand in the order of the numbers in them: layers.2 before layers.10."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", name)]


def matched(arrays: Shapes, leaves: Shapes) -> list[str]:
    """The name among `arrays` of each of the `leaves`, in the order of these.

    Arrays named like the leaves, but for what all their names begin with, are matched by name;
    arrays named by numbers alone are in the order of the leaves; others are matched by shape, and
    those of one shape by their numbers, where both names differ in one number only. Raises
    UsageError, a sentence that goes on from the file's name, where they do not fit or could be
    swapped.
    """
    if (named := _by_name(list(arrays), list(leaves))) is not None:
        order = named
    elif len(arrays) != len(leaves):
        raise UsageError(_counts(arrays, leaves))
    elif (counted := _counted(list(arrays))) is not None:
        order = counted
    else:
        order = _by_shape(arrays, leaves)
    for name, (leaf, shape) in zip(order, leaves.items(), strict=True):
        if arrays[name] != shape:
            raise UsageError(_misfit(name, arrays[name], leaf, shape))
    return order


def _by_name(names: Sequence[str], leaves: Sequence[str]) -> list[str] | None:
    """Each leaf's name, if all are named alike on both sides."""
    given, wanted = (_plain(each) for each in (names, leaves))
    table = dict(zip(given, names, strict=True))
    if len(table) < len(names) or set(given) != set(wanted):
        return None
    return [table[each] for each in wanted]


def _plain(names: Sequence[str]) -> list[tuple[str, ...]]:
    """The words of each name, without those that all begin with."""
    words = [[*_PARTS.findall(name)] for name in names]
    words = [each[:-1] if each[-1:] and each[-1] in _VALUE else each for each in words]
    while len({tuple(each[:1]) for each in words}) == 1 and all(len(each) > 1 for each in words):
        words = [each[1:] for each in words]
    return [tuple(each) for each in words]


def _counted(names: Sequence[str]) -> list[str] | None:
    """The names in order, if they are the numbers from 0."""
    places = [_COUNTED.fullmatch(name) for name in names]
    table = {int(each[1]): each[0] for each in places if each}
    wanted = range(len(names))
    return [table[k] for k in wanted] if set(table) == set(wanted) else None


def _by_shape(arrays: Shapes, leaves: Shapes) -> list[str]:
    order: dict[str, str] = {}
    _check_shapes(arrays, leaves)
    for shape in set(leaves.values()):
        wanted = [leaf for leaf, each in leaves.items() if each == shape]
        given = [name for name, each in arrays.items() if each == shape]
        if len(wanted) > 1 and not (_series(given) and _series(wanted)):
            raise UsageError(
                f"{given[0]} and {given[1]} have the same shape {list(shape)}, and could be "
                f"{wanted[0]} or {wanted[1]}; name the arrays like the network's parameters"
            )
        order |= zip(sorted(wanted, key=natural), sorted(given, key=natural), strict=True)
    return [order[leaf] for leaf in leaves]


def _series(names: Sequence[str]) -> bool:
    """Whether the names differ in a single number."""
    if len({_NUMBER.sub("#", name) for name in names}) > 1:
        return False
    columns = zip(*([*_NUMBER.findall(name)] for name in names), strict=True)
    return sum(len(set(column)) > 1 for column in columns) == 1


def _check_shapes(arrays: Shapes, leaves: Shapes) -> None:
    """Raises UsageError where there are not as many arrays of each shape as leaves."""
    given, wanted = Counter(arrays.values()), Counter(leaves.values())
    if given == wanted:
        return
    free = [(leaf, shape) for leaf, shape in leaves.items() if wanted[shape] > given[shape]]
    left = [(name, shape) for name, shape in arrays.items() if given[shape] > wanted[shape]]
    pairs = [(*array, *leaf) for array in left for leaf in free]
    raise UsageError(_misfit(*max(pairs, key=lambda pair: _likely(*pair))))


def _likely(name: str, shape: Shape, leaf: str, expected: Shape) -> tuple[bool, bool, int]:
    """How likely the array is meant to be the leaf: turned, of the same last word, of many axes."""
    word = name.rpartition(".")[2] == leaf.rpartition(".")[2]
    return sorted(shape) == sorted(expected), word and len(shape) == len(expected), len(shape)


def _misfit(name: str, shape: Shape, leaf: str, expected: Shape) -> str:
    told = f"{name} has shape {list(shape)}, and {leaf} of the network has {list(expected)}"
    turned = len(shape) > 1 and shape != expected and sorted(shape) == sorted(expected)
    if not turned:
        return told
    return (
        f"{told}; PyTorch and Equinox keep weights as [outputs, inputs, …], Flax and Keras as "
        "[…, inputs, outputs]: transpose them before saving"
    )


def _counts(arrays: Shapes, leaves: Shapes) -> str:
    known = {*leaves, *_plain(list(leaves))}
    words = dict(zip(arrays, _plain(list(arrays)), strict=True))
    others = [name for name, each in words.items() if not known & {name, each}]
    count = f"{len(arrays)} array" + "s" * (len(arrays) != 1)
    told = f"holds {count}, the network has {len(leaves)}"
    if len(arrays) > len(leaves) and 0 < len(others) < len(arrays):
        return f"{told}; it has none named {others[0]!r}"
    return told
