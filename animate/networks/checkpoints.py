"""Weights from .npz, .safetensors and PyTorch's files, as the vector of a problem's parameters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from animate.arrays import arrays
from animate.errors import UsageError
from animate.networks.dependencies import require
from animate.networks.matching import Shapes, matched, natural
from animate.networks.problem import FlatProblem
from animate.networks.torch_files import ENDINGS, read_torch
from animate.simulate.libraries import jax

LARGEST = 10_000_000
"""Weights in one array of a file."""
MOST_CHECKPOINTS = 2000
"""Files of one scene."""
_BOUND = f"an array of weights has at most {LARGEST:,} numbers"


def shapes_of(problem: FlatProblem) -> dict[str, tuple[int, ...]]:
    """The shape of each leaf of the problem's parameters, by its name, in the vector's order."""
    tree = jax.tree_util
    leaves = tree.tree_leaves_with_path(problem.unravel(jax.numpy.asarray(problem.start)))
    return {tree.keystr(path, simple=True, separator="."): np.shape(leaf) for path, leaf in leaves}


def read_checkpoint(file: Path, shapes: Shapes) -> np.ndarray:
    """The arrays in `file` as one vector [P], in float32, in the order of the leaves `shapes`.

    Arrays and leaves are matched as `matching.matched` says. Raises UsageError where they do not
    fit, or where two could be swapped.
    """
    table = read_arrays(file)
    try:
        order = matched({name: array.shape for name, array in table.items()}, shapes)
    except UsageError as error:
        raise UsageError(f"{file}: {error}") from None
    return np.concatenate([np.asarray(table[name], np.float32).ravel() for name in order])


def read_point(file: Path, shapes: Shapes) -> np.ndarray:
    """`read_checkpoint` of a point that a plane goes through. Raises UsageError also where one of
    its weights is no finite number."""
    weights = read_checkpoint(file, shapes)
    if count := int((~np.isfinite(weights)).sum()):
        raise UsageError(
            f"{file}: {count:,} of the {len(weights):,} weights are not finite, and no plane goes "
            "through them"
        )
    return weights


def read_arrays(file: Path) -> dict[str, np.ndarray]:
    """The arrays in `file` by their names. Raises UsageError."""
    if file.suffix in ENDINGS:
        return read_torch(file)
    match file.suffix:
        case ".npz":
            with arrays(file) as stored:
                return {name: stored.read(name, LARGEST, _BOUND) for name in stored.names}
        case ".safetensors":
            return _read_safetensors(file)
    raise UsageError(
        f"{file}: a checkpoint is an .npz, a .safetensors or PyTorch's {', '.join(ENDINGS)}"
    )


def _read_safetensors(file: Path) -> dict[str, np.ndarray]:
    require("safetensors", "a .safetensors checkpoint")
    from safetensors.numpy import load_file

    try:
        return load_file(file)
    except Exception as error:  # the library raises errors of its own and of several others
        raise UsageError(f"{file}: cannot be read: {error}") from None


def numbered(files: Sequence[Path]) -> dict[int, Path]:
    """The files by step: the last number in the name of each; where none has one, its place in the
    natural order.

    They are in the order of the steps. Raises UsageError where a step repeats, or where some files
    have a number and others do not.
    """
    ordered = sorted(files, key=lambda file: (natural(str(file)), str(file)))
    numbers = [re.findall(r"\d+", file.stem)[-1:] for file in ordered]
    if not any(numbers):
        return dict(enumerate(ordered))
    found = dict[int, Path]()
    for file, number in zip(ordered, numbers, strict=True):
        if not number:
            raise UsageError(
                f"{file.name!r} has no number in its name, and {_first(ordered, numbers)!r} has: "
                "the last one is a checkpoint's step; give all of a run one, or none"
            )
        if (step := int(number[0])) in found:
            one, other = _told_apart(found[step], file)
            raise UsageError(
                f"{one!r} and {other!r} are both of step {step}, the last number in the name; "
                "name the files of one run, each with a step of its own"
            )
        found[step] = file
    return dict(sorted(found.items()))


def _first(files: Sequence[Path], numbers: Sequence[list[str]]) -> str:
    """The name of the first file that has a number."""
    return next(file.name for file, number in zip(files, numbers, strict=True) if number)


def _told_apart(one: Path, other: Path) -> tuple[str, str]:
    """The names of two files, with their folders where they are called the same."""
    if one.name != other.name:
        return one.name, other.name
    return str(one), str(other)
