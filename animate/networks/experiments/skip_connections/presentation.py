"""How the experiment skip_connections is shown."""

from animate.networks.experiments.presentation import Presentation, counter
from animate.networks.experiments.skip_connections.compute import SkipConnections
from animate.text import Words


def present(result: SkipConnections, words: Words) -> Presentation:
    """Three slices side by side, the points that bend down coloured, one seed after the other."""
    seeds = result.shares.shape[1]
    plain, small, equal = (words.percents(shares) for shares in result.shares)
    rims = (words.between(walls, 3) for walls in result.walls)
    plain_rim, small_rim, equal_rim = rims
    return Presentation(
        title=words("skip_connections title"),
        result=result,
        trajectories=counter(seeds, words("seed"), first=1),
        panels=(
            tuple({"cut_relief": {"number": k}} for k in range(len(result.variants))),
            ("finding",),
        ),
        finding=words(
            "skip_connections finding",
            seeds=seeds,
            plain=plain,
            small=small,
            equal=equal,
            plain_rim=plain_rim,
            small_rim=small_rim,
            equal_rim=equal_rim,
        ),
        clock=words("seed"),
    )
