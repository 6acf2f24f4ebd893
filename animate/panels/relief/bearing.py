"""Where the camera stands by itself: where most of the trails is seen, by rays over the surface."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from animate.figure import View
from animate.panels.relief.camera_path import CameraPath, Pose
from animate.panels.relief.course import course
from animate.panels.relief.ground import Ground
from animate.panels.relief.place import FLATTEST, TALLEST
from animate.panels.relief.sightlines import AZIMUTHS, Rays, Seen
from animate.simulate.terrain import ScaleKind

ENOUGH = 0.8
"""The share of the trails that is to be seen; a camera which shows less rises."""

_ELEVATIONS = (35.0, 45.0, 55.0, 65.0)
"""Those of a scene that gives none: the first that shows ENOUGH."""
_USUAL = -60.0
"""Of azimuths that show as much, the nearest to this one is taken."""
_TRAILS = 0.75
"""What the trails count; the rest is for heads, starts and minima."""
_BROADSIDE = 0.2
"""Of what a piece of a trail counts, the part that shrinks with its foreshortening."""
_COVER = 0.25
"""What the last picture counts beside its seconds, in those of the movement: it is also the cover
and the still."""
_HEIGHTS = FLATTEST, 0.6, TALLEST
"""Heights of the box of which what is seen is averaged where a scene gives none: the height follows
the panel's shape, and a pose must not, so that clips, stills and strips agree."""


@dataclass(frozen=True)
class Wish:
    """What a scene says of the camera: its `elevation` and the box's height, None where it leaves
    them open, the degrees it turns by, and the scale of the heights."""

    elevation: float | None
    vertical: float | None
    orbit: float
    scale: ScaleKind


def bearing(view: View, wish: Wish) -> Pose:
    """The pose from which a camera starts that turns by `wish.orbit` degrees and on its way shows
    the most of the trails of `view`, which fill in while it turns; the hold at the end counts too.

    Found once for all panels that show the same paths, whatever their size.
    """
    return _found(_Race(view), wish)


def forget() -> None:
    """Find every pose anew from now on, as what measures the time that takes must."""
    _found.cache_clear()


class _Race:
    """A view as the key of what was found: equal to one of the same paths under the same clock."""

    def __init__(self, view: View) -> None:
        self.view = view

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Race):
            return NotImplemented
        one, two = self.view, other.view
        same = one.trajectories is two.trajectories and one.terrain is two.terrain
        return same and (one.timeline, one.tail) == (two.timeline, two.tail)

    def __hash__(self) -> int:
        return hash((id(self.view.trajectories), id(self.view.terrain)))


@lru_cache(4)
def _found(race: _Race, wish: Wish) -> Pose:
    view, timeline = race.view, race.view.timeline
    frames = np.unique(np.linspace(0, timeline.frames - 1, 9).round())
    steps = [timeline.step_at(frame) for frame in frames]
    path = CameraPath(Pose(0.0, 0.0), wish.orbit, (), (timeline.frames - 1) / timeline.fps)
    turned = [path.at(frame / timeline.fps).azimuth for frame in frames]
    weights = np.full(len(frames), timeline.length / len(frames))
    weights[-1] += timeline.hold + _COVER * timeline.length
    clip = _Clip(np.array(turned), weights / weights.sum())
    below = wish.elevation is not None and wish.elevation < 0.0
    rays = [
        Rays(ground, course(ground, *run, steps, view.tail), below=below)
        for ground, run in _runs(view, wish)
    ]
    best = _Found(-1.0, Pose(_USUAL - wish.orbit / 2, _ELEVATIONS[0]))
    for elevation in _ELEVATIONS if wish.elevation is None else (wish.elevation,):
        heights = (wish.vertical,) if wish.vertical else _HEIGHTS
        found = _best(clip, [each.seen(elevation, heights) for each in rays], elevation)
        if found.clear > best.clear:
            best = found
        if best.clear >= ENOUGH:
            break
    return best.pose


def _runs(view: View, wish: Wish) -> Iterator[tuple[Ground, tuple[np.ndarray, np.ndarray]]]:
    """Every ground, the positions [run, record, 2] of those that run over it, and their steps."""
    paths = view.trajectories
    whole = [(view.terrain, range(len(paths.positions)))]
    for terrain, own in [(g.terrain, g.optimizers) for g in view.grounds] or whole:
        positions = paths.positions[list(own)]
        flat = positions.reshape(-1, *positions.shape[-2:])
        yield Ground(terrain, terrain.scale(wish.scale)), (flat, paths.steps)


@dataclass(frozen=True)
class _Clip:
    """The moments that count: the degrees the camera has `turned` by each, and their `weights`."""

    turned: np.ndarray
    weights: np.ndarray


@dataclass(frozen=True)
class _Found:
    """The share of the trails that is seen, over the clip and at its end, and from where."""

    clear: float
    pose: Pose


def _best(clip: _Clip, seen: Sequence[Seen], elevation: float) -> _Found:
    """The start from which the camera shows the most, at one elevation."""
    step = 360.0 / AZIMUTHS
    totals = np.zeros((4, AZIMUTHS))
    end = np.ones(AZIMUTHS)
    for moment, (turned, weight) in enumerate(zip(clip.turned, clip.weights, strict=True)):
        parts = np.sum([_parts(each, moment) for each in seen], axis=0)
        drawn, clear, *_ = parts = np.roll(parts, -round(turned / step), axis=1)
        end = _share(clear, drawn)
        totals += weight * parts
    drawn, clear, broad, points = totals
    middle, azimuths = clip.turned[-1] / 2, step * np.arange(AZIMUTHS)
    score = _TRAILS * _share(broad, drawn) + (1.0 - _TRAILS) * points / len(seen)
    away = np.abs((azimuths + middle - _USUAL + 180.0) % 360.0 - 180.0)
    chosen = np.lexsort((away, -score.round(3)))[0]
    azimuth = (azimuths[chosen] + 180.0) % 360.0 - 180.0
    least = min(_share(clear, drawn)[chosen], end[chosen])
    return _Found(float(least), Pose(float(azimuth), elevation))


def _share(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """Part of a whole; 1 where there is nothing."""
    return np.where(whole > 0.0, part / np.maximum(whole, 1e-9), 1.0)


def _parts(seen: Seen, moment: int) -> np.ndarray:
    """[4, azimuth]: the length of the trails at a moment, how much of it is seen, what that is
    worth, and the share that is seen of heads, starts and minima."""
    course, clear = seen.course, seen.clear
    samples, heads = len(course.samples), course.heads.shape[1]
    first, marks = samples + moment * heads, samples + course.heads.shape[0] * heads
    drawn = course.drawn[moment]
    pieces = clear[:samples][drawn]
    broad = pieces * ((1.0 - _BROADSIDE) + _BROADSIDE * seen.broad[drawn])
    points = np.concatenate([clear[first : first + heads], clear[marks:]])
    whole = np.full(AZIMUTHS, float(len(pieces)))
    shown = points.mean(0) if len(points) else np.ones(AZIMUTHS)
    return np.stack([whole, pieces.sum(0), broad.sum(0), shown])
