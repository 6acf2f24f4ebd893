"""Solution: what is shown of a scene, whatever the size and the looks of the picture."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from animate.figure import Grid, PanelEntry
from animate.figure.values import Values
from animate.figure.view import Ground
from animate.simulate.basins import Basins
from animate.simulate.minima import Ends
from animate.simulate.terrain import Terrain
from animate.simulate.trajectories import Trajectories
from animate.writers.table import Beside


@dataclass(frozen=True)
class Solution:
    """What a source makes of a scene. Arrays are not to be changed.

    `panels` are those of the scene, or what the source shows by itself. `names` are the optimizers
    as the legend calls them, `notes` what stands beside each (its rate), `kinds` the names of the
    methods, `colours` those that the scene gives, `constants` the options of each, `formulas` its
    update rule and `switches` the step at which another method follows it. `axes` name the
    terrain's directions, or a signal's coordinates; its heights are that `quantity`, "" for the
    loss. `counted` is what the steps are called, if not steps; "" where there is a single picture.
    `result` is what an experiment or a network's training computed, and `finding` says in words
    what it shows; `held_out` are the last losses of a network over held-out data. `swarm`: the runs
    are drawn as dots. `ends` tell the minima in which the runs of a swarm end, and single ones
    beside maps of basins. `basins` are by their number of cells to a side. `values` are those of a
    swept option that are seen one at a time, and `grounds` the surfaces of each, where it is the
    surface's. `table` gives what a table of the paths has beside them.
    """

    title: str
    terrain: Terrain
    trajectories: Trajectories
    panels: Grid[PanelEntry]
    names: tuple[str, ...]
    notes: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    colours: tuple[str | None, ...] = ()
    constants: tuple[Mapping[str, Any], ...] = ()
    formulas: tuple[tuple[str, ...], ...] = ()
    switches: tuple[int | None, ...] = ()
    axes: tuple[str, ...] = ("x", "y")
    quantity: str = ""
    counted: str | None = None
    result: Any = None
    finding: str = ""
    held_out: tuple[float, ...] = ()
    swarm: bool = False
    ends: Ends | None = None
    basins: Mapping[int, Basins] = field(default_factory=dict[int, Basins])
    values: Values | None = None
    table: Callable[[], Beside] = Beside
    grounds: tuple[Ground, ...] = ()
