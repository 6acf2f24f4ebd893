"""Five surfaces on which each optimizer has a headache of its own.

They are those of "Methods of optimizing neural networks" (Habr 318970, 2016), whose figures run
every method from (−2.8, −2.5).
"""

from animate.surfaces.libraries import jnp
from animate.surfaces.table import surface

_WINDOW = ((-3.0, 3.0), (-3.0, 3.0))
_START = (-2.8, -2.5)


@surface(window=_WINDOW, start=_START, minima=((-0.17242094376299924, -0.9063018409018628),))
def wobbly(x, y):
    """A bowl with a crest, a bend along x = 0 and a hill before it.

    f = (x² + y²)/3 + |x| √(|x| + 0.1) + 3 sin(x + y) + 3 + 8 exp(−2((x + 1)² + (y + 2)²)).
    """
    bowl = (x**2 + y**2) / 3 + jnp.abs(x) * jnp.sqrt(jnp.abs(x) + 0.1)
    return bowl + 3 * jnp.sin(x + y) + 3 + 8 * jnp.exp(-2 * ((x + 1) ** 2 + (y + 2) ** 2))


@surface(window=_WINDOW, start=_START, minima=((0.0, 0.0),))
def basins_and_walls(x, y):
    """A bowl with walls across it: seven parallel basins, the deepest in the middle.

    f = (x² + y²)/2 + sin²(4x).
    """
    return (x**2 + y**2) / 2 + jnp.sin(4 * x) ** 2


@surface(window=_WINDOW, start=_START, minima=((0.0, 0.0),))
def giant_plateau(x, y):
    """One hole in a plain so flat that only methods which divide by the gradient's size move.

    f = 4 (1 − exp(−(x² + y²))); at the start the gradient is about 2 · 10⁻⁵.
    """
    return 4 * (1 - jnp.exp(-(x**2 + y**2)))


@surface(window=_WINDOW, start=_START, minima=((-0.040419446910662425, 0.07197372849804835),))
def hills_and_canyon(x, y):
    """Four hills on the way to a canyon along x + y = 0, and a hollow between them.

    f = (x² + y²)/3 + 4 (1 − exp(−(x + y)²)) + 3 exp(−((x + 1)² + (y + 2)²))
    + exp(−1.5 (2 (x + 2)² + (y − 0.5)²)) + 3 exp(−1.5 ((x − 1)² + 2 (y + 1.5)²))
    + 1.5 exp(−((x + 1.5)² + 3 (y + 0.5)²)).
    """
    canyon = (x**2 + y**2) / 3 + 4 * (1 - jnp.exp(-((x + y) ** 2)))
    hills = (
        3 * jnp.exp(-((x + 1) ** 2 + (y + 2) ** 2))
        + jnp.exp(-1.5 * (2 * (x + 2) ** 2 + (y - 0.5) ** 2))
        + 3 * jnp.exp(-1.5 * ((x - 1) ** 2 + 2 * (y + 1.5) ** 2))
        + 1.5 * jnp.exp(-((x + 1.5) ** 2 + 3 * (y + 0.5) ** 2))
    )
    return canyon + hills


@surface(window=_WINDOW, start=_START, minima=((-1.5527953021231566e-06, -1.5527953021231566e-06),))
def bad_init(x, y):
    """A shallow dent at the start, and far from it the hole that was meant.

    f = 4 − 0.5 exp(−((x + 2.5)² + (y + 2.5)²)) − 3 exp(−(x² + y²)).
    """
    dent = 0.5 * jnp.exp(-((x + 2.5) ** 2 + (y + 2.5) ** 2))
    return 4 - dent - 3 * jnp.exp(-(x**2 + y**2))
