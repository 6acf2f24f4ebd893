"""The machine that computes paths: `trace` runs a race, `search_rates` makes a `Simulation` fair.

`map_basins` runs one from every cell of a window and keeps only where it leads.
"""

from animate.simulate.attraction import ends_in, map_basins
from animate.simulate.rates import RateCost, RateTable, lanes_of_search, search_rates
from animate.simulate.simulation import Simulation, trace
from animate.simulate.step import Noise, OptimizerRun

__all__ = [
    "Noise",
    "OptimizerRun",
    "RateCost",
    "RateTable",
    "Simulation",
    "ends_in",
    "lanes_of_search",
    "map_basins",
    "search_rates",
    "trace",
]
