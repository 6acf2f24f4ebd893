"""Long valleys: the way down is across, the way to the minimum is along."""

from typing import TYPE_CHECKING

from animate.lazy import lazy
from animate.surfaces.table import surface

if TYPE_CHECKING:
    import jax.numpy as jnp
else:
    jnp = lazy("jax.numpy")


@surface(window=((-1.0, 4.5), (-2.0, 2.0)), start=(1.0, 1.5), minima=((3.0, 0.5),))
def beale(x, y):
    """A flat valley between sharp corners, bent around a high ridge.

    f = (1.5 − x + x y)² + (2.25 − x + x y²)² + (2.625 − x + x y³)². Minimum 0 at (3, 0.5).
    Conventional domain [−4.5, 4.5]². Source: E. M. L. Beale (1958).
    """
    return (1.5 - x + x * y) ** 2 + (2.25 - x + x * y**2) ** 2 + (2.625 - x + x * y**3) ** 2


@surface(
    window=((-2.0, 2.0), (-1.0, 3.0)),
    start=(-1.2, 1.0),
    minima=lambda a: ((a, a**2),),
)
def rosenbrock(x, y, *, a: float = 1.0, b: float = 100.0):
    """The banana: a parabolic valley, steep across and almost level along its floor.

    f = (a − x)² + b (y − x²)². Minimum 0 at (a, a²), the only one for b > 0.
    Start (−1.2, 1) as in the source. Source: H. H. Rosenbrock (1960).
    """
    return (a - x) ** 2 + b * (y - x**2) ** 2


@surface(window=((-5.0, 2.0), (-2.0, 2.5)), start=(-4.3, 2.0), minima=((0.0, 0.0),))
def ravine(x, y, *, condition: float = 100.0, bend: float = 0.5):
    """The long valley: a steep, winding trough with a gentle slope along its floor.

    f = (x² + condition (y − bend (1 − cos x))²) / 2. The floor is the curve
    y = bend (1 − cos x); at the minimum the Hessian is diag(1, condition), so `condition` is its
    condition number. Minimum 0 at (0, 0). A surface of our own, after A. Radford's long valley
    (2014) and the ravines of I. M. Gelfand and M. L. Tsetlin (1961).
    """
    floor = bend * (1 - jnp.cos(x))
    return (x**2 + condition * (y - floor) ** 2) / 2
