"""The machine that computes paths: `trace` runs a race, `search_rates` makes it fair."""

from animate.engine.race import Noise, Racer, trace
from animate.engine.rates import RateTable, search_rates

__all__ = ["Noise", "Racer", "RateTable", "search_rates", "trace"]
