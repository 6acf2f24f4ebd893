"""The effective learning rate of each coordinate."""

from dataclasses import dataclass

import numpy as np

from animate.figure import Traits, View
from animate.panels.curves import Curves, Values, by_coordinate, coordinates


@dataclass(frozen=True, kw_only=True)
class StepSize(Curves):
    """The effective learning rate of each coordinate: what its gradient is multiplied with.

    Measured on the update itself. Where the optimizer steps along the gradient g, with or without
    a velocity: |Δθᵢ − cᵢ| / |gᵢ|, c being the step that memory alone would make; that is η for
    SGD, momentum and Nesterov, and η / (√Gᵢ + ε) for Adagrad. Where it steps along a running mean
    of gradients, as Adam does: |Δθᵢ| / |m̂ᵢ|, m̂ the mean as the update uses it, bias-corrected
    where it is; that is η / (√v̂ᵢ + ε). Where gᵢ is 0 it is the derivative of the step by it: what
    the optimizer would multiply a gradient with. Nothing is drawn where m̂ᵢ is 0, or where gᵢ is
    and there is no derivative, as of a sign.
    """

    @property
    def traits(self) -> Traits:
        return Traits(films=True, labels=True, needs=frozenset({"inside"}))

    def values(self, view: View, limits: View) -> Values:
        inside = view.inside
        moved, along = inside.updates - inside.coasts, inside.gradients.copy()
        resting = inside.responses.copy()
        for k in np.flatnonzero(inside.along_mean).tolist():
            moved[k], along[k], resting[k] = inside.updates[k], _mean(view, k), np.nan
        with np.errstate(invalid="ignore"):  # of a run that has diverged
            rates = np.abs(np.divide(moved, along, where=along != 0, out=resting))
        rates[~np.isfinite(view.trajectories.losses)] = np.nan
        return by_coordinate(view, rates)

    def label(self, view: View) -> str:
        return view.words("effective rate")

    def parts(self, view: View) -> tuple[str, ...]:
        return coordinates(view)


def _mean(view: View, k: int) -> np.ndarray:
    """The running mean [run, record, 2] that update t = 1 … uses: m ← b₁ m + (1 − b₁) g."""
    constants, b1 = view.constants[k], view.constants[k]["b1"]
    mean = b1 * view.inside.memories[k]["mean"] + (1 - b1) * view.inside.gradients[k]
    if not constants.get("bias_correction", True):
        return mean
    return mean / (1 - b1 ** (view.trajectories.steps[:, None] + 1.0))
