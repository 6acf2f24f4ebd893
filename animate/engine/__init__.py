"""The machine that computes paths: `trace` runs a race, `search_rates` makes it fair.

`map_basins` runs one from every cell of a window and keeps only where it leads.
"""

from animate.engine.attraction import ends_in, map_basins
from animate.engine.race import Noise, Racer, trace
from animate.engine.rates import RateTable, search_rates

__all__ = ["Noise", "Racer", "RateTable", "ends_in", "map_basins", "search_rates", "trace"]
