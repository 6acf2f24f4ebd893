"""Which panels can show which scene: told at once, before any race is run or network trained."""

from collections.abc import Iterator
from typing import Any

from animate.errors import Mistake
from animate.figure import Panel
from animate.figure.split import unsplit
from animate.panels import PANELS
from animate.scene import ExperimentScene, RecordedScene, Scene
from animate.scene.network import Network
from animate.scene.picture import build_panel, panel_name
from animate.scene.start import Swarm

_LEAST_PIXELS = 48 * 48
"""Of the picture, for each panel with its labels."""


def misplaced(scene: Any) -> Iterator[Mistake]:
    """The panels that have nothing to show in this scene."""
    if scene.panels is None:
        return
    cells = list(scene.panels.cells())
    yield from _crowded(scene, len(cells))
    for part in cells:
        name, panel = panel_name(part), unsplit(build_panel(part))
        why = _of_experiments(scene, name) or _of_races(scene, name, panel)
        if why:
            yield Mistake(("panels",), f"panels: {name!r} {why}")


def _crowded(scene: Any, count: int) -> Iterator[Mistake]:
    sweep = getattr(scene, "sweep", None)
    if sweep is not None and sweep.layout == "grid":
        count *= len(sweep.values)
    width, height = scene.style.size
    if count * _LEAST_PIXELS > width * height:
        why = f"{width} × {height} pixels leave no room for {count} panels; make the picture larger"
        yield Mistake(("style", "size"), why)


def _of_experiments(scene: Any, name: str) -> str | None:
    """What an experiment's panel lacks in a scene without its experiment."""
    shows = PANELS[name].facts.get("shows")
    if shows is None:
        return None
    there = scene.experiment.name if isinstance(scene, ExperimentScene) else ""
    if (there or _is_network(scene)) and (not shows or there in shows):
        return None
    known = [f"the experiment {each}" if each else "a network" for each in shows]
    return f"shows {' or '.join(known) or 'an experiment or a network'} only; leave it out"


def _of_races(scene: Any, name: str, panel: Panel) -> str | None:
    """What a panel about the insides of a race lacks."""
    race = isinstance(scene, Scene) and not _is_network(scene)
    if not race and (panel.looks_inside() or panel.basin_cells()):
        return "needs the optimizers of a race on a surface; leave it out"
    if not race and panel.needs_minima and not _has_minima(scene):
        return "is measured to the nearest known minimum, and there is none; leave it out"
    if not race:
        return None
    if isinstance(scene.start, Swarm) and getattr(panel, "vectors", ()):
        return "cannot draw 'vectors' at a swarm; leave them out, or give single starts"
    if name == "formula" and not any(each.formula() for each in scene.optimizers):
        return f"knows no update rule of {', '.join(scene.labels())}; leave it out"
    return None


def _is_network(scene: Any) -> bool:
    return isinstance(scene, Scene) and isinstance(scene.surface, Network)


def _has_minima(scene: Any) -> bool:
    return isinstance(scene, RecordedScene) and bool(scene.surface.build().minima)
