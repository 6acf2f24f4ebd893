"""Claim 1, the way out: saddle-free Newton leaves a saddle at which Newton's method stays."""

from animate.networks.experiments.experiment import Experiment
from animate.networks.experiments.saddle_free.compute import saddle_free
from animate.networks.experiments.saddle_free.panels import Escape

EXPERIMENT = Experiment(saddle_free, {"escape": Escape}, frozenset({"losses"}))
