"""CheckpointScene: runs of a network that somebody has trained, shown from their checkpoints."""

from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar, Self, cast

from pydantic import Field, PrivateAttr, ValidationInfo, model_validator
from typing_extensions import TypeAliasType

from animate.errors import Path, UsageError
from animate.networks.checkpoints import MOST_CHECKPOINTS, numbered
from animate.networks.cost import NOTHING, Cost, sampling
from animate.scene.base import SceneBase
from animate.scene.choice import Choice, Form
from animate.scene.context import ReadingContext
from animate.scene.diagnostics import shown
from animate.scene.network_surface import OfCheckpoints
from animate.scene.panels import Panels
from animate.scene.parts import Part, Seed
from animate.scene.text import Drawn
from animate.surfaces.recording import LAST_STEP, LONGEST_LABEL, MOST

Pattern = Annotated[str, Field(min_length=1, examples=["run/ckpt-*.pt"])]
Label = Annotated[Drawn, Field(min_length=1, max_length=LONGEST_LABEL)]

_FORMS: dict[str, Form] = {"one": Pattern, "several": dict[Label, Pattern]}


def _choose(value: object) -> tuple[str, object]:
    if not isinstance(value, str | Mapping):
        raise UsageError(
            "must be a pattern of files such as run/ckpt-*.pt, or a mapping from the names of runs "
            f"to patterns, got {shown(value)}"
        )
    return ("one" if isinstance(value, str) else "several"), cast("object", value)


Patterns = TypeAliasType(
    "Patterns",
    Annotated[str | dict[str, str], Choice(_choose, _FORMS.__getitem__, _FORMS.keys)],
)


class CheckpointPaths(Part):
    """A pattern of files for each run by its name, or one for a single run: `run/ckpt-*.pt`.

    The last number in the name of a file is its step; without numbers they are counted from 0 in
    the order of the names.
    """

    checkpoints: Patterns
    _files: dict[str, dict[int, str]] = PrivateAttr(default_factory=dict[str, dict[int, str]])

    @model_validator(mode="after")
    def _found(self, info: ValidationInfo) -> Self:
        context = ReadingContext.of(info)
        given = self.checkpoints
        runs = given if isinstance(given, dict) else {_called(given): given}
        if not 0 < len(runs) <= MOST:
            raise ValueError(f"checkpoints: must name 1 to {MOST} runs, got {len(runs)}")
        for label, pattern in runs.items():
            steps = numbered(context.matching(pattern))
            if not steps:
                raise ValueError(f"{pattern!r}: there is no such file")
            if len(steps) == 1:
                raise ValueError(f"one file is named {pattern!r}; a run is two of them or more")
            if max(steps) > LAST_STEP:
                raise ValueError(f"{pattern!r}: a step is at most {LAST_STEP:,}, got {max(steps)}")
            self._files[label] = {step: str(file) for step, file in steps.items()}
        if (total := sum(map(len, self._files.values()))) > MOST_CHECKPOINTS:
            raise ValueError(
                f"at most {MOST_CHECKPOINTS:,} checkpoints are shown, got {total:,}; name fewer"
            )
        self._check_steps()
        return self

    def _check_steps(self) -> None:
        """Raises ValueError where a run lacks a step that others have before its end."""
        steps = sorted({step for run in self._files.values() for step in run})
        for label, run in self._files.items():
            missing = [step for step in steps if step <= max(run) and step not in run]
            if missing:
                raise ValueError(
                    f"the run {label!r} has no checkpoint of step {missing[0]}, which others have; "
                    "name the same steps for all runs, to the end of each"
                )

    @property
    def files(self) -> dict[str, dict[int, str]]:
        """The file of each step of each run, by the run's name."""
        return self._files


def _called(pattern: str) -> str:
    """The name of the only run: what its files' names begin with, else that of their folder."""
    *folders, name = pattern.replace("\\", "/").split("/")
    words = (each.partition("*")[0].strip(" -_.") for each in (name, *reversed(folders)))
    return next((each[:LONGEST_LABEL] for each in words if each), "run")


class CheckpointScene(SceneBase):
    """A network's checkpoints, and its loss on the plane through its weights that is shown."""

    refused: ClassVar = {
        key: f"{key}: nothing is trained where the paths are checkpoints; leave it out"
        for key in ("optimizers", "steps", "batch", "learning_rate", "start", "noise", "sweep")
    }

    surface: OfCheckpoints
    paths: CheckpointPaths
    seed: Seed = 0
    panels: Panels = Field(default="contour", validate_default=True)  # pyright: ignore[reportIncompatibleVariableOverride]  # scenes are frozen

    def cost(self) -> Cost:
        """What the loss takes on plane and paths; unknown of the author's own Problem."""
        surface, examples = self.surface, self.surface.examples
        if examples is None:
            return NOTHING
        points = surface.resolution**2 + 2 * sum(map(len, self.paths.files.values()))
        return sampling(surface.layers, points=points, examples=len(examples.inputs))

    @property
    def features(self) -> frozenset[str]:
        return frozenset({"optimizers", "plane", "losses", "heads", "network", "lines", "finding"})

    @property
    def first_step(self) -> int:
        return min(min(run) for run in self.paths.files.values())

    @property
    def last_step(self) -> int:
        return max(max(run) for run in self.paths.files.values())

    def texts(self) -> Iterator[tuple[Path, str]]:
        yield from super().texts()
        yield from ((("paths",), label) for label in self.paths.files)
