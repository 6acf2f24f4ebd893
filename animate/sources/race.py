"""Optimizers on a surface: from the scene to its simulation and its solution."""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from animate.errors import Mistake, Remark, UnfitScene
from animate.figure import PanelEntry
from animate.kept import NOTHING_KEPT, Kept
from animate.scene import RaceScene
from animate.scene.start import Swarm
from animate.scene.story import out_of_sight
from animate.scene.surface import VARIABLES
from animate.simulate import (
    Ends,
    OptimizerRun,
    RateCost,
    RateTable,
    Simulation,
    coarse_paths,
    ends_in,
    map_basins,
    runs_of_search,
    search_rates,
)
from animate.simulate.noise import Disturbance
from animate.simulate.rates import LOWEST
from animate.simulate.simulation import records_of
from animate.simulate.terrain import Terrain
from animate.simulate.trajectories import Trajectories
from animate.sources.ground import check_ground, need_minima, terrain_of
from animate.sources.request import Request
from animate.sources.runs import runs_of
from animate.sources.solution import Solution
from animate.sources.surfaces import on_surfaces
from animate.sources.values import names_of, rate_note, rates_written, switches_of, values_of
from animate.surfaces import Surface
from animate.text import Words


@dataclass(frozen=True)
class RaceProblem:
    """A simulation ready to run; `tables` of the optimizers whose rates were searched for."""

    scene: RaceScene
    surface: Surface
    terrain: Terrain
    starts: np.ndarray
    runs: tuple[OptimizerRun, ...]
    noise: Disturbance | None
    tables: tuple[RateTable, ...]
    simulation: Simulation

    def solve(self, panels: Sequence[PanelEntry]) -> Solution:
        """The paths, and the maps of basins that `panels` show."""
        scene, words = self.scene, Words(self.scene.style.language)
        paths = self.simulation.trace([run.rate for run in self.runs])
        cells: set[int] = {entry.panel.traits.basin_cells for entry in panels} - {0}
        ends = self._ends(paths, coarse=bool(cells))
        own = self.surface.title
        title = own if self.surface.written else words.title(self.surface.name, own)
        rates = rates_written(scene.optimizers, paths.rates, words)
        notes = self._notes(rates, words)
        return Solution(
            title=title if scene.title is None else scene.title,
            terrain=self.terrain,
            trajectories=paths,
            panels=scene.panels,
            axes=VARIABLES[: self.terrain.variables],
            names=names_of(scene, words),
            notes=notes,
            kinds=tuple(each.kind() for each in scene.optimizers),
            colours=tuple(each.color for each in scene.optimizers),
            constants=tuple(each.constants() for each in scene.optimizers),
            formulas=tuple(each.formula() for each in scene.optimizers),
            switches=switches_of(scene.optimizers),
            swarm=isinstance(scene.start, Swarm),
            ends=ends,
            basins={
                side: map_basins(
                    self.terrain,
                    self.runs,
                    scene.steps,
                    side,
                    noise=self.noise,
                    ends=ends,
                )
                for side in sorted(cells)
            },
            values=values_of(scene.sweep, notes, rates, words),
        )

    def _ends(self, paths: Trajectories, *, coarse: bool) -> Ends | None:
        """Where the runs of a swarm end, and single ones beside maps of basins, which show the
        same minima: they are then looked for from a `coarse` grid too."""
        if paths.ends.shape[1] == 1 and not coarse:
            return None
        more = (
            [coarse_paths(self.terrain, self.runs, self.scene.steps, self.noise)] if coarse else []
        )
        return ends_in(paths, self.terrain, *more)

    def _notes(self, rates: Sequence[tuple[str, str]], words: Words) -> tuple[str, ...]:
        """What stands beside each name: its rate, and whether a rate that was searched for is the
        end of the range, or none makes a difference."""
        unsettled = {table.label: table for table in self.tables if table.remark}
        notes: list[str] = []
        for run, (rate, later) in zip(self.runs, rates, strict=True):
            table = unsettled.get(run.label)
            if table is not None:
                rate = words("rate at bound", rate=rate) if table.moves else words("any rate")
            notes.append(rate_note(rate, later))
        return tuple(notes)


def solve(scene: RaceScene, request: Request) -> Solution:
    """The paths of the optimizers. Raises UnfitScene where there is no race."""
    problems = prepare_all(scene, request.panels, request.effort.kept)
    return together(scene, problems, request.panels)


def prepare_all(
    scene: RaceScene, panels: Sequence[PanelEntry], kept: Kept = NOTHING_KEPT
) -> tuple[RaceProblem, ...]:
    """`prepare` for every surface of the scene: one, or one for each value of a sweep of it.

    Raises UnfitScene where there is no race.
    """
    if (sweep := scene.swept_surface) is None:
        return (prepare(scene, panels, kept=kept),)
    found: list[RaceProblem] = []
    for value, race in zip(sweep.values, scene.races(), strict=True):
        at = f"{sweep.option} = {value:g}"
        try:
            found.append(prepare(race, panels, at, kept))
        except UnfitScene as error:
            told = [replace(each, message=f"{at}: {each.message}") for each in error.mistakes]
            raise UnfitScene(told) from error
    return tuple(found)


def together(
    scene: RaceScene, problems: Sequence[RaceProblem], panels: Sequence[PanelEntry]
) -> Solution:
    """The problems of one scene solved."""
    solutions = [problem.solve(panels) for problem in problems]
    if (sweep := scene.swept_surface) is None:
        return solutions[0]
    return on_surfaces(sweep, solutions, scene.labels(), Words(scene.style.language))


def prepare(
    scene: RaceScene, panels: Sequence[PanelEntry], at: str = "", kept: Kept = NOTHING_KEPT
) -> RaceProblem:
    """The scene's simulation, learning rates found, with all that `panels` need.

    `at` is the value that makes its surface, where others make others; `kept` is what scenes that
    were solved before have left. Raises UnfitScene where there is no race.
    """
    surface, terrain = kept(("ground", repr(scene.surface)), lambda: _ground(scene, kept))
    if found := [*out_of_sight(scene.story, surface.window)]:
        raise UnfitScene(found)
    starts = _starts(scene, surface)
    check_ground(scene, terrain, starts)
    need_minima(panels, surface, terrain)
    noise = scene.gradient_noise()
    wanted = [scene.rate_rule(k) for k in range(len(scene.optimizers))]
    searched = [k for k, rate in enumerate(wanted) if rate is None]
    runs = runs_of(scene, [LOWEST if rate is None else rate for rate in wanted], kept)
    if at:
        runs = [replace(run, label=f"{run.label}, {at}") for run in runs]
    cost = RateCost.on(terrain)
    simulation = Simulation(
        surface.function,
        runs,
        starts,
        scene.steps,
        noise=noise,
        records=records_of(len(starts) * len(runs)),
        inside=any("inside" in entry.panel.traits.needs for entry in panels),
        window=terrain.window,
        cost=cost if searched else None,
        at_once=runs_of_search(len(starts)) if searched else 0,
        kept=kept,
    )
    tables = search_rates(simulation, searched, cost) if searched else []
    for k, table in zip(searched, tables, strict=True):
        runs[k] = replace(runs[k], rate=_found(table, k))
        if table.remark:
            warnings.warn(table.remark, Remark, stacklevel=2)
    for entry in panels if not at else ():  # several surfaces have a scale in common
        entry.panel.prepare(terrain, scene.style.size[0])
    return RaceProblem(
        scene, surface, terrain, starts, tuple(runs), noise, tuple(tables), simulation
    )


def _ground(scene: RaceScene, kept: Kept) -> tuple[Surface, Terrain]:
    """The surface and its terrain. One that was seen in another window before has its function from
    there: what was compiled of that stays."""
    part, built = scene.surface, scene.surface.build()
    anywhere = repr(part.model_copy(update={"window": None})), part.variables
    surface = replace(built, function=kept(("loss", anywhere), lambda: built.function))
    return surface, terrain_of(surface)


def _starts(scene: RaceScene, surface: Surface) -> np.ndarray:
    """Where the runs begin, [run, axis]."""
    if isinstance(scene.start, Swarm):
        return scene.start.points(surface.window, scene.seed)
    return np.array(scene.start or [surface.start], float)


def _found(table: RateTable, k: int) -> float:
    if table.best is None:
        why = (
            f"no learning rate from {table.rates.min():g} to {table.rates.max():g} keeps "
            f"{table.label} among the finite numbers with steps that can be followed; give it a "
            "learning_rate"
        )
        raise UnfitScene([Mistake(("optimizers", k), why)])
    return table.best
