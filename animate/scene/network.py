"""NetworkScene: a neural network trained by every optimizer, and how its loss is shown."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from animate.scene.descent import DescentScene
from animate.scene.network_surface import AnyNetwork


class NetworkScene(DescentScene):
    """A network, its data, its optimizers, and the plane through its weights that is shown."""

    refused: ClassVar[Mapping[str, str]] = {
        key: f"{key}: is not for a network; leave it out" for key in ("start", "noise", "sweep")
    }

    surface: AnyNetwork
    batch: Annotated[int, Field(ge=1)] | Literal["full"] | None = None

    @property
    def features(self) -> frozenset[str]:
        return super().features | {"network", "finding"}
