"""BetweenScene: two or three trained networks, and what lies between them."""

from collections.abc import Iterator, Mapping
from pathlib import Path as FilePath
from typing import Annotated, ClassVar, Literal, Self, cast

from pydantic import Field, Strict, field_validator, model_validator
from typing_extensions import TypeAliasType

from animate.errors import Mistake, Path, UsageError
from animate.networks.cost import NOTHING, Cost, sampling, training
from animate.networks.curves import POINTS as CURVE_POINTS
from animate.networks.curves import Kind
from animate.networks.experiments.options import Positive, Steps
from animate.networks.lines import POINTS
from animate.networks.quantity import OnLine
from animate.scene.base import SceneBase
from animate.scene.checkpoints import Label
from animate.scene.choice import Choice, Form
from animate.scene.context import SceneFile
from animate.scene.diagnostics import shown
from animate.scene.given import is_list, is_mapping
from animate.scene.network import DEFAULT_BATCH
from animate.scene.network_surface import NetworkSurface, OfCheckpoints
from animate.scene.parts import Part, Seed

CURVE_STEPS, CURVE_KEPT, CURVE_RATE = 1500, 60, 0.01
"""Steps of a curve's training unless the scene says so, how many are shown, and its rate."""
_LEAST, _MOST = 2, 3

_Few = Field(min_length=_LEAST, max_length=_MOST)
_FORMS: dict[str, Form] = {
    "list": Annotated[tuple[SceneFile, ...], Strict(False), _Few],
    "mapping": Annotated[dict[Label, SceneFile], _Few],
}


def _choose(value: object) -> tuple[str, object]:
    if (is_list(value) or is_mapping(value)) and _LEAST <= len(value) <= _MOST:
        return ("list" if is_list(value) else "mapping"), cast("object", value)
    raise UsageError(
        "must be two or three files such as [a.pt, b.pt], or a mapping from names to files, got "
        f"{len(value) if is_list(value) or is_mapping(value) else shown(value)}"
    )


Checkpoints = TypeAliasType(
    "Checkpoints",
    Annotated[tuple[str, ...] | dict[str, str], Choice(_choose, _FORMS.__getitem__, _FORMS.keys)],
)


class Between(Part):
    """Two or three checkpoints and the straight lines between them; with `curve` one of low loss,
    trained between two. `align` puts the hidden units of all in the order of the first one's."""

    checkpoints: Checkpoints
    align: bool = False
    curve: Kind | None = None
    steps: Steps | None = None
    learning_rate: Positive | None = None
    batch: Annotated[int, Field(ge=1)] | Literal["full"] | None = None

    @model_validator(mode="after")
    def _of_a_curve(self) -> Self:
        if self.curve is not None:
            if len(self.files) > _LEAST:
                raise ValueError("a curve is trained between two checkpoints, and there are three")
            return self
        for key in ("steps", "learning_rate", "batch"):
            if getattr(self, key) is not None:
                raise ValueError(f"{key}: is for a curve, and none is asked for; leave it out")
        return self

    @property
    def files(self) -> dict[str, FilePath]:
        """The file of each network, by the name of the network."""
        given = self.checkpoints
        if isinstance(given, dict):
            return {name: FilePath(file) for name, file in given.items()}
        stems = [FilePath(file).stem for file in given]
        names = stems if len(set(stems)) == len(stems) else "ABC"
        return {name: FilePath(file) for name, file in zip(names, given, strict=False)}


class BetweenScene(SceneBase):
    """Trained networks, what lies between them, and how it is shown."""

    refused: ClassVar[Mapping[str, str]] = {
        key: f"{key}: is not for networks that are compared; leave it out"
        for key in (
            *("optimizers", "steps", "batch", "learning_rate"),
            *("paths", "start", "noise", "sweep"),
        )
    }

    surface: OfCheckpoints
    between: Between
    seed: Seed = 0

    @field_validator("surface")
    @classmethod
    def _its_plane_is_theirs(cls, surface: NetworkSurface) -> NetworkSurface:
        if "plane" in surface.model_fields_set:
            raise ValueError("the plane is that through the three networks; leave 'plane' out")
        return surface

    @property
    def names(self) -> tuple[str, ...]:
        """What the networks are called."""
        return tuple(self.between.files)

    @property
    def curve_steps(self) -> int:
        """Steps of the curve's training."""
        return self.between.steps or CURVE_STEPS

    @property
    def curve_batch(self) -> int | None:
        """Examples of a batch in the curve's training; None: all."""
        batch = self.between.batch or DEFAULT_BATCH
        return None if batch == "full" else batch

    def cost(self) -> Cost:
        """What the loss takes on lines, plane and curve; unknown of the author's own Problem."""
        surface, examples = self.surface, self.surface.examples
        if examples is None:
            return NOTHING
        layers, count = surface.layers, len(examples.inputs)
        lines = len(self.names) * POINTS * (2 if self.between.align else 1)
        if self.between.curve is None:
            grid = surface.resolution**2 if len(self.names) > _LEAST else 0
            return sampling(layers, points=lines + grid, examples=count)
        kept = min(CURVE_KEPT, self.curve_steps)
        trained = training(
            layers,
            runs=1,
            examples=count,
            batch=self.curve_batch,
            steps=self.curve_steps,
            kept=kept,
        )
        points = (kept + 1) * CURVE_POINTS + surface.resolution**2
        return trained + sampling(layers, points=points, examples=count)

    @property
    def features(self) -> frozenset[str]:
        if self.between.curve is not None:
            return frozenset({"finding", "curve", "plane"})
        three = {"plane", "heads"} if len(self.names) > _LEAST else set[str]()
        return frozenset({"finding", "optimizers", "lines"} | three)

    @property
    def last_step(self) -> int:
        return self.curve_steps if self.between.curve else POINTS - 1

    def mistakes(self) -> Iterator[Mistake]:
        yield from super().mistakes()
        for entry in self.entries:
            if not all(isinstance(each, OnLine) for each in entry.panel.traits.measures):
                why = "is measured along the steps of runs, and here there are none; leave it out"
                yield Mistake(entry.place, f"{entry.name!r} {why}")

    def texts(self) -> Iterator[tuple[Path, str]]:
        yield from super().texts()
        yield from ((("between",), name) for name in self.names)
