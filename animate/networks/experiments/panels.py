"""The panels that every experiment and network has, and what the panels of experiments share."""

from dataclasses import dataclass
from math import ceil, floor, log10
from typing import TYPE_CHECKING, ClassVar, Literal, TypeVar

import numpy as np

from animate.figure import Drawing, Moment, Panel, Traits, View
from animate.figure.text.paragraph_panel import draw_paragraph, paragraph_height
from animate.networks.landscape import Landscape
from animate.networks.quantity import PLANE_LOSSES
from animate.panels.curve_axes import Values, precision
from animate.panels.curves import Curves
from animate.simulate.terrain import ScaleKind

if TYPE_CHECKING:
    from matplotlib import artist
    from matplotlib.axes import Axes

Result = TypeVar("Result")


@dataclass(frozen=True, kw_only=True)
class Finding(Panel):
    """What the experiment found, in a sentence or two, with the numbers that were computed.

    It stands there always, or only at the `end`, when all of it has been seen.
    """

    shown: Literal["always", "end"] = "always"

    @property
    def traits(self) -> Traits:
        needs = frozenset({"finding"})
        return Traits(needs=needs, words=True, names_paths=False, names_dots=False)

    def height(self, view: View, width: float) -> float:
        return paragraph_height(view, view.finding, width)

    def dress(self, axes: "Axes", view: View, limits: View) -> None:
        axes.set_axis_off()

    def draw(self, axes: "Axes", view: View, limits: View) -> Drawing:
        lines = draw_paragraph(axes, view, view.finding)
        if self.shown == "always":
            return Drawing()

        def show(moment: Moment) -> None:
            for line in lines:
                line.set_visible(moment.step >= view.timeline.steps)

        return Drawing(artists=lines, show=show)


class ResultPanel(Panel):
    """A panel that draws the results of one experiment only."""

    experiment: ClassVar[str]

    @property
    def traits(self) -> Traits:
        return Traits(needs=frozenset({self.experiment}))


@dataclass(frozen=True, kw_only=True)
class OffPlane(Curves):
    """The true loss of every path, and dotted the loss on the plane at its nearest point.

    On a log scale where every loss is above zero, else on a symmetric log one, linear around zero.
    """

    scale: ScaleKind = "log"

    @property
    def traits(self) -> Traits:
        return Traits(needs=frozenset({"network"}), measures=frozenset({PLANE_LOSSES}))

    def values(self, view: View, limits: View) -> Values:
        return view.trajectories.losses

    def label(self, view: View) -> str:
        return view.words("true loss")

    def dress(self, axes: "Axes", view: View, limits: View) -> None:
        super().dress(axes, view, limits)
        both = np.concatenate([result_of(view, Landscape).losses, _plane_losses(view)])
        both = both[np.isfinite(both)]
        if axes.get_yscale() == "log":
            both = both[both > 0]
            least = precision(self.values(limits, limits))
            axes.set_ylim(max(both.min() / 1.4, least), both.max() * 1.4)
        else:
            low, high = axes.get_ylim()
            axes.set_ylim(min(low, both.min()), max(high, both.max()))

    def draw(self, axes: "Axes", view: View, limits: View) -> Drawing:
        steps, shown = result_of(view, Landscape).steps, view.trajectories.labels
        for k, label in enumerate(shown):
            axes.plot(
                steps,
                _plane_losses(view)[limits.trajectories.labels.index(label)],
                color=view.colours[k],
                linestyle=":",
                linewidth=0.7 * view.line("trail"),
                zorder=2,
            )
        return super().draw(axes, view, limits)


def _plane_losses(view: View) -> np.ndarray:
    """Those that were asked for [optimizer, kept]."""
    known = result_of(view, Landscape).plane_losses
    assert known is not None
    return known


def result_of(view: View, kind: type[Result]) -> Result:
    """The result that the view shows. Raises TypeError where it is of another kind."""
    if not isinstance(view.result, kind):
        raise TypeError(f"the view shows a {type(view.result).__name__}, not a {kind.__name__}")
    return view.result


def open_axes(axes: "Axes", view: View) -> None:
    """Leave out the upper and right spine, and draw hairlines behind everything."""
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    width = view.line("hairline")
    axes.grid(True, color=view.theme.faint, linewidth=width, alpha=0.5, zorder=0)
    axes.set_axisbelow(True)


def relative_size(axes: "Axes", drawn: "artist.Artist") -> tuple[float, float]:
    """The width and the height of `drawn`, each as a share of those of `axes`."""
    extent, room = drawn.get_window_extent(), axes.get_window_extent()
    return extent.width / room.width, extent.height / room.height


def at_step(steps: np.ndarray, values: np.ndarray, step: float) -> np.ndarray:
    """`values` [kept, …] at a fractional step, linear between the `steps` [kept]."""
    place = float(np.interp(step, steps, np.arange(len(steps))))
    below = int(place)
    above = min(below + 1, len(steps) - 1)
    return np.asarray(values[below] + (place - below) * (values[above] - values[below]))


def signed_powers(least: float, low: float, high: float) -> list[float]:
    """Zero, and the powers of ten of both signs from `least` in size up to `low` < 0 and `high`, in
    order."""
    sides = ((-1, -low), (1, high))
    powers = (
        sign * 10.0**power
        for sign, end in sides
        if end >= least
        for power in range(ceil(log10(least)), floor(log10(end)) + 1)
    )
    return sorted([0.0, *powers])
