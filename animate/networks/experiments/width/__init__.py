"""Claim 8: wider networks have more convex slices, deeper ones less convex."""

from animate.networks.experiments.experiment import Experiment
from animate.networks.experiments.width.compute import width
from animate.networks.experiments.width.panels import Shares

EXPERIMENT = Experiment(width, {"shares": Shares}, frozenset({"slices"}))
