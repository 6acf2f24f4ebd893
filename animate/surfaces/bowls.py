"""Bowls and plates: one minimum, no trap."""

from math import pi, radians

from animate.surfaces.libraries import jnp
from animate.surfaces.table import Positive, surface


@surface(window=((-5.12, 5.12), (-5.12, 5.12)), start=(-4.0, 3.0), minima=((0.0, 0.0),))
def sphere(x, y):
    """A round bowl: every method goes straight down.

    f = x² + y². Minimum 0 at (0, 0). Source: K. A. De Jong (1975), function 1.
    """
    return x**2 + y**2


@surface(window=((-2.4, 2.4), (-1.8, 1.8)), start=(-2.0, 1.2), minima=((0.0, 0.0),))
def quadratic(x, y, *, condition: Positive = 10.0, angle: float = 30.0):
    """A long elliptic bowl, turned by an angle; how long is its condition number.

    f = (u² + condition v²) / 2 with u = x cos(angle) + y sin(angle),
    v = y cos(angle) − x sin(angle); angle in degrees. The Hessian's eigenvalues are 1, along the
    direction `angle`, and `condition`, across it. Minimum 0 at (0, 0). The model problem of
    B. T. Polyak (1964).
    """
    turn = radians(angle)
    u = x * jnp.cos(turn) + y * jnp.sin(turn)
    v = y * jnp.cos(turn) - x * jnp.sin(turn)
    return (u**2 + condition * v**2) / 2


@surface(window=((-10.0, 10.0), (-10.0, 10.0)), start=(-8.0, 7.0), minima=((0.0, 0.0),))
def sum_squares(x, y):
    """A bowl twice as steep along y as along x.

    f = x² + 2 y². Minimum 0 at (0, 0). Source: S. Surjanovic and D. Bingham (2013).
    """
    return x**2 + 2 * y**2


@surface(window=((-65.536, 65.536), (-65.536, 65.536)), start=(-45.0, 55.0), minima=((0.0, 0.0),))
def rotated_hyper_ellipsoid(x, y):
    """A bowl twice as steep along x as along y, on a window of 130 units.

    f = x² + (x² + y²): the sum over i of the sums of the first i squares, as S. Surjanovic and
    D. Bingham (2013) and M. Molga and C. Smutnicki (2005) have it; H.-P. Schwefel's (1981) problem
    1.2 squares the sums instead. Minimum 0 at (0, 0).
    """
    return 2 * x**2 + y**2


@surface(window=((-10.0, 10.0), (-10.0, 10.0)), start=(6.0, -7.0), minima=((1.0, 3.0),))
def booth(x, y):
    """A tilted elliptic bowl with its minimum off the centre.

    f = (x + 2 y − 7)² + (2 x + y − 5)². Minimum 0 at (1, 3).
    Source: S. Surjanovic and D. Bingham (2013).
    """
    return (x + 2 * y - 7) ** 2 + (2 * x + y - 5) ** 2


@surface(window=((-10.0, 10.0), (-10.0, 10.0)), start=(-9.0, 3.0), minima=((0.0, 0.0),))
def matyas(x, y):
    """A plate almost level along the diagonal: fast across, slow along.

    f = 0.26 (x² + y²) − 0.48 x y; the Hessian's eigenvalues are 0.04 along x = y and 1 across.
    Minimum 0 at (0, 0). Source: J. Matyas (1965).
    """
    return 0.26 * (x**2 + y**2) - 0.48 * x * y


@surface(
    window=((-1.5, 4.0), (-3.0, 4.0)),
    start=(-1.2, 2.6),
    minima=((0.5 - pi / 3, -0.5 - pi / 3),),
)
def mccormick(x, y):
    """A tilted trough with one shallow wave along its floor.

    f = sin(x + y) + (x − y)² − 1.5 x + 2.5 y + 1. Minimum −√3/2 − π/3 = −1.913223
    at (0.5 − π/3, −0.5 − π/3), the lowest of the window; the wave goes on and falls without end
    outside it. Source: G. P. McCormick (1976).
    """
    return jnp.sin(x + y) + (x - y) ** 2 - 1.5 * x + 2.5 * y + 1


@surface(window=((-4.0, 4.0), (-4.0, 4.0)), start=(-3.5, -1.0), minima=((2.0, 2.0),))
def trid(x, y):
    """A bowl stretched along the diagonal, its minimum off the centre.

    f = (x − 1)² + (y − 1)² − x y. Minimum −2 at (2, 2).
    Source: A. Neumaier; S. Surjanovic and D. Bingham (2013).
    """
    return (x - 1) ** 2 + (y - 1) ** 2 - x * y


@surface(window=((-5.0, 10.0), (-5.0, 10.0)), start=(9.0, -1.0), minima=((0.0, 0.0),))
def zakharov(x, y):
    """A plate that falls steeply from the corners into a long level strip.

    f = x² + y² + s² + s⁴ with s = 0.5 x + y. Minimum 0 at (0, 0).
    Source: S. Rahnamayan et al. (2007).
    """
    s = 0.5 * x + y
    return x**2 + y**2 + s**2 + s**4
