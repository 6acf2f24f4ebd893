"""What a scene calls `experiment:`: claims about the loss landscape, each computed with its
control."""

from animate.panels import PANELS
from animate.registry import Registry

__all__ = ["EXPERIMENTS"]

EXPERIMENTS = Registry("experiment")


def _enter() -> None:
    """Enter the experiments and their panels, by importing the files of all of them."""
    import animate.networks.experiments.table  # noqa: F401  # it enters them


EXPERIMENTS.later(_enter)
PANELS.later(_enter)
