"""The table of optimizers, those of optax by name, and options that any of them takes."""

from animate.optimizers import adaptive, curvature, descent, flow, perturbed
from animate.optimizers.modifiers import modified
from animate.optimizers.optax_names import (
    BY_LEAVES,
    PREFIX,
    optax_names,
    optax_optimizer,
    optax_state,
    rate_parameter,
)
from animate.optimizers.switch import switched
from animate.optimizers.table import OPTIMIZERS, optimizer, own_rate

__all__ = [
    "BY_LEAVES",
    "OPTIMIZERS",
    "PREFIX",
    "adaptive",
    "curvature",
    "descent",
    "flow",
    "modified",
    "optax_names",
    "optax_optimizer",
    "optax_state",
    "optimizer",
    "own_rate",
    "perturbed",
    "rate_parameter",
    "switched",
]
