"""How the experiment degenerate_skips is shown."""

import numpy as np

from animate.networks.experiments.degenerate_skips.compute import DegenerateSkips
from animate.networks.experiments.presentation import Presentation, trajectories_of
from animate.text import Words


def present(result: DegenerateSkips, words: Words) -> Presentation:
    """The sizes of all eigenvalues, and the shares of degenerate and negative ones."""
    names = words("without skips"), words("with skips")
    degenerate, negative = map(result.at_level, (result.degenerate, result.negative))
    return Presentation(
        title=words("degenerate_skips title"),
        result=result,
        trajectories=trajectories_of(names, result.steps, result.losses[:, 0]),
        names=names,
        panels=(
            ("eigenvalue_sizes", "skip_shares"),
            (
                {"skip_shares": {"against": "loss"}},
                {"skip_shares": {"of": "negative", "against": "loss"}},
            ),
            ("finding",),
        ),
        finding=words(
            "degenerate_skips finding",
            parameters=result.positions.shape[-1],
            depth=result.depth,
            seeds=result.losses.shape[1],
            equal_degenerate_plain=words.percents(degenerate[0]),
            equal_degenerate_skip=words.percents(degenerate[1]),
            equal_degenerate_fewer=_fewer(degenerate),
            equal_negative_plain=words.percents(negative[0]),
            equal_negative_skip=words.percents(negative[1]),
            equal_negative_fewer=_fewer(negative),
        ),
    )


def _fewer(shares: np.ndarray) -> int:
    """In how many seeds the second network's of the `shares` [network, seed] is the lower one."""
    return int((shares[1] < shares[0]).sum())
