"""Animate: a few lines of YAML in, an animation of optimization out."""

__version__ = "0.1.0"
