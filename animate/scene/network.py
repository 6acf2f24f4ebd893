"""NetworkScene: a neural network trained by every optimizer, and how its loss is shown."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from animate.networks.cost import NOTHING, Cost, sampling, training
from animate.networks.landscape import KEPT
from animate.scene.descent import DescentScene
from animate.scene.network_surface import AnyNetwork

DEFAULT_BATCH = 64
"""Examples of a batch, unless the scene says how many."""


class NetworkScene(DescentScene):
    """A network, its data, its optimizers, and the plane through its weights that is shown."""

    refused: ClassVar[Mapping[str, str]] = {
        key: f"{key}: is not for a network; leave it out" for key in ("start", "noise", "sweep")
    }

    surface: AnyNetwork
    batch: Annotated[int, Field(ge=1)] | Literal["full"] | None = None

    def cost(self) -> Cost:
        """What training by every optimizer takes, and the loss on the plane.

        Of the author's own Problem nothing is known before it runs.
        """
        surface, examples = self.surface, self.surface.examples
        if examples is None:
            return NOTHING
        count, optimizers, kept = len(examples.inputs), len(self.optimizers), min(self.steps, KEPT)
        batch = self.batch if isinstance(self.batch, int) else None
        one = training(
            surface.layers, examples=count, batch=batch, steps=self.steps, runs=1, kept=kept
        )
        points = surface.resolution**2 + optimizers * 2 * kept
        return one.times(optimizers) + sampling(surface.layers, points=points, examples=count)

    @property
    def features(self) -> frozenset[str]:
        return super().features | {"network", "lines", "finding"}
