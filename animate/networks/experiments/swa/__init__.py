"""Claim 10: the mean of a run's weights lies lower, or nearer to the middle, than its end."""

from animate.networks.experiments.experiment import Experiment
from animate.networks.experiments.swa.compute import swa, unfit
from animate.networks.experiments.swa.panels import HeldOutError

EXPERIMENT = Experiment(
    swa, {"held_out_error": HeldOutError}, offers=frozenset({"losses", "plane"}), unfit=unfit
)
