"""The outcome of each run: the minimum that it reaches, where it stays, how far away it ends.

Lengths are relative to the window's diagonal, times to all steps, slopes to the steepest one that
any run meets in the window, and losses to the range that the runs meet there.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from animate.figure import View
from animate.simulate.minima import Ends
from animate.simulate.numerics import lengths
from animate.simulate.search import NEAR
from animate.simulate.terrain import Terrain
from animate.simulate.trajectories import Trajectories
from animate.sources.description.basins import basins
from animate.sources.description.critical import Critical, Point, critical_points
from animate.sources.description.goals import Goals, Overshot, Reached, Stay
from animate.sources.description.hollows import hollowed
from animate.sources.description.ranks import are_local, ranked, ranked_past
from animate.sources.description.run import BESIDE, Run

LEVEL, HIGH = 0.05, 0.1
"""On a plateau the slope is at most LEVEL, and the loss at least HIGH above the lowest one, which
it is not near a minimum, where slopes are small too."""
_ASTRAY = 0.1
"""Distance of a run's end from a minimum that is searched for there, where none is known."""
_STEEP = 0.01
"""Of the window: it may be steeper than what a plateau's slope is compared with."""
_CELLS = 256
"""To a side of the grid by which that is measured."""


@dataclass(frozen=True)
class Outcome:
    """What one run comes to.

    `lost` is the step at which it diverged or, if it has `strayed`, left the surface; `left` the
    step from which on it is outside of the window. `overshot`: it went past its minimum first.
    `nearest` is the minimum of the basin in which it ends, else the nearest one, and the distance
    between them; `local`: it is higher than other places of the window; `nearer`: the run ends
    nearer to it than a lower one that has reached it, without having reached it. `loss` is that at
    the end, and `height` the same above the terrain's base; `rises`: it is above that at the start.
    """

    lost: int | None
    strayed: bool
    left: int | None
    reached: Reached | None
    overshot: Overshot | None
    stays: tuple[Stay, ...]
    nearest: tuple[Point, float] | None
    loss: float
    height: float
    rises: bool
    nearer: bool = False
    local: bool = False

    def ends_away(self, last_step: int) -> bool:
        """Whether it ends in the window, but in no minimum and beside no saddle or maximum."""
        here = self.lost is None and self.left is None and self.reached is None
        return here and all(stay.kind == "plateau" for stay in self.stays if stay.last == last_step)


def outcomes_of(view: View) -> list[Outcome]:
    """The outcome of each optimizer's only run; none where a network or an experiment has others,
    where there is no surface, or several starts."""
    paths = view.trajectories
    if view.result is not None or paths.prescribed or paths.ends.shape[1] > 1:
        return []
    found = outcomes(paths, view.terrain, view.ends)
    return [replace(each, overshot=None) for each in found] if view.noisy else found


def outcomes(paths: Trajectories, terrain: Terrain, ends: Ends | None = None) -> list[Outcome]:
    """The outcome of the first run of every optimizer.

    The minima of `ends` are those that other panels show; None: the surface's own.
    """
    with np.errstate(over="ignore", invalid="ignore"):  # a run that diverges goes far
        places = (
            np.array(terrain.minima, float).reshape(-1, terrain.variables)
            if ends is None
            else ends.minima
        )
        reaches = np.full(len(places), NEAR * terrain.diagonal) if ends is None else ends.reaches
        known = Goals.at(places, reaches)
        found = _outcomes(paths.less(terrain.raised), terrain.ground, known)
        losses = [paths.losses[k, 0, paths.steps <= paths.ends[k, 0]] for k in range(len(found))]
        return [
            replace(each, loss=float(own[-1]), nearer=_nearer(each, found))
            for each, own in zip(found, losses, strict=True)
        ]


def _nearer(run: Outcome, others: Sequence[Outcome]) -> bool:
    if run.nearest is None or run.reached or run.lost is not None or run.left is not None:
        return False
    at, away = run.nearest
    there = [each for each in others if each.nearest and each.reached and each.reached.at == at]
    return any(
        each.nearest[1] > away and each.height < run.height for each in there if each.nearest
    )


def _outcomes(paths: Trajectories, terrain: Terrain, known: Goals) -> list[Outcome]:
    runs = [Run.of(paths, k, terrain) for k in range(len(paths.labels))]
    steepest = max(float(run.slopes[run.inside].max(initial=0.0)) for run in runs)
    met = np.concatenate([run.losses[run.inside] for run in runs])
    descent = float(np.ptp(met)) if len(met) else 0.0
    searches = _searches(runs, known)
    found = _nearby(terrain, searches, steepest, descent)
    goals = _all_goals(known, found)
    homes: dict[Run, Point | None] = {}
    astray = [run for run in runs if run.left is None and not goals.at_one(run.places[-1])]
    if astray:
        ends = np.stack([run.places[-1] for run in astray])
        below = basins(terrain, ends, steepest, descent)
        goals = _all_goals(goals, below)
        homes = {run: each and each.at for run, each in zip(astray, below, strict=True)}
    goals = hollowed(terrain, goals)
    nearest = [run.nearest(goals, homes.get(run)) for run in runs]
    others = [each for each in found if each and each.kind in ("saddle", "maximum")]
    passed = np.array([each.at for each in others], float).reshape(-1, terrain.variables)
    stays = _stays(runs, list(zip(searches, found, strict=True)), others, goals, terrain)
    _add_plateaus(stays, known, goals, steepest, terrain)
    reached = [run.reached(goals, passed) for run in runs]
    past = [run.overshot(goals, near and near[0]) for run, near in zip(runs, nearest, strict=True)]
    past = ranked_past(_past_minima(past, terrain, steepest, descent), terrain, descent)
    local = are_local([near and near[0] for near in nearest], terrain, descent)
    return [
        Outcome(
            lost=run.lost,
            strayed=run.strayed,
            left=run.left,
            reached=each,
            overshot=over,
            stays=tuple(sorted(_apart(stays[run]), key=lambda stay: stay.first)),
            nearest=near,
            loss=float(run.losses[-1]),
            height=float(run.losses[-1]),
            rises=bool(run.losses[-1] > run.losses[0]),
            local=high,
        )
        for run, each, near, over, high in zip(
            runs, ranked(reached, terrain, descent), nearest, past, local, strict=True
        )
    ]


def _searches(runs: list[Run], known: Goals) -> list[tuple[Run, int, float]]:
    """Where places without a slope are looked for: the runs, their records, and how near to these
    they must be. At the end too where that is at none that is `known`."""
    astray = BESIDE if len(known.places) else _ASTRAY
    ends = [run for run in runs if run.left is None and not known.at_one(run.places[-1])]
    return [
        *((run, record, BESIDE) for run in runs for record in run.pauses()),
        *((run, len(run.steps) - 1, astray) for run in ends),
    ]


def _stays(
    runs: list[Run],
    searches: list[tuple[tuple[Run, int, float], Critical | None]],
    others: list[Critical],
    goals: Goals,
    terrain: Terrain,
) -> dict[Run, set[Stay]]:
    """The stays beside saddles and maxima, the `others` that the searches have found."""
    rivals = np.concatenate([goals.places, *([each.at] for each in others)])
    stays: dict[Run, set[Stay]] = {run: set() for run in runs}
    for (run, record, _), critical in searches:
        critical = critical or _passed_by(run.places[record], others, terrain)
        stays[run] |= run.beside(record, critical, rivals) if critical else set()
    return stays


def _add_plateaus(
    stays: dict[Run, set[Stay]], known: Goals, goals: Goals, steepest: float, terrain: Terrain
) -> None:
    """Add to the `stays` of the runs those on plateaus."""
    met = np.concatenate([run.losses[run.inside] for run in stays])
    if not len(met):
        return
    low = terrain.heights_at(known.places) if len(known.places) else met[:1]
    floor = min(met.min(), *low)
    high = floor + HIGH * (met.max() - floor)
    level = LEVEL * min(steepest, steep(terrain))
    for run in stays:
        stays[run] |= run.plateaus(level, (floor, high), stays[run], goals)


def _past_minima(
    overshot: list[Overshot | None], terrain: Terrain, steepest: float, descent: float
) -> list[Overshot | None]:
    """What is `overshot`, without the minima that a run was no nearer to than to a saddle or a
    maximum when it passed them: it has swung over that."""
    if not any(overshot):
        return overshot
    nowhere = (np.nan,) * terrain.variables
    places = np.array([each.passed if each else nowhere for each in overshot])
    beside = critical_points(terrain, places, steepest, descent)
    return [
        each
        if each is None or other is None or other.kind not in ("saddle", "maximum")
        or lengths(place - each.at) < lengths(place - other.at)
        else None
        for each, other, place in zip(overshot, beside, places, strict=True)
    ]  # fmt: skip


def steep(terrain: Terrain) -> float:
    """A slope that little of the window exceeds: a kink or a cliff makes no plateau of the rest."""
    return terrain.kept("steep", lambda: _steep(terrain))


def _steep(terrain: Terrain) -> float:
    axes, heights = terrain.lattice(_CELLS)
    with np.errstate(all="ignore"):
        rises = [np.gradient(heights, at, axis=k) for k, at in enumerate(reversed(axes))]
        slopes = lengths(np.stack(rises, axis=-1))
    known = slopes[np.isfinite(slopes)]
    return float(np.quantile(known, 1 - _STEEP)) if len(known) else np.inf


def _nearby(
    terrain: Terrain, searches: list[tuple[Run, int, float]], steepest: float, descent: float
) -> list[Critical | None]:
    """For each search the critical point within its distance of the run's record, or that the run
    has reached there; None: none."""
    if not searches:
        return []
    places = np.stack([run.places[record] for run, record, _ in searches])
    found = critical_points(terrain, places, steepest, descent)
    return [
        each
        if each and lengths(place - each.at) < max(reach * terrain.diagonal, each.reach)
        else None
        for each, place, (*_, reach) in zip(found, places, searches, strict=True)
    ]


def _passed_by(place: np.ndarray, others: list[Critical], terrain: Terrain) -> Critical | None:
    """The nearest saddle or maximum beside the place where a run hardly moves, of those that were
    found from other runs: exactly on one whose Hessian is 0 nothing says which kind it is."""
    away = [float(lengths(place - each.at)) for each in others]
    near = min(away, default=np.inf) < BESIDE * terrain.diagonal
    return others[int(np.argmin(away))] if near else None


def _all_goals(known: Goals, found: list[Critical | None]) -> Goals:
    """The known minima and those that were found, each once; and the places that were found on the
    floors of valleys."""
    goals = known
    for each in found:
        if each is None or each.kind not in ("minimum", "floor"):
            continue
        away = lengths(goals.places - each.at)
        if not (~goals.floors & (away < goals.reaches)).any():
            goals = goals.with_one(each.at, each.reach, floor=each.kind == "floor")
    return goals


def _apart(stays: set[Stay]) -> list[Stay]:
    """The stays of different times: two searches may find one place with different last digits."""
    return list({(stay.first, stay.last): stay for stay in stays}.values())
