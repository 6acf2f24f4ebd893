"""The table of optimizers, those of optax by name, and options that any of them takes."""

from animate.optimizers import adaptive, curvature, descent, flow, perturbed
from animate.optimizers.modifiers import modified
from animate.optimizers.optax_kinds import ANYWHERE, BY_LAYERS, BY_MATRICES, in_optax, why_unfit
from animate.optimizers.optax_names import (
    PREFIX,
    made_by_optax,
    optax_names,
    optax_optimizer,
    optax_state,
    rate_parameter,
)
from animate.optimizers.switch import switched
from animate.optimizers.table import OPTIMIZERS, optimizer, own_rate, seeded

__all__ = [
    "ANYWHERE",
    "BY_LAYERS",
    "BY_MATRICES",
    "OPTIMIZERS",
    "PREFIX",
    "adaptive",
    "curvature",
    "descent",
    "flow",
    "in_optax",
    "made_by_optax",
    "modified",
    "optax_names",
    "optax_optimizer",
    "optax_state",
    "optimizer",
    "own_rate",
    "perturbed",
    "rate_parameter",
    "seeded",
    "switched",
    "why_unfit",
]
