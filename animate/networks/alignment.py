"""The hidden units of one network in the order of another's: permutation alignment by weights."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from animate.errors import UsageError
from animate.networks.checkpoints import shapes_of
from animate.networks.dense_chain import Dense, dense_chain
from animate.networks.problem import FlatProblem
from animate.networks.random_streams import stream
from animate.simulate.libraries import jax

Orders = list[np.ndarray]
"""For each hidden layer which unit stands where, int [units]."""

_SWEEPS = 100
"""Times that all layers are matched at most; it takes a handful."""
_SAME = 1e-3
"""A loss that changes by no more than this share is that of the same function, but for rounding."""


def aligned(problem: FlatProblem, first: np.ndarray, other: np.ndarray) -> np.ndarray:
    """The network `other` [P] with its hidden units in the order in which its weights are most like
    those of `first` [P]: the same function (Ainsworth, Hayase & Srinivasa 2023, weight matching).

    Raises UsageError where the problem's network is no chain of dense layers, or where another
    order of its hidden units changes its loss.
    """
    layers = dense_chain(shapes_of(problem), problem.filters)
    _check_same(problem, layers, other)
    return permuted(layers, other, matching_orders(layers, first, other))


def permuted(layers: Sequence[Dense], vector: np.ndarray, orders: Orders) -> np.ndarray:
    """The weights [P] of the network `vector` [P] with its hidden units in other `orders`."""
    result = vector.copy()
    every = [np.arange(layers[0].inputs), *orders, np.arange(layers[-1].outputs)]
    for layer, before, after in zip(layers, every[:-1], every[1:], strict=True):
        layer.matrix(result)[:] = layer.matrix(vector)[after][:, before]
        if layer.bias is not None:
            result[layer.bias] = layer.biases(vector)[after]
    return result


def matching_orders(layers: Sequence[Dense], first: np.ndarray, other: np.ndarray) -> Orders:
    """The orders of the hidden units of `other` with the largest scalar product of its weights with
    those of `first` [P] that is found.

    Layer after layer is matched, the others as they are, until none changes; from the order that
    there is, and from those that incoming or outgoing weights alone suggest: the best of these. So
    it is never farther from `first` than `other` is.
    """
    match = _Matching(layers, first.astype(np.float64), other.astype(np.float64))
    hidden = range(len(layers) - 1)
    starts = [match.same()]
    for order, sides in ((hidden, (1.0, 0.0)), (hidden[::-1], (0.0, 1.0))):
        start = match.same()
        for number in order:
            start[number] = match.best(number, start, sides)
        starts.append(start)
    found = [match.settled(start) for start in starts]
    return max(found, key=match.score)


class _Matching:
    """The parts of a scalar product of two networks' weights that an order of units changes."""

    def __init__(self, layers: Sequence[Dense], first: np.ndarray, other: np.ndarray) -> None:
        self._first = [(layer.matrix(first), layer.biases(first)) for layer in layers]
        self._other = [(layer.matrix(other), layer.biases(other)) for layer in layers]
        self._ends = np.arange(layers[0].inputs), np.arange(layers[-1].outputs)
        self._units = [layer.outputs for layer in layers[:-1]]

    def same(self) -> Orders:
        """The orders that there are."""
        return [np.arange(units) for units in self._units]

    def gains(self, number: int, orders: Orders, sides: tuple[float, float]) -> np.ndarray:
        """What it adds to the product that unit j of `other` stands at place i of that hidden
        layer, [i, j]; incoming and outgoing weights count by `sides`."""
        every = [self._ends[0], *orders, self._ends[1]]
        (into, bias), (other_into, other_bias) = self._first[number], self._other[number]
        (out, _), (other_out, _) = self._first[number + 1], self._other[number + 1]
        incoming = into @ other_into[:, every[number]].T + np.outer(bias, other_bias)
        return sides[0] * incoming + sides[1] * (out.T @ other_out[every[number + 2]])

    def best(
        self, number: int, orders: Orders, sides: tuple[float, float] = (1.0, 1.0)
    ) -> np.ndarray:
        """The best order of one hidden layer, the others as they are."""
        from scipy.optimize import linear_sum_assignment  # every scene would wait for it

        gains = self.gains(number, orders, sides)
        return np.asarray(linear_sum_assignment(gains, maximize=True)[1])

    def settled(self, orders: Orders) -> Orders:
        """Orders of which none gets better alone, from `orders` on."""
        orders, generator = [*orders], stream(0, "alignment")
        for _ in range(_SWEEPS):
            better = False
            for number in generator.permutation(len(orders)).tolist():
                gains = self.gains(number, orders, (1.0, 1.0))
                best, units = self.best(number, orders), np.arange(len(gains))
                gain = gains[units, best].sum() - gains[units, orders[number]].sum()
                if gain > 1e-12 * np.abs(gains).max():
                    orders[number], better = best, True
            if not better:
                break
        return orders

    def score(self, orders: Orders) -> float:
        """The scalar product of the networks in these orders."""
        every = [self._ends[0], *orders, self._ends[1]]
        pairs = zip(self._first, self._other, every[:-1], every[1:], strict=True)
        return sum(
            float((a * c[after][:, before]).sum() + b @ d[after])
            for (a, b), (c, d), before, after in pairs
        )


def _check_same(problem: FlatProblem, layers: Sequence[Dense], vector: np.ndarray) -> None:
    """Raises UsageError where another order of the hidden units changes the loss."""
    generator = stream(1, "alignment")
    orders = [generator.permutation(layer.outputs) for layer in layers[:-1]]
    loss = jax.jit(problem.loss)
    before, after = (
        float(loss(each.astype(np.float32), problem.data))
        for each in (vector, permuted(layers, vector, orders))
    )
    if not np.isclose(before, after, rtol=_SAME, atol=1e-5):
        raise UsageError(
            "align is for chains of dense layers, and this network is none: with its hidden units "
            f"in another order its loss is {after:.4g}, not {before:.4g}, as with connections that "
            "skip layers; leave align out"
        )
