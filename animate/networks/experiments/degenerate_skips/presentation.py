"""How the experiment degenerate_skips is shown."""

import numpy as np

from animate.networks.experiments.degenerate_skips.compute import DegenerateSkips
from animate.networks.experiments.presentation import Presentation, trajectories_of
from animate.text import Words


def present(result: DegenerateSkips, words: Words) -> Presentation:
    """The sizes of all eigenvalues, and the shares of degenerate and negative ones."""
    names = words("without skips"), words("with skips")
    degenerate, negative = result.degenerate, result.negative
    ends = degenerate[..., -1], negative[..., -1]
    equal = result.at_level(degenerate), result.at_level(negative)
    plain, skip = result.losses[..., -1]
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
            plain_loss=words.between(plain),
            skip_loss=words.between(skip),
            degenerate_plain=words.percents(ends[0][0]),
            degenerate_skip=words.percents(ends[0][1]),
            equal_degenerate_plain=words.percents(equal[0][0]),
            equal_degenerate_skip=words.percents(equal[0][1]),
            equal_degenerate_fewer=_fewer(equal[0]),
            negative_plain=words.percents(ends[1][0]),
            negative_skip=words.percents(ends[1][1]),
            negative_fewer=_fewer(ends[1]),
            equal_negative_plain=words.percents(equal[1][0]),
            equal_negative_skip=words.percents(equal[1][1]),
            equal_negative_fewer=_fewer(equal[1]),
        ),
    )


def _fewer(shares: np.ndarray) -> int:
    """In how many seeds the second network's of the `shares` [network, seed] is the lower one."""
    return int((shares[1] < shares[0]).sum())
