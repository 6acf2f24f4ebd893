"""RecordedScene: paths that were made elsewhere, on a surface that was, too."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Self

from pydantic import Field, ValidationInfo, field_validator, model_validator

from animate.errors import Path
from animate.figure.text.drawable import drawable
from animate.networks.plane_files import PlaneFile, read_plane
from animate.scene.base import SceneBase
from animate.scene.context import SceneFile
from animate.scene.panels import Panels, read_panels
from animate.scene.surface import AnySurface, GridSurface, SurfacePart
from animate.simulate.trajectories import Trajectories
from animate.surfaces.recording import read_beside, read_paths

if TYPE_CHECKING:
    import numpy as np


class RecordedScene(SceneBase):
    """Recorded paths, the surface that they run over, and how both are shown."""

    surface: AnySurface
    paths: SceneFile
    panels: Panels = Field(default="contour", validate_default=True)  # pyright: ignore[reportIncompatibleVariableOverride]  # scenes are frozen

    @property
    def features(self) -> frozenset[str]:
        own = {"network", "finding"} if self.network else {"minima"}
        return self.surface.features | {"optimizers", "losses", "heads"} | own

    @cached_property
    def network(self) -> PlaneFile | None:
        """The plane, if it is a network's and the paths tell how far they are off it."""
        if not isinstance(self.surface, GridSurface) or self.beside is None:
            return None
        return read_plane(FilePath(self.surface.grid))

    @cached_property
    def beside(self) -> "tuple[np.ndarray, np.ndarray] | None":
        """The losses on the plane below the paths and the distances from it [path, step]."""
        return read_beside(self.paths)

    @property
    def first_step(self) -> int:
        return self.trajectories.first_step

    @property
    def last_step(self) -> int:
        return self.trajectories.last_step

    def texts(self) -> Iterator[tuple[Path, str]]:
        yield from super().texts()
        yield from ((("paths",), label) for label in self.trajectories.labels)

    @field_validator("surface")
    @classmethod
    def _facts_are_whole(cls, surface: SurfacePart) -> SurfacePart:
        if isinstance(surface, GridSurface):
            read_plane(FilePath(surface.grid))
        return surface

    @model_validator(mode="after")
    def _with_its_panel(self) -> Self:
        """The scene with the panel that shows its surface, where it names none."""
        if "panels" in self.model_fields_set:
            return self
        return self.model_copy(update={"panels": read_panels(self.surface.panel)})

    @field_validator("paths")
    @classmethod
    def _labels_can_be_drawn(cls, paths: str, info: ValidationInfo) -> str:
        surface: SurfacePart | None = info.data.get("surface")
        if surface is None:
            return paths
        read_beside(paths)
        for label in read_paths(paths, surface.variables).labels:
            try:
                drawable(label)
            except ValueError as error:
                name = paths.replace("\\", "/").rpartition("/")[2]
                raise ValueError(f"{name}: the optimizer {label!r}: {error}") from None
        return paths

    @cached_property
    def trajectories(self) -> Trajectories:
        """The paths that the file holds, named as they are drawn. Raises UsageError."""
        paths = read_paths(self.paths, self.surface.variables)
        return replace(paths, labels=tuple(map(drawable, paths.labels)))
