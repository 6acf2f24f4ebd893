"""From what a scene says to what the engine takes: surface, starts, racers and their rates."""

from dataclasses import dataclass, replace

import numpy as np

from animate.complaints import MAX_MISTAKES
from animate.engine import Noise, Racer, RateTable, search_rates
from animate.engine.race import Schedule as Rule
from animate.engine.rates import HIGHEST, LOWEST
from animate.errors import Mistake, UnfitScene
from animate.panels import PANELS
from animate.scene import Scene
from animate.scene.picture import panel_name
from animate.scene.rate import Schedule
from animate.scene.start import Swarm
from animate.surfaces import Surface
from animate.terrain import Terrain


@dataclass(frozen=True)
class Cast:
    """Everything a race needs. `tables` are those of the optimizers whose rate was searched for."""

    surface: Surface
    terrain: Terrain
    starts: np.ndarray
    racers: tuple[Racer, ...]
    noise: Noise | None
    tables: tuple[RateTable, ...]


def cast(scene: Scene) -> Cast:
    """The scene's race, learning rates found. Raises UnfitScene where there is no race."""
    surface = scene.surface.build()
    _need_minima(scene, surface)
    starts = _starts(scene, surface)
    terrain = Terrain(surface.function, surface.window, surface.minima)
    _check_ground(scene, terrain, starts)
    noise = scene.gradient_noise()
    wanted = [_wanted(scene, k) for k in range(len(scene.optimizers))]
    racers = [
        Racer(label, each.maker(), LOWEST if rate is None else rate, each.own_seed(scene.seed))
        for label, each, rate in zip(scene.labels(), scene.optimizers, wanted, strict=True)
    ]
    searched = [k for k, rate in enumerate(wanted) if rate is None]
    tables: list[RateTable] = []
    if searched:
        tables = search_rates(
            surface.function,
            [racers[k] for k in searched],
            starts,
            scene.steps,
            surface.window,
            noise=noise,
        )
    for k, table in zip(searched, tables, strict=True):
        racers[k] = replace(racers[k], rate=_found(table, k))
    return Cast(surface, terrain, starts, tuple(racers), noise, tuple(tables))


def _check_ground(scene: Scene, terrain: Terrain, starts: np.ndarray) -> None:
    """Whether there is a surface to see and every start stands on it. Raises UnfitScene."""
    if not terrain.visible:
        why = "the loss is a finite number nowhere in the window; choose another window"
        raise UnfitScene([Mistake(("surface",), why)])
    found = []
    for k in np.flatnonzero(~np.isfinite(terrain.heights(*starts.T)))[:MAX_MISTAKES]:
        at = "[{:g}, {:g}]".format(*starts[k])
        if scene.start:
            why = f"the loss at the start {at} is not a finite number; begin elsewhere"
            found.append(Mistake(("start", int(k)), why))
            if isinstance(scene.start, Swarm):
                break
        else:
            why = f"the loss at the surface's own start {at} is not a finite number; give a start"
            found.append(Mistake(("surface",), why))
    if found:
        raise UnfitScene(found)


def _need_minima(scene: Scene, surface: Surface) -> None:
    names = [panel_name(part) for part in scene.panels.cells()]
    lost = [name for name in names if PANELS[name].make.needs_minima]  # type: ignore[attr-defined]  # every entry is a Panel
    if lost and not surface.minima:
        why = (
            f"panels: {lost[0]!r} is measured to the nearest known minimum, and the surface "
            f"{surface.name!r} has none; leave it out, or show 'gradient_norm'"
        )
        raise UnfitScene([Mistake(("panels",), why)])


def _starts(scene: Scene, surface: Surface) -> np.ndarray:
    """Where the runs begin, [run, 2]."""
    if isinstance(scene.start, Swarm):
        return scene.start.points(surface.window, scene.seed)
    return np.array(scene.start or [surface.start], float)


def _wanted(scene: Scene, k: int) -> float | Rule | None:
    """The rate of optimizer k: its own, the scene's, its paper's; None: the best is to be found."""
    part = scene.optimizers[k]
    for rate in (part.learning_rate, scene.learning_rate, part.own_rate()):
        if isinstance(rate, Schedule):
            return rate.build()
        if rate is not None:
            return None if rate == "best" else rate
    return None


def _found(table: RateTable, k: int) -> float:
    if table.best is None:
        why = (
            f"no learning rate from {LOWEST:g} to {HIGHEST:g} keeps {table.label} among the finite "
            "numbers with steps that can be followed; give it a learning_rate"
        )
        raise UnfitScene([Mistake(("optimizers", k), why)])
    return table.best
