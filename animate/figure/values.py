"""Values: those of a sweep that are seen one at a time, side by side or one after the other."""

from dataclasses import dataclass, replace
from typing import Literal

from animate.figure.view import View


@dataclass(frozen=True)
class Values:
    """The values of a swept option, side by side or one after the other.

    `option` is what they are values of, `texts` how they are written, `titles` what stands above
    the cells of each. `groups` are the numbers of the optimizers visible with each value, and
    `before` the number that each optimizer had before the swept one, `optimizer`, number `place`,
    became several; None: all did, since the surface is swept. `notes` are the learning rates of the
    swept one, where they differ from value to value and are not themselves the values; `common` is
    what stands beside each of those numbers with every value of a swept surface.
    """

    layout: Literal["grid", "film"]
    option: str
    optimizer: str
    place: int | None
    texts: tuple[str, ...]
    titles: tuple[str, ...]
    groups: tuple[tuple[int, ...], ...]
    before: tuple[int, ...]
    notes: tuple[str, ...] = ()
    common: tuple[str, ...] = ()

    def view(self, whole: View, number: int) -> View:
        """The view of value `number`; the swept optimizer has its own name, and its rate where all
        of its rates are the same. Of a swept surface all have the same notes with every value."""
        view = whole.select(self.groups[number])
        if self.place is None:
            return replace(view, notes=self.common)
        names, notes = list(view.names), list(view.notes)
        swept = [k for k, before in enumerate(self.before) if before == self.place]
        rates = {whole.notes[k] for k in swept}
        names[self.place] = self.optimizer
        notes[self.place] = notes[self.place] if len(rates) == 1 else ""
        return replace(view, names=tuple(names), notes=tuple(notes))

    def optimizers(self, view: View) -> list[tuple[tuple[int, ...], str]]:
        """For each optimizer before the sweep, the numbers of those that it became, and its name
        whatever the value."""
        copies = [
            tuple(k for k, before in enumerate(self.before) if before == place)
            for place in range(max(self.before) + 1)
        ]
        return [
            (numbers, self.optimizer if place == self.place else view.names[numbers[0]])
            for place, numbers in enumerate(copies)
        ]
