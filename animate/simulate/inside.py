"""What happens inside each update of a simulation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal

import numpy as np
from jaxtyping import Bool, Float

Memory = Literal["velocity", "mean", "squares", "steps"]
"""What an optimizer may keep, one number a coordinate: its velocity, a running mean of gradients, a
running mean or sum of their squares (Adamax: their largest size), or that of its steps' squares."""


@dataclass(frozen=True)
class Inside:
    """What happens inside each update, at every recorded step: the step that follows from there.

    `rates` is the learning rate η at that step. `gradients` are those that the update uses: with
    noise, and taken where the optimizer takes them. `updates` is the step that it makes, `coasts`
    the part of it that memory alone would make, on level ground: for momentum −γ v. `responses` are
    what each coordinate of a gradient that vanishes is multiplied with, NaN where that is no number
    above 0, as of a sign. `memories` is
    what each optimizer keeps when the step begins. Those with `looks_ahead` take their gradient at
    the end of their `coasts`; those with `along_mean` step along the mean of the gradients.
    """

    rates: Float[np.ndarray, "optimizer step"]
    gradients: Float[np.ndarray, "optimizer run step axis"]
    updates: Float[np.ndarray, "optimizer run step axis"]
    coasts: Float[np.ndarray, "optimizer run step axis"]
    responses: Float[np.ndarray, "optimizer run step axis"]
    looks_ahead: Bool[np.ndarray, " optimizer"]
    along_mean: Bool[np.ndarray, " optimizer"]
    memories: tuple[Mapping[Memory, Float[np.ndarray, "run step axis"]], ...]

    def in_rates(self) -> Float[np.ndarray, "optimizer run step axis"]:
        """−Δθ/η: the steps against the gradient, over the learning rate; NaN where that is 0."""
        rates = self.rates[:, None, :, None]
        missing = np.full_like(self.updates, np.nan)
        return -np.divide(self.updates, rates, where=rates != 0, out=missing)

    @property
    def steps(self) -> Float[np.ndarray, "optimizer run step axis"]:
        """The steps; those that are none are 0, and not −0, as −η · 0 is."""
        return self.updates + 0.0

    def only(self, optimizers: Sequence[int]) -> "Inside":
        """The same of some of the optimizers."""
        chosen = list(optimizers)
        return Inside(
            rates=self.rates[chosen],
            gradients=self.gradients[chosen],
            updates=self.updates[chosen],
            coasts=self.coasts[chosen],
            responses=self.responses[chosen],
            looks_ahead=self.looks_ahead[chosen],
            along_mean=self.along_mean[chosen],
            memories=tuple(self.memories[k] for k in chosen),
        )


def all_inside(parts: Sequence[Inside]) -> Inside:
    """That of all `parts`, one after the other."""
    return Inside(
        rates=np.concatenate([each.rates for each in parts]),
        gradients=np.concatenate([each.gradients for each in parts]),
        updates=np.concatenate([each.updates for each in parts]),
        coasts=np.concatenate([each.coasts for each in parts]),
        responses=np.concatenate([each.responses for each in parts]),
        looks_ahead=np.concatenate([each.looks_ahead for each in parts]),
        along_mean=np.concatenate([each.along_mean for each in parts]),
        memories=tuple(chain.from_iterable(each.memories for each in parts)),
    )
