"""`surface: {network: …}`: the loss of a neural network, on a plane through its weights."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, Self, cast

from pydantic import (
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    Strict,
    ValidationInfo,
    create_model,
    model_validator,
)
from typing_extensions import TypeAliasType

from animate.errors import UsageError
from animate.networks.checkpoints import read_point, shapes_of
from animate.networks.cuts import AnyPlane, PlaneKind
from animate.networks.data import DATA, Data
from animate.networks.experiments.options import Layers, Resolution, Seed
from animate.networks.matching import Shapes
from animate.networks.names import layer_named, parameters_named
from animate.networks.network import network
from animate.networks.plane_files import read_directions
from animate.networks.problem import FlatProblem
from animate.networks.quantity import On, Quantity
from animate.networks.user_problem import build_problem, with_own
from animate.scene.choice import Choice, Fields, Form, OptionsPart, named, options_model, remade
from animate.scene.context import CodeReference, ReadingContext, SceneFile
from animate.scene.given import is_mapping
from animate.scene.parts import Part, Positive
from animate.scene.surface import kind_of
from animate.surfaces.code import load_callable, source_files

if TYPE_CHECKING:
    import numpy as np


class NetworkModel(Part):
    """A multilayer perceptron, or with `python` a Problem of the author's ("module:function")."""

    hidden: Layers = (24, 24, 24)
    activation: Literal["relu", "tanh", "gelu", "silu", "softplus", "elu"] = "relu"
    residual: bool = False
    init: Literal["he", "lecun", "glorot"] = "he"
    branch: Positive = 1.0
    seed: Seed = 0
    python: CodeReference | None = None

    @model_validator(mode="after")
    def _one_or_the_other(self) -> Self:
        others = self.model_fields_set - {"python"}
        if self.python is not None and others:
            raise ValueError(f"python brings the whole problem; leave out {min(others)!r}")
        return self


class DataPart(OptionsPart):
    """The options of one data set."""

    model_config = ConfigDict(populate_by_name=True)

    name: str


def _choose(value: object) -> tuple[str, Mapping[str, object]]:
    if is_mapping(value) and "csv" in value:
        return "csv", value
    return named(value, "{name: digits, samples: 512}")


@remade
def _branch(name: str) -> type[DataPart]:
    model = options_model("data", DATA[name], DataPart)
    if name != "csv":
        return model
    fields: Fields = {
        "name": (Literal["csv"], "csv"),
        "file": (SceneFile, Field(alias="csv")),
    }
    return cast("type[DataPart]", create_model("data_csv", __base__=model, **fields))


AnyData = TypeAliasType(
    "AnyData",
    Annotated[DataPart, Choice(_choose, _branch, DATA.keys, DATA.complete)],
)
"""The options of a data set, by its name."""


class CheckpointPlane(Part):
    """The plane through three checkpoints: .npz, .safetensors or PyTorch's .pt."""

    through: Annotated[tuple[SceneFile, SceneFile, SceneFile], Strict(False)]


class DirectionsPlane(Part):
    """The plane along directions that were kept, through a checkpoint or where it was."""

    directions: SceneFile
    through: SceneFile | None = None


class ParametersPlane(Part):
    """The plane of two parameters by their names, those in an array as `w[0, 2]`."""

    parameters: Annotated[tuple[str, str], Strict(False)]


class LayerPlane(Part):
    """A plane whose directions live in one layer."""

    layer: str
    along: Literal["pca", "filter_normalized", "random"] = "filter_normalized"


AnyKind = PlaneKind | Literal["parameters"]
_PLANES: dict[str, Form] = {
    "kind": AnyKind,
    "through": CheckpointPlane,
    "directions": DirectionsPlane,
    "parameters": ParametersPlane,
    "layer": LayerPlane,
}


def _choose_plane(value: object) -> tuple[str, object]:
    if isinstance(value, str):
        return "kind", value
    if not is_mapping(value):
        others = "through, directions, parameters or layer"
        raise UsageError(f"must be a kind of plane, or a mapping with {others}")
    keys = (each for each in ("directions", "parameters", "layer") if each in value)
    return next(keys, "through"), value


AnyPlanePart = TypeAliasType(
    "AnyPlanePart",
    Annotated[
        AnyKind | CheckpointPlane | DirectionsPlane | ParametersPlane | LayerPlane,
        Choice(_choose_plane, _PLANES.__getitem__, _PLANES.keys),
    ],
)
"""The plane through the weights that is shown."""


class OwnMetric(Part):
    """A measure of the author's, "module:function", of the arguments of a Problem's loss."""

    python: CodeReference


class NetworkSurface(Part):
    """The loss of a network, or another `metric`, on a plane through its weights; all weights are
    trained.

    The metric is taken over the examples `on` which it is trained, or those that are held out;
    on the plane over so many `samples` of them, by themselves all.
    """

    network: NetworkModel
    data: AnyData = Field(default="digits", validate_default=True)
    plane: AnyPlanePart = "pca"
    resolution: Resolution = 101
    metric: Literal["loss", "accuracy"] | OwnMetric = "loss"
    on: On = "train"
    samples: Annotated[int, Field(ge=8)] | None = None
    _folder: Path = PrivateAttr(Path())

    @model_validator(mode="after")
    def _fits(self, info: ValidationInfo) -> Self:
        self._folder = ReadingContext.of(info).folder
        if self.network.python is None:
            self._weights(self.shapes)
        elif "data" in self.model_fields_set:
            raise ValueError("a Problem of one's own brings its data; leave out 'data'")
        return self

    @cached_property
    def examples(self) -> Data | None:
        """The data set; None: a Problem of the author's own brings it. Raises UsageError."""
        if self.network.python is not None:
            return None
        return self.data.entry.make(**self.data.options())

    @property
    def layers(self) -> tuple[int, ...]:
        """The widths of the layers, inputs and outputs included; () of the author's own Problem."""
        if self.examples is None:
            return ()
        return (self.examples.inputs.shape[1], *self.network.hidden, self.examples.classes)

    @property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        """Of the program's own network, each layer's W [outputs, inputs] and b [outputs]."""
        shapes: dict[str, tuple[int, ...]] = {}
        for k, (inner, outer) in enumerate(pairwise(self.layers)):
            shapes |= {f"layers.{k}.weight": (outer, inner), f"layers.{k}.bias": (outer,)}
        return shapes

    def _weights(self, shapes: Shapes) -> "list[np.ndarray]":
        """The weights [P] in the files that the plane goes through. Raises UsageError."""
        files = self.plane.through if isinstance(self.plane, CheckpointPlane) else ()
        return [read_point(Path(file), shapes) for file in files]

    @property
    def quantity(self) -> Quantity:
        """What stands on the plane."""
        return Quantity("own" if isinstance(self.metric, OwnMetric) else self.metric, self.on)

    def problem(self) -> FlatProblem:
        """The problem that is trained. Raises UsageError."""
        reference = self.network.python
        if self.examples is None:
            make = load_callable(str(reference), folder=self._folder)
            problem = build_problem(str(reference), make)
        else:
            problem = network(self.examples, **self.network.model_dump(exclude={"python"}))
        if not isinstance(self.metric, OwnMetric):
            return problem
        name = self.metric.python
        return with_own(problem, name, load_callable(name, folder=self._folder))

    def code(self) -> "list[Path]":
        """The files that the result depends on: of the modules that the scene names."""
        named = [self.network.python]
        named += [self.metric.python] if isinstance(self.metric, OwnMetric) else []
        return [file for each in named if each for file in source_files(each, self._folder)]

    def cut(self, problem: FlatProblem) -> "AnyPlane":
        """The kind of plane, or what else tells it.

        Raises UsageError.
        """
        if isinstance(self.plane, LayerPlane):
            return layer_named(self.plane.layer, self.plane.along, shapes_of(problem))
        if isinstance(self.plane, ParametersPlane):
            return parameters_named(self.plane.parameters, shapes_of(problem))
        if self.plane == "parameters":
            return parameters_named(None, shapes_of(problem))
        if isinstance(self.plane, DirectionsPlane):
            shapes = shapes_of(problem)
            plane = read_directions(Path(self.plane.directions), shapes)
            if self.plane.through is None:
                return plane
            return replace(plane, origin=read_point(Path(self.plane.through), shapes))
        if not isinstance(self.plane, CheckpointPlane):
            return self.plane
        import numpy as np

        return np.stack(self._weights(shapes_of(problem)))


def _only_network(value: object) -> object:
    if not isinstance(value, NetworkSurface) and kind_of(value)[0] != "network":
        raise ValueError("checkpoints are those of a network; give surface: {network: …}")
    return value


AnyNetwork = Annotated[NetworkSurface, BeforeValidator(lambda value: kind_of(value)[1])]
OfCheckpoints = Annotated[AnyNetwork, BeforeValidator(_only_network)]
"""The network of which a scene has checkpoints; no other surface has any."""
