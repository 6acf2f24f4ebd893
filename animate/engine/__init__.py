"""The machine that computes paths: `trace` runs a race, `search_rates` makes a `Race` fair.

`map_basins` runs one from every cell of a window and keeps only where it leads.
"""

from animate.engine.attraction import ends_in, map_basins
from animate.engine.mover import Noise, Racer
from animate.engine.race import Race, trace
from animate.engine.rates import Fairness, RateTable, lanes_of_search, search_rates

__all__ = [
    "Fairness",
    "Noise",
    "Race",
    "Racer",
    "RateTable",
    "ends_in",
    "lanes_of_search",
    "map_basins",
    "search_rates",
    "trace",
]
