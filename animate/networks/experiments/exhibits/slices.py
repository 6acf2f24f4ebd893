"""Experiments whose picture is made of slices and images."""

import numpy as np

from animate.networks.experiments.exhibits.exhibit import Exhibit, no_terrain, paths_of
from animate.networks.experiments.skip_connections import SkipConnections
from animate.networks.experiments.trainability import Trainability
from animate.networks.experiments.width import Width
from animate.text import Words

_STEPS = np.arange(2)


def skip_connections(result: SkipConnections, words: Words) -> Exhibit:
    """Three slices side by side, the points that bend down coloured, one seed after the other."""
    seeds = result.shares.shape[1]
    plain, small, equal = (words.percents(shares) for shares in result.shares)
    rims = (words.between(walls, 3) for walls in result.walls)
    plain_rim, small_rim, equal_rim = rims
    return Exhibit(
        title=words("skip title"),
        evidence=result,
        trajectories=paths_of([words("seed")], np.arange(seeds), np.ones((1, seeds))),
        names=(),
        panels=(
            tuple({"cut_relief": {"number": k}} for k in range(len(result.variants))),
            ("finding",),
        ),
        finding=words(
            "skip finding",
            seeds=seeds,
            plain=plain,
            small=small,
            equal=equal,
            plain_rim=plain_rim,
            small_rim=small_rim,
            equal_rim=equal_rim,
        ),
        terrain=no_terrain(_STEPS),
        clock=words("seed"),
    )


def width(result: Width, words: Words) -> Exhibit:
    """Slices for four widths, and the share that bends down against width and depth."""
    by_width, by_depth = (
        abs(float(shares[-1].mean() - shares[0].mean()))
        for shares in (result.shares, result.depth_shares)
    )
    maps = tuple({"cut": {"number": k}} for k in range(len(result.widths)))
    return Exhibit(
        title=words("width title"),
        evidence=result,
        trajectories=paths_of([words("seed")], _STEPS, np.ones((1, 2))),
        names=(),
        panels=(maps, ({"shares": {"of": "width"}}, {"shares": {"of": "depth"}}), ("finding",)),
        finding=words(
            "width finding",
            narrow=words.percents(result.shares[0]),
            fewest=int(result.widths[0]),
            wide=words.percents(result.shares[-1], 1),
            most=int(result.widths[-1]),
            seeds=result.shares.shape[1],
            units=result.depth_width,
            shallow=words.percents(result.depth_shares[0], 1),
            least=int(result.depths[0]),
            deep=words.percents(result.depth_shares[-1]),
            deepest=int(result.depths[-1]),
            verdict=words("depth does more") if by_depth > by_width else words("depth does less"),
        ),
        terrain=no_terrain(_STEPS),
        clock="",
    )


def trainability(result: Trainability, words: Words) -> Exhibit:
    """The boundary of training, level by level into it."""
    steps = np.arange(len(result.measure))
    return Exhibit(
        title=words("trainability title"),
        evidence=result,
        trajectories=paths_of([words("level")], steps, np.ones((1, len(steps)))),
        names=(),
        panels=(("zoom",), ("finding",)),
        finding=words(
            "trainability finding",
            trainings=result.facts["trainings"],
            dimension=words.between(result.dimensions[:, 1:], 3),
            seeds=len(result.dimensions),
            control=words.between(result.control_dimensions[1:], 3),
        ),
        terrain=no_terrain(steps),
        clock=words("level"),
    )
