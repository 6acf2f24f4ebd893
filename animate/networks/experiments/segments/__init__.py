"""Claim 5 between optimizers: walls between their ends, and a change of the optimizer midway."""

from animate.networks.experiments.experiment import Experiment
from animate.networks.experiments.segments.compute import segments
from animate.networks.experiments.segments.panels import Walls

EXPERIMENT = Experiment(segments, {"walls": Walls})
