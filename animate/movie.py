"""The whole story: scene → trajectories → figure → frames → file."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import Any

from animate import engine, figure, writers
from animate.casting import Cast, cast
from animate.clip import Clip, Frame
from animate.figure import Stage, View
from animate.reading import Script
from animate.scene import Scene
from animate.scene.picture import build_panel
from animate.terrain import Terrain
from animate.theme import theme
from animate.timeline import Timeline
from animate.trajectories import Trajectories
from animate.words import Words
from animate.writers import Written

DRAWING = "matplotlib.backends.backend_agg"
"""Imported beside the race: while JAX compiles, the interpreter has nothing else to do."""

VECTOR = (".svg", ".pdf")

Watch = Callable[[Iterable[Frame], int], Iterable[Frame]]


def trace(scene: Scene) -> Trajectories:
    """The paths of the scene's optimizers."""
    return _run(cast(scene), scene)


def stage(scene: Scene) -> Stage:
    """The scene's figure, everything that stands still drawn, ready to play."""
    Thread(target=import_module, args=(DRAWING,), daemon=True).start()
    players = cast(scene)
    seen = _view(scene, players, _run(players, scene))
    panels = [[build_panel(part) for part in row] for row in scene.panels]
    surface = players.surface
    title = seen.words.title(surface.name, surface.title) if scene.title is None else scene.title
    return figure.compose(panels, seen, title=title, legend=scene.style.legend)


def render(
    script: Script,
    targets: Sequence[Path],
    *,
    watch: Watch,
    settings: Mapping[str, Any],
    source: bool = True,
) -> list[Written]:
    """Write the scene to every target from one pass over its frames; .svg and .pdf: the last one.

    `watch` sees the frames go by; `settings` and, unless `source` is false, the scene's text travel
    inside the files.
    """
    ready = stage(script.scene)
    clip = _clip(script, ready, settings, source=source)
    moving = {path: {} for path in targets if path.suffix.lower() not in VECTOR}
    stills = [path for path in targets if path not in moving]
    written = (
        list(writers.write_all(clip, watch(ready.frames(), clip.frames), moving)) if moving else []
    )
    return written + [_write_vector(ready, path, clip.frames - 1) for path in stills]


def still(script: Script, target: Path, seconds: float | None, *, source: bool = True) -> Written:
    """Write the frame that is shown at `seconds`, or the last one, as .png, .svg or .pdf."""
    ready = stage(script.scene)
    timeline = ready.view.timeline
    frame = timeline.frames - 1 if seconds is None else timeline.frame_at(seconds)
    if target.suffix.lower() in VECTOR:
        return _write_vector(ready, target, frame)
    clip = _clip(script, ready, {}, source=source)
    return writers.write(clip, [Frame(ready.picture(frame), None)], target)


def _run(players: Cast, scene: Scene) -> Trajectories:
    return engine.trace(
        players.surface.function, players.racers, players.starts, scene.steps, noise=players.noise
    )


def _view(scene: Scene, players: Cast, paths: Trajectories) -> View:
    looks, surface = theme(scene.style.theme), players.surface
    timing, words = scene.timing.model_dump(), Words(scene.style.language)
    return View(
        terrain=Terrain(surface.function, surface.window, surface.minima),
        trajectories=paths,
        timeline=Timeline(scene.steps, **timing),
        theme=looks,
        pixels=scene.style.size,
        names=tuple(each.shown() for each in scene.optimizers),
        notes=tuple(
            words("schedule") if rate is None else words.number(rate) for rate in paths.rates
        ),
        colours=tuple(each.color or looks.trail(k) for k, each in enumerate(scene.optimizers)),
        words=words,
        tail=None if scene.style.trail == "all" else scene.style.trail,
    )


def _clip(script: Script, ready: Stage, settings: Mapping[str, Any], *, source: bool) -> Clip:
    timeline, (width, height) = ready.view.timeline, ready.view.pixels
    return Clip(
        width=width,
        height=height,
        frames=timeline.frames,
        fps=timeline.fps,
        duration=timeline.duration,
        loop=timeline.loop,
        picture=ready.picture,
        inks=ready.inks(),
        source=script.text if source else None,
        settings=settings,
    )


def _write_vector(ready: Stage, target: Path, frame: int) -> Written:
    return writers.write_by(
        lambda path: ready.save_vector(frame, path, target.suffix.lower()[1:]), target
    )
