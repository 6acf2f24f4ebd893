"""Experiments made ready to be drawn: for each, its paths, its words and its panels."""

from animate.networks.experiments.exhibits.exhibit import Exhibit
from animate.networks.experiments.exhibits.table import EXHIBITS, exhibit

__all__ = ["EXHIBITS", "Exhibit", "exhibit"]
