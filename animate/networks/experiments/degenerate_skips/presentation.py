"""How the experiment degenerate_skips is shown."""

import numpy as np

from animate.networks.experiments.degenerate_skips.compute import DegenerateSkips
from animate.networks.experiments.presentation import Presentation, in_how_many, trajectories_of
from animate.text import Words


def present(result: DegenerateSkips, words: Words) -> Presentation:
    """The sizes of all eigenvalues, and the shares of degenerate and negative ones."""
    names = words("without skips"), words("with skips")
    degenerate, negative = map(result.at_level, (result.degenerate, result.negative))
    seeds, fewer = degenerate.shape[1], [_fewer(degenerate), _fewer(negative)]
    return Presentation(
        title=words("degenerate_skips claim")
        if fewer[0] == seeds
        else words("degenerate_skips title"),
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
            degenerate_plain=words.percents(degenerate[0]),
            degenerate_skip=words.percents(degenerate[1]),
            degenerate_fewer=in_how_many(words, fewer[0], seeds),
            negative_plain=words.percents(negative[0]),
            negative_skip=words.percents(negative[1]),
            negative_fewer=in_how_many(words, fewer[1], seeds),
        ),
    )


def _fewer(shares: np.ndarray) -> int:
    """In how many seeds the second network's of the `shares` [network, seed] is the lower one."""
    return int((shares[1] < shares[0]).sum())
