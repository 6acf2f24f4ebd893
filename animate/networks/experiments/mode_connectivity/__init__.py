"""Claim 5: two minima with a barrier between them are joined by a curve of low loss."""

from animate.networks.experiments.experiment import Experiment
from animate.networks.experiments.mode_connectivity.compute import mode_connectivity
from animate.networks.experiments.mode_connectivity.panels import Connection, Profile

EXPERIMENT = Experiment(
    mode_connectivity,
    {"connection": Connection, "profile": Profile},
    offers=frozenset({"losses", "plane", "curve"}),
)
