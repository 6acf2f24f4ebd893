"""The paths of optimizers: `trace` computes them, `search_rates` finds the best learning rates.

`map_basins` computes a path from every cell of a window and keeps only where it leads.
"""

from animate.simulate.basins import coarse_paths, map_basins
from animate.simulate.minima import Ends, ends_in
from animate.simulate.noise import Noise, Prescribed, Sparse
from animate.simulate.rates import RateCost, RateTable, runs_of_search, search_rates
from animate.simulate.simulation import Simulation, trace
from animate.simulate.step import OptimizerRun, StateFields

__all__ = [
    "Ends",
    "Noise",
    "OptimizerRun",
    "Prescribed",
    "RateCost",
    "RateTable",
    "Simulation",
    "Sparse",
    "StateFields",
    "coarse_paths",
    "ends_in",
    "map_basins",
    "runs_of_search",
    "search_rates",
    "trace",
]
