"""What is measured of a network: on its plane, along the paths, at their ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from animate.errors import UsageError
from animate.networks.problem import Batch, FlatProblem, Measure
from animate.text import Words

Metric = Literal["loss", "accuracy", "own"]
"""`own` is the function that the scene names."""
On = Literal["train", "test"]
"""The examples that are trained on, or those that are held out."""


@dataclass(frozen=True, order=True)
class Quantity:
    """A `metric` over the examples `on`."""

    metric: Metric = "loss"
    on: On = "train"


@dataclass(frozen=True)
class OnPlane:
    """That quantity at the points of the plane; a Quantity alone is one along the paths."""

    quantity: Quantity


@dataclass(frozen=True)
class OnLine:
    """That metric along straight lines, over all examples that there are."""

    metric: Metric

    @property
    def quantity(self) -> Quantity:
        """The metric over the examples trained on."""
        return Quantity(self.metric)


PLANE_LOSSES = "plane losses"
"""The losses at the plane's nearest points to the paths."""
SPECTRA = "spectra"
"""The density of the Hessian's eigenvalues, at some of the steps."""

LOSS = Quantity()


def metric_names(words: Words) -> Mapping[Metric, str]:
    """What each metric is called in the language of `words`."""
    return {"loss": words("loss"), "accuracy": words("accuracy"), "own": words("own metric")}


def called(quantity: Quantity, words: Words) -> str:
    """What a quantity is called in the language of `words`."""
    what = metric_names(words)[quantity.metric]
    return words("on held out", what=what) if quantity.on == "test" else what


def lacking(problem: FlatProblem, quantity: Quantity) -> str | None:
    """What the problem does not bring for that quantity, and the remedy; None: it brings it."""
    if quantity.on == "test" and problem.test is None:
        return "needs held-out examples; give the Problem, or the data, `test`"
    if quantity.metric == "accuracy" and problem.accuracy is None:
        return "needs an accuracy; give the Problem `accuracy(parameters, batch)`"
    if quantity.metric == "own" and problem.own is None:
        return "needs a metric of your own; name it as the surface's metric: {python: module:name}"
    return None


def measured(problem: FlatProblem, quantity: Quantity) -> tuple[Measure, Batch]:
    """The function of weights and examples, and the examples. Raises UsageError where the problem
    does not bring them."""
    if why := lacking(problem, quantity):
        raise UsageError(f"{quantity.metric} on {quantity.on} {why}")
    functions = {"loss": problem.loss, "accuracy": problem.accuracy, "own": problem.own}
    function = functions[quantity.metric]
    assert function is not None
    return function, problem.data if quantity.on == "train" else problem.test


def brought(problem: FlatProblem) -> list[Quantity]:
    """All quantities that the problem brings beside the training loss."""
    metrics: list[Metric] = ["loss"]
    if problem.accuracy is not None:
        metrics.append("accuracy")
    if problem.own is not None:
        metrics.append("own")
    ons: list[On] = ["train"] if problem.test is None else ["train", "test"]
    return [each for metric in metrics for on in ons if (each := Quantity(metric, on)) != LOSS]
