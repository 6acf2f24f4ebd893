"""What a problem is, as one word: it changes where anything that its results depend on does."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

import numpy as np

from animate.networks.cache import key_of
from animate.networks.problem import FlatProblem
from animate.networks.trained import trained
from animate.simulate.libraries import jax


def identity(problem: FlatProblem, files: Iterable[Path], options: object) -> str:
    """A hash of the `files` of its code, of its start, of its data, of the arrays that its loss and
    its accuracy have beside these, and of `options`; of this program's code, and of the versions of
    the libraries."""
    digest = sha256(key_of("network", {"options": options}, trained).encode())
    for file in files:
        digest.update(file.read_bytes())
    beside = [
        jax.make_jaxpr(function)(problem.start, problem.data).consts
        for function in (problem.loss, problem.accuracy)
        if function is not None
    ]
    parts = problem.start, problem.data, problem.test, problem.shapes, problem.filters, beside
    for leaf in jax.tree.leaves(parts):
        array = np.asarray(leaf)
        digest.update(f"{array.dtype}{array.shape}".encode())
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()
