"""How the experiment segments is shown."""

import numpy as np

from animate.networks.experiments.presentation import (
    Presentation,
    found_or_too_few,
    trajectories_of,
)
from animate.networks.experiments.segments.compute import (
    ADAM,
    BETWEEN,
    RMSPROP,
    SGD,
    Segments,
)
from animate.networks.experiments.segments.names import names_of
from animate.text import Words


def present(result: Segments, words: Words) -> Presentation:
    """The walls between three optimizers, and those from a run that changes midway."""
    names = names_of(words)[: RMSPROP + 1]
    return Presentation(
        title=words("segments title"),
        result=result,
        trajectories=trajectories_of(names, result.steps, result.losses[: RMSPROP + 1, 0]),
        panels=(({"walls": {"of": "optimizers"}}, {"walls": {"of": "change"}}), ("finding",)),
        finding=found_or_too_few(result.steps, words, lambda: _finding(result, words)),
    )


def _finding(result: Segments, words: Words) -> str:
    """The rises on the segments, over the seeds."""
    rises = result.rises
    names = names_of(words)

    def rise(row: int) -> str:
        return words.between(np.round(rises[row].astype(np.float64), 4))

    return words(
        "segments finding",
        sgd=names[SGD],
        adam=names[ADAM],
        rmsprop=names[RMSPROP],
        seeds=words.counted("over seeds", rises.shape[1]),
        sgd_adam=rise(0),
        sgd_rmsprop=rise(2),
        again=rise(3),
        change=result.change,
        changed=rise(len(BETWEEN) + 1),
        from_start=rise(len(BETWEEN)),
    )
