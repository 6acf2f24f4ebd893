"""SweptScene: what a race on a surface and the answers to a signal share: the sweep."""

from collections.abc import Iterator
from typing import Self

from pydantic import model_validator

from animate.errors import Mistake
from animate.scene.descent import DescentScene
from animate.scene.diagnostics import validation_error
from animate.scene.sweep import AnySweep, Sweep, expanded


class SweptScene(DescentScene):
    """A scene in which an option of an optimizer, or a number of the surface, has many values."""

    sweep: AnySweep | None = None

    @model_validator(mode="after")
    def _swept(self) -> Self:
        """The scene with an optimizer for each value of its sweep."""
        if self.sweep is None or self.sweep.expanded:
            return self
        if self.sweep.place is None:
            self.check_surfaces(self.sweep)
        sweep = self.sweep.model_copy(update={"expanded": True})
        optimizers = expanded(self.sweep, self.optimizers)
        return self.model_copy(update={"optimizers": optimizers, "sweep": sweep})

    def check_surfaces(self, sweep: Sweep) -> None:
        """Whether the surface takes every value of `sweep`. Raises ValidationError."""
        why = "a signal has no surface; sweep an option of an optimizer"
        raise validation_error([Mistake(("sweep", sweep.key), why, at_key=True)], sweep)

    def mistakes(self) -> Iterator[Mistake]:
        yield from super().mistakes()
        yield from self.unfit(None)

    @property
    def film(self) -> bool:
        return self.sweep is not None and self.sweep.layout == "film"

    def written_as(self, k: int) -> int:
        return k if self.sweep is None else self.sweep.before(k)

    @property
    def values_beside(self) -> int:
        return len(self.sweep.values) if self.sweep and self.sweep.layout == "grid" else 1
