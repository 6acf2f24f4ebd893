"""From what a scene says to what the engine takes: surface, starts, racers and their rates."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from animate.errors import Mistake, UnfitScene
from animate.panels import PANELS
from animate.scene import Scene
from animate.scene.diagnostics import MAX_MISTAKES
from animate.scene.optimizer import OptimizerPart
from animate.scene.picture import panel_name
from animate.scene.rate import Schedule
from animate.scene.start import Swarm
from animate.scene.story import out_of_sight
from animate.simulate import (
    Noise,
    OptimizerRun,
    RateCost,
    RateTable,
    Simulation,
    runs_of_search,
    search_rates,
)
from animate.simulate.batch import takes_any_value
from animate.simulate.rates import HIGHEST, LOWEST
from animate.simulate.simulation import records_of
from animate.simulate.step import Schedule as Rule
from animate.simulate.terrain import Terrain
from animate.surfaces import Surface


@dataclass(frozen=True)
class Cast:
    """Everything a race needs. `tables` are those of the optimizers whose rate was searched for."""

    surface: Surface
    terrain: Terrain
    starts: np.ndarray
    racers: tuple[OptimizerRun, ...]
    noise: Noise | None
    tables: tuple[RateTable, ...]
    race: Simulation


def cast(scene: Scene, *, inside: bool = False) -> Cast:
    """The scene's race, learning rates found; `inside`: to be looked inside its updates.

    Raises UnfitScene where there is no race.
    """
    surface = scene.surface.build()
    _need_minima(scene, surface)
    if found := [*out_of_sight(scene.story, surface.window)]:
        raise UnfitScene(found)
    starts = _starts(scene, surface)
    terrain = Terrain(surface.function, surface.window, surface.minima)
    _check_ground(scene, terrain, starts)
    noise = scene.gradient_noise()
    wanted = [_wanted(scene, k) for k in range(len(scene.optimizers))]
    searched = [k for k, rate in enumerate(wanted) if rate is None]
    racers = _racers(scene, [LOWEST if rate is None else rate for rate in wanted])
    scale = terrain.scale("linear")
    race = Simulation(
        surface.function,
        racers,
        starts,
        scene.steps,
        noise=noise,
        records=records_of(len(starts) * len(racers)),
        inside=inside,
        cost=RateCost(surface.window, scale.low, scale.high) if searched else None,
        at_once=runs_of_search(len(starts)) if searched else 0,
    )
    tables = search_rates(race, searched) if searched else []
    for k, table in zip(searched, tables, strict=True):
        racers[k] = replace(racers[k], rate=_found(table, k))
    return Cast(surface, terrain, starts, tuple(racers), noise, tuple(tables), race)


def _racers(scene: Scene, rates: Sequence[float | Rule]) -> list[OptimizerRun]:
    """Who descends. Those whose optimizers differ in nothing but numbers are made alike."""
    makers: dict[str, Callable[..., Any]] = {}
    racers = []
    for k, (label, part) in enumerate(zip(scene.labels(), scene.optimizers, strict=True)):
        make, value = _maker(scene, k, makers)
        seed, state = part.own_seed(scene.seed), part.state()
        racers.append(OptimizerRun(label, make, rates[k], seed, value, state))
    return racers


def _maker(
    scene: Scene, k: int, makers: dict[str, Callable[..., Any]]
) -> tuple[Callable[..., Any], float | None]:
    """What makes optimizer k, one of `makers` where one is alike, and the value that it takes."""
    part = scene.optimizers[k]
    plain = part.model_copy(update=dict.fromkeys(("label", "color", "learning_rate")))
    sweep = scene.sweep
    if sweep and k in sweep.copies and sweep.option != "learning_rate":
        value = sweep.values[k - sweep.place]
        key = f"{sweep.option} of {sweep.optimizer}"
        if key not in makers:
            makers[key] = partial(_made, plain, sweep.option)
        if takes_any_value(makers[key], value):
            return makers[key], value
    return makers.setdefault(repr(plain), part.maker()), None


def _made(part: OptimizerPart, option: str, rate: Any, value: Any) -> Any:
    """The method of an optimizer with `value` for one of its options."""
    return part.model_copy(update={option: value}).maker()(rate)


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
