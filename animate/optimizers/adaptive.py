"""Adaptive methods: a learning rate for each coordinate, from its gradients so far."""

from collections.abc import Callable
from functools import partial
from typing import Annotated, NamedTuple

from annotated_types import Gt, Lt

from animate.errors import UsageError
from animate.optimizers.table import Decay, NonNegative, Positive, Rate, optimizer
from animate.simulate.libraries import Array, Pytree, Transformation, jax, jnp, optax
from animate.simulate.step import StateFields

Shrinking = Annotated[float, Gt(0), Lt(1)]
Growing = Annotated[float, Gt(1)]

_MOMENTS = StateFields({"mu": "mean", "nu": "squares"}, along_mean=True)


def _descending(
    learning_rate: Rate, init: Callable[..., Pytree], update: Callable[..., Pytree]
) -> Transformation:
    """θ ← θ − η s, for a direction s that `update` finds."""
    direction = optax.GradientTransformation(init, update)
    return optax.chain(direction, optax.scale_by_learning_rate(learning_rate))


class SumOfSquaresState(NamedTuple):
    """Adagrad's accumulated squares of the gradient."""

    sum_of_squares: Pytree


def _root(squares: Array, eps: float, *, inside: bool) -> Array:
    """√v + ε, or √(v + ε)."""
    return jnp.sqrt(squares + eps) if inside else jnp.sqrt(squares) + eps


def _root_formula(squares: str, *, inside: bool) -> str:
    return rf"\sqrt{{{squares} + \epsilon}}" if inside else rf"\sqrt{{{squares}}} + \epsilon"


def _adagrad_formula(*, eps_inside: bool, root: bool, **_: float) -> tuple[str, ...]:
    below = _root_formula("G", inside=eps_inside) if root else r"G + \epsilon"
    return (r"G \leftarrow G + g^2", rf"\Delta\theta = -\eta\, \dfrac{{g}}{{{below}}}")


@optimizer("Adagrad", formula=_adagrad_formula, state=StateFields({"sum_of_squares": "squares"}))
def adagrad(learning_rate, *, eps: NonNegative = 1e-8, eps_inside: bool = False, root: bool = True):
    """Rates that only shrink: G ← G + g²; θ ← θ − η g / (√G + ε), G₀ = 0 (Duchi et al., 2011).

    With `eps_inside` θ ← θ − η g / √(G + ε), where a large ε makes the first rates alike. Without
    `root` a relative of it, θ ← θ − η g / (G + ε), whose rates shrink faster.
    """

    def init(params):
        return SumOfSquaresState(optax.tree.zeros_like(params))

    def update(updates, state, params=None):
        del params
        total = jax.tree.map(lambda s, g: s + g**2, state.sum_of_squares, updates)
        below = jax.tree.map(lambda s: _root(s, eps, inside=eps_inside) if root else s + eps, total)
        scaled = jax.tree.map(lambda g, b: g / b, updates, below)
        return scaled, SumOfSquaresState(total)

    return _descending(learning_rate, init, update)


@optimizer(
    "RMSProp",
    formula=(
        r"E \leftarrow \rho\, E + (1 - \rho)\, g^2",
        r"\Delta\theta = -\eta\, \dfrac{g}{\sqrt{E + \epsilon}}",
    ),
    state=StateFields({"nu": "squares"}),
)
def rmsprop(learning_rate, *, decay: Decay = 0.9, eps: NonNegative = 1e-8):
    """Adagrad with a mean: E ← ρE + (1−ρ)g²; θ ← θ − η g / √(E + ε), E₀ = 0 (Hinton, 2012)."""
    return optax.rmsprop(learning_rate, decay=decay, eps=eps, eps_in_sqrt=True)


@optimizer(
    "Adadelta",
    formula=(
        r"E \leftarrow \rho\, E + (1 - \rho)\, g^2",
        r"s = \dfrac{\sqrt{D + \epsilon}}{\sqrt{E + \epsilon}}\; g",
        r"\Delta\theta = -\eta\, s",
        r"D \leftarrow \rho\, D + (1 - \rho)\, s^2",
    ),
    state=StateFields({"e_g": "squares", "e_x": "steps"}),
)
def adadelta(
    learning_rate=1.0, *, rho: Decay = 0.9, eps: NonNegative = 1e-6, initial: NonNegative = 0.0
):
    """Steps in the units of θ: Δ = −√(D+ε)/√(E+ε)·g; θ ← θ + ηΔ (Zeiler, 2012).

    E ← ρE + (1−ρ)g² before the step, D ← ρD + (1−ρ)Δ² after it. E₀ = 0, D₀ = `initial`: from 0 the
    coordinates that move most often take the longest steps; from a large D₀ it begins as RMSProp.
    """
    accumulated = optax.scale_by_adadelta(rho=rho, eps=eps)

    def init(params):
        zeros = optax.tree.zeros_like(params)
        return optax.ScaleByAdaDeltaState(zeros, jax.tree.map(lambda s: s + initial, zeros))

    return _descending(learning_rate, init, accumulated.update)


class MomentsState(NamedTuple):
    """Adam's running means of the gradient and of its square."""

    mu: Pytree
    nu: Pytree


def _adam_formula(*, bias_correction: bool, eps_inside: bool, **_: float) -> tuple[str, ...]:
    root = partial(_root_formula, inside=eps_inside)
    means = (
        r"m \leftarrow \beta_1 m + (1 - \beta_1)\, g",
        r"v \leftarrow \beta_2 v + (1 - \beta_2)\, g^2",
    )
    if not bias_correction:
        return (*means, rf"\Delta\theta = -\eta\, \dfrac{{m}}{{{root('v')}}}")
    corrected = r"\hat m = m / (1 - \beta_1^t),\;\; \hat v = v / (1 - \beta_2^t)"
    below = root(r"\hat v")
    return (*means, corrected, rf"\Delta\theta = -\eta\, \dfrac{{\hat m}}{{{below}}}")


@optimizer("Adam", formula=_adam_formula, state=_MOMENTS)
def adam(
    learning_rate,
    *,
    b1: Decay = 0.9,
    b2: Decay = 0.999,
    eps: NonNegative = 1e-8,
    bias_correction: bool = True,
    eps_inside: bool = False,
):
    """Momentum over RMSProp, bias-corrected: θ ← θ − η m̂ / (√v̂ + ε) (Kingma and Ba, 2015).

    Without `bias_correction` θ ← θ − η m / (√v + ε): m and v begin at 0 and v grows more slowly, so
    the first step is (1 − b₁)/√(1 − b₂) times as long. With `eps_inside` ε stands under the root.
    """
    if bias_correction:
        outside, inside = (0.0, eps) if eps_inside else (eps, 0.0)
        return optax.adam(learning_rate, b1=b1, b2=b2, eps=outside, eps_root=inside)

    def init(params):
        zeros = optax.tree.zeros_like(params)
        return MomentsState(zeros, zeros)

    def update(updates, state, params=None):
        del params
        mu = jax.tree.map(lambda m, g: b1 * m + (1 - b1) * g, state.mu, updates)
        nu = jax.tree.map(lambda v, g: b2 * v + (1 - b2) * g**2, state.nu, updates)
        scaled = jax.tree.map(lambda m, v: m / _root(v, eps, inside=eps_inside), mu, nu)
        return scaled, MomentsState(mu, nu)

    return _descending(learning_rate, init, update)


class AdamaxState(NamedTuple):
    """Adamax's mean of the gradient, its largest decayed size, and the number of updates made."""

    mu: Pytree
    nu: Pytree
    number: Array


@optimizer(
    "Adamax",
    formula=(
        r"m \leftarrow \beta_1 m + (1 - \beta_1)\, g",
        r"u \leftarrow \max(\beta_2 u,\; |g|)",
        r"\Delta\theta = -\dfrac{\eta}{1 - \beta_1^t}\; \dfrac{m}{u + \epsilon}",
    ),
    state=_MOMENTS,
)
def adamax(learning_rate, *, b1: Decay = 0.9, b2: Decay = 0.999, eps: NonNegative = 1e-8):
    """Adam by the largest gradient: θ ← θ − η/(1−b₁ᵗ)·m/(u + ε) (Kingma and Ba, 2015).

    u ← max(b₂u, |g|), m as in Adam.
    """

    def init(params):
        zeros = optax.tree.zeros_like(params)
        return AdamaxState(zeros, zeros, jnp.zeros((), jnp.int32))

    def update(updates, state, params=None):
        del params
        count = state.number + 1
        mu = jax.tree.map(lambda m, g: b1 * m + (1 - b1) * g, state.mu, updates)
        nu = jax.tree.map(lambda u, g: jnp.maximum(b2 * u, jnp.abs(g)), state.nu, updates)
        scaled = jax.tree.map(lambda m, u: m / (1 - b1**count) / (u + eps), mu, nu)
        return scaled, AdamaxState(mu, nu, count)

    return _descending(learning_rate, init, update)


@optimizer("Nadam", state=_MOMENTS)
def nadam(learning_rate, *, b1: Decay = 0.9, b2: Decay = 0.999, eps: NonNegative = 1e-8):
    """Adam with Nesterov's look-ahead in its mean (Dozat, 2016)."""
    return optax.nadam(learning_rate, b1=b1, b2=b2, eps=eps)


@optimizer("AMSGrad", state=_MOMENTS)
def amsgrad(learning_rate, *, b1: Decay = 0.9, b2: Decay = 0.999, eps: NonNegative = 1e-8):
    """Adam with the largest v so far in place of v (Reddi et al., 2018)."""
    return optax.amsgrad(learning_rate, b1=b1, b2=b2, eps=eps)


@optimizer("AdamW", state=_MOMENTS)
def adamw(
    learning_rate,
    *,
    b1: Decay = 0.9,
    b2: Decay = 0.999,
    eps: NonNegative = 1e-8,
    weight_decay: float = 1e-4,
):
    """Adam with weight decay apart from the gradient (Loshchilov and Hutter, 2019)."""
    return optax.adamw(learning_rate, b1=b1, b2=b2, eps=eps, weight_decay=weight_decay)


@optimizer("Lion", state=StateFields({"mu": "mean"}, along_mean=True))
def lion(learning_rate, *, b1: Decay = 0.9, b2: Decay = 0.99, weight_decay: float = 1e-3):
    """The sign of an interpolated momentum (Chen et al., 2023)."""
    return optax.lion(learning_rate, b1=b1, b2=b2, weight_decay=weight_decay)


@optimizer("Rprop")
def rprop(
    learning_rate,
    *,
    eta_minus: Shrinking = 0.5,
    eta_plus: Growing = 1.2,
    min_step_size: NonNegative = 1e-6,
    max_step_size: Positive = 50.0,
):
    """Only the signs of the gradient: each coordinate's step grows or shrinks (Riedmiller, 1993).

    η is the first step's size; the variant is that of Igel and Hüsken (2003), who take no step
    where a sign has changed. As optax has it: what the gradient at one step decides moves θ at the
    next.
    Raises UsageError where η is a schedule.
    """
    if callable(learning_rate):
        raise UsageError(
            "rprop finds its own steps: its learning_rate is the size of the first one, a number "
            "and not a schedule"
        )
    return optax.rprop(learning_rate, eta_minus, eta_plus, min_step_size, max_step_size)
