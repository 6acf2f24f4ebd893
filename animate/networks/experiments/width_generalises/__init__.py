"""Claim 8, its other half: over-wide networks learn false labels by heart; are they worse?"""

from animate.networks.experiments.experiment import Experiment
from animate.networks.experiments.width_generalises.compute import width_generalises
from animate.networks.experiments.width_generalises.panels import ByWidth

EXPERIMENT = Experiment(width_generalises, {"by_width": ByWidth})
