"""How the experiment saddles is shown."""

from animate.networks.experiments.presentation import (
    FEW_STEPS,
    Presentation,
    found_or_too_few,
    trajectories_of,
)
from animate.networks.experiments.saddles.compute import Saddles
from animate.text import Words


def present(result: Saddles, words: Words) -> Presentation:
    """The loss over the exact losses of the saddles, and the runs among all critical points."""
    names = tuple(words("run number", number=k + 1) for k in range(len(result.losses)))
    return Presentation(
        title=words("saddles claim") if result.steps[-1] > FEW_STEPS else words("saddles title"),
        result=result,
        trajectories=trajectories_of(names, result.steps, result.losses),
        names=names,
        panels=(("staircase", "ladder"), ("finding",)),
        finding=found_or_too_few(
            result.steps,
            words,
            lambda: words(
                "saddles finding",
                starts=len(names),
                ladder=", ".join(words.between(index) for index in result.rest_index.T[:-1]),
                farthest=words.percent(result.rest_distance[:, :-1].max(), 1),
                points=len(result.ladder_losses),
            ),
        ),
    )
