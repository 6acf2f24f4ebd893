"""What a scene would take, and what is refused since it would be too much."""

from animate.scene.limits.estimate import Estimate, estimate
from animate.scene.limits.memory import available_memory
from animate.scene.limits.own_network import no_room, own_estimate
from animate.scene.limits.refusal import too_large

__all__ = [
    "Estimate",
    "available_memory",
    "estimate",
    "no_room",
    "own_estimate",
    "too_large",
]
