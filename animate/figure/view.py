"""View: everything that a panel may show, and how it is to look."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeVar

import numpy as np

from animate.figure.noted import Landmark, Noted
from animate.figure.story import Story, Window
from animate.figure.timeline import Timeline
from animate.simulate.basins import Basins
from animate.simulate.inside import Inside
from animate.simulate.minima import Ends
from animate.simulate.terrain import Points, Scale, Terrain
from animate.simulate.trajectories import Trajectories
from animate.text import Words
from animate.theme import LineRole, Theme, TypeRole

Value = TypeVar("Value")

DPI = 72
"""One point is one pixel, so that widths and type sizes can be said in pixels."""
Aspect = Literal["equal", "auto"]
"""Whether the units of both axes of a surface are alike, or follow the room."""

TrailBy = Literal["time", "loss", "plain"]
"""What a trail's colour follows: it is full at the end of the clip, or where the loss is lowest, or
everywhere."""

ToldOn = Literal["map", "relief"]
"""What it is on which a picture says what happens to runs: a map wherever there is one."""

_LONG = 4.0
"""The ratio of a window's sides from which on its units follow the room, unless a scene says so."""
_TALL = 1.1
"""The height over the width from which on a picture is read from top to bottom."""


@dataclass(frozen=True)
class Ground:
    """A terrain, the numbers of the optimizers that run over it, and where their runs end.

    `ends` and `basins` are as in View, of these optimizers alone.
    """

    terrain: Terrain
    optimizers: range
    ends: Ends | None = None
    basins: Mapping[int, Basins] = field(default_factory=dict[int, Basins])

    def only(self, optimizers: Sequence[int]) -> "Ground":
        """That of some of its optimizers, which are then 0, 1, …"""
        places = [k - self.optimizers.start for k in optimizers]
        return replace(
            self,
            optimizers=range(len(places)),
            ends=self.ends and self.ends.only(places),
            basins={cells: found.only(places) for cells, found in self.basins.items()},
        )


@dataclass(frozen=True)
class View:
    """Everything a panel may show. `pixels` is the size of the whole picture, width and height.

    `names` are the optimizers as the legend calls them, `notes` what stands beside each (its rate),
    `constants` the options of each, `formulas` its update rule in lines of mathtext, `switches` the
    step at which another method follows it, `colours` has one colour an optimizer. `tail` is the
    number of last steps that trails keep, fading; None keeps them all. `trail_by` is what the
    colours of trails over a surface follow. A `swarm` is drawn as dots instead. `noisy`: gradients
    have noise, so that turns are chance. `words` are those of the picture's language. `axes` name
    the terrain's directions, or a signal's coordinates; its heights are that `quantity`, "" for the
    loss. `result` is what an experiment or a network's training computed, and `finding` says in
    words what it shows. `description` says what happens, for readers who cannot see it. `story` has
    the captions, and the windows of panels that follow it. `counted` is what the counter counts, if
    not steps; "" for a single picture. `ends` are the minima in which the runs of a swarm end, or
    single ones beside maps of basins. `basins` are at as many cells to a side as a panel asks for.
    `grounds` are there where not all run over the same terrain: then `terrain`, `ends` and `basins`
    are those of the first ones. `aspect` is that of the terrain seen from above; None leaves it to
    the shape of the window. `card`: the clip is to end with a card; `arrivals` are then the steps
    at which the optimizers, each with a single run, reached a minimum to stay there; None: never.
    `held_out` are the last losses of networks over held-out data. `hollows` are the minima that are
    told of them, whether or not the terrain brings them. `noted` is what the picture says of the
    run of each optimizer, `told_on` where, and of the `landmarks` what they are. `direct`: names
    stand beside heads. `film`: the clip counts the values of a sweep instead of steps.
    """

    terrain: Terrain
    trajectories: Trajectories
    timeline: Timeline
    theme: Theme
    pixels: tuple[int, int]
    names: tuple[str, ...]
    notes: tuple[str, ...]
    colours: tuple[str, ...]
    constants: tuple[Mapping[str, Any], ...]
    formulas: tuple[tuple[str, ...], ...] = ()
    switches: tuple[int | None, ...] = ()
    tail: int | None = None
    trail_by: TrailBy = "plain"
    swarm: bool = False
    noisy: bool = False
    words: Words = field(default_factory=Words)
    axes: tuple[str, ...] = ("x", "y")
    quantity: str = ""
    result: Any = None
    finding: str = ""
    description: str = ""
    counted: str | None = None
    ends: Ends | None = None
    basins: Mapping[int, Basins] = field(default_factory=dict[int, Basins])
    grounds: tuple[Ground, ...] = ()
    story: Story = field(default_factory=Story)
    aspect: Aspect | None = None
    card: bool = False
    arrivals: tuple[int | None, ...] = ()
    held_out: tuple[float, ...] = ()
    hollows: Points = ()
    noted: tuple[tuple[Noted, ...], ...] = ()
    told_on: ToldOn | None = None
    film: bool = False
    landmarks: tuple[Landmark, ...] = ()
    direct: bool = False

    @property
    def equal_units(self) -> bool:
        """Whether x and y have equal units where the terrain is seen from above."""
        if self.terrain.variables == 1:
            return False
        if self.aspect is not None:
            return self.aspect == "equal"
        (left, right), (bottom, top) = self.terrain.window
        return 1 / _LONG < (right - left) / (top - bottom) < _LONG

    @property
    def tall(self) -> bool:
        """Whether the picture is to be read from top to bottom."""
        return self.pixels[1] > _TALL * self.pixels[0]

    @property
    def inside(self) -> Inside:
        """What happens inside each update, for panels that need it."""
        assert self.trajectories.inside is not None
        return self.trajectories.inside

    def along(self, measure: Callable[[Terrain, np.ndarray], np.ndarray]) -> np.ndarray:
        """What `measure` finds of a terrain at the positions [optimizer, run, step, axis] of the
        paths that run over it, for all optimizers."""
        return self.over(self.trajectories.positions, measure)

    def over(
        self, positions: np.ndarray, measure: Callable[[Terrain, np.ndarray], np.ndarray]
    ) -> np.ndarray:
        """As `along`, at other positions [optimizer, …]."""
        if not self.grounds:
            return measure(self.terrain, positions)
        every = [measure(each.terrain, positions[list(each.optimizers)]) for each in self.grounds]
        return np.concatenate(every)

    def switched(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Where another method follows an optimizer: places [n, axis], the step of each [n], and
        the number of its optimizer [n]. A run that ended before has none."""
        paths = self.trajectories
        found = [
            (*place, step, k)
            for k, step in enumerate(self.switches)
            if step is not None
            for place, end in zip(paths.at(paths.positions, step)[k], paths.ends[k], strict=True)
            if end >= step
        ]
        count = paths.positions.shape[-1]
        table = np.array(found, float).reshape(-1, count + 2)
        return table[:, :count], table[:, -2], table[:, -1].astype(int)

    def select(self, optimizers: Sequence[int]) -> "View":
        """The view of some of the optimizers, each in the looks that it has among all of them.

        Where there are several grounds they run over one of them.
        """

        def chosen(values: Sequence[Value]) -> tuple[Value, ...]:
            return tuple(values[k] for k in optimizers) if values else ()

        whole = Ground(self.terrain, range(len(self.names)), self.ends, self.basins)
        grounds = (each for each in self.grounds if optimizers[0] in each.optimizers)
        ground = next(grounds, whole).only(optimizers)
        return replace(
            self,
            terrain=ground.terrain,
            trajectories=self.trajectories.only(optimizers),
            theme=self.theme.of(optimizers),
            names=chosen(self.names),
            notes=chosen(self.notes),
            colours=chosen(self.colours),
            constants=chosen(self.constants),
            formulas=chosen(self.formulas),
            switches=chosen(self.switches),
            arrivals=chosen(self.arrivals),
            held_out=chosen(self.held_out),
            noted=chosen(self.noted),
            ends=ground.ends,
            basins=ground.basins,
            grounds=(),
        )

    @property
    def height_name(self) -> str:
        """What the heights of the terrain are called."""
        return self.quantity or self.words("loss")

    def line(self, role: LineRole) -> float:
        """A line width or radius in pixels."""
        return self.theme.line_width(role, self.pixels)

    def type(self, role: TypeRole) -> float:
        """A type size in pixels."""
        return self.theme.type_size(role, self.pixels)


@dataclass(frozen=True, eq=False)
class Key:
    """What colours mean: `colours` [n, 3] from the lowest height, of the loss or `what`, up;
    `apart` are a colour [3] that is not among them, and what it says. `whole`: there are only whole
    numbers of it. `heights` are those between the bands of colour where these are not equally wide.
    `within` is the scale while a story shows a window, such as one of `windows`."""

    colours: np.ndarray
    scale: Scale
    what: str | None = None
    apart: tuple[np.ndarray, str] | None = None
    whole: bool = False
    heights: tuple[float, ...] | None = None
    within: Callable[[Window], Scale] | None = None
    windows: Sequence[Window] = ()

    def at(self, window: Window | None) -> "Key":
        """It while that part of the terrain is seen."""
        if self.within is None or window is None:
            return self
        return replace(self, scale=self.within(window))

    @property
    def faces(self) -> list["Key"]:
        """It, and what it becomes in each of its windows."""
        return [self, *map(self.at, self.windows)]

    @property
    def strip(self) -> np.ndarray:
        """The colours [n, 3] that are seen: of equal heights alone the one in the middle."""
        if self.scale.low < self.scale.high:
            return self.colours
        last = len(self.colours) - 1
        return self.colours[[last // 2, (last + 1) // 2]].mean(axis=0, keepdims=True)


Shape = Literal["arrow", "ring"]


@dataclass(frozen=True)
class Mark:
    """A shape that a panel draws, and what the legend says of it; `note` stands where rates do."""

    shape: Shape
    colour: str
    text: str
    note: str = ""
