"""What is added to the gradient of each update: random noise, silence, or a gradient of its own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Literal

import numpy as np
from jaxtyping import Float

from animate._lazy import lazy
from animate.simulate.libraries import Array
from animate.simulate.numerics import random_key

jax, jnp = lazy("jax"), lazy("jax.numpy")

Number = Array | int
"""A number of a run or of a step, which may be traced."""
Shape = tuple[int, ...]
"""Of a position."""
NoiseKind = Literal["gaussian", "multiplicative", "heavy_tailed"]


@dataclass(frozen=True)
class Noise:
    """Random noise of scale `std`, drawn from `seed`.

    gaussian: g + ξ; multiplicative: g + ξ ⊙ g; heavy_tailed: g + ξ with ξ from Student's t with
    two degrees of freedom, whose variance is infinite (Şimşekli et al., 2019).
    """

    std: Array | float
    kind: NoiseKind = "gaussian"
    seed: Number = 0

    @property
    def numbers(self) -> tuple[Array | float, Number]:
        """Its scale and its seed."""
        return self.std, self.seed

    def of(self, numbers: Sequence[Any]) -> "Noise":
        """The same kind of noise with other `numbers`, which may be traced."""
        std, seed = numbers
        return replace(self, std=std, seed=seed)

    def added(
        self, run: Number, step: Number, shape: Shape, gradient: Callable[[], Array]
    ) -> Array:
        """ξ, or ξ ⊙ g, of that shape [axis]."""
        key = jax.random.fold_in(jax.random.fold_in(random_key(self.seed), run), step)
        if self.kind == "heavy_tailed":
            return self.std * jax.random.t(key, 2.0, shape, jnp.float64)
        xi = self.std * jax.random.normal(key, shape, jnp.float64)
        return xi * gradient() if self.kind == "multiplicative" else xi


@dataclass(frozen=True)
class Sparse:
    """One coordinate of the gradient is 0, but at the first of every `every` updates.

    So it is for the weights of a rare feature: most batches do not contain it, and say nothing of
    them (Duchi, Hazan and Singer, 2011).
    """

    every: int
    coordinate: Literal["x", "y"]

    numbers: ClassVar[tuple[float, ...]] = ()

    def of(self, numbers: Sequence[Any]) -> "Sparse":  # noqa: ARG002  # it has none that may differ
        """It."""
        return self

    def added(
        self,
        run: Number,  # noqa: ARG002  # alike in all runs
        step: Number,
        shape: Shape,
        gradient: Callable[[], Array],
    ) -> Array:
        """Minus what is to vanish, of that shape [axis]."""
        rare = jnp.array([self.coordinate == "x", self.coordinate == "y"][: shape[0]])
        return jnp.where(rare & (step % self.every != 0), -gradient(), 0.0)


@dataclass(frozen=True, eq=False)
class Prescribed:
    """A gradient that is given for every step, wherever the run is; the surface is level."""

    values: Float[np.ndarray, "step 2"]

    numbers: ClassVar[tuple[float, ...]] = ()

    def of(self, numbers: Sequence[Any]) -> "Prescribed":  # noqa: ARG002  # it has none
        """It."""
        return self

    def added(
        self,
        run: Number,  # noqa: ARG002  # it is all there is
        step: Number,
        shape: Shape,  # noqa: ARG002
        gradient: Callable[[], Array],  # noqa: ARG002
    ) -> Array:
        """The gradient [2] of update `step`; of one beyond the last, the last one."""
        return jnp.asarray(self.values, jnp.float64)[jnp.minimum(step, len(self.values) - 1)]


Disturbance = Noise | Sparse | Prescribed
"""What changes the gradients: `added` gives what is added [axis] to the surface's own at one step
of one run, the same for every optimizer. Two that differ in their `numbers` alone are compiled once
for both."""
