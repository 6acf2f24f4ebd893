"""Neural networks as surfaces: a loss of thousands of dimensions, trained, cut by a plane, and
drawn."""

from animate.networks.problem import Problem

__all__ = ["Problem"]
