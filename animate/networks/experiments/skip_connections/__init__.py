"""Claim 7: skip connections make the slices of a deep network's loss more convex."""

from animate.networks.experiments.experiment import Experiment
from animate.networks.experiments.skip_connections.compute import skip_connections

EXPERIMENT = Experiment(skip_connections, offers=frozenset({"slices"}))
