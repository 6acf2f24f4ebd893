"""What a scene calls `experiment:`: claims about the loss landscape, each computed with its
control."""

from animate.networks.experiments.table import EXPERIMENTS, present, run_experiment

__all__ = ["EXPERIMENTS", "present", "run_experiment"]
