"""Weights from anywhere: .npz and .safetensors files, laid into the parameters of a problem."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zipfile import is_zipfile

import numpy as np

from animate.errors import UsageError
from animate.networks.extras import require


def read_checkpoint(file: Path, parameters: Any) -> np.ndarray:
    """The vector [P] of the arrays in `file`, in the order of the leaves of the pytree
    `parameters`.

    The arrays are matched to the leaves by their order in the file and must have their shapes (an
    .npz keeps the order of writing; .safetensors is sorted by name). Raises UsageError where they
    do not fit.
    """
    import jax

    names, arrays = _read(file)
    leaves = jax.tree.leaves(parameters)
    if len(arrays) != len(leaves):
        raise UsageError(f"{file}: the network has {len(leaves)} arrays, the file {len(arrays)}")
    for name, array, leaf in zip(names, arrays, leaves, strict=True):
        if array.shape != np.shape(leaf):
            raise UsageError(f"{file}: {name} has shape {array.shape}, expected {np.shape(leaf)}")
    return np.concatenate([np.asarray(array, np.float32).ravel() for array in arrays])


def _read(file: Path) -> tuple[list[str], list[np.ndarray]]:
    try:
        if file.suffix == ".safetensors":
            require("safetensors", "a .safetensors checkpoint")
            from safetensors.numpy import load_file

            table = load_file(file)
        elif file.suffix == ".npz" and not is_zipfile(file):
            raise UsageError(f"{file}: is no .npz archive, as numpy.savez writes it")
        elif file.suffix == ".npz":
            with np.load(file, allow_pickle=False) as archive:
                table = {name: archive[name] for name in archive.files}
        else:
            raise UsageError(f"{file}: a checkpoint is an .npz or a .safetensors file")
    except UsageError:
        raise
    except Exception as error:
        raise UsageError(f"{file}: cannot be read: {error}") from None
    return list(table), list(table.values())
