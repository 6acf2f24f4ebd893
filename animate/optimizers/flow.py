"""Gradient flow: the continuous path of which gradient descent is a discretization."""

from animate.optimizers.table import counted, optimizer
from animate.simulate.libraries import Pytree, diffrax, jax, jnp

_RELATIVE = 1e-9
"""Relative error of one interval."""
_ABSOLUTE = 1e-11
"""Absolute error of one interval, in units of θ."""
_MOST_STEPS = 1 << 14
"""Steps of the solver in one interval; a path that needs more counts as one that diverges."""


@optimizer("Gradient flow")
def gradient_flow(learning_rate=0.01):
    """Infinitely small steps: dθ/dt = −g(θ), one interval η of time a step (Cauchy, 1847).

    What gradient descent becomes as η → 0: with the same η, step k of both is the same time. Solved
    by Tsitouras's method of order 5 (2011) to a relative error of 1e-9 an interval.
    """

    def step(rate, gradient, place, loss):
        del gradient
        slope = jax.grad(loss)
        solution = diffrax.diffeqsolve(
            diffrax.ODETerm(lambda time, place, args: -slope(place)),  # noqa: ARG005  # its protocol
            diffrax.Tsit5(),
            t0=0.0,
            t1=rate,
            dt0=None,
            y0=place,
            stepsize_controller=diffrax.PIDController(rtol=_RELATIVE, atol=_ABSOLUTE),
            max_steps=_MOST_STEPS,
            adjoint=diffrax.ForwardMode(),
            throw=False,
        )
        solved = solution.result == diffrax.RESULTS.successful
        reached: Pytree = solution.ys
        return jnp.where(solved, reached[0], jnp.nan) - place

    return counted(learning_rate, step)
