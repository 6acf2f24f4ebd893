"""Claim 9: the boundary between learning rates that train and that do not is a fractal."""

from animate.networks.experiments.experiment import Experiment
from animate.networks.experiments.trainability.compute import trainability
from animate.networks.experiments.trainability.panels import Zoom

EXPERIMENT = Experiment(trainability, {"zoom": Zoom})
