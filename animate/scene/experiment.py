"""ExperimentScene: one of the experiments with networks, its options, and how it is shown."""

from functools import partial
from typing import Annotated, Self

from pydantic import model_validator
from typing_extensions import TypeAliasType

from animate.errors import Mistake
from animate.networks.cost import Cost
from animate.networks.experiments import EXPERIMENTS
from animate.scene.base import SceneBase
from animate.scene.choice import Choice, OptionsPart, named, options_model, remade
from animate.scene.diagnostics import validation_error
from animate.scene.parts import ordered


class ExperimentPart(OptionsPart):
    """An experiment, its options beside its name."""

    name: str

    @model_validator(mode="after")
    def _fitting(self) -> Self:
        window = getattr(self, "window", None)
        if window is not None:
            ordered(window, "window")
        if found := self.entry.facts["unfit"](**self.options()):
            key, why = found
            raise validation_error([Mistake((key,), why)], self.options())
        return self


@remade
def _branch(name: str) -> type[ExperimentPart]:
    return options_model("experiment", EXPERIMENTS[name], ExperimentPart)


AnyExperiment = TypeAliasType(
    "AnyExperiment",
    Annotated[
        ExperimentPart,
        Choice(
            partial(named, example="{name: saddles, hidden: 4}"),
            _branch,
            EXPERIMENTS.keys,
            EXPERIMENTS.complete,
        ),
    ],
)
"""One of the table of experiments, with its options."""


class ExperimentScene(SceneBase):
    """An experiment and how it is shown; it brings its own panels where none are named."""

    experiment: AnyExperiment

    def cost(self) -> Cost:
        """What computing the experiment takes."""
        return self.experiment.entry.facts["cost"](**self.experiment.options())

    @property
    def features(self) -> frozenset[str]:
        return self.experiment.entry.facts["offers"] | {"finding"}
