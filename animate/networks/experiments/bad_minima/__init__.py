"""Claim 4: bad end points belong to small networks, and vanish as the network widens."""

from animate.networks.experiments.bad_minima.compute import bad_minima
from animate.networks.experiments.bad_minima.panels import EndPoints
from animate.networks.experiments.experiment import Experiment

EXPERIMENT = Experiment(bad_minima, {"end_points": EndPoints}, offers=frozenset({"losses"}))
