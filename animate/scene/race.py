"""RaceScene: optimizers that descend a surface of two variables, and how it is shown."""

from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from animate.errors import Path
from animate.scene.descent import DescentScene
from animate.scene.parts import Part, Seed
from animate.scene.start import Start, Swarm
from animate.scene.surface import AnySurface, FormulaSurface
from animate.scene.sweep import AnySweep, expanded
from animate.simulate import Noise
from animate.simulate.step import NoiseKind


class NoisePart(Part):
    """Noise added to each gradient."""

    std: Annotated[float, Field(ge=0)]
    kind: NoiseKind = "gaussian"
    seed: Seed | None = None


class RaceScene(DescentScene):
    """A surface, the optimizers that descend it, and where they start."""

    refused: ClassVar[Mapping[str, str]] = {
        "batch": "batch: only a network has a batch; leave it out"
    }

    surface: AnySurface
    sweep: AnySweep | None = None
    start: Start | None = None
    noise: Annotated[NoisePart | None, Field(examples=[{"std": 0.1}])] = None

    @model_validator(mode="after")
    def _swept(self) -> Self:
        """The scene with an optimizer for each value of its sweep."""
        if self.sweep is None or self.sweep.expanded:
            return self
        sweep = self.sweep.model_copy(update={"expanded": True})
        optimizers = expanded(self.sweep, self.optimizers)
        return self.model_copy(update={"optimizers": optimizers, "sweep": sweep})

    @property
    def features(self) -> frozenset[str]:
        found = super().features | {"inside", "basins", "minima"}
        return found - {"heads"} if isinstance(self.start, Swarm) else found

    @property
    def film(self) -> bool:
        return self.sweep is not None and self.sweep.layout == "film"

    def written_as(self, k: int) -> int:
        return k if self.sweep is None else self.sweep.before(k)

    @property
    def values_beside(self) -> int:
        return len(self.sweep.values) if self.sweep and self.sweep.layout == "grid" else 1

    def texts(self) -> Iterator[tuple[Path, str]]:
        yield from super().texts()
        if self.title is None and isinstance(self.surface, FormulaSurface):
            yield ("surface", "formula"), self.surface.formula

    @property
    def start_count(self) -> int:
        """The number of starts, from each of which every optimizer runs."""
        return self.start.count if isinstance(self.start, Swarm) else len(self.start or [()])

    def gradient_noise(self) -> Noise | None:
        """The noise of the simulation, if any; its seed is the scene's unless it has its own."""
        if self.noise is None or self.noise.std == 0:
            return None
        seed = self.seed if self.noise.seed is None else self.noise.seed
        return Noise(self.noise.std, self.noise.kind, seed)
