"""How each experiment is shown: by the function of its name, from its result to an exhibit."""

from collections.abc import Callable, Mapping
from typing import Any

from animate.networks.experiments import EXPERIMENTS, run_experiment
from animate.networks.experiments.exhibits import planes, points, slices
from animate.networks.experiments.exhibits.exhibit import Exhibit
from animate.text import Words

_SHOWN = vars(planes) | vars(points) | vars(slices)

EXHIBITS: Mapping[str, Callable[[Any, Words], Exhibit]] = {
    name: _SHOWN[name] for name in EXPERIMENTS
}


def exhibit(name: str, options: Mapping[str, Any], words: Words) -> Exhibit:
    """The experiment `name`, run or read from disk, as it is shown. Raises as it does."""
    return EXHIBITS[name](run_experiment(name, options), words)
