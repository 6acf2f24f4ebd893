"""The surface in three dimensions."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any, Literal

from annotated_types import Ge, Gt, Le, Len
from pydantic import AfterValidator

from animate.figure import Panel, View
from animate.figure.panel import Key
from animate.panels.options import Colormap, Levels
from animate.panels.relief.camera_path import CameraPath, Pose, Shot, one_at_a_time
from animate.simulate.terrain import ScaleKind, Terrain

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from animate.panels.relief.model import ReliefArtist
    from animate.panels.relief.renderer import SurfaceRenderer

Elevation = Annotated[float, Ge(-90), Le(90)]
Turn = Annotated[float, Ge(-36_000), Le(36_000)]
Path = Annotated[tuple[Shot, ...], Len(0, 64), AfterValidator(one_at_a_time)]
Height = Annotated[float, Gt(0), Le(4)]


@dataclass(kw_only=True)
class Relief(Panel):
    """The surface in three dimensions, lit, with the trails on it, dashed where it hides them."""

    elevation: Elevation = 35.0
    azimuth: Turn = -60.0
    orbit: Turn = 0.0
    path: Path = ()
    vertical: Literal["auto"] | Height = "auto"
    light: Turn = 315.0
    levels: Annotated[Levels, Ge(2)] = 24
    scale: ScaleKind = "auto"
    colormap: Colormap | None = None
    lines: bool = True
    floor: bool = False
    drop: bool = False
    _model: "ReliefArtist | None" = field(default=None, init=False, repr=False)
    _studio: "SurfaceRenderer | None" = field(default=None, init=False, repr=False)

    @property
    def moving(self) -> bool:
        return self.flight(1.0).moves

    def dress(self, axes: "Axes", view: View) -> None:  # as every panel
        axes.set_axis_off()

    def prepare(self, terrain: Terrain, width: int) -> None:  # as every panel
        from animate.panels.relief.renderer import SurfaceRenderer

        self._studio = SurfaceRenderer(terrain, self.scale, width)

    def draw(self, axes: "Axes", view: View) -> Sequence[Any]:
        from animate.panels.relief.model import ReliefArtist
        from animate.panels.relief.renderer import SurfaceRenderer

        studio = self._studio or SurfaceRenderer(view.terrain, self.scale, view.pixels[0])
        self._model = ReliefArtist(self, axes, view, studio)
        return [self._model.artist]

    def update(self, step: float) -> None:
        assert self._model is not None
        self._model.show(step)

    def tick(self, frame: int) -> None:
        assert self._model is not None
        self._model.tick(frame)

    def key(self, view: View) -> Key | None:
        return Key(self.theme(view).terrain_colours(self.levels), view.terrain.scale(self.scale))

    def theme(self, view: View):
        """The theme with the panel's own colormap, if it has one."""
        return view.theme.with_colormap(self.colormap) if self.colormap else view.theme

    def flight(self, seconds: float) -> CameraPath:
        """The camera over so many seconds of movement."""
        start = Pose(self.azimuth, self.elevation)
        return CameraPath(start, self.orbit, self.path, seconds)
