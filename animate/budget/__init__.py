"""What a scene would take, and what is refused since it would be too much."""

from animate.budget.estimate import Budget, budget
from animate.budget.memory import room
from animate.budget.refusal import too_large

__all__ = ["Budget", "budget", "room", "too_large"]
