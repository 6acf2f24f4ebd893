"""What a scene would take, and what is refused since it would be too much."""

from animate.scene.limits.estimate import Budget, budget
from animate.scene.limits.memory import room
from animate.scene.limits.refusal import too_large

__all__ = ["Budget", "budget", "room", "too_large"]
