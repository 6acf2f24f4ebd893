"""The angle between the gradients of neighbouring steps."""

# pyright: reportUnknownMemberType=false

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from animate.errors import UsageError
from animate.figure import Traits, View
from animate.panels.curves import Curves, Values
from animate.simulate.terrain import ScaleKind

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_TICKS = (0, 45, 90, 135, 180)
_ROUNDING = 10 * float(np.finfo(float).eps)
"""Of the longest gradient that a run has met, the part in which a sum of its parts is not exact."""


@dataclass(frozen=True, kw_only=True)
class Angle(Curves):
    """How far each gradient turns from the one before it, in degrees.

    Those are compared that the updates use: with noise, and taken where the optimizer takes them.
    Near 0° a run goes on straight, near 180° it bounces between walls (Xing et al., 2018). Nothing
    is drawn at the first step, and where a gradient is 0, or so small beside those before that
    it is nothing but their rounding.
    """

    scale: ScaleKind = "linear"

    @property
    def traits(self) -> Traits:
        return Traits(films=True, labels=True, needs=frozenset({"inside"}))

    def values(self, view: View, limits: View) -> Values:
        paths, gradients = view.trajectories, view.inside.gradients
        if (np.diff(paths.steps) != 1).any():
            raise UsageError("'angle' needs every step, and of so many not all are recorded")
        up = gradients[..., 1] if gradients.shape[-1] > 1 else 0.0 * gradients[..., 0]
        turned = np.diff(np.arctan2(up, gradients[..., 0]), axis=-1)
        turns = np.abs(np.degrees((turned + np.pi) % (2 * np.pi) - np.pi))
        lengths = np.hypot(gradients[..., 0], up)
        moves = lengths > _ROUNDING * np.maximum.accumulate(lengths, axis=-1)
        known = moves[:, :, 1:] & moves[:, :, :-1] & np.isfinite(paths.losses[:, :, 1:])
        first = np.full((*turns.shape[:2], 1), np.nan)
        return np.concatenate([first, np.where(known, turns, np.nan)], axis=-1)

    def label(self, view: View) -> str:
        return view.words("angle of gradients")

    def dress(self, axes: "Axes", view: View, limits: View) -> None:
        super().dress(axes, view, limits)
        if self.scale == "linear":
            axes.set(ylim=(-8, 188), yticks=_TICKS)
