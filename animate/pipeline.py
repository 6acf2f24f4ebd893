"""The whole program: read a scene, solve it, facet, compose and play it, write the frames.

`render` is the sentence; `trace`, `describe`, `still` and `dry_run` stop earlier on the same way.
"""

import warnings
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from animate.errors import AnimateError, Mistake, Remark, UnfitScene, sentence
from animate.figure import PanelEntry, View
from animate.figure.compose import compose
from animate.figure.facets import facet
from animate.figure.player import Player
from animate.figure.strip import Moments, check_moments, strip
from animate.figure.text.dollars import dollars_read
from animate.scene import RaceScene, Scene
from animate.scene.fonts import remarks
from animate.scene.load import Script
from animate.simulate.forked import check_process
from animate.simulate.numerics import float32
from animate.simulate.trajectories import Trajectories
from animate.sources import Request, Solution, panels_of, view_of
from animate.sources import solve as solve_scene
from animate.sources.race import RaceProblem, prepare_all, together
from animate.watch import USUAL, Effort
from animate.writers import DoesNotFit, Written, writer_of
from animate.writers.export import Progress, Provenance, check_formats, export, write_frame
from animate.writers.formats import check_still
from animate.writers.places import NEEDED, check_places
from animate.writers.table import write_table

_DRAWING = "matplotlib.backends.backend_agg"
"""Imported beside the simulation: while JAX compiles, the interpreter has nothing else to do."""


def solve(
    scene: Scene,
    panels: Sequence[PanelEntry] | None = None,
    *,
    table: bool = False,
    effort: Effort = USUAL,
) -> Solution:
    """Everything that the scene shows, whatever the size of its picture.

    `panels` are those that will show it, by themselves the scene's; `table`: its paths are written
    as numbers. What none of these needs is not computed. Raises UnfitScene where there is nothing
    to show, AnimateError in a forked process.
    """
    check_process()
    if panels is None:
        tell_fonts(scene)
    with float32():
        shown = _panels(scene) if panels is None else panels
        return solve_scene(scene, Request(shown, table, effort))


def play(
    scene: Scene, solution: Solution, moments: Moments | None = None, *, counter: bool = True
) -> Player:
    """The scene's figure, everything that stands still drawn, ready to play.

    With `moments` it is a strip of them, the same in every frame; without `counter` it does not
    tell the step. Raises UnfitScene and NoRoom.
    """
    _load_drawing()
    view, panels = view_of(scene, solution), panels_of(scene, solution)
    if moments is None:
        facets = facet(panels, view, solution.values)
    else:
        facets = strip(panels, view, moments, solution.values)
    if not counter:
        facets = replace(facets, counter=False)
    player = compose(facets, title=solution.title, legend=scene.style.named)
    if moments is None and scene.timing.end == "card" and player.count == view.timeline.frames:
        _tell_no_card(view)
    return player


def _tell_no_card(view: View) -> None:
    """Warn that a card which was asked for is not there."""
    width, height = view.pixels
    why = (
        f"the legend of this picture of {width} × {height} has no room for the end card; enlarge "
        "style.size, or leave end out"
        if view.timeline.holds
        else "the end card is seen while the clip holds, and it does not; give timing.hold seconds"
    )
    warnings.warn(why, Remark, stacklevel=3)


def stage(scene: Scene, moments: Moments | None = None) -> Player:
    """The scene solved, and ready to play."""
    return play(scene, solve(scene), moments)


def trace(scene: Scene, effort: Effort = USUAL) -> Trajectories:
    """The paths of the scene's optimizers."""
    return _paths(solve(scene, (), table=True, effort=effort))


def _paths(solution: Solution) -> Trajectories:
    paths = solution.trajectories
    return replace(paths, labels=tuple(map(dollars_read, paths.labels)))


def describe(scene: Scene, effort: Effort = USUAL) -> str:
    """What happens, in two or three sentences that serve as alt text."""
    return view_of(scene, solve(scene, (), effort=effort)).description


def dry_run(scene: RaceScene) -> tuple[tuple[RaceProblem, ...], int | None]:
    """The simulation ready to run, one for each value of a sweep of the surface, and how many
    frames the picture has, which is composed once for that; None: it takes longer than all else.

    Raises NoRoom and UnfitScene.
    """
    check_process()
    tell_fonts(scene)
    panels = _panels(scene)
    with float32():
        problems = prepare_all(scene, panels)
    if any(entry.panel.traits.basin_cells for entry in panels):
        return problems, None
    with float32():
        solution = together(scene, problems, panels)
    return problems, play(scene, solution).count


def tell_fonts(scene: Scene) -> None:
    """Warn of every font, beside the theme's, that signs of the scene are taken from."""
    for remark in remarks(scene):
        warnings.warn(remark, Remark, stacklevel=3)


def check_targets(script: Script, targets: Sequence[Path]) -> None:
    """Whether the scene's clip can be written to every target: solving may take minutes.

    Raises UsageError.
    """
    timing, (width, height) = script.scene.timing, script.scene.style.size
    size = NEEDED * timing.fps * (timing.seconds + timing.hold) * width * height
    check_formats(targets, script.scene.output.options)
    clock = script.scene.clock()
    check_places(targets, script.inputs, size, clock and clock.frames)


def render(
    script: Script,
    targets: Sequence[Path],
    *,
    progress: Progress,
    settings: Mapping[str, Any],
    source: bool = True,
    effort: Effort = USUAL,
) -> list[Written]:
    """Write the scene to every target; unless `source` is false, its text travels inside.

    `progress` sees the frames go by; `settings` are what the picture depends on beside the scene.
    """
    check_targets(script, targets)
    scene, output = script.scene, script.scene.output
    provenance = Provenance(script.text if source else None, {**settings, **script.facts})
    with script.placing():
        played = partial(_resized, scene, solve(scene, effort=effort))
        with _limited():
            return export(
                played, targets, provenance, progress, options=output.options, limit=output.max_size
            )


def still(
    script: Script,
    target: Path,
    seconds: float | None,
    *,
    source: bool = True,
    effort: Effort = USUAL,
) -> Written:
    """Write the frame that is shown at `seconds`, or the last one, as .png, .svg or .pdf."""
    seen = () if seconds is None else (seconds,)
    _check_still(script, target, seen)

    def frame(player: Player) -> int:
        check_moments(seen, player.view.timeline)
        return player.count - 1 if seconds is None else player.frame_at(seconds)

    settings = {} if seconds is None else {"at": seconds}
    provenance = Provenance(script.text if source else None, settings)
    return _write_still(script, target, None, frame, provenance, effort)


def still_strip(
    script: Script,
    target: Path,
    moments: Moments,
    *,
    source: bool = True,
    effort: Effort = USUAL,
) -> Written:
    """Write the picture at several moments side by side, as one .png, .svg or .pdf."""
    _check_still(script, target, moments.seconds)
    provenance = Provenance(script.text if source else None, moments.settings)
    return _write_still(
        script, target, moments, lambda player: player.view.timeline.frames - 1, provenance, effort
    )


def _write_still(
    script: Script,
    target: Path,
    moments: Moments | None,
    frame: Callable[[Player], int],
    provenance: Provenance,
    effort: Effort,
) -> Written:
    """Write one frame of the scene, or of a strip of it, within the scene's limit."""
    with script.placing():
        solution = solve(script.scene, effort=effort)
        played = partial(_resized, script.scene, solution, moments=moments)
        with _limited():
            return write_frame(played, target, frame, provenance, script.scene.output.max_size)


@contextmanager
def _limited() -> Generator[None]:
    """Raises UnfitScene, with the limit's place, where a file does not fit into it."""
    try:
        yield
    except DoesNotFit as error:
        raise UnfitScene([Mistake(("output", "max_size"), str(error))]) from error


def write_trace(script: Script, *targets: Path, effort: Effort = USUAL) -> list[Written]:
    """Write the paths of the scene's optimizers as .csv, .json or .npz, into each of `targets`; of
    a network also its plane into an .npz."""
    for target in targets:
        writer_of(target, "paths")
    check_places(targets, script.inputs)
    with script.placing():
        solution = solve(script.scene, (), table=True, effort=effort)
        beside = solution.table()
    return [write_table(_paths(solution), target, beside) for target in targets]


def _load_drawing() -> None:
    """Import what draws. Raises AnimateError where a setting of the user's keeps it from that."""
    try:
        import_module(_DRAWING)
    except Exception as error:  # a matplotlibrc of any bytes, a backend of any name
        raise AnimateError(
            f"matplotlib cannot start ({sentence(error)}); look at its matplotlibrc and MPLBACKEND"
        ) from error


def _check_still(script: Script, target: Path, seconds: Sequence[float]) -> None:
    check_still(target)
    check_places([target], script.inputs)
    if clock := script.scene.clock():
        check_moments(seconds, clock)


def _panels(scene: Scene) -> Sequence[PanelEntry]:
    return list(scene.panels.cells()) if scene.panels else []


def _resized(
    scene: Scene, solution: Solution, fps: float, scale: float, moments: Moments | None = None
) -> Player:
    """The player, or the strip of `moments`, with a share of the frames and of the size that the
    scene asks for."""
    if (fps, scale) != (1.0, 1.0):
        width, height = (max(64, round(scale * side)) for side in scene.style.size)
        style = scene.style.model_copy(update={"size": (width, height)})
        timing = scene.timing.model_copy(update={"fps": fps * scene.timing.fps})
        scene = scene.model_copy(update={"style": style, "timing": timing})
    return play(scene, solution, moments)
