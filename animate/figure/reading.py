"""What a reader who plays a clip is told beside the picture: steps, captions, runs and planes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

import numpy as np

from animate.errors import Path
from animate.figure.clock import Clock
from animate.figure.story import Window
from animate.figure.text.plain import plain
from animate.figure.values import Values
from animate.figure.view import View
from animate.simulate.trajectories import Trajectories
from animate.text import Words
from animate.theme import Theme

if TYPE_CHECKING:
    from animate.figure.seat import Seat

_NEARLY = 1e-9
"""Of a frame: so near to a whole one a second is its own."""


@dataclass(frozen=True)
class Plane:
    """A panel that shows all paths from above: its `box` (left, top, right, bottom) in pixels of
    the picture, and the window that it shows in each frame, or in all of them."""

    box: tuple[float, float, float, float]
    windows: Sequence[Window]


@dataclass(frozen=True)
class Camera:
    """A panel that is seen by a camera: its `box`, as a Plane's, its place in the scene, and the
    angles in degrees that the camera begins with."""

    box: tuple[float, float, float, float]
    place: Path
    azimuth: float
    elevation: float


@dataclass(frozen=True)
class Run:
    """One run: numbers of the optimizer and of the run in the trajectories, its name, its learning
    rate in words, its colour; in a film the number of the value with which it is seen."""

    optimizer: int
    run: int
    name: str
    note: str
    colour: str
    value: int | None = None


@dataclass(frozen=True)
class Reading:
    """What is told of a clip, in the language of its `words`.

    `steps` has the step, with its fraction, of each frame, of `total` ones called `unit`. `stops`
    are the frames from which a story's captions are there in full, with the captions; of a film the
    first frames of the values of its `option`, with the values. `runs` are those that the picture
    shows; there are none of a swarm. `axes` are the names of the coordinates, none where nobody
    knows them, `height` is that of the loss, "" where there is none. `graphs` are panels that show
    all paths along the graph of a function of one variable: their windows are of x and of the loss.
    """

    words: Words
    theme: Theme
    title: str
    unit: str
    total: int
    steps: Sequence[float]
    stops: Sequence[tuple[int, str]]
    option: str | None
    runs: Sequence[Run]
    planes: Sequence[Plane]
    cameras: Sequence[Camera]
    axes: Sequence[str]
    height: str
    trajectories: Trajectories
    graphs: Sequence[Plane] = ()


def reading(
    view: View,
    clock: Clock,
    title: str,
    count: int,
    film: Values | None,
    seats: "Sequence[Seat]",
) -> Reading:
    """What is told of the `count` frames that show `view` by `clock` in panels at their `seats`."""
    traits = [seat.cell.panel.traits for seat in seats]
    paths = view.trajectories
    placed = any(each.heads for each in traits) or bool(np.isfinite(paths.gradients).any())
    named = not view.swarm and any(each.names_paths for each in traits)
    return Reading(
        words=view.words,
        theme=view.theme,
        title=plain(title),
        unit=view.counted or view.words("step"),
        total=view.timeline.steps,
        steps=[clock.at(frame).step for frame in range(count)],
        stops=_values(clock, count, film) if film else _captions(view, count),
        option=plain(film.option) if film else None,
        runs=_runs(view, film) if named else [],
        planes=[_plane(seat) for seat in seats if named and _whole(view, seat, 2)],
        cameras=[each for seat in seats for each in _cameras(seat)],
        axes=view.axes if placed and len(view.axes) <= 2 else (),
        height="" if paths.prescribed else view.height_name,
        trajectories=paths,
        graphs=[_plane(seat) for seat in seats if named and _whole(view, seat, 1)],
    )


def _whole(view: View, seat: "Seat", variables: int) -> bool:
    """Whether it is a map of all paths over a terrain of so many variables."""
    cell = seat.cell
    flat = view.terrain.variables == variables and cell.panel.traits.notes == "map"
    return flat and cell.view.trajectories is view.trajectories


def _box(seat: "Seat") -> tuple[float, float, float, float]:
    height, place = seat.cell.view.pixels[1], seat.axes.bbox
    return (place.x0, height - place.y1, place.x1, height - place.y0)


def _cameras(seat: "Seat") -> Iterator[Camera]:
    """The camera of a panel that has one."""
    angles = seat.cell.panel.camera(seat.cell.view)
    if angles is not None:
        yield Camera(_box(seat), seat.cell.entry.place, *angles)


def _plane(seat: "Seat") -> Plane:
    axes, clock = seat.axes, seat.cell.clock
    timeline = clock.timeline
    windows: list[Window] = [(axes.get_xlim(), axes.get_ylim())]
    if clock.story.shots and seat.cell.panel.traits.focuses:
        frames = range(timeline.frames)
        windows = [clock.story.window_at(timeline.second_at(frame)) for frame in frames]
    return Plane(_box(seat), windows)


def _captions(view: View, count: int) -> list[tuple[int, str]]:
    """The first frame that shows each caption in full, and the caption."""
    timeline = view.timeline
    last = timeline.frames - 1
    return [
        (min(ceil(second * last / timeline.length - _NEARLY), count - 1), plain(text))
        for second, text in view.story.captions
        if text
    ]


def _values(clock: Clock, count: int, film: Values) -> list[tuple[int, str]]:
    """The first frame of each value that has one, and the value."""
    groups = [clock.group_at(min(frame, clock.timeline.frames - 1)) for frame in range(count)]
    firsts = {group: frame for frame, group in reversed([*enumerate(groups)])}
    return [(frame, plain(film.texts[group])) for group, frame in sorted(firsts.items())]


def _runs(view: View, film: Values | None) -> list[Run]:
    """All runs, each of a film with the value with which it is seen."""
    seen = {k: number for number, group in enumerate(film.groups) for k in group} if film else {}
    several = view.trajectories.ends.shape[1] > 1
    return [
        Run(
            k,
            run,
            view.words("page run", name=plain(name), run=run) if several else plain(name),
            plain(note),
            colour,
            seen.get(k),
        )
        for k, (name, note, colour) in enumerate(
            zip(view.names, view.notes, view.colours, strict=False)
        )
        for run in range(view.trajectories.ends.shape[1])
    ]
