"""Signals: gradients that are prescribed for every step, instead of a surface."""

from animate.signals import shapes
from animate.signals.table import SIGNALS

__all__ = ["SIGNALS", "shapes"]
