"""Rugged country: hollows without number, and no slope that says which is the deepest."""

from itertools import product
from math import pi

from animate.surfaces.kinks import radius, root
from animate.surfaces.libraries import jnp
from animate.surfaces.table import surface

_SIGNS = tuple(product((1, -1), repeat=2))
_SCHWEFEL = 420.96874635998203
_HOLDER = (8.055023475736563, 9.664590019241273)
_CROSS = 1.3494066171539108


@surface(
    window=((-500.0, 500.0), (-500.0, 500.0)),
    start=(-187.0, 31.0),
    minima=((_SCHWEFEL, _SCHWEFEL),),
)
def schwefel(x, y):
    """Hollows that grow deeper outwards, the deepest in a far corner.

    f = 2 × 418.982887 − x sin √|x| − y sin √|y|. Minimum −5.4 × 10⁻⁷ at (420.968746, 420.968746):
    the constant is scipy's, rounded (418.98288727… would make it 0); S. Surjanovic and D. Bingham
    round it to 418.9829. Source: H.-P. Schwefel (1981).
    """
    return 2 * 418.982887 - x * jnp.sin(root(jnp.abs(x))) - y * jnp.sin(root(jnp.abs(y)))


@surface(
    window=((-512.0, 512.0), (-512.0, 512.0)),
    start=(261.0, 104.0),
    minima=((512.0, 404.2318051137578),),
)
def eggholder(x, y):
    """A tossed sea of deep, slanting hollows.

    f = −(y + 47) sin √|y + x/2 + 47| − x sin √|x − y − 47|. Minimum −959.640663 at
    (512, 404.231805), on the edge of the window: it goes on falling outside. Where a root's
    argument is 0 its gradient is taken as 0. Source: D. Whitley et al. (1996).
    """
    first = (y + 47) * jnp.sin(root(jnp.abs(y + x / 2 + 47)))
    second = x * jnp.sin(root(jnp.abs(x - y - 47)))
    return -first - second


@surface(
    window=((-10.0, 10.0), (-10.0, 10.0)),
    start=(-4.0, 3.0),
    minima=tuple((a * _HOLDER[0], b * _HOLDER[1]) for a, b in _SIGNS),
)
def holder_table(x, y):
    """A tabletop of small dents on four deep legs, one in each corner.

    f = −|sin x cos y exp(|1 − √(x² + y²)/π|)|. Minimum −19.208503 at (±8.055023, ±9.664590), the
    lowest of the window. Source: S. K. Mishra (2006).
    """
    return -jnp.abs(jnp.sin(x) * jnp.cos(y) * jnp.exp(jnp.abs(1 - radius(x, y) / pi)))


@surface(
    window=((-10.0, 10.0), (-10.0, 10.0)),
    start=(6.0, 1.0),
    minima=tuple((a * _CROSS, b * _CROSS) for a, b in _SIGNS),
)
def cross_in_tray(x, y):
    """A tray of dents divided by a cross of ridges, four equal minima at its centre.

    f = −0.0001 (|sin x sin y exp(|100 − √(x² + y²)/π|)| + 1)^0.1. Minimum −2.062612 at
    (±1.349407, ±1.349407). Source: S. K. Mishra (2006).
    """
    tray = jnp.abs(jnp.sin(x) * jnp.sin(y) * jnp.exp(jnp.abs(100 - radius(x, y) / pi)))
    return -0.0001 * (tray + 1) ** 0.1


_SHUBERT_LOW = (-1.425128428319761, 4.8580568788598255)
_SHUBERT_HIGH = (-0.8003211004719731,)


@surface(
    window=((-5.12, 5.12), (-5.12, 5.12)),
    start=(0.59, -1.46),
    minima=(
        *product(_SHUBERT_LOW, _SHUBERT_HIGH),
        *product(_SHUBERT_HIGH, _SHUBERT_LOW),
    ),
)
def shubert(x, y):
    """A lattice of hollows and peaks, some twenty times as deep as others.

    f = Σᵢ i cos((i + 1) x + i) × Σᵢ i cos((i + 1) y + i), i = 1 … 5. Minimum −186.730909 at 18
    points of [−10, 10]², four of them in this window. Source: B. O. Shubert (1972).
    """

    def comb(t):
        return sum(i * jnp.cos((i + 1) * t + i) for i in range(1, 6))

    return comb(x) * comb(y)


@surface(
    window=((0.0, 10.0), (0.0, 10.0)),
    start=(3.75, 4.44),
    minima=((2.0029921199344654, 1.0060959402921885),),
)
def langermann(x, y):
    """Rings that spread from five points and meet, as after a handful of gravel in a pond.

    f = −Σᵢ cᵢ exp(−dᵢ/π) cos(π dᵢ) with dᵢ = (x − aᵢ)² + (y − bᵢ)², a = 3, 5, 2, 1, 7,
    b = 5, 2, 1, 4, 9, c = 1, 2, 5, 2, 3. Minimum −5.162126 at (2.002992, 1.006096). With the minus
    sign, as in scipy's collection; S. Surjanovic and D. Bingham's library has none, and a minimum
    of −4.155809 instead. Source: H. Bersini et al. (1996).
    """
    a, b, c = (3, 5, 2, 1, 7), (5, 2, 1, 4, 9), (1, 2, 5, 2, 3)
    distances = [(x - p) ** 2 + (y - q) ** 2 for p, q in zip(a, b, strict=True)]
    return -sum(
        weight * jnp.exp(-d / pi) * jnp.cos(pi * d) for weight, d in zip(c, distances, strict=True)
    )
