"""How the experiment escape_directions is shown."""

from animate.networks.experiments.escape_directions.compute import EscapeDirections
from animate.networks.experiments.presentation import Presentation, counter
from animate.text import Words

_RANKED = 0.5
"""A rank correlation from which on one quantity grows with the other."""


def present(result: EscapeDirections, words: Words) -> Presentation:
    """Critical points of the first draw, one after the other from the highest."""
    first = result.draws == 0
    return Presentation(
        title=words("escape_directions claim")
        if (result.rank_correlation > _RANKED).all()
        else words("escape_directions title"),
        result=result,
        trajectories=counter(int(first.sum()), words("points found"), first=1),
        panels=(("critical_points", "three_spectra"), ({"finding": {"shown": "end"}},)),
        finding=words(
            "escape_directions finding",
            distinct=words.counted("critical points", int((first & ~result.plateau).sum())),
            parameters=result.parameters,
            draws=words.counted("over seeds", len(result.seeds)),
            correlation=words.between(result.rank_correlation),
            solved=int(result.found.sum()),
            starts=result.searches,
        ),
        clock=words("critical point"),
    )
