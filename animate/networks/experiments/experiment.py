"""What an experiment is: how it is computed, what that costs, and how it is shown."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from types import ModuleType

from animate.figure import Panel
from animate.networks.cost import Cost
from animate.networks.experiments.presentation import Presentation
from animate.text import Words


def _fit(**_: object) -> None:
    """No option is unfit."""


@dataclass(frozen=True)
class Experiment:
    """One claim about the loss landscape; the scene calls it by the name of `compute`.

    `compute` takes the options as keyword-only parameters with defaults and returns the result, a
    frozen dataclass of arrays and plain values. `panels` are those that draw this result, by their
    names in a scene. `offers` are features that panels of several experiments need, beside the
    experiment's own name. `unfit` takes the options and says which of them does not fit the others,
    and why; None: all do. Its cost and its presentation stand beside `compute`, in `cost.py` and
    `presentation.py`, and are imported when they are asked for.
    """

    compute: Callable[..., object]
    panels: Mapping[str, type[Panel]] = field(default_factory=dict)
    offers: frozenset[str] = frozenset()
    unfit: Callable[..., tuple[str, str] | None] = _fit

    def cost(self, **options: object) -> Cost:
        """Memory and time, estimated from the options before anything is computed."""
        return self._file("cost").cost(**options)

    def present(self, result: object, words: Words) -> Presentation:
        """The result as a picture takes it, in the language of `words`."""
        return self._file("presentation").present(result, words)

    def _file(self, name: str) -> ModuleType:
        folder = self.compute.__module__.rpartition(".")[0]
        return import_module(f"{folder}.{name}")
