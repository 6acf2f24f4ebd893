"""What every panel of curves against the step shares."""

# pyright: reportUnknownMemberType=false

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from jaxtyping import Float, Int

from animate.figure import Drawing, Moment, Panel, Trails, Traits, View
from animate.figure.paths.trails import by_path
from animate.panels.curve_axes import Values, dress_curves, factor_height, on_axes
from animate.panels.head_names import keep_room, named
from animate.panels.spread import STRENGTH, diverged, draw_band, quartiles
from animate.simulate.terrain import ScaleKind
from animate.theme import Dash

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PART_DASHES: tuple[Dash, ...] = ((), (2.6, 1.8))
"""The line styles of an optimizer's first and second curve."""
_SAMPLES = ((2.4, 1.4, 0.8), (1.6, 0.8, 0.4), (1.1, 0.5, 0.3))
"""The length of a style's sample, the room before the next one and that before its name, in type
sizes; shorter ones where the axes are narrow."""


@dataclass(frozen=True, kw_only=True)
class Curves(Panel):
    """One curve an optimizer against the step, or one for each of its `parts`.

    Of a swarm it is the median of all runs, in a band between their quartiles.
    """

    diverged_as_infinite: ClassVar[bool] = False
    """Whether runs that left the finite numbers count as ∞ among a swarm's; if not, they are left
    out."""

    scale: ScaleKind = "auto"

    @property
    def traits(self) -> Traits:
        return Traits(films=True, labels=True)

    @abstractmethod
    def values(self, view: View, limits: View) -> Values:
        """What is drawn of `view`, NaN where there is nothing; the last axis only where there are
        parts. What all panels beside each other share follows from `limits`."""

    @abstractmethod
    def label(self, view: View) -> str:
        """What the vertical axis shows, with the limits of `view`."""

    def dress(self, axes: "Axes", view: View, limits: View) -> None:
        values = self._quartiles(limits, limits) if limits.swarm else self.values(limits, limits)
        label = self._spread_label(limits) if limits.swarm else self.label(limits)
        dress_curves(axes, limits, values, label, self.scale)
        if self.parts(view):
            name_parts(axes, view, self.parts(view))
        if view.direct and view is limits:
            keep_room(axes, view)

    def draw(self, axes: "Axes", view: View, limits: View) -> Drawing:
        if self.parts(view):
            name_parts(axes, view, self.parts(view))
        if view.swarm:
            trails, bands = self._spread(axes, view, limits)
        else:
            ends, parts = view.trajectories.ends, self._by_part(view, self.values(view, limits))
            trails = [_curves(axes, view, part, ends, dash) for part, dash in parts]
            bands = []
        _mark_switches(axes, view)
        cursor = axes.axvline(0, color=view.theme.muted, linewidth=view.line("hairline"), alpha=0.7)

        def show(moment: Moment) -> None:
            cursor.set_xdata([moment.step, moment.step])
            cursor.set_visible(moment.visible is None)
            for band in bands:
                band.show(moment)

        artists = [*(artist for band in bands for artist in band.artists), cursor]
        drawing = Drawing(trails, artists, show)
        return named(axes, view, drawing) if view.direct else drawing

    def _spread(self, axes: "Axes", view: View, limits: View) -> tuple[list[Trails], list[Drawing]]:
        """The medians, and their bands between quartiles."""
        trails, bands = list[Trails](), list[Drawing]()
        whole, strength = replace(view, tail=None), STRENGTH / max(len(self.parts(view)), 1)
        for (lows, medians, highs), dash in self._by_part(view, self._quartiles(view, limits)):
            ends = _known_until(medians, view)
            trails.append(_curves(axes, whole, medians[:, None], ends, dash))
            for k, (low, high) in enumerate(zip(lows, highs, strict=True)):
                bands.append(draw_band(axes, view, k, low, high, strength))
        return trails, bands

    def _by_part(self, view: View, values: np.ndarray) -> list[tuple[np.ndarray, Dash | None]]:
        """The values of each part, and its dash where there are several."""
        if not self.parts(view):
            return [(values, None)]
        return list(zip(np.moveaxis(values, -1, 0), PART_DASHES, strict=False))

    def _quartiles(
        self, view: View, limits: View
    ) -> Float[np.ndarray, "quartile optimizer record *part"]:
        values, gone = self.values(view, limits), diverged(view)
        filling = np.inf if self.diverged_as_infinite else np.nan
        gone = gone.reshape(gone.shape + (1,) * (values.ndim - gone.ndim))
        return quartiles(np.where(gone, filling, values))

    def _spread_label(self, view: View) -> str:
        gone = diverged(view)[..., -1]
        label = view.words("median and quartiles", what=self.label(view))
        if not gone.any():
            return label
        words, off = view.words, view.trajectories.off[gone]
        count, total, ended = len(off), gone.size, words("ended by divergence")
        if off.any():
            ended = words("ended off the surface") if off.all() else words("ended either way")
        if self.diverged_as_infinite:
            return words("ended as infinite", what=label, count=count, total=total, ended=ended)
        return words("ended left out", what=label, count=count, total=total, ended=ended)


def coordinates(view: View) -> tuple[str, ...]:
    """The parts of what has a curve for each coordinate: none where there is one coordinate."""
    return ("x", "y") if len(view.axes) > 1 else ()


def by_coordinate(view: View, values: Float[np.ndarray, "*shape 2"]) -> Values:
    """`values` of x and y, or of x alone where there is one coordinate."""
    return values if len(view.axes) > 1 else values[..., 0]


def _known_until(
    medians: Float[np.ndarray, "optimizer record"], view: View
) -> Int[np.ndarray, "optimizer 1"]:
    """The last step of each median that is a number; of one that never is, the last step."""
    known = np.isfinite(medians)
    last = known.shape[1] - 1 - known[:, ::-1].argmax(axis=1)
    return view.trajectories.steps[last][:, None]


def _curves(
    axes: "Axes",
    view: View,
    values: Float[np.ndarray, "optimizer run record"],
    ends: Int[np.ndarray, "optimizer run"],
    dash: Dash | None,
) -> Trails:
    """One trail a curve, in the colours of its optimizer."""
    paths = view.trajectories
    values = on_axes(axes, np.where(np.isfinite(values), values, np.nan))
    steps = np.broadcast_to(paths.steps, values.shape)
    points, owners = by_path(np.stack([steps, values], axis=-1))
    return Trails(axes, points, paths.steps, ends.ravel(), owners, view, dash)


def _mark_switches(axes: "Axes", view: View) -> None:
    """A dotted hairline in its colour at the step where another method follows an optimizer that
    has come so far."""
    ends = view.trajectories.ends.max(axis=1)
    switches = zip(view.switches, view.colours, ends, strict=True) if view.switches else ()
    marks = {(step, colour) for step, colour, end in switches if step is not None and step <= end}
    for step, colour in sorted(marks):
        width = view.line("hairline")
        axes.axvline(step, color=colour, linewidth=width, linestyle=":", zorder=1)


def name_parts(axes: "Axes", view: View, parts: Sequence[str]) -> None:
    """A line of samples above the axes, which are as wide as they will be or may be still: which
    style is which part."""
    from matplotlib.lines import Line2D
    from matplotlib.transforms import offset_copy

    colour, width = view.theme.muted, view.line("trail")
    figure, up = axes.get_figure(root=True), factor_height(axes, view)
    samples = [
        Line2D([], [], color=colour, linewidth=width, linestyle=(0, dash) if dash else "-")
        for dash in PART_DASHES[: len(parts)]
    ]
    for sample, gap, space in _SAMPLES:
        legend = axes.legend(
            samples,
            parts,
            loc="lower right",
            bbox_to_anchor=(1.0, 1.0),
            bbox_transform=offset_copy(axes.transAxes, figure, y=up, units="points"),
            ncols=len(parts),
            fontsize=view.type("note"),
            labelcolor=view.theme.muted,
            frameon=False,
            borderpad=0.2,
            borderaxespad=0.0,
            handlelength=sample,
            handletextpad=space,
            columnspacing=gap,
        )
        if legend.get_window_extent().width <= axes.bbox.width:
            return
