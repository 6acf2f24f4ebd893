"""Bowls under a ripple: one way down from afar, many traps from near by."""

from math import e, pi, sqrt

from animate.surfaces.kinks import radius
from animate.surfaces.libraries import jnp
from animate.surfaces.table import surface


@surface(window=((-2.0, 2.0), (-1.5, 1.5)), start=(-1.7, 1.2), minima=((0.0, 0.0),))
def bohachevsky1(x, y):
    """An elliptic bowl with a ripple along each axis.

    f = x² + 2 y² − 0.3 cos(3π x) − 0.4 cos(4π y) + 0.7. Minimum 0 at (0, 0).
    Conventional domain [−100, 100]². Source: I. O. Bohachevsky et al. (1986).
    """
    return x**2 + 2 * y**2 - 0.3 * jnp.cos(3 * pi * x) - 0.4 * jnp.cos(4 * pi * y) + 0.7


@surface(window=((-2.0, 2.0), (-1.5, 1.5)), start=(-1.7, 1.2), minima=((0.0, 0.0),))
def bohachevsky2(x, y):
    """An elliptic bowl covered with a chequered ripple.

    f = x² + 2 y² − 0.3 cos(3π x) cos(4π y) + 0.3. Minimum 0 at (0, 0).
    Conventional domain [−100, 100]². Source: I. O. Bohachevsky et al. (1986).
    """
    return x**2 + 2 * y**2 - 0.3 * jnp.cos(3 * pi * x) * jnp.cos(4 * pi * y) + 0.3


@surface(window=((-2.0, 2.0), (-1.5, 1.5)), start=(-1.7, 1.2), minima=((0.0, 0.0),))
def bohachevsky3(x, y):
    """An elliptic bowl with one slanting ripple.

    f = x² + 2 y² − 0.3 cos(3π x + 4π y) + 0.3. Minimum 0 at (0, 0).
    Conventional domain [−100, 100]². Source: I. O. Bohachevsky et al. (1986).
    """
    return x**2 + 2 * y**2 - 0.3 * jnp.cos(3 * pi * x + 4 * pi * y) + 0.3


@surface(window=((-5.0, 5.0), (-5.0, 5.0)), start=(-3.6, 3.3), minima=((0.0, 0.0),))
def ackley(x, y):
    """A plain full of small pits around one deep funnel.

    f = −20 exp(−0.2 √((x² + y²)/2)) − exp((cos 2πx + cos 2πy)/2) + 20 + e. Minimum 0 at (0, 0),
    the tip of a cone, where the gradient is taken as 0. Conventional domain [−32.768, 32.768]².
    Source: D. H. Ackley (1987).
    """
    funnel = -20 * jnp.exp(-0.2 / sqrt(2) * radius(x, y))
    pits = -jnp.exp((jnp.cos(2 * pi * x) + jnp.cos(2 * pi * y)) / 2)
    return funnel + pits + 20 + e


@surface(window=((-5.12, 5.12), (-5.12, 5.12)), start=(-3.08, -1.73), minima=((0.0, 0.0),))
def rastrigin(x, y):
    """An egg box in a bowl: a regular grid of traps, the deepest in the middle.

    f = 20 + x² − 10 cos 2πx + y² − 10 cos 2πy. Minimum 0 at (0, 0).
    Source: L. A. Rastrigin (1974).
    """
    return 20 + x**2 - 10 * jnp.cos(2 * pi * x) + y**2 - 10 * jnp.cos(2 * pi * y)


@surface(window=((-10.0, 10.0), (-10.0, 10.0)), start=(2.0, 8.0), minima=((0.0, 0.0),))
def griewank(x, y):
    """Rows of soft hollows, all nearly as deep as the one in the middle.

    f = (x² + y²)/4000 − cos(x) cos(y/√2) + 1. Minimum 0 at (0, 0).
    Conventional domain [−600, 600]². Source: A. O. Griewank (1981).
    """
    return (x**2 + y**2) / 4000 - jnp.cos(x) * jnp.cos(y / sqrt(2)) + 1


@surface(window=((-10.0, 10.0), (-10.0, 10.0)), start=(8.0, 8.0), minima=((1.0, 1.0),))
def levy(x, y):
    """A washboard: long parallel waves that grow shallower towards the minimum.

    f = sin²(π u) + (u − 1)² (1 + 10 sin²(π u + 1)) + (v − 1)² (1 + sin²(2π v)) with
    u = 1 + (x − 1)/4, v = 1 + (y − 1)/4. Minimum 0 at (1, 1). As S. Surjanovic and D. Bingham
    (2013) have it, after A. V. Levy and A. Montalvo (1985); scipy's Levy03 is another function.
    """
    u = 1 + (x - 1) / 4
    v = 1 + (y - 1) / 4
    return (
        jnp.sin(pi * u) ** 2
        + (u - 1) ** 2 * (1 + 10 * jnp.sin(pi * u + 1) ** 2)
        + (v - 1) ** 2 * (1 + jnp.sin(2 * pi * v) ** 2)
    )


@surface(window=((-1.5, 3.5), (-1.5, 3.5)), start=(-1.1, 3.0), minima=((1.0, 1.0),))
def levy13(x, y):
    """A bowl with fine waves along both axes.

    f = sin²(3π x) + (x − 1)² (1 + sin²(3π y)) + (y − 1)² (1 + sin²(2π y)). Minimum 0 at (1, 1).
    Conventional domain [−10, 10]². Source: S. K. Mishra (2006), after A. V. Levy and A. Montalvo.
    """
    return (
        jnp.sin(3 * pi * x) ** 2
        + (x - 1) ** 2 * (1 + jnp.sin(3 * pi * y) ** 2)
        + (y - 1) ** 2 * (1 + jnp.sin(2 * pi * y) ** 2)
    )


@surface(window=((-2.0, 2.0), (-2.0, 2.0)), start=(-1.35, 1.2), minima=((0.0, 0.0),))
def drop_wave(x, y):
    """The rings of a drop in water: each ring a trap around the deep centre.

    f = −(1 + cos(12 r)) / (r²/2 + 2) with r = √(x² + y²). Minimum −1 at (0, 0).
    Conventional domain [−5.12, 5.12]². Source: M. Molga and C. Smutnicki (2005).
    """
    r = radius(x, y)
    return -(1 + jnp.cos(12 * r)) / (r**2 / 2 + 2)


@surface(window=((-4.0, 4.0), (-4.0, 4.0)), start=(-1.28, -0.49), minima=((0.0, 0.0),))
def schaffer2(x, y):
    """Hyperbolic waves, finer and finer outwards, that cross in the middle.

    f = 0.5 + (sin²(x² − y²) − 0.5) / (1 + 0.001 (x² + y²))². Minimum 0 at (0, 0).
    Conventional domain [−100, 100]². Source: J. D. Schaffer; S. K. Mishra (2006).
    """
    wave = jnp.sin(x**2 - y**2) ** 2 - 0.5
    return 0.5 + wave / (1 + 0.001 * (x**2 + y**2)) ** 2


_SCHAFFER4 = 1.2531318314637332


@surface(
    window=((-4.0, 4.0), (-4.0, 4.0)),
    start=(-1.54, -1.65),
    minima=((_SCHAFFER4, 0.0), (-_SCHAFFER4, 0.0), (0.0, _SCHAFFER4), (0.0, -_SCHAFFER4)),
)
def schaffer4(x, y):
    """Hyperbolic waves around a flat cross: four equal minima at its feet.

    f = 0.5 + (cos²(sin|x² − y²|) − 0.5) / (1 + 0.001 (x² + y²))². Minimum 0.292579 at
    (±1.253132, 0) and (0, ±1.253132). Conventional domain [−100, 100]². The cosine is squared, as
    in scipy's collection and S. K. Mishra (2006); some copies of the formula lack the square.
    """
    wave = jnp.cos(jnp.sin(jnp.abs(x**2 - y**2))) ** 2 - 0.5
    return 0.5 + wave / (1 + 0.001 * (x**2 + y**2)) ** 2
