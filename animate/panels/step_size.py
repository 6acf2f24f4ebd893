"""The effective learning rate of each coordinate."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from animate.figure import Traits, View
from animate.panels.curves import Curves, Values


@dataclass(frozen=True, kw_only=True)
class StepSize(Curves):
    """The effective learning rate of each coordinate: what its gradient is multiplied with.

    Measured on the update itself. Where the optimizer steps along the gradient g, with or without
    a velocity: |Δθᵢ − cᵢ| / |gᵢ|, c being the step that memory alone would make; that is η for
    SGD, momentum and Nesterov, and η / (√Gᵢ + ε) for Adagrad. Where it steps along a running mean
    of gradients, as Adam does: |Δθᵢ| / |m̂ᵢ|, m̂ the mean as the update uses it, bias-corrected
    where it is; that is η / (√v̂ᵢ + ε). Nothing is drawn where gᵢ or m̂ᵢ is 0.
    """

    @property
    def traits(self) -> Traits:
        return Traits(films=True, needs=frozenset({"inside"}))

    def values(self, view: View, limits: View) -> Values:
        seen = view.trajectories.inside
        assert seen is not None
        moved, along = seen.updates - seen.coasts, seen.gradients.copy()
        for k, (memory, constants) in enumerate(zip(seen.memories, view.constants, strict=True)):
            if seen.along_mean[k]:
                moved[k] = seen.updates[k]
                along[k] = _mean(view, k, memory["mean"], constants)
        moved[~np.isfinite(view.trajectories.losses)] = np.nan
        return np.abs(np.divide(moved, along, where=along != 0, out=np.full_like(moved, np.nan)))

    def label(self, view: View) -> str:
        return view.words("effective rate")

    def parts(self, view: View) -> tuple[str, ...]:
        return ("x", "y")


def _mean(view: View, k: int, before: np.ndarray, constants: Mapping[str, Any]) -> np.ndarray:
    """The running mean [run, record, 2] that update t = 1 … uses: m ← b₁ m + (1 − b₁) g."""
    seen = view.trajectories.inside
    assert seen is not None
    b1 = constants["b1"]
    mean = b1 * before + (1 - b1) * seen.gradients[k]
    if not constants.get("bias_correction", True):
        return mean
    return mean / (1 - b1 ** (view.trajectories.steps[:, None] + 1.0))
