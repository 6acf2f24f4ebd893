"""Claim 3: the higher a critical point, the more directions lead down from it."""

from animate.networks.experiments.escape_directions.compute import escape_directions
from animate.networks.experiments.escape_directions.panels import CriticalPoints, ThreeSpectra
from animate.networks.experiments.experiment import Experiment

EXPERIMENT = Experiment(
    escape_directions, {"critical_points": CriticalPoints, "three_spectra": ThreeSpectra}
)
