"""A minimum in section, that of the trained network or that of the same network rescaled."""

# pyright: reportUnknownMemberType=false

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from animate.figure import Drawing, Moment, View
from animate.networks.experiments.panels import (
    ResultPanel,
    at_step,
    open_axes,
    relative_size,
    result_of,
)
from animate.networks.experiments.sharpness.compute import PARTS, Sharpness

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True, kw_only=True)
class Valley(ResultPanel):
    """The loss on a line through a network as it was trained, or as it is rescaled meanwhile.

    Both lines have one direction; the dashed curve is the first network's.
    """

    of: Literal["trained", "rescaled"] = "rescaled"

    experiment = "sharpness"

    def dress(self, axes: "Axes", view: View, limits: View) -> None:
        result, words = result_of(view, Sharpness), view.words
        open_axes(axes, view)
        first, places = result.sections[0], result.places
        axes.set(xlim=(places[0], places[-1]), ylim=(0, min(first[0], first[-1])))
        axes.locator_params(axis="x", nbins=5)
        axes.locator_params(axis="y", nbins=4)
        axes.set_xlabel(words("distance along one direction"))
        axes.set_ylabel(words("training loss"))
        title = self._title(view, float(len(result.turns) - 1))
        note = view.type("note")
        axes.set_title(title, fontsize=note, color=self._colour(view), pad=0.5 * note)

    def draw(self, axes: "Axes", view: View, limits: View) -> Drawing:
        result, theme, moves = result_of(view, Sharpness), view.theme, self.of == "rescaled"
        colour, width, places = self._colour(view), view.line("trail"), result.places
        first, middle = result.sections[0], len(places) // 2
        ground = axes.fill_between(
            places, 0, first, color=colour, alpha=0.16, linewidth=0, zorder=2
        )
        (line,) = axes.plot(places, first, color=colour, linewidth=width, zorder=3)
        if moves:
            axes.plot(places, first, color=theme.muted, linewidth=width / 2, linestyle="--")
        (ball,) = axes.plot(
            [0], first[[middle]], marker="o", color=colour, zorder=5, clip_on=False,
            markersize=2.4 * view.line("head"), markeredgecolor=theme.casing,
            markeredgewidth=view.line("casing"),
        )  # fmt: skip
        steps = np.arange(len(result.turns))
        axes.title.set_text(self._title(view, float(steps[-1])))
        brief = bool(relative_size(axes, axes.title)[0] > 1)

        def show(moment: Moment) -> None:
            turn = turn_at(view, moment) if moves else 0.0
            heights = at_step(steps, result.sections, turn)
            line.set_ydata(heights)
            ground.set_data(places, 0, heights)
            ball.set_ydata(heights[[middle]])
            axes.title.set_text(self._title(view, turn, brief=brief))

        return Drawing(artists=[ground, line, ball, axes.title], show=show)

    def _colour(self, view: View) -> str:
        return view.colours[0] if self.of == "rescaled" else view.theme.ink

    def _title(self, view: View, turn: float, *, brief: bool = False) -> str:
        """Which network it is, and how sharp it is at the number `turn` of a factor."""
        result, words = result_of(view, Sharpness), view.words
        turn = turn if self.of == "rescaled" else 0.0
        numbers = np.arange(len(result.turns))
        factor, eigenvalue = (
            words.number(float(np.exp(np.interp(turn, numbers, np.log(values)))), 2, padded=True)
            for values in (result.turns, result.turn_eigenvalues)
        )
        trained, scaled = words("as trained"), words("rescaled by", factor=factor)
        if brief:
            scaled = words("rescaled by, briefly", factor=factor)
        name = trained if self.of == "trained" else scaled
        long = words("sharpest curvature", value=eigenvalue)
        return f"{name}\n{words('largest λ', value=eigenvalue) if brief else long}"


def turn_at(view: View, moment: Moment) -> float:
    """The number of the factor, with a fraction, that `moment` shows."""
    return (moment.step - view.timeline.first) * PARTS
