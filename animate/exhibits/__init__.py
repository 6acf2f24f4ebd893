"""Experiments made ready to be drawn: for each, its paths, its words and its panels."""

from animate.exhibits.exhibit import Exhibit
from animate.exhibits.table import EXHIBITS, exhibit

__all__ = ["EXHIBITS", "Exhibit", "exhibit"]
