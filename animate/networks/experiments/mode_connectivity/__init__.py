"""Claim 5: two minima with a barrier between them are joined by a curve of low loss."""

from animate.networks.experiments.experiment import Experiment
from animate.networks.experiments.mode_connectivity.compute import mode_connectivity
from animate.networks.experiments.mode_connectivity.cost import cost
from animate.networks.experiments.mode_connectivity.panels import Connection, Profile
from animate.networks.experiments.mode_connectivity.presentation import present

EXPERIMENT = Experiment(
    mode_connectivity, cost, present, {"connection": Connection, "profile": Profile}
)
