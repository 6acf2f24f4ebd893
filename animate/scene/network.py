"""`surface: {network: …}`: the loss of a neural network, on a plane through its weights."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, Field, PrivateAttr, Strict, ValidationInfo, model_validator

from animate.errors import UsageError
from animate.experiments.options import Layers, Resolution, Seed
from animate.networks import Problem
from animate.networks.checkpoints import read_checkpoint
from animate.networks.data import DATA
from animate.networks.landscape import PlaneKind
from animate.networks.network import network
from animate.networks.problem import FlatProblem, flatten
from animate.scene.base import Part, Positive, Surroundings, surroundings
from animate.scene.vocabulary import Vocabulary, option_values, options_model
from animate.surfaces.code import load_callable, module_files

DataName = Literal["digits", "spirals", "moons", "csv"]

_ENDS = {"digits": (64, 10), "spirals": (2, 2), "moons": (2, 2)}
"""The inputs and outputs that a data set asks for."""
_EXAMPLES = 1000


class Model(Part):
    """A multilayer perceptron, or with `python` a Problem of one's own ("module:function")."""

    hidden: Layers = (24, 24, 24)
    activation: Literal["relu", "tanh", "gelu", "silu", "softplus", "elu"] = "relu"
    residual: bool = False
    init: Literal["he", "lecun", "glorot"] = "he"
    branch: Positive = 1.0
    seed: Seed = 0
    python: str | None = None

    @model_validator(mode="after")
    def _one_or_the_other(self) -> Self:
        others = self.model_fields_set - {"python"}
        if self.python is not None and others:
            raise ValueError(f"python brings the whole problem; leave out {min(others)!r}")
        return self


class DataPart(Part):
    """The options of one data set."""

    name: str


def _choose(value: Any) -> tuple[type[BaseModel], Mapping[str, Any]]:
    if isinstance(value, str):
        value = {"name": value}
    if isinstance(value, Mapping) and "csv" in value:
        rest = {key: each for key, each in value.items() if key != "csv"}
        value = {"name": "csv", "file": value["csv"], **rest}
    if not isinstance(value, Mapping) or not isinstance(value.get("name"), str):
        raise UsageError("must be a name or a mapping such as {name: digits, samples: 512}")
    return options_model("data", DATA[value["name"]], DataPart), value


def _models() -> Iterator[type[BaseModel]]:
    for entry in DATA.values():
        yield options_model("data", entry, DataPart)


DataField = Annotated[Any, Vocabulary(_choose, _models, lambda: DATA)]


class Through(Part):
    """The plane through three checkpoints, .npz or .safetensors."""

    through: Annotated[tuple[str, str, str], Strict(False)]


class Network(Part):
    """The loss of a network on a plane; every optimizer trains the whole of it."""

    network: Model
    data: DataField = Field(default="digits", validate_default=True)
    plane: PlaneKind | Through = "pca"
    resolution: Resolution = 101
    _around: Surroundings = PrivateAttr(Surroundings())

    @model_validator(mode="after")
    def _is_allowed(self, info: ValidationInfo) -> Self:
        self._around = around = surroundings(info)
        for name in self.files:
            around.file(name)
        if self.network.python is not None and not around.trust.code:
            module = self.network.python.partition(":")[0]
            raise ValueError(
                f"this scene runs the code of the module {module!r}, which can do all that you "
                "can; if you trust it, allow it with --allow-code"
            )
        if self.network.python is not None:
            around.files.extend(module_files(self.network.python, around.folder))
        if self.network.python is not None and "data" in self.model_fields_set:
            raise ValueError("a Problem of one's own brings its data; leave out 'data'")
        return self

    @property
    def files(self) -> tuple[str, ...]:
        """The files that the scene names."""
        table = (self.data.file,) if self.data.name == "csv" else ()
        return (*table, *self.plane.through) if isinstance(self.plane, Through) else table

    @property
    def examples(self) -> int:
        """How many there are to learn from, about."""
        return getattr(self.data, "samples", _EXAMPLES)

    @property
    def size(self) -> int:
        """How many weights the network has, about: a Problem or table of one's own tells later."""
        ends = _ENDS.get(self.data.name, _ENDS["digits"])
        layers = (ends[0], *self.network.hidden, ends[1])
        return sum((inner + 1) * outer for inner, outer in pairwise(layers))

    @property
    def repeatable(self) -> bool:
        """Whether the result depends on what the scene says alone: then it may be kept on disk."""
        return self.network.python is None and not self.files

    def problem(self) -> FlatProblem:
        """What is trained. Raises UsageError."""
        if self.network.python is not None:
            return self._own(self.network.python)
        chosen = self.data
        options = option_values(chosen, DATA[chosen.name])
        if "file" in options:
            options["file"] = str(self._around.file(options["file"]))
        layers = self.network.model_dump(exclude={"python"})
        return network(DATA[chosen.name].make(**options), **layers)

    def cut(self, problem: FlatProblem) -> Any:
        """A kind of plane, or three points [3, P] to lay it through. Raises UsageError."""
        if not isinstance(self.plane, Through):
            return self.plane
        import numpy as np
        from jax.tree import leaves

        shapes = [np.shape(leaf) for leaf in leaves(problem.unravel(problem.start))]
        files = [self._around.file(name) for name in self.plane.through]
        return np.stack([read_checkpoint(file, shapes) for file in files])

    def _own(self, reference: str) -> FlatProblem:
        made = load_callable(reference, folder=self._around.folder)()
        if not isinstance(made, Problem):
            raise UsageError(
                f"{reference} must return an animate.networks.Problem, got {type(made).__name__}"
            )
        return flatten(made)
