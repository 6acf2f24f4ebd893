"""How the experiment skip_connections is shown."""

from animate.networks.experiments.presentation import Presentation, counter, shares_between
from animate.networks.experiments.skip_connections.compute import SkipConnections
from animate.text import Words


def present(result: SkipConnections, words: Words) -> Presentation:
    """One slice, from the plain network's to those with skip connections, and what bends down."""
    networks, seeds = result.shares.shape
    shares = result.shares[result.stations]
    plain, equal, small = (shares_between(words, each) for each in shares)
    rims = (words.between(walls, 3) for walls in result.walls[result.stations])
    plain_rim, equal_rim, small_rim = rims
    return Presentation(
        title=words("skip_connections claim")
        if (shares[1:] < shares[0]).all()
        else words("skip_connections title"),
        result=result,
        trajectories=counter(networks, words("network"), first=1),
        panels=(("cut_relief",), ({"finding": {"shown": "end"}},)),
        finding=words(
            "skip_connections finding",
            seeds=words.counted("over seeds", seeds),
            plain=plain,
            small=small,
            equal=equal,
            plain_rim=plain_rim,
            small_rim=small_rim,
            equal_rim=equal_rim,
        ),
        clock=words("network"),
    )
