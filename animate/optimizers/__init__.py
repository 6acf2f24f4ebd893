"""Who descends: the table of optimizers, optax's own by name, and what may be said of any."""

from animate.optimizers import adaptive, curvature, descent, flow, restless
from animate.optimizers.modifiers import modified
from animate.optimizers.optax_names import (
    PREFIX,
    optax_names,
    optax_optimizer,
    optax_state,
    rate_parameter,
)
from animate.optimizers.table import OPTIMIZERS, optimizer, own_rate

__all__ = [
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
    "rate_parameter",
    "restless",
]
