"""Long valleys: the way down is across, the way to the minimum is along."""

from math import sqrt

from animate.surfaces.kinks import magnitude, root
from animate.surfaces.libraries import jnp
from animate.surfaces.table import Positive, surface


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
def rosenbrock(x, y, *, a: float = 1.0, b: Positive = 100.0):
    """The banana: a parabolic valley, steep across and almost level along its floor.

    f = (a − x)² + b (y − x²)². Minimum 0 at (a, a²).
    Start (−1.2, 1) as in the source. Source: H. H. Rosenbrock (1960).
    """
    return (a - x) ** 2 + b * (y - x**2) ** 2


@surface(window=((-5.0, 2.0), (-2.0, 2.5)), start=(-4.3, 2.0), minima=((0.0, 0.0),))
def ravine(x, y, *, condition: Positive = 100.0, bend: float = 0.5):
    """The long valley: a steep, winding trough with a gentle slope along its floor.

    f = (x² + condition (y − bend (1 − cos x))²) / 2. The floor is the curve
    y = bend (1 − cos x); at the minimum the Hessian is diag(1, condition), so `condition` is its
    condition number. Minimum 0 at (0, 0). A surface of our own, after A. Radford's long valley
    (2014) and the ravines of I. M. Gelfand and M. L. Tsetlin (1961).
    """
    floor = bend * (1 - jnp.cos(x))
    return (x**2 + condition * (y - floor) ** 2) / 2


@surface(
    window=((-0.5, 4.5), (-2.0, 2.0)),
    start=(4.0, 0.3),
    minima=((1.0, sqrt(0.5)), (1.0, -sqrt(0.5))),
)
def dixon_price(x, y):
    """A valley that forks: two equal minima on the two arms of a lying parabola.

    f = (x − 1)² + 2 (2 y² − x)². Minimum 0 at (1, ±√½). Conventional domain [−10, 10]².
    Source: L. C. W. Dixon and R. C. Price (1989); the sum starts at i = 2, as in scipy's
    collection and in S. Surjanovic and D. Bingham's library.
    """
    return (x - 1) ** 2 + 2 * (2 * y**2 - x) ** 2


@surface(window=((-15.0, -5.0), (-3.0, 3.0)), start=(-13.0, -1.02), minima=((-10.0, 1.0),))
def bukin6(x, y):
    """A valley as sharp as a knife's edge: steps across it never die out.

    f = 100 √|y − 0.01 x²| + 0.01 |x + 10|. Minimum 0 at (−10, 1). On the floor y = 0.01 x² there
    is no gradient (beside it, it is unbounded); the root's is taken as 0 there. Computed as
    10 √|100 y − x²| + …, which is exactly 0 at the minimum in floating point too.
    Source: A. D. Bukin (1997).
    """
    return 10 * root(jnp.abs(100 * y - x**2)) + 0.01 * magnitude(x + 10)


@surface(window=((-2.0, 6.0), (-3.0, 3.0)), start=(-1.7, 1.9))
def noisy_ridge(x, y, *, steepness: Positive = 2.0, noise: float = 0.4):
    """A trough that falls for ever, roughened by small dents: momentum rolls on, others are caught.

    f = steepness y² − x + noise ρ(x, y), where ρ = Σ sin(ωₖ (x cos φₖ + y sin φₖ) + φₖ) / 3 with
    ωₖ = 3 + k and φₖ = 2.4 k, k = 1 … 6, is the same frozen noise in every run. No lower bound.
    A surface of our own, after the noisy parabolic ridge of D. V. Arnold and H.-G. Beyer (2008),
    with the sign of minimization.
    """
    waves = (
        jnp.sin((3 + k) * (x * jnp.cos(2.4 * k) + y * jnp.sin(2.4 * k)) + 2.4 * k)
        for k in range(1, 7)
    )
    return steepness * y**2 - x + noise * sum(waves) / 3
