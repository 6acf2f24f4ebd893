"""Scene: the whole of one file."""

from collections import Counter
from typing import Annotated, Any, Literal, Self

from pydantic import Field, Strict, field_validator, model_validator

from animate.scene.base import Part
from animate.scene.common import SceneBase
from animate.scene.network import Network
from animate.scene.optimizer import OptimizerField
from animate.scene.panels import PanelsField
from animate.scene.rate import Rate
from animate.scene.start import StartField
from animate.scene.surface import SurfaceField
from animate.scene.sweep import SweepField, expanded
from animate.simulate import Noise
from animate.simulate.step import NoiseKind

MOST_OPTIMIZERS = 128
"""More would take minutes to compile."""


class NoisePart(Part):
    """Noise added to each gradient."""

    std: Annotated[float, Field(ge=0)]
    kind: NoiseKind = "gaussian"
    seed: Annotated[int, Field(ge=0, lt=2**32)] | None = None


class Scene(SceneBase):
    """What is descended, by whom, from where, and how it is shown."""

    surface: SurfaceField
    optimizers: Annotated[
        tuple[OptimizerField, ...], Strict(False), Field(min_length=1, max_length=MOST_OPTIMIZERS)
    ]
    sweep: SweepField | None = None
    start: StartField | None = None
    steps: Annotated[int, Field(ge=1, le=1_000_000)] = 150
    learning_rate: Rate | None = None
    noise: NoisePart | None = None
    seed: Annotated[int, Field(ge=0, lt=2**32)] = 0
    batch: Annotated[int, Field(ge=1)] | Literal["full"] | None = None
    panels: PanelsField = Field(default="contour", validate_default=True)

    @field_validator("optimizers", mode="before")
    @classmethod
    def _not_too_many(cls, optimizers: Any) -> Any:
        if isinstance(optimizers, list) and len(optimizers) > MOST_OPTIMIZERS:
            raise ValueError(f"must have at most {MOST_OPTIMIZERS} items, got {len(optimizers)}")
        return optimizers

    @field_validator("start", mode="before")
    @classmethod
    def _one_or_more(cls, start: Any) -> Any:
        if _is_flat(start) and len(start) != 2:
            raise ValueError("must be a point [x, y] or a list of points")
        return [start] if _is_flat(start) else start

    @model_validator(mode="after")
    def _of_one_kind(self) -> Self:
        """A batch is for a network, which has its own start, and gradients of batches for noise."""
        if not isinstance(self.surface, Network):
            if self.batch is not None:
                raise ValueError("batch: only a network has a batch; leave it out")
            return self
        for key in ("start", "noise", "sweep"):
            if getattr(self, key) is not None:
                raise ValueError(f"{key}: is not for a network; leave it out")
        return self

    @model_validator(mode="after")
    def _swept(self) -> Self:
        """Every value of a sweep races."""
        if self.sweep is None or self.sweep.expanded:
            return self
        sweep = self.sweep.model_copy(update={"expanded": True})
        optimizers = expanded(self.sweep, self.optimizers)
        return self.model_copy(update={"optimizers": optimizers, "sweep": sweep})

    def labels(self) -> tuple[str, ...]:
        """One name an optimizer, no two alike: its label, else its name."""
        wanted = [each.label or each.name for each in self.optimizers]
        seen: Counter[str] = Counter()
        labels = []
        for label in wanted:
            seen[label] += 1
            labels.append(label if seen[label] == 1 else f"{label} {seen[label]}")
        return tuple(labels)

    def gradient_noise(self) -> Noise | None:
        """The engine's noise; its seed is the scene's unless it has its own."""
        if self.noise is None or self.noise.std == 0:
            return None
        seed = self.seed if self.noise.seed is None else self.noise.seed
        return Noise(self.noise.std, self.noise.kind, seed)


def _is_flat(start: Any) -> bool:
    return isinstance(start, list) and not any(isinstance(each, list | dict) for each in start)
