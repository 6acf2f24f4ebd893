"""The surface in three dimensions."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from annotated_types import Ge, Gt, Le, Len
from pydantic import AfterValidator

from animate.figure import Drawing, Key, Panel, Traits, View
from animate.panels.options import Colormap, Levels
from animate.panels.relief.camera_path import CameraPath, Pose, Shot, one_at_a_time
from animate.simulate.terrain import ScaleKind, Terrain
from animate.theme import Theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Elevation = Annotated[float, Ge(-90), Le(90)]
Turn = Annotated[float, Ge(-36_000), Le(36_000)]
Path = Annotated[tuple[Shot, ...], Len(0, 64), AfterValidator(one_at_a_time)]
Height = Annotated[float, Gt(0), Le(4)]


@dataclass(frozen=True, kw_only=True)
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

    @property
    def traits(self) -> Traits:
        moves = self.camera_path(1.0).moves
        return Traits(needs=frozenset({"plane"}), moves=moves, heads=True)

    def dress(self, axes: "Axes", view: View, limits: View) -> None:
        axes.set_axis_off()

    def prepare(self, terrain: Terrain, width: int) -> None:
        from animate.panels.relief.renderer import renderer_of

        renderer_of(terrain, self.scale, width)

    def draw(self, axes: "Axes", view: View, limits: View) -> Drawing:
        from animate.panels.relief.model import ReliefArtist
        from animate.panels.relief.renderer import renderer_of

        artist = ReliefArtist(
            self, axes, view, renderer_of(view.terrain, self.scale, view.pixels[0])
        )
        return Drawing(artists=[artist], show=artist.show)

    def key(self, limits: View) -> Key:
        colours = self.theme(limits).terrain_colours(self.levels)
        return Key(colours, limits.terrain.scale(self.scale))

    def theme(self, view: View) -> Theme:
        """The theme with the panel's own colormap, if it has one."""
        return view.theme.with_colormap(self.colormap) if self.colormap else view.theme

    def camera_path(self, seconds: float) -> CameraPath:
        """The camera over `seconds` of movement."""
        start = Pose(self.azimuth, self.elevation)
        return CameraPath(start, self.orbit, self.path, seconds)
