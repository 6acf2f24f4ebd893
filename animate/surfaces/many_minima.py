"""Several hollows: where a path ends depends on where and how it began."""

from animate.surfaces.table import surface


@surface(
    window=((-5.5, 5.5), (-5.0, 5.0)),
    start=(-0.4, -0.7),
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
