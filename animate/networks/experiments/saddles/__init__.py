"""Claim 1: gradient descent from small weights goes from saddle to saddle, and rests at each."""

from animate.networks.experiments.experiment import Experiment
from animate.networks.experiments.saddles.compute import saddles
from animate.networks.experiments.saddles.panels import Ladder, Staircase

EXPERIMENT = Experiment(
    saddles, {"ladder": Ladder, "staircase": Staircase}, offers=frozenset({"losses"})
)
