"""What a widget draws: the paths of a scene over its picture, in pixels of it."""

import warnings
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import TYPE_CHECKING, Any

import numpy as np

from animate import pipeline
from animate._lazy import lazy
from animate.errors import UsageError
from animate.figure import Grid
from animate.figure.player import Player
from animate.figure.reading import Plane, Reading
from animate.kept import Kept
from animate.scene import RaceScene, Scene
from animate.scene.load import Script
from animate.scene.start import Swarm
from animate.simulate.terrain import Terrain
from animate.sources import Solution
from animate.watch import USUAL, Effort, Watch

if TYPE_CHECKING:
    from PIL import Image
else:
    Image = lazy("PIL.Image")

_MOST_KEPT = 24
"""Surfaces, makers of optimizers and compiled races of a scene that are kept."""
_MAPS = ("contour", "curve")
"""The panels over which paths are drawn."""
_DIGITS = 4
"""Of a loss in the table."""


@dataclass(frozen=True)
class Ground:
    """A picture of which the paths are left out: what is told of it, and where they belong."""

    told: Mapping[str, Any]
    reading: Reading
    plane: Plane


@dataclass
class Board:
    """Solves and draws one scene after another, which differ in numbers; what was compiled for one
    serves the next."""

    _kept: tuple[object, Kept] | None = field(default=None, init=False)

    def trace(self, script: Script, watch: Watch = USUAL.watch) -> Solution:
        """The paths. Raises SceneError."""
        with _quietly(script):
            return pipeline.solve(script.scene, (), table=True, effort=self._effort(script, watch))

    def ground(self, script: Script, watch: Watch = USUAL.watch) -> Ground:
        """The picture of the scene's map alone. Raises SceneError, or UsageError where there is
        none."""
        scene = _with_map_alone(script.scene)
        with _quietly(script):
            solution = pipeline.solve(scene, effort=self._effort(script, watch))
            player = pipeline.play(scene, solution, counter=False)  # all steps are seen
            picture, told = player.picture(0), player.reading()
        (plane,) = [*told.planes, *told.graphs]
        return Ground(_told(player, told, plane, picture), told, plane)

    def _effort(self, script: Script, watch: Watch) -> Effort:
        """With what is kept, as long as the files that the scene names stay as they are."""
        if self._kept is None or self._kept[0] != script.facts:
            self._kept = script.facts, Kept(_MOST_KEPT)
        return Effort(watch=watch, kept=self._kept[1])


def _with_map_alone(scene: Scene) -> Scene:
    """The scene with its first map, or graph, in place of all panels: others would have to follow
    the sliders too. Raises UsageError where it has none."""
    entries = scene.panels.cells() if scene.panels else ()
    chosen = next((each for each in entries if each.name in _MAPS), None)
    if chosen is None:
        raise UsageError(
            "panels: a widget draws all paths over one panel 'contour' (of one variable: "
            "'curve'), and this scene has none; add it"
        )
    return scene.model_copy(update={"panels": Grid([[replace(chosen, split=False)]])})


@contextmanager
def _quietly(script: Script) -> Generator[None]:
    """A context without remarks, whose mistakes are told at their places."""
    with warnings.catch_warnings(), script.placing():
        warnings.simplefilter("ignore")
        yield


def check_fit(script: Script) -> None:
    """Raises UsageError where a widget could not show the scene, before anything is computed."""
    scene = script.scene
    if not isinstance(scene, RaceScene):
        raise UsageError(
            "a widget moves the paths of optimizers over a surface of one or two variables, and "
            "this scene has no such surface; show the scene itself"
        )
    if not script.origin.data:
        raise UsageError("a widget changes what a scene says; give it one of animate.read or scene")
    if scene.sweep is not None:
        raise UsageError("sweep: a slider takes the place of a sweep; leave it out")
    if isinstance(scene.start, Swarm):
        raise UsageError("start: a widget draws paths, and a swarm is dots; begin at single places")


def paths_of(solution: Solution, ground: Ground) -> dict[str, Any]:
    """What is told of the paths: float32 pixels [optimizer, run, step, 2], and a row for each."""
    paths, reading = solution.trajectories, ground.reading
    places = paths.positions
    if places.shape[-1] == 1:
        places = np.concatenate([places, paths.losses[..., None]], axis=-1)
    return {
        "shape": [*places.shape],
        "positions": _pixels(places, ground.plane),
        "graph": _graph(solution.terrain, ground.plane),
        "runs": [
            {
                "name": each.name,
                "colour": each.colour,
                "dash": [*reading.theme.dash(each.optimizer)],
                "loss": _end(solution, reading, each.optimizer, each.run),
            }
            for each in reading.runs
        ],
    }


def _end(solution: Solution, reading: Reading, optimizer: int, run: int) -> str:
    """The loss at the end of a run, or the step at which it was lost."""
    paths, words = solution.trajectories, reading.words
    end = int(paths.ends[optimizer, run])
    if paths.lost[optimizer, run]:
        return words("lost", step=end)
    last = int(np.searchsorted(paths.steps, end, side="right")) - 1
    return words.number(float(paths.losses[optimizer, run, last]), _DIGITS)


def _pixels(places: np.ndarray, plane: Plane) -> bytes:
    left, top, right, bottom = plane.box
    (x0, x1), (y0, y1) = plane.windows[0]
    share = (places - (x0, y0)) / (x1 - x0, y1 - y0)
    pixels = (left, bottom) + share * (right - left, top - bottom)
    with np.errstate(over="ignore"):
        return pixels.astype("<f4").tobytes()


def _graph(terrain: Terrain, plane: Plane) -> bytes:
    """The graph of a function of one variable, a place a column of pixels; of two nothing."""
    if terrain.variables == 2:
        return b""
    left, _, right, _ = plane.box
    x = np.linspace(*plane.windows[0][0], round(right - left) + 1)
    return _pixels(np.stack([x, terrain.heights(x)], axis=-1), plane)


def _told(player: Player, reading: Reading, plane: Plane, picture: np.ndarray) -> Mapping[str, Any]:
    view, words = player.view, reading.words
    return {
        "png": _png(picture),
        "size": [*view.pixels],
        "box": [float(side) for side in plane.box],
        "alt": view.description,
        "paper": reading.theme.paper,
        "ink": reading.theme.ink,
        "casing": reading.theme.casing,
        "lines": {role: view.line(role) for role in ("trail", "casing", "head")},
        "words": {
            "logarithmic": words("widget logarithmic"),
            "end": words("widget end"),
            "name": words("page name"),
        },
    }


def _png(picture: np.ndarray) -> bytes:
    stream = BytesIO()
    Image.fromarray(np.ascontiguousarray(picture[..., :3])).save(stream, "png")
    return stream.getvalue()
