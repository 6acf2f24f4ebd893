"""Weights from .npz and .safetensors files, as the vector of a problem's parameters."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from animate.arrays import arrays
from animate.errors import UsageError
from animate.networks.dependencies import require

Shape = tuple[int, ...]
LARGEST = 10_000_000
"""Weights in one array of a file."""
_BOUND = f"an array of weights has at most {LARGEST:,} numbers"


def read_checkpoint(file: Path, shapes: Sequence[Shape]) -> np.ndarray:
    """The arrays in `file` as one vector [P]; their shapes must be `shapes`, those of the leaves.

    Arrays and leaves are matched by their order in the file: an .npz keeps the order of writing,
    .safetensors is sorted by name. Raises UsageError where they do not fit.
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
    except Exception as error:  # the library raises errors of its own and of several others
        raise UsageError(f"{file}: cannot be read: {error}") from None
