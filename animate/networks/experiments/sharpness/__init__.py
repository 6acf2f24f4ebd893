"""Claim 6: small batches end flatter; what that is worth; how a rescaling changes the measure."""

from animate.networks.experiments.experiment import Experiment
from animate.networks.experiments.sharpness.compute import sharpness
from animate.networks.experiments.sharpness.outputs import Outputs
from animate.networks.experiments.sharpness.panels import Batches
from animate.networks.experiments.sharpness.valley import Valley

EXPERIMENT = Experiment(sharpness, {"batches": Batches, "valley": Valley, "outputs": Outputs})
