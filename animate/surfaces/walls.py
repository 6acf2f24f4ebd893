"""Shelves, walls and shafts: where the gradient says next to nothing, or far too much."""

from math import pi
from typing import Annotated

from annotated_types import Interval

from animate.surfaces.libraries import jax, jnp
from animate.surfaces.table import Positive, surface


@surface(window=((-1.5, 5.5), (-2.5, 2.5)), start=(4.9, 1.8), minima=((0.0, 0.0),))
def plateau(x, y, *, width: Positive = 3.8):
    """A level shelf half-way down: plain descent comes to a standstill, adaptive methods walk on.

    f = 1 − exp(−x²/2) + max(|x| − width, 0)²/2 + y²/4. A slope leads down to |x| = width, where
    the shelf begins; there ∂f/∂x = x exp(−x²/2), 0.0028 at x = 3.8. Minimum 0 at (0, 0).
    A surface of our own.
    """
    hollow = 1 - jnp.exp(-(x**2) / 2)
    slope = jnp.maximum(jnp.abs(x) - width, 0.0) ** 2 / 2
    return hollow + slope + y**2 / 4


@surface(window=((4.5, 7.5), (-4.0, -2.0)), start=(6.8, -2.4))
def cliff(x, y, *, steps: Annotated[int, Interval(ge=1, le=1000)] = 50):
    """The wall of exploding gradients: one step too near, and the next one leaves the picture.

    f = (σ(hₙ) − 0.7)² with n = steps, h₀ = 0.5 and hₜ = x σ(hₜ₋₁) + y: a recurrent network of one
    unit, x its weight and y its bias, σ the logistic function. The loss is 0 all along a curve, so
    no point is marked. Source: R. Pascanu, T. Mikolov and Y. Bengio (2013), figure 6.
    """

    def unit(_, state):
        return x * jax.nn.sigmoid(state) + y

    state = jax.lax.fori_loop(0, steps, unit, 0.5 + 0 * (x + y))
    return (jax.nn.sigmoid(state) - 0.7) ** 2


@surface(window=((0.0, 2 * pi), (0.0, 2 * pi)), start=(1.6, 4.4), minima=((pi, pi),))
def easom(x, y):
    """One shaft in an endless plain.

    f = −cos x cos y exp(−(x − π)² − (y − π)²). Minimum −1 at (π, π).
    Conventional domain [−100, 100]². Source: E. E. Easom (1990).
    """
    return -jnp.cos(x) * jnp.cos(y) * jnp.exp(-((x - pi) ** 2) - (y - pi) ** 2)


@surface(window=((0.0, pi), (0.0, pi)), start=(2.78, 2.72), minima=((2.2029055201726093, pi / 2),))
def michalewicz(x, y):
    """Straight trenches in a level plain, deepest where two of them cross.

    f = −sin x sin²⁰(x²/π) − sin y sin²⁰(2 y²/π). Minimum −1.801303 at (2.202906, π/2).
    Source: Z. Michalewicz (1992).
    """
    return -jnp.sin(x) * jnp.sin(x**2 / pi) ** 20 - jnp.sin(y) * jnp.sin(2 * y**2 / pi) ** 20


_FOXHOLE = (-31.97833483565697, -31.978334837300796)


@surface(
    window=((-65.536, 65.536), (-65.536, 65.536)),
    start=(9.0, 10.0),
    minima=(_FOXHOLE,),
)
def de_jong5(x, y):
    """Shekel's foxholes: twenty-five narrow shafts in a high plain, each of its own depth.

    f = 1 / (0.002 + Σᵢ 1/(i + (x − aᵢ)⁶ + (y − bᵢ)⁶)), i = 1 … 25, where (aᵢ, bᵢ) runs through
    the grid {−32, −16, 0, 16, 32}², a fastest. Minimum 0.998004 at (−31.978334, −31.978334).
    Source: K. A. De Jong (1975), function 5, after J. Shekel (1971).
    """
    middles = jnp.arange(-32.0, 33.0, 16.0)
    a, b = jnp.tile(middles, 5), jnp.repeat(middles, 5)
    x, y = jnp.asarray(x)[..., None], jnp.asarray(y)[..., None]
    shafts = 1 / (jnp.arange(1.0, 26.0) + (x - a) ** 6 + (y - b) ** 6)
    return 1 / (0.002 + shafts.sum(axis=-1))
