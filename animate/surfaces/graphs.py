"""Functions of one variable, where lectures begin."""

from animate.surfaces.libraries import jnp
from animate.surfaces.table import NonNegative, Positive, surface


@surface(window=((-2.0, 2.0),), start=(-1.5,), minima=((0.0,),))
def parabola(x, *, curvature: Positive = 2.0):
    """A function of one variable: its bowl is as steep as its curvature, the second derivative.

    f = curvature x² / 2. Minimum 0 at 0. Gradient descent converges below the rate 2 / curvature,
    and lands on the minimum in one step with 1 / curvature. The model problem of B. T. Polyak
    (1964).
    """
    return curvature * x**2 / 2


@surface(window=((-2.0, 2.0),), start=(-1.5,), minima=((0.0,),))
def absolute(x):
    """A function of one variable with a kink: its slope is −1 or 1, however near the minimum is.

    f = |x|. Minimum 0 at 0, where the slope counts as 0 (a subgradient). The standard example of
    N. Z. Shor (1985): a constant rate never comes to rest.
    """
    return x * jnp.sign(x)  # whose derivative at 0 is 0; that of jnp.abs is 1


_ROUNDS = 60
"""Of Newton's method, which needs few."""


def _deeper(tilt: float) -> tuple[tuple[float], ...]:
    """The minima of double_well: ±1, or with a tilt the lowest root of 4 x³ − 4 x + tilt = 0."""
    if tilt == 0:
        return ((-1.0,), (1.0,))
    x = -1.0 - tilt / 4
    for _ in range(_ROUNDS):  # Newton's method, from where the cubic is convex
        x -= (4 * x**3 - 4 * x + tilt) / (12 * x**2 - 4)
    return ((x,),)


@surface(window=((-2.0, 2.0),), start=(1.9,), minima=_deeper)
def double_well(x, *, tilt: NonNegative = 0.3):
    """A function of one variable: two wells with a barrier between them, the left one deeper.

    f = x⁴ − 2 x² + tilt x. Without a tilt both minima are −1, at ±1, and the barrier is 0 high.
    Below a tilt of 8 / (3 √3) = 1.5396 there are two wells; above it the right one is gone. The
    potential of G. Duffing's (1918) oscillator.
    """
    return x**4 - 2 * x**2 + tilt * x
