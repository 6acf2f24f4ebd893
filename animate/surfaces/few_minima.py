"""A few hollows: where a path ends depends on where and how it began."""

from math import pi

from animate.surfaces.libraries import jnp
from animate.surfaces.table import surface


@surface(
    window=((-5.5, 5.5), (-5.0, 5.0)),
    start=(0.46, 0.75),
    minima=(
        (3.0, 2.0),
        (-2.805118086952745, 3.131312518250573),
        (-3.779310253377747, -3.283185991286169),
        (3.5844283403304917, -1.8481265269644034),
    ),
)
def himmelblau(x, y):
    """Four equally deep hollows around one hill: the method decides which one is reached.

    f = (x² + y − 11)² + (x + y² − 7)². Minimum 0 at (3, 2) and three more points; a hilltop of
    181.617 at (−0.270845, −0.923039). Source: D. M. Himmelblau (1972).
    """
    return (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2


_STYBLINSKI = -2.903534027771177


@surface(
    window=((-5.0, 5.0), (-5.0, 5.0)),
    start=(0.1, -0.4),
    minima=((_STYBLINSKI, _STYBLINSKI),),
)
def styblinski_tang(x, y):
    """Four hollows in a square, one of them deepest.

    f = (x⁴ − 16 x² + 5 x + y⁴ − 16 y² + 5 y) / 2. Minimum −78.332331 at (−2.903534, −2.903534).
    Source: M. A. Styblinski and T. S. Tang (1990).
    """
    return (x**4 - 16 * x**2 + 5 * x + y**4 - 16 * y**2 + 5 * y) / 2


@surface(window=((-2.0, 2.0), (-2.0, 2.0)), start=(0.34, 0.73), minima=((0.0, -1.0),))
def goldstein_price(x, y):
    """Four hollows at the bottom of walls a million high.

    f = (1 + (x + y + 1)² (19 − 14 x + 3 x² − 14 y + 6 x y + 3 y²)) ×
    (30 + (2 x − 3 y)² (18 − 32 x + 12 x² + 48 y − 36 x y + 27 y²)). Minimum 3 at (0, −1).
    Source: A. A. Goldstein and J. F. Price (1971).
    """
    first = (x + y + 1) ** 2 * (19 - 14 * x + 3 * x**2 - 14 * y + 6 * x * y + 3 * y**2)
    second = (2 * x - 3 * y) ** 2 * (18 - 32 * x + 12 * x**2 + 48 * y - 36 * x * y + 27 * y**2)
    return (1 + first) * (30 + second)


@surface(
    window=((-5.0, 10.0), (0.0, 15.0)),
    start=(4.5, 12.0),
    minima=((-pi, 12.275), (pi, 2.275), (3 * pi, 2.475)),
)
def branin(x, y):
    """Three equally deep hollows along a bent valley.

    f = (y − 5.1 x²/(4π²) + 5 x/π − 6)² + 10 (1 − 1/(8π)) cos x + 10. Minimum 0.397887 at
    (−π, 12.275), (π, 2.275) and (3π, 2.475). Source: F. H. Branin (1972).
    """
    valley = y - 5.1 / (4 * pi**2) * x**2 + 5 / pi * x - 6
    return valley**2 + 10 * (1 - 1 / (8 * pi)) * jnp.cos(x) + 10


@surface(window=((-2.4, 2.4), (-1.8, 1.8)), start=(-1.1, -1.4), minima=((0.0, 0.0),))
def three_hump_camel(x, y):
    """Three hollows in a slanting row, the middle one deepest.

    f = 2 x² − 1.05 x⁴ + x⁶/6 + x y + y². Minimum 0 at (0, 0). Conventional domain [−5, 5]².
    Source: L. C. W. Dixon and G. P. Szegö (1978).
    """
    return 2 * x**2 - 1.05 * x**4 + x**6 / 6 + x * y + y**2


_SIX_HUMP = (0.08984201310031806, -0.7126564030207396)


@surface(
    window=((-2.0, 2.0), (-1.2, 1.2)),
    start=(1.59, 0.92),
    minima=(_SIX_HUMP, (-_SIX_HUMP[0], -_SIX_HUMP[1])),
)
def six_hump_camel(x, y):
    """Six hollows, two of them deepest, in pairs through the centre.

    f = (4 − 2.1 x² + x⁴/3) x² + x y + (4 y² − 4) y². Minimum −1.031628 at
    (0.089842, −0.712656) and (−0.089842, 0.712656). Source: L. C. W. Dixon and G. P. Szegö (1978).
    """
    return (4 - 2.1 * x**2 + x**4 / 3) * x**2 + x * y + (4 * y**2 - 4) * y**2


@surface(
    window=((-2.0, 3.0), (-2.0, 3.0)),
    start=(-1.6, -1.0),
    minima=((1.0, 2.0), (23 / 13, 14 / 13)),
)
def perm(x, y):
    """A long bent valley with two minima that lie close together.

    f = Σₖ (Σⱼ (jᵏ + β) ((xⱼ/j)ᵏ − 1))² for j, k = 1, 2 and β = ½: that is
    (1.5 (x − 1) + 2.5 (y/2 − 1))² + (1.5 (x² − 1) + 4.5 (y²/4 − 1))². Minimum 0 at (1, 2) and,
    rarely mentioned, at (23/13, 14/13), where the line and the ellipse of the two terms meet again.
    "Perm d, β" of S. Surjanovic and D. Bingham (2013), scipy's PermFunction01; their "perm 0, d, β"
    is another function.
    """
    line = 1.5 * (x - 1) + 2.5 * (y / 2 - 1)
    ellipse = 1.5 * (x**2 - 1) + 4.5 * (y**2 / 4 - 1)
    return line**2 + ellipse**2
