"""RaceScene: optimizers that descend a surface of two variables, and how it is shown."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, ClassVar, Literal, Self

from pydantic import AfterValidator, Field, ValidationInfo, field_validator, model_validator
from typing_extensions import TypeAliasType

from animate.errors import Mistake, Path, UsageError
from animate.scene.choice import Choice, Form
from animate.scene.diagnostics import shown
from animate.scene.given import is_mapping
from animate.scene.panels import read_panels
from animate.scene.parts import Part, Seed
from animate.scene.start import Place, Start, Swarm, in_variables
from animate.scene.surface import VARIABLES, AnySurface, FormulaSurface, SurfacePart
from animate.scene.surface_sweep import surfaces
from animate.scene.sweep import Sweep
from animate.scene.swept import SweptScene
from animate.simulate import Noise, Sparse
from animate.simulate.noise import NoiseKind

_Deviation = Annotated[float, Field(ge=0)]


class NoisePart(Part):
    """Noise added to each gradient."""

    std: _Deviation
    kind: NoiseKind = "gaussian"
    seed: Seed | None = None

    def build(self, seed: int) -> Noise | None:
        """The noise of a simulation in a scene with that seed, if there is any."""
        if self.std == 0:
            return None
        return Noise(self.std, self.kind, seed if self.seed is None else self.seed)


class SparsePart(Part):
    """One coordinate's gradient is 0 but in one of `every` updates, as that of a rare feature."""

    kind: Literal["sparse"]
    every: Annotated[int, Field(ge=2)]
    coordinate: Literal["x", "y"] | None = None

    def build(self, seed: int) -> Sparse:  # noqa: ARG002  # nothing in it is random
        """What the simulation takes away."""
        return Sparse(self.every, self.coordinate or "y")

    def among(self, coordinates: Sequence[Literal["x", "y"]]) -> "SparsePart":
        """It with its coordinate, by itself the last of these. Raises UsageError if it is none."""
        if self.coordinate is None:
            return self.model_copy(update={"coordinate": coordinates[-1]})
        if self.coordinate not in coordinates:
            raise UsageError(f"coordinate: the surface is a function of {coordinates[0]} alone")
        return self


def _choose_noise(value: object) -> tuple[str, object]:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return "deviation", value
    if not is_mapping(value):
        raise UsageError(f"must be a mapping such as {{std: 0.1}}, got {shown(value)}")
    return ("sparse" if value.get("kind") == "sparse" else "random"), value


_NOISES: Mapping[str, Form] = {
    "deviation": Annotated[_Deviation, AfterValidator(lambda std: NoisePart(std=std))],
    "random": NoisePart,
    "sparse": SparsePart,
}

AnyNoise = TypeAliasType(
    "AnyNoise",
    Annotated[NoisePart | SparsePart, Choice(_choose_noise, _NOISES.__getitem__, _NOISES.keys)],
)
"""What changes every gradient of a surface."""


class RaceScene(SweptScene):
    """A surface, the optimizers that descend it, and where they start."""

    refused: ClassVar[Mapping[str, str]] = {
        "batch": "batch: only a network has a batch; leave it out"
    }

    surface: AnySurface
    start: Start | None = None
    noise: AnyNoise | None = None

    @field_validator("start")
    @classmethod
    def _on_the_surface(
        cls, start: tuple[Place, ...] | Swarm | None, info: ValidationInfo
    ) -> tuple[Place, ...] | Swarm | None:
        surface: SurfacePart | None = info.data.get("surface")
        return start if start is None or surface is None else in_variables(start, surface.variables)

    @field_validator("noise")
    @classmethod
    def _on_its_coordinates(
        cls, noise: NoisePart | SparsePart | None, info: ValidationInfo
    ) -> NoisePart | SparsePart | None:
        surface: SurfacePart | None = info.data.get("surface")
        if surface is None or not isinstance(noise, SparsePart):
            return noise
        return noise.among(VARIABLES[: surface.variables])

    @model_validator(mode="after")
    def _with_its_panel(self) -> Self:
        """The scene with the panel that shows its surface, where it names none."""
        if "panels" in self.model_fields_set:
            return self
        return self.model_copy(update={"panels": read_panels(self.surface.panel)})

    def check_surfaces(self, sweep: Sweep) -> None:
        surfaces(sweep, self.surface)

    @property
    def swept_surface(self) -> Sweep | None:
        """The sweep of a number of the surface, if there is one: each value has its own race."""
        return self.sweep if self.sweep is not None and self.sweep.place is None else None

    @property
    def acts(self) -> bool:
        return self.film and self.swept_surface is not None

    @property
    def surface_count(self) -> int:
        """How many surfaces there are: one, or one for each value of a sweep."""
        return len(self.swept_surface.values) if self.swept_surface else 1

    def races(self) -> "tuple[RaceScene, ...]":
        """The scene with each surface of its sweep, without the sweep; itself where it has one."""
        if (sweep := self.swept_surface) is None:
            return (self,)
        each = surfaces(sweep, self.surface)
        return tuple(self.model_copy(update={"surface": one, "sweep": None}) for one in each)

    @property
    def features(self) -> frozenset[str]:
        found = self.surface.features | super().features - {"plane"} | {"basins", "minima"}
        if not self.switches:
            found |= {"inside"}
        return found - {"heads"} if isinstance(self.start, Swarm) else found

    def texts(self) -> Iterator[tuple[Path, str]]:
        yield from super().texts()
        if self.title is None and isinstance(self.surface, FormulaSurface):
            yield ("surface", "formula"), self.surface.formula

    def mistakes(self) -> Iterator[Mistake]:
        yield from super().mistakes()
        if self.surface.variables == 1 and self.style.aspect == "equal":
            why = "x and the loss of a function of one variable have no units alike; leave it out"
            yield Mistake(("style", "aspect"), why)

    @property
    def start_count(self) -> int:
        """The number of starts, from each of which every optimizer runs."""
        return self.start.count if isinstance(self.start, Swarm) else len(self.start or [()])

    def gradient_noise(self) -> Noise | Sparse | None:
        """The noise of the simulation, if any; its seed is the scene's unless it has its own."""
        return None if self.noise is None else self.noise.build(self.seed)
