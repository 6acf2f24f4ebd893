"""DescentScene: what a race on a surface and the training of a network share."""

from collections.abc import Collection, Iterator, Sequence
from itertools import count
from typing import Annotated

from pydantic import Field, Strict, field_validator

from animate.errors import Mistake, Path
from animate.optimizers import why_unfit
from animate.scene.base import SceneBase
from animate.scene.given import is_list
from animate.scene.optimizer import AnyOptimizer
from animate.scene.panels import Panels
from animate.scene.parts import Seed
from animate.scene.rate import Rate, RateSchedule, Schedule

MOST_OPTIMIZERS = 128
"""More would take minutes to compile."""


class DescentScene(SceneBase):
    """A scene in which optimizers run for a number of steps."""

    optimizers: Annotated[
        tuple[AnyOptimizer, ...],
        Strict(False),
        Field(min_length=1, max_length=MOST_OPTIMIZERS, examples=[["adam", "sgd"]]),
    ]
    steps: Annotated[int, Field(ge=1, le=1_000_000)] = 150
    learning_rate: Rate | None = None
    seed: Seed = 0
    panels: Panels = Field(default="contour", validate_default=True)  # pyright: ignore[reportIncompatibleVariableOverride]  # scenes are frozen

    @field_validator("optimizers", mode="before")
    @classmethod
    def _not_too_many(cls, optimizers: object) -> object:
        if is_list(optimizers) and len(optimizers) > MOST_OPTIMIZERS:
            raise ValueError(f"must have at most {MOST_OPTIMIZERS} items, got {len(optimizers)}")
        return optimizers

    @property
    def features(self) -> frozenset[str]:
        return frozenset(
            {"optimizers", "plane", "losses", "heads"}
            | ({"rules"} if any(each.formula() for each in self.optimizers) else set())
        )

    @property
    def switches(self) -> bool:
        """Whether an optimizer is followed by another: what happens inside is not recorded then."""
        return any(each.then is not None for each in self.optimizers)

    @property
    def last_step(self) -> int:
        return self.steps

    def texts(self) -> Iterator[tuple[Path, str]]:
        yield from super().texts()
        for k, each in enumerate(self.optimizers):
            if each.label is not None:
                yield ("optimizers", self.written_as(k), "label"), each.label

    def written_as(self, k: int) -> int:
        """The number in the text of the scene of optimizer `k`."""
        return k

    def unfit(self, shapes: Collection[tuple[int, ...]] | None) -> Iterator[Mistake]:
        """The optimizers that would be other methods for a network's arrays of those `shapes`, or
        with None for coordinates."""
        for k, part in enumerate(self.optimizers):
            for place, each in part.in_turn():
                if why := why_unfit(each.name, shapes):
                    yield Mistake(("optimizers", self.written_as(k), *place), why)

    def mistakes(self) -> Iterator[Mistake]:
        yield from super().mistakes()
        places: dict[Path, Rate | None] = {
            ("optimizers", self.written_as(k), "learning_rate"): each.learning_rate
            for k, each in enumerate(self.optimizers)
        }
        for place, rate in {("learning_rate",): self.learning_rate, **places}.items():
            if isinstance(rate, Schedule) and (why := rate.wrong_within(self.steps)):
                yield Mistake(place, why)
        for k, each in enumerate(self.optimizers):
            if each.then is not None and each.then.at >= self.steps:
                why = f"the scene has {self.steps} steps; switch before the last one"
                yield Mistake(("optimizers", self.written_as(k), "then", "at"), why)

    def rate_rule(self, k: int) -> float | RateSchedule | None:
        """The learning rate of optimizer `k`, or its schedule; None: the best is to be found.

        It is its own, else the scene's, else that of the paper of its method.
        """
        rate = self._rate(k)
        if isinstance(rate, Schedule):
            return rate.build(self.steps)
        return rate if isinstance(rate, int | float) else None

    def searches(self, k: int) -> bool:
        """Whether the best learning rate of optimizer `k` is to be found."""
        return self._rate(k) in (None, "best")

    def _rate(self, k: int) -> Rate | None:
        part = self.optimizers[k]
        given = (part.learning_rate, self.learning_rate, part.own_rate())
        return next((each for each in given if each is not None), None)

    def labels(self) -> tuple[str, ...]:
        """A name for each optimizer, no two alike: its label, else its name."""
        return no_two_alike([each.label or each.name for each in self.optimizers])

    def full_names(self) -> tuple[str, ...]:
        """What the legend calls each optimizer, no two alike."""
        return no_two_alike([each.full_name() for each in self.optimizers])


def no_two_alike(names: Sequence[str]) -> tuple[str, ...]:
    """The names, each that stands more than once with a number from 1 that no other has.

    >>> no_two_alike(["Adam", "SGD", "Adam"])
    ('Adam 1', 'SGD', 'Adam 2')
    """
    told: list[str] = []
    for name in names:
        numbered = (f"{name} {number}" for number in count(1))
        free = (each for each in numbered if each not in names and each not in told)
        told.append(next(free) if names.count(name) > 1 else name)
    return tuple(told)
