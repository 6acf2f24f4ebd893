"""What is trained: a loss of many parameters, and the data over which it is a mean."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from animate.errors import UsageError
from animate.simulate.libraries import Array, Pytree, jax

Parameters = Pytree
Batch = Pytree
"""Its arrays' first axes count the examples."""
Measure = Callable[[Array, Batch], Array]
"""(weights [P], batch) -> a number, or several: a loss, an accuracy."""


@dataclass(frozen=True)
class Problem:
    """A model to train, also one of your own from Flax, Equinox or plain JAX.

    `loss(parameters, batch)` is the mean loss over the examples of `batch`; `parameters` is any
    pytree of floating arrays, and where training starts. `data` and `test` are pytrees of arrays
    whose first axis counts the examples. Without `data` the loss is called as `loss(parameters)`.
    `accuracy` has the arguments of `loss`. `filters` is the axis of a weight that counts its
    outputs, which filter normalisation needs: 0 in Equinox and PyTorch, -1 in Flax and Keras.
    """

    loss: Callable[..., Array]
    parameters: Parameters
    data: Batch = None
    test: Batch = None
    accuracy: Callable[..., Array] | None = None
    filters: int = 0


@dataclass(frozen=True)
class FlatProblem:
    """A `Problem` whose parameters are one vector of P numbers.

    `loss(vector, batch)` and `accuracy(vector, batch)` take it; `start` is [P]; `unravel` gives the
    pytree back, of which `tree_loss(parameters, batch)` is the loss; `shapes` are the leaves'
    shapes in the order in which the vector holds them. `own` is a measure that the scene names by
    `own_name`, of the arguments of `loss`.
    """

    loss: Measure
    tree_loss: Callable[[Parameters, Batch], Array]
    start: np.ndarray
    unravel: Callable[[Array], Parameters]
    shapes: tuple[tuple[int, ...], ...]
    data: Batch
    test: Batch
    accuracy: Measure | None
    filters: int
    own: Measure | None = None
    own_name: str = ""

    @property
    def examples(self) -> int:
        """The number of examples in the data; 0 for a loss without data."""
        leaves = jax.tree.leaves(self.data)
        return len(leaves[0]) if leaves else 0


def raveled(parameters: Parameters) -> Array:
    """The vector [P] of a pytree of parameters, as a `FlatProblem` has it."""
    from jax.flatten_util import ravel_pytree

    return ravel_pytree(parameters)[0]


def flatten(problem: Problem) -> FlatProblem:
    """`problem` as a function of one vector.

    Raises UsageError where the parameters are not two or more floating-point numbers, or the
    data's arrays differ in their numbers of examples.
    """
    from jax.flatten_util import ravel_pytree

    _check(problem)
    leaves = jax.tree.leaves(problem.parameters)
    vector, unravel = ravel_pytree(problem.parameters)

    def on_tree(function: Callable[..., Array]) -> Callable[[Parameters, Batch], Array]:
        return function if problem.data is not None else lambda parameters, _: function(parameters)

    def on_vector(function: Callable[..., Array]) -> Measure:
        of_tree = on_tree(function)
        return lambda vector, batch: of_tree(unravel(vector), batch)

    return FlatProblem(
        loss=on_vector(problem.loss),
        tree_loss=on_tree(problem.loss),
        start=np.asarray(vector),
        unravel=unravel,
        shapes=tuple(np.shape(leaf) for leaf in leaves),
        data=problem.data,
        test=problem.test,
        accuracy=None if problem.accuracy is None else on_vector(problem.accuracy),
        filters=problem.filters,
    )


def _check(problem: Problem) -> None:
    leaves = jax.tree_util.tree_leaves_with_path(problem.parameters)
    for path, leaf in leaves:
        kind = getattr(leaf, "dtype", type(leaf))
        if not hasattr(leaf, "dtype") or not jax.numpy.issubdtype(kind, jax.numpy.floating):
            raise UsageError(
                "a Problem's parameters must be a pytree of floating-point arrays; "
                f"parameters{jax.tree_util.keystr(path)} is {getattr(kind, '__name__', kind)}"
            )
    if not leaves:
        raise UsageError("a Problem's parameters must be a pytree of floating-point arrays, not {}")
    if sum(leaf.size for _, leaf in leaves) < 2:
        raise UsageError("a Problem must have two parameters or more: a plane has two directions")
    if problem.data is None and problem.test is not None:
        raise UsageError("a Problem without data has no held-out examples either; leave test out")
    _check_examples("data", problem.data)
    _check_examples("test", problem.test)


def _check_examples(name: str, batch: Batch) -> None:
    """Raises UsageError where the arrays count no examples, or not equally many."""
    counts = [np.shape(leaf)[:1] for leaf in jax.tree.leaves(batch)]
    if len(set(counts)) > 1 or () in counts:
        numbers = ", ".join("none" if not count else str(*count) for count in counts)
        raise UsageError(
            f"the arrays of a Problem's {name} must have equally many examples along their first "
            f"axis, got {numbers}"
        )
    if counts and counts[0] == (0,):
        raise UsageError(
            f"the arrays of a Problem's {name} must have examples along their first axis, got 0"
        )
