"""Claim 6: small batches end flatter; what that is worth; how a rescaling changes the measure."""

from animate.networks.experiments.experiment import Experiment
from animate.networks.experiments.sharpness.compute import sharpness
from animate.networks.experiments.sharpness.panels import Batches, Rescaling

EXPERIMENT = Experiment(sharpness, {"batches": Batches, "rescaling": Rescaling})
