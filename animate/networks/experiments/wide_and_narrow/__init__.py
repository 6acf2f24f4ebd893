"""Claim 6 as a cut: a wide and a narrow minimum on one line, and what weight decay does to them."""

from animate.networks.experiments.experiment import Experiment
from animate.networks.experiments.wide_and_narrow.compute import wide_and_narrow
from animate.networks.experiments.wide_and_narrow.panels import BatchLine

EXPERIMENT = Experiment(wide_and_narrow, {"batch_line": BatchLine})
