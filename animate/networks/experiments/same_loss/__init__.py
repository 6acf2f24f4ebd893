"""Claim 2: independent runs end equally good, and far from each other."""

from animate.networks.experiments.experiment import Experiment
from animate.networks.experiments.same_loss.compute import same_loss
from animate.networks.experiments.same_loss.dandelion import Dandelion
from animate.networks.experiments.same_loss.panels import Distances

EXPERIMENT = Experiment(
    same_loss, {"dandelion": Dandelion, "distances": Distances}, offers=frozenset({"losses"})
)
