"""Claim 7: skip connections make the slices of a deep network's loss more convex."""

from animate.networks.experiments.experiment import Experiment
from animate.networks.experiments.skip_connections.compute import skip_connections
from animate.networks.experiments.skip_connections.cost import cost
from animate.networks.experiments.skip_connections.presentation import present

EXPERIMENT = Experiment(skip_connections, cost, present, offers=frozenset({"slices"}))
