"""ExperimentScene: one of the experiments with networks, its options, and how it is shown."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Self

from pydantic import BaseModel, model_validator

from animate.errors import UsageError
from animate.networks.experiments import EXPERIMENTS
from animate.scene.base import SceneBase
from animate.scene.parts import Part, ordered
from animate.scene.vocabulary import Vocabulary, option_values, options_model


class ExperimentPart(Part):
    """An experiment, its options beside its name."""

    name: str

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        window = getattr(self, "window", None)
        if window is not None:
            ordered(window, "window")
        return self

    @property
    def options(self) -> dict[str, Any]:
        """Its options, defaults included."""
        return option_values(self, EXPERIMENTS[self.name])


def _choose(value: Any) -> tuple[type[BaseModel], Mapping[str, Any]]:
    if isinstance(value, str):
        value = {"name": value}
    if not isinstance(value, Mapping):
        raise UsageError("must be a name or a mapping such as {name: saddles, hidden: 4}")
    if not isinstance(value.get("name"), str):
        raise UsageError("the key 'name' is missing")
    return options_model("experiment", EXPERIMENTS[value["name"]], ExperimentPart), value


def _models() -> Iterator[type[BaseModel]]:
    for entry in EXPERIMENTS.values():
        yield options_model("experiment", entry, ExperimentPart)


ExperimentField = Annotated[Any, Vocabulary(_choose, _models, lambda: EXPERIMENTS)]


class ExperimentScene(SceneBase):
    """An experiment and how it is shown; it brings its own panels where none are named."""

    experiment: ExperimentField

    @property
    def features(self) -> frozenset[str]:
        return EXPERIMENTS[self.experiment.name].facts["offers"] | {"finding"}
