"""Claim 12: at a large rate the path jumps between the walls of a valley, and rolls at a small."""

from animate.networks.experiments.experiment import Experiment
from animate.networks.experiments.walk.compute import walk
from animate.networks.experiments.walk.panels import BetweenSteps, WalkAngle

EXPERIMENT = Experiment(
    walk, {"walk_angle": WalkAngle, "between_steps": BetweenSteps}, frozenset({"losses"})
)
