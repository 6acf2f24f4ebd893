"""Second-order methods: the Hessian, its absolute value, or an estimate from the last steps."""

from collections.abc import Callable
from typing import Annotated

from annotated_types import Le

from animate.optimizers.table import Count, NonNegative, Rate, on_vector, optimizer
from animate.simulate.libraries import Array, Transformation, jax, jnp, optax

_ROUNDING = 4
"""Steps of the loss's rounding: a descent of so little cannot be told from none."""


def _by_hessian(learning_rate: Rate, solve: Callable[[Array, Array], Array]) -> Transformation:
    """θ ← θ − η solve(H(θ), g(θ)), all of θ one vector, H the Hessian of the loss."""

    def init(params):
        del params
        return optax.EmptyState()

    def update(updates, state, params=None, **extra):
        return solve(jax.hessian(extra["value_fn"])(params), updates), state

    return optax.chain(
        on_vector(optax.GradientTransformationExtraArgs(init, update)),
        optax.scale_by_learning_rate(learning_rate),
    )


@optimizer("Newton")
def newton(learning_rate=1.0, *, damping: NonNegative = 0.0):
    """To the local parabola's flat point: θ ← θ − η (H + λI)⁻¹ g, λ the damping (Newton, 1685).

    Attracted by saddles and maxima as well as by minima. λ > 0 as in Levenberg (1944). Where
    H + λI is singular the run leaves the finite numbers.
    """

    def solve(hessian, gradient):
        return jnp.linalg.solve(hessian + damping * jnp.eye(len(gradient)), gradient)

    return _by_hessian(learning_rate, solve)


@optimizer("Saddle-free Newton")
def saddle_free_newton(learning_rate=1.0, *, damping: NonNegative = 1e-3):
    """Newton away from saddles: θ ← θ − η (|H| + λI)⁻¹ g, λ the damping (Dauphin et al., 2014).

    |H| has the eigenvectors of H and the absolute values of its eigenvalues.
    """

    def solve(hessian, gradient):
        values, vectors = jnp.linalg.eigh(hessian)
        return vectors @ ((vectors.T @ gradient) / (jnp.abs(values) + damping))

    return _by_hessian(learning_rate, solve)


@optimizer("L-BFGS")
def lbfgs(learning_rate=1.0, *, memory_size: Annotated[Count, Le(1000)] = 10):
    """The inverse Hessian estimated from the last steps; a line search (Liu and Nocedal, 1989).

    As optax has it, from `memory_size` steps: zoom line search (Nocedal and Wright, 2006, algorithm
    3.6) along η times the direction.
    """
    search = optax.scale_by_zoom_linesearch(20, initial_guess_strategy="one")  # as optax's own
    return optax.lbfgs(learning_rate, memory_size=memory_size, linesearch=_at_rest(search))


def _at_rest(search: Transformation) -> Transformation:
    """The line search, but for steps whose descent is lost in the rounding of the loss: none.

    There every condition compares roundings; where the compiler has computed one of them twice,
    optax's search finds a step both good and not, and never ends.
    """

    def update(updates, state, params=None, **extra):
        value, grad, value_fn = (extra.pop(key) for key in ("value", "grad", "value_fn"))
        descent = jnp.abs(optax.tree.vdot(updates, grad))
        moves = ~(descent <= _ROUNDING * jnp.finfo(value.dtype).eps * jnp.abs(value))

        def fixed(place):
            return jnp.where(moves, value_fn(place), value)

        updates, grad = jax.tree.map(lambda each: jnp.where(moves, each, 0.0), (updates, grad))
        return search.update(
            updates, state, params, value=value, grad=grad, value_fn=fixed, **extra
        )

    return optax.GradientTransformationExtraArgs(search.init, update)
