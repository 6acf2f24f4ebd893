"""Claim 7, its reason: skip connections leave fewer degenerate directions."""

from animate.networks.experiments.degenerate_skips.compute import degenerate_skips
from animate.networks.experiments.degenerate_skips.panels import EigenvalueSizes, SkipShares
from animate.networks.experiments.experiment import Experiment

EXPERIMENT = Experiment(
    degenerate_skips, {"eigenvalue_sizes": EigenvalueSizes, "skip_shares": SkipShares}
)
