"""DescentScene: what a race on a surface and the training of a network share."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Annotated, Any

from pydantic import Field, Strict, field_validator

from animate.errors import Path
from animate.scene.base import SceneBase
from animate.scene.optimizer import AnyOptimizer
from animate.scene.panels import Panels
from animate.scene.parts import Seed
from animate.scene.rate import Rate, Schedule

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

    @property
    def features(self) -> frozenset[str]:
        return frozenset(
            {"optimizers", "plane", "losses", "heads"}
            | ({"rules"} if any(self._rules()) else set())
        )

    @property
    def last_step(self) -> int:
        return self.steps

    def texts(self) -> Iterator[tuple[Path, str]]:
        yield from super().texts()
        for k, each in enumerate(self.optimizers):
            if each.label is not None:
                yield ("optimizers", k, "label"), each.label

    def _rules(self) -> Iterator[tuple[str, ...]]:
        return (each.formula() for each in self.optimizers)

    def rate_rule(self, k: int) -> float | Callable[[Any], Any] | None:
        """The learning rate of optimizer `k`, or its schedule; None: the best is to be found.

        It is its own, else the scene's, else that of the paper of its method.
        """
        part = self.optimizers[k]
        given = (part.learning_rate, self.learning_rate, part.own_rate())
        rate: Any = next((each for each in given if each is not None), "best")
        if isinstance(rate, Schedule):
            return rate.build()
        return None if rate == "best" else rate

    def labels(self) -> tuple[str, ...]:
        """A name for each optimizer, no two alike: its label, else its name."""
        wanted = [each.label or each.name for each in self.optimizers]
        seen: Counter[str] = Counter()
        labels = []
        for label in wanted:
            seen[label] += 1
            labels.append(label if seen[label] == 1 else f"{label} {seen[label]}")
        return tuple(labels)
