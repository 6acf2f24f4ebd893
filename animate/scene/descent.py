"""What races on a surface and the training of a network share: optimizers and learning rates."""

from collections import Counter
from typing import Annotated, Any

from pydantic import Field, Strict, field_validator

from animate.scene.base import SceneBase
from animate.scene.optimizer import AnyOptimizer
from animate.scene.panels import Panels
from animate.scene.parts import Seed
from animate.scene.rate import Rate

MOST_OPTIMIZERS = 128
"""More would take minutes to compile."""


class DescentScene(SceneBase):
    """A scene in which optimizers run for a number of steps."""

    optimizers: Annotated[
        tuple[AnyOptimizer, ...], Strict(False), Field(min_length=1, max_length=MOST_OPTIMIZERS)
    ]
    steps: Annotated[int, Field(ge=1, le=1_000_000)] = 150
    learning_rate: Rate | None = None
    seed: Seed = 0
    panels: Panels = Field(default="contour", validate_default=True)

    @field_validator("optimizers", mode="before")
    @classmethod
    def _not_too_many(cls, optimizers: Any) -> Any:
        if isinstance(optimizers, list) and len(optimizers) > MOST_OPTIMIZERS:
            raise ValueError(f"must have at most {MOST_OPTIMIZERS} items, got {len(optimizers)}")
        return optimizers

    def labels(self) -> tuple[str, ...]:
        """One name an optimizer, no two alike: its label, else its name."""
        wanted = [each.label or each.name for each in self.optimizers]
        seen: Counter[str] = Counter()
        labels = []
        for label in wanted:
            seen[label] += 1
            labels.append(label if seen[label] == 1 else f"{label} {seen[label]}")
        return tuple(labels)
