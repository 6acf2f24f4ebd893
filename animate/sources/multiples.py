"""Small multiples: from a scene with a sweep to rows of panels, one for each value."""

from dataclasses import replace

from animate.figure import Grid, Panel, Split, View
from animate.figure.split import fresh, unsplit
from animate.panels.multiple import Multiple
from animate.scene import RaceScene
from animate.scene.sweep import Sweep

_ROOM = (0.75, 0.85)
"""About how much of the picture's width and height title and legend leave."""


def multiples(scene: RaceScene, sweep: Sweep, whole: View) -> tuple[Grid[Panel | Split], View]:
    """A grid of panels, one panel of each kind for every value, and the view for their legend.

    One kind of panel fills a grid row by row; of several kinds each has a row of its own.
    """
    views = [one_value(whole, sweep, group) for group in sweep.groups(len(whole.names))]
    titles = _titles(sweep, whole)
    kinds = list(scene.panels.cells())
    count = len(views)
    across = count if len(kinds) > 1 else _across(count, whole)
    places = [(part, k) for part in kinds for k in range(count)]
    rows = [places[first : first + across] for first in range(0, len(places), across)]
    made: list[list[Panel | None]] = [
        [
            Multiple(
                panel=unsplit(fresh(part)),
                shown=views[k],
                whole=whole,
                title=titles[k] if len(kinds) == 1 or r == 0 else "",
                leftmost=column == 0,
                lowest=r == len(rows) - 1 or (len(kinds) == 1 and k + across >= count),
            )
            for column, (part, k) in enumerate(row)
        ]
        for r, row in enumerate(rows)
    ]
    made[-1] += [None] * (across - len(made[-1]))
    return Grid(made), views[0]


def _across(count: int, whole: View) -> int:
    """How many side by side make `count` windows largest."""
    (left, right), (bottom, top) = whole.terrain.window
    wide, high = (share * side for share, side in zip(_ROOM, whole.pixels, strict=True))

    def scale(across: int) -> float:
        return min(wide / across / (right - left), high / -(-count // across) / (top - bottom))

    return max(range(1, count + 1), key=lambda across: (scale(across), across))


def one_value(whole: View, sweep: Sweep, group: tuple[int, ...]) -> View:
    """The view of the optimizers in `group` alone; the one that is swept has its own name."""
    place, copies = sweep.place, len(sweep.values)
    rates = whole.notes[place : place + copies]
    names = [whole.names[k] for k in group]
    notes = [whole.notes[k] for k in group]
    names[place], notes[place] = sweep.optimizer, rates[0] if len(set(rates)) == 1 else ""
    return replace(
        whole,
        trajectories=whole.trajectories.only(group),
        names=tuple(names),
        notes=tuple(notes),
        colours=tuple(whole.colours[k] for k in group),
        constants=tuple(whole.constants[k] for k in group),
        basins={cells: found.only(group) for cells, found in whole.basins.items()},
    )


def _titles(sweep: Sweep, whole: View) -> list[str]:
    """What each value is called, with its learning rate where the rates differ."""
    words = whole.words
    rates = whole.notes[sweep.place : sweep.place + len(sweep.values)]
    option = words("learning rate") if sweep.option == "learning_rate" else sweep.option
    said = [f"{option} = {words.number(value, 3)}" for value in sweep.values]
    if sweep.option == "learning_rate" or len(set(rates)) == 1:
        return said
    return [f"{each},  η = {rate}" for each, rate in zip(said, rates, strict=True)]
