"""What an experiment is: how it is computed, what that costs, and how it is shown."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from animate.figure import Panel
from animate.networks.cost import Cost
from animate.networks.experiments.presentation import Presentation
from animate.text import Words


@dataclass(frozen=True)
class Experiment:
    """One claim about the loss landscape; the scene calls it by the name of `compute`.

    `compute` takes the options as keyword-only parameters with defaults and returns the result, a
    frozen dataclass of arrays and plain values. `cost` takes the same options and estimates memory
    and time before anything is computed. `present` turns the result into a presentation in one
    language. `panels` are those that draw this result, by their names in a scene. `offers` are
    features that panels of several experiments need, beside the experiment's own name.
    """

    compute: Callable[..., Any]
    cost: Callable[..., Cost]
    present: Callable[[Any, Words], Presentation]
    panels: Mapping[str, type[Panel]] = field(default_factory=dict)
    offers: frozenset[str] = frozenset()
