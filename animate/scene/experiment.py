"""Scenes without a race: an experiment, or paths that were made elsewhere."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Annotated, Any, Self

from pydantic import BaseModel, Field, ValidationInfo, field_validator, model_validator

from animate.errors import UsageError
from animate.figure.text.drawable import drawable
from animate.networks.experiments import EXPERIMENTS
from animate.scene.base import Part, ordered, surroundings
from animate.scene.common import SceneBase
from animate.scene.panels import PanelsField
from animate.scene.surface import SurfaceField
from animate.scene.vocabulary import Vocabulary, option_values, options_model
from animate.simulate.trajectories import Trajectories
from animate.surfaces.recording import read_paths


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
    panels: PanelsField | None = None


class RecordedScene(SceneBase):
    """Paths that were made elsewhere, on a surface that was, too."""

    surface: SurfaceField
    paths: str
    panels: PanelsField = Field(default="contour", validate_default=True)

    @field_validator("paths")
    @classmethod
    def _beside_the_scene(cls, paths: str, info: ValidationInfo) -> str:
        path = str(surroundings(info).file(paths))
        for label in read_paths(path).labels:
            try:
                drawable(label)
            except ValueError as error:
                raise ValueError(f"{paths}: the optimizer {label!r}: {error}") from None
        return path

    @cached_property
    def trajectories(self) -> Trajectories:
        """The paths that the file holds. Raises UsageError."""
        return read_paths(self.paths)
