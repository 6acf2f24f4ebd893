"""How the experiment width is shown."""

from animate.networks.experiments.presentation import Presentation, counter
from animate.networks.experiments.width.compute import Width
from animate.text import Words


def present(result: Width, words: Words) -> Presentation:
    """Slices for several widths, and their non-convex shares against width and depth."""
    by_width, by_depth = (
        abs(float(shares[-1].mean() - shares[0].mean()))
        for shares in (result.shares, result.depth_shares)
    )
    maps = tuple({"cut": {"number": k}} for k in range(len(result.widths)))
    return Presentation(
        title=words("width claim")
        if (result.shares[-1] < result.shares[0]).all()
        else words("width title"),
        result=result,
        trajectories=counter(2, words("seed")),
        panels=(maps, ({"shares": {"of": "width"}}, {"shares": {"of": "depth"}}), ("finding",)),
        finding=words(
            "width finding",
            narrow=words.percents(result.shares[0]),
            fewest=int(result.widths[0]),
            wide=words.percents(result.shares[-1], 1),
            most=int(result.widths[-1]),
            seeds=words.counted("over seeds", result.shares.shape[1]),
            units=result.depth_width,
            shallow=words.percents(result.depth_shares[0], 1),
            least=int(result.depths[0]),
            deep=words.percents(result.depth_shares[-1]),
            deepest=int(result.depths[-1]),
            verdict=words("depth does more") if by_depth > by_width else words("depth does less"),
        ),
        clock="",
    )
