"""Claim 9: the boundary between learning rates that train and that do not is a fractal."""

from animate.networks.experiments.experiment import Experiment
from animate.networks.experiments.trainability.compute import trainability
from animate.networks.experiments.trainability.cost import cost
from animate.networks.experiments.trainability.panels import Zoom
from animate.networks.experiments.trainability.presentation import present

EXPERIMENT = Experiment(trainability, cost, present, {"zoom": Zoom})
