"""The surface in three dimensions."""

from collections.abc import Sequence
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

Auto = Literal["auto"]
Elevation = Annotated[float, Ge(-90), Le(90)]
Turn = Annotated[float, Ge(-36_000), Le(36_000)]
Path = Annotated[tuple[Shot, ...], Len(0, 64), AfterValidator(one_at_a_time)]
Height = Annotated[float, Gt(0), Le(4)]

SWING = 40.0
"""Degrees that a camera turns by which finds its own azimuth: half of them to either side."""
_BY_HAND = Pose(-60.0, 35.0)
"""Where the camera starts of which a scene gives the path, and what else it leaves out."""


@dataclass(frozen=True, kw_only=True)
class Relief(Panel):
    """The surface in three dimensions, lit, with the trails on it, dashed where it hides them."""

    elevation: Elevation | None = None
    azimuth: Auto | Turn | None = None
    orbit: Turn | None = None
    path: Path = ()
    vertical: Auto | Height = "auto"
    light: Turn = 315.0
    levels: Annotated[Levels, Ge(2)] = 24
    scale: ScaleKind = "auto"
    colormap: Colormap | None = None
    lines: bool = True
    floor: bool = False
    drop: bool = False

    @property
    def traits(self) -> Traits:
        moves = self.camera_path(_BY_HAND, 1.0).moves
        return Traits(needs=frozenset({"plane"}), moves=moves, heads=True, notes="relief")

    def dress(self, axes: "Axes", view: View, limits: View) -> None:
        axes.set_axis_off()

    def prepare(self, terrain: Terrain, width: int) -> None:
        from animate.panels.relief.renderer import renderer_of

        renderer_of(terrain, self.scale, width)

    def draw(self, axes: "Axes", view: View, limits: View) -> Drawing:
        from animate.panels.relief.model import ReliefArtist
        from animate.panels.relief.renderer import renderer_of

        artist = ReliefArtist(
            self, axes, (view, limits), renderer_of(view.terrain, self.scale, view.pixels[0])
        )
        return Drawing(artists=[artist], show=artist.show)

    def colour_keys(self, limits: View) -> Sequence[Key]:
        colours = self.theme(limits).terrain_colours(self.levels)
        return (Key(colours, limits.terrain.scale(self.scale), limits.quantity or None),)

    def theme(self, view: View) -> Theme:
        """The theme with the panel's own colormap, if it has one."""
        return view.theme.with_colormap(self.colormap) if self.colormap else view.theme

    def start(self, view: View) -> Pose:
        """The camera's first pose: the scene's, or one from which the paths of `view` are seen."""
        from animate.panels.relief.bearing import Wish, bearing

        if self._finds:
            vertical = None if self.vertical == "auto" else self.vertical
            return bearing(view, Wish(self.elevation, vertical, self._turn, self.scale))
        azimuth, elevation = self.azimuth, self.elevation
        return Pose(
            _BY_HAND.azimuth if azimuth is None or azimuth == "auto" else azimuth,
            _BY_HAND.elevation if elevation is None else elevation,
        )

    def camera(self, view: View) -> tuple[float, float] | None:
        if self.path:
            return None
        pose = self.start(view)
        return pose.azimuth, pose.elevation

    def camera_path(self, start: Pose, seconds: float) -> CameraPath:
        """The camera from `start` over `seconds` of movement."""
        return CameraPath(start, self._turn, self.path, seconds)

    @property
    def _turn(self) -> float:
        """The degrees that the camera turns by in all."""
        if self.orbit is not None:
            return self.orbit
        return SWING if self._finds else 0.0

    @property
    def _finds(self) -> bool:
        """Whether the camera finds its own azimuth: the scene says so, or says nothing of it."""
        free = self.azimuth is None and self.orbit is None
        return not self.path and (free or self.azimuth == "auto")
