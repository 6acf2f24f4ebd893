"""Straight lines through the space of the weights, from one network to another."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from animate.networks import sampling
from animate.networks.problem import FlatProblem
from animate.networks.quantity import Metric, Quantity, measured
from animate.networks.trained import Work

POINTS = 101
"""Points of a line, both ends included."""
_RISES, _ROUNDING = 1e-3, 1e-5
"""A wall is one from this share of the losses' range on, which is seen, and of their size."""


@dataclass(frozen=True)
class Wall:
    """The loss rises to `highest` at the share `at` of the line, `height` above the higher end."""

    highest: float
    height: float
    at: float


@dataclass(frozen=True)
class Lines:
    """Quantities along straight lines: `values` [line, share] of each, at the `shares` [share] of
    the way (α) from the first network, 0, to the second, 1 (Goodfellow, Vinyals & Saxe 2015).

    `heads` [line, kept] are the shares at the steps of the clock. `unaligned` are the training
    losses as `values` before hidden units were aligned, where they were.
    """

    shares: np.ndarray
    values: Mapping[Quantity, np.ndarray]
    heads: np.ndarray
    unaligned: np.ndarray | None = None

    def only(self, lines: Sequence[int]) -> Lines:
        """Some of the lines."""
        chosen = list(lines)
        values = {each: table[chosen] for each, table in self.values.items()}
        before = None if self.unaligned is None else self.unaligned[chosen]
        return replace(self, values=values, heads=self.heads[chosen], unaligned=before)


def wall_of(losses: np.ndarray, shares: np.ndarray) -> Wall | None:
    """The wall of the `losses` [share] of a line; None where none stands above its ends."""
    known = np.where(np.isfinite(losses), losses, np.inf)
    top, ends = int(known.argmax()), max(float(known[0]), float(known[-1]))
    height = float(known[top]) - ends
    seen = max(_RISES * (float(known[top]) - float(known.min())), _ROUNDING * abs(ends))
    if not height > seen:
        return None
    return Wall(float(known[top]), height, float(shares[top]))


def quantities_of(problem: FlatProblem, metrics: Collection[Metric]) -> list[Quantity]:
    """Each metric over the examples trained on, and over those held out where there are any."""
    every = [Quantity(each, "train") for each in sorted(metrics)]
    if problem.test is not None:
        every += [Quantity(each, "test") for each in sorted(metrics)]
    return every


def along_lines(
    problem: FlatProblem,
    ends: np.ndarray,
    metrics: Collection[Metric],
    heads: np.ndarray,
    work: Work,
) -> Lines:
    """The metrics along the straight lines between `ends` [line, 2, P]; what was computed of the
    same problem and ends is read. Raises UsageError where the problem does not bring a metric."""
    shares = np.linspace(0.0, 1.0, POINTS)
    shape = len(ends), POINTS

    def points(numbers: np.ndarray) -> np.ndarray:
        line, place = np.unravel_index(numbers, shape)
        at = shares[place, None].astype(np.float32)
        return (1 - at) * ends[line, 0] + at * ends[line, 1]

    values = dict[Quantity, np.ndarray]()
    for each in quantities_of(problem, metrics):
        function, batch = measured(problem, each)
        own = problem.own_name if each.metric == "own" else ""
        key = work.shelf.key("line", each, own, ends.tobytes())
        rows = work.shelf.rows(key, 1, shape[0] * shape[1])
        told = work.told("lines", rows.wanted)
        values[each] = sampling.along(rows, function, points, batch, told).reshape(shape)
    return Lines(shares, values, heads)
