"""Weights from anywhere: .npz and .safetensors files, laid into the parameters of a problem."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from animate.arrays import arrays
from animate.errors import UsageError
from animate.networks.extras import require

Shape = tuple[int, ...]
LARGEST = 10_000_000
"""Weights in one array of a file."""
_BOUND = f"an array of weights has at most {LARGEST:,} numbers"


def read_checkpoint(file: Path, shapes: Sequence[Shape]) -> np.ndarray:
    """The vector [P] of the arrays in `file`, which have the `shapes` of the network's leaves.

    The arrays are matched to the leaves by their order in the file (an .npz keeps the order of
    writing; .safetensors is sorted by name). Raises UsageError where they do not fit.
    """
    table = _read(file)
    if len(table) != len(shapes):
        raise UsageError(f"{file}: holds {len(table)} arrays, the network has {len(shapes)}")
    for (name, array), shape in zip(table.items(), shapes, strict=True):
        if array.shape != shape:
            raise UsageError(f"{file}: {name} has shape {array.shape}, expected {shape}")
    return np.concatenate([np.asarray(array, np.float32).ravel() for array in table.values()])


def _read(file: Path) -> dict[str, np.ndarray]:
    match file.suffix:
        case ".npz":
            with arrays(file) as stored:
                return {name: stored.read(name, LARGEST, _BOUND) for name in stored.names}
        case ".safetensors":
            return _read_safetensors(file)
    raise UsageError(f"{file}: a checkpoint is an .npz or a .safetensors file")


def _read_safetensors(file: Path) -> dict[str, np.ndarray]:
    require("safetensors", "a .safetensors checkpoint")
    from safetensors.numpy import load_file

    try:
        return load_file(file)
    except Exception as error:  # what it finds wrong with a file may be of any kind
        raise UsageError(f"{file}: cannot be read: {error}") from None
