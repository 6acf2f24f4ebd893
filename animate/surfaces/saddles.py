"""Surfaces without a bottom, whose one flat point is no minimum."""

from animate.surfaces.table import surface


@surface(window=((-2.0, 2.0), (-1.5, 1.5)), start=(1.5, 0.001))
def saddle(x, y):
    """A pass between two heights: plain descent lingers on it, adaptive methods leave at once.

    f = x² − y². The gradient is zero at (0, 0), which is a minimum along x and a maximum along y;
    the loss has no lower bound. The start lies almost, not exactly, on the ridge line y = 0,
    as in the animation by A. Radford (2014) that made the comparison famous.
    """
    return x**2 - y**2


@surface(window=((-2.0, 2.0), (-1.5, 1.5)), start=(1.6, 0.02))
def monkey_saddle(x, y):
    """A pass with three ways down, for two legs and a tail; even the curvature vanishes on it.

    f = x³ − 3 x y². Gradient and Hessian are both zero at (0, 0), so Newton's step is undefined
    there; the loss has no lower bound. Source: D. Hilbert and S. Cohn-Vossen, Anschauliche
    Geometrie (1932), §29.
    """
    return x**3 - 3 * x * y**2
