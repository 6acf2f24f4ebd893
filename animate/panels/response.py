"""The steps with which optimizers answer a signal, in front of its gradient."""

# pyright: reportUnknownMemberType=false

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from jaxtyping import Float

from animate.errors import UsageError
from animate.figure import Drawing, Moment, Traits, View
from animate.panels.curve_axes import dress_curves
from animate.panels.curves import Curves, Values
from animate.simulate.terrain import ScaleKind

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_SMALLEST, _LARGEST = 0.25, 30.0
"""The gradient has the scale of the steps while these are between so many times its size."""
_AHEAD, _PASSED = 0.16, 0.42
"""How much the gradient that is to come, and that has been, covers."""


@dataclass(frozen=True, kw_only=True)
class Response(Curves):
    """What each optimizer makes of a signal: its step, over its learning rate.

    −Δθ/η against the step, in front of the gradient, which would be the curve of SGD. Where the two
    differ in size, the gradient has a scale of its own, and the label says so. `coordinate` is one
    of two; without it both are drawn.
    """

    scale: ScaleKind = "linear"
    coordinate: Literal["x", "y"] | None = None

    @property
    def traits(self) -> Traits:
        return Traits(films=True, labels=True, needs=frozenset({"signal"}))

    def values(self, view: View, limits: View) -> Values:
        return self._chosen(view, view.inside.in_rates())

    def label(self, view: View) -> str:
        words, label = view.words, view.words("step over rate")
        if self._factor(view) == 1:
            return f"{label}; {words('grey gradient')}"
        largest = words.number(float(np.abs(self._gradients(view)).max()), 3)
        return f"{label}; {words('grey gradient to scale', largest=largest)}"

    def parts(self, view: View) -> tuple[str, ...]:
        return () if self.coordinate or len(view.axes) == 1 else view.axes

    def dress(self, axes: "Axes", view: View, limits: View) -> None:
        super().dress(axes, view, limits)
        values = self.values(limits, limits)
        grey = np.broadcast_to(self._factor(limits) * self._gradients(limits), values.shape[1:])
        everything = np.concatenate([values, grey[None]])
        dress_curves(axes, limits, everything, self.label(limits), self.scale)

    def draw(self, axes: "Axes", view: View, limits: View) -> Drawing:
        curves = super().draw(axes, view, limits)
        grey = np.moveaxis(np.atleast_2d(self._factor(limits) * self._gradients(view).T), 0, -1)
        bands = [_draw_gradient(axes, view, grey[:, k]) for k in range(grey.shape[1])]

        def show(moment: Moment) -> None:
            curves.show(moment)
            for band in bands:
                band.show(moment)

        artists = [*(artist for band in bands for artist in band.artists), *curves.artists]
        return Drawing(curves.paths, artists, show)

    def _gradients(self, view: View) -> np.ndarray:
        """The gradient that is drawn, [record] or of each part [record, part]."""
        return self._chosen(view, view.trajectories.gradients[0, 0])

    def _factor(self, view: View) -> float:
        """What the gradient is multiplied with where it is drawn."""
        values, gradients = self.values(view, view), np.abs(self._gradients(view)).max()
        steps = float(np.nanmax(np.abs(values), initial=0.0))
        if not steps or not gradients or _SMALLEST <= steps / gradients <= _LARGEST:
            return 1.0
        return steps / float(gradients)

    def _chosen(self, view: View, values: np.ndarray) -> np.ndarray:
        """Of `values` [..., 2] those of the coordinates that are drawn."""
        if self.coordinate and self.coordinate not in view.axes:
            raise UsageError(
                f"'response' finds no coordinate {self.coordinate}: the signal has one, x; leave "
                "'coordinate' out, or write signal: {x: …, y: …}"
            )
        if self.parts(view):
            return values
        return values[..., view.axes.index(self.coordinate or view.axes[0])]


def _draw_gradient(axes: "Axes", view: View, values: Float[np.ndarray, " record"]) -> Drawing:
    """The gradient between its curve and 0: faint where it is to come, stronger as time passes."""
    from matplotlib.transforms import Bbox

    grey, steps = view.theme.muted, view.trajectories.steps
    axes.axhline(0, color=grey, linewidth=view.line("hairline"), alpha=0.6, zorder=1)
    edge = 1.5 * view.line("hairline")  # so that a spike, narrower than a pixel, is seen
    axes.fill_between(steps, 0, values, color=grey, alpha=_AHEAD, linewidth=edge, zorder=1)
    passed = axes.fill_between(
        steps, 0, values, color=grey, alpha=_PASSED, linewidth=edge, zorder=1.5
    )

    def show(moment: Moment) -> None:
        (left, below), (_, above) = axes.bbox.get_points()
        now, _ = axes.transData.transform((moment.step, 0.0))
        passed.set_clip_box(Bbox([[left, below], [now, above]]))

    return Drawing(artists=[passed], show=show)
