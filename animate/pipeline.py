"""The whole story: scene → trajectories → figure → frames → file."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import Any

from animate import figure
from animate import simulate as engine
from animate.figure import Grid, Panel, Player, Split, View
from animate.figure.split import fresh, unsplit
from animate.panels.curves import Curves
from animate.scene import RaceScene, Scene
from animate.scene.diagnostics.placing import about
from animate.scene.load import Script
from animate.scene.start import Swarm
from animate.scene.story import told
from animate.simulate.basins import Basins
from animate.simulate.forked import check_process
from animate.simulate.trajectories import Trajectories
from animate.sources.casting import Cast, cast
from animate.sources.description import narrate
from animate.sources.displays import display
from animate.sources.films import film
from animate.sources.multiples import multiples
from animate.sources.strips import Moments, check_strip, strip
from animate.text import Words
from animate.theme import Theme, theme
from animate.writers import Written
from animate.writers.export import Provenance, Watch, deliver, write_frame

DRAWING = "matplotlib.backends.backend_agg"
"""Imported beside the race: while JAX compiles, the interpreter has nothing else to do."""


def trace(scene: Scene) -> Trajectories:
    """The paths of the scene's optimizers. Raises AnimateError in a forked process."""
    check_process()
    with about(scene):
        return (
            _run(cast(scene)) if isinstance(scene, RaceScene) else display(scene).view.trajectories
        )


def stage(scene: Scene, moments: Moments | None = None) -> Player:
    """The scene's figure, everything that stands still drawn, ready to play.

    With `moments` it is a strip of them, the same in every frame.
    """
    check_process()
    Thread(target=import_module, args=(DRAWING,), daemon=True).start()
    with about(scene):
        if isinstance(scene, RaceScene):
            return _raced(scene, moments=moments)
        shown = display(scene)
        view = replace(shown.view, description=narrate(shown.view, shown.title))
        return _composed(scene, shown.panels, view, shown.title, moments)


def rehearse(scene: RaceScene) -> Cast:
    """The race, its stage set and nothing played. Raises NoRoom and UnfitScene."""
    check_process()
    panels = [part.panel for part in scene.panels.cells()]
    with about(scene):
        players = cast(scene, inside=any(panel.looks_inside() for panel in panels))
        if not any(panel.basin_cells() for panel in panels):  # which takes longer than the race
            _raced(scene, players)
    return players


def describe(scene: Scene) -> str:
    """What happens, in two or three sentences that serve as alt text."""
    with about(scene):
        if not isinstance(scene, RaceScene):
            shown = display(scene)
            return narrate(shown.view, shown.title)
        players = cast(scene)
        view = _view(scene, players, _run(players))
        return narrate(_told(scene, view), _title(scene, players, view))


def _told(scene: RaceScene, seen: View) -> View:
    """What is told of: all of a race; of a film its first value, the middle one and the last."""
    if scene.sweep is None or scene.sweep.layout != "film":
        return seen
    groups = scene.sweep.groups(len(seen.names))
    told = sorted({k for group in (groups[0], groups[len(groups) // 2], groups[-1]) for k in group})
    names = tuple(seen.names[k] for k in told)
    return replace(seen, trajectories=seen.trajectories.only(told), names=names)


def _raced(scene: RaceScene, players: Cast | None = None, moments: Moments | None = None) -> Player:
    panels = scene.panels.map(fresh)
    inside = any(unsplit(part).looks_inside() for part in panels.cells())
    players = players or cast(scene, inside=inside)
    for part in panels.cells():
        unsplit(part).prepare(players.terrain, scene.style.size[0])
    seen = _view(scene, players, _run(players))
    title = _title(scene, players, seen)
    seen = replace(
        seen,
        basins=_basins(players, scene, map(unsplit, panels.cells())),
        description=narrate(_told(scene, seen), title),
    )
    if scene.sweep is not None and scene.sweep.layout != "race":
        cut = multiples if scene.sweep.layout == "grid" else film
        panels, seen = cut(scene, scene.sweep, seen)
    return _composed(scene, panels, seen, title, moments)


def _composed(
    scene: Scene,
    panels: Grid[Panel | Split],
    view: View,
    title: str,
    moments: Moments | None,
) -> Player:
    legend = scene.style.legend
    if moments is None:
        return figure.compose(panels, view, title=title, legend=legend)
    panels, view = strip(panels, view, moments)
    return figure.compose(panels, view, title=title, legend=legend, counter=False)


def render(
    script: Script,
    targets: Sequence[Path],
    *,
    watch: Watch,
    settings: Mapping[str, Any],
    source: bool = True,
) -> list[Written]:
    """Write the scene to every target; unless `source` is false, its text travels inside.

    `watch` sees the frames go by; `settings` are what the picture depends on beside the scene.
    """
    wrapping = Provenance(script.text if source else None, {**settings, **script.facts})
    staged = partial(_staged, script.scene)
    with script.placing():
        return deliver(staged, targets, wrapping, script.scene.output, watch)


def still(script: Script, target: Path, seconds: float | None, *, source: bool = True) -> Written:
    """Write the frame that is shown at `seconds`, or the last one, as .png, .svg or .pdf."""
    with script.placing():
        ready = stage(script.scene)
    timeline = ready.view.timeline
    frame = timeline.frames - 1 if seconds is None else timeline.frame_at(seconds)
    settings = {} if seconds is None else {"at": seconds}
    return write_frame(ready, target, frame, Provenance(script.text if source else None, settings))


def still_strip(script: Script, target: Path, moments: Moments, *, source: bool = True) -> Written:
    """Write the picture at several moments side by side, as one .png, .svg or .pdf."""
    with script.placing():
        check_strip(script.scene, moments)
        ready = stage(script.scene, moments)
    return write_frame(
        ready,
        target,
        moments.last(ready.view.timeline),
        Provenance(script.text if source else None, moments.settings),
    )


def _staged(scene: Scene, fps: float, scale: float) -> Player:
    """The stage with a share of the frames and of the size that the scene asks for."""
    if (fps, scale) == (1.0, 1.0):
        return stage(scene)
    width, height = (max(64, round(scale * side)) for side in scene.style.size)
    style = scene.style.model_copy(update={"size": (width, height)})
    timing = scene.timing.model_copy(update={"fps": fps * scene.timing.fps})
    return stage(scene.model_copy(update={"style": style, "timing": timing}))


def _run(players: Cast) -> Trajectories:
    return players.race.trace([racer.rate for racer in players.racers])


def _title(scene: RaceScene, players: Cast, view: View) -> str:
    surface = players.surface
    return view.words.title(surface.name, surface.title) if scene.title is None else scene.title


def _basins(players: Cast, scene: RaceScene, panels: Iterable[Panel]) -> dict[int, Basins]:
    """The basins in as many cells to a side as any panel asks for."""
    return {
        cells: engine.map_basins(
            players.terrain, players.racers, scene.steps, cells, noise=players.noise
        )
        for cells in sorted({panel.basin_cells() for panel in panels} - {0})
    }


def _view(scene: RaceScene, players: Cast, paths: Trajectories) -> View:
    looks = theme(scene.style.theme)
    timeline, words = scene.timeline(scene.steps), Words(scene.style.language)
    return View(
        terrain=players.terrain,
        trajectories=paths,
        timeline=timeline,
        theme=looks,
        pixels=scene.style.size,
        names=tuple(each.shown() for each in scene.optimizers),
        notes=tuple(
            words("schedule") if rate is None else words.number(rate) for rate in paths.rates
        ),
        colours=_colours(scene, looks),
        words=words,
        story=told(scene.story, timeline, players.terrain.window),
        constants=tuple(each.constants() for each in scene.optimizers),
        swarm=isinstance(scene.start, Swarm),
        formulas=tuple(each.formula() for each in scene.optimizers),
        tail=None if scene.style.trail == "all" else scene.style.trail,
    )


def _colours(scene: RaceScene, looks: Theme) -> tuple[str, ...]:
    """One colour an optimizer; a quiet one where colours say something else of a swarm or a map
    and no curve needs to be told from another.

    What stands side by side, or one after the other in a film, is one optimizer in one colour.
    """
    panels = [part.panel for part in scene.panels.cells()]
    said = {getattr(panel, "color_by", None) for panel in panels}
    curves = any(isinstance(panel, Curves) for panel in panels)
    elsewhere = isinstance(scene.start, Swarm) and said & {"basin", "loss"} and not curves
    elsewhere = elsewhere or all(panel.basin_cells() for panel in panels)
    sweep = None if scene.sweep is None or scene.sweep.layout == "race" else scene.sweep
    return tuple(
        each.color or (looks.muted if elsewhere else looks.trail(sweep.before(k) if sweep else k))
        for k, each in enumerate(scene.optimizers)
    )
