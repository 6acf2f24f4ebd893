"""How the experiment saddle_free is shown."""

from animate.networks.experiments.presentation import (
    Presentation,
    how_many,
    in_how_many,
    trajectories_of,
)
from animate.networks.experiments.saddle_free.compute import SaddleFree
from animate.text import Words


def present(result: SaddleFree, words: Words) -> Presentation:
    """The first seed's losses and gradients, and what is negative of the Hessian."""
    names = (
        words("gradient descent"),
        words("newton, damping", damping=words.number(result.damping)),
        words("damped newton"),
        words("saddle-free newton"),
    )
    ends = result.losses[..., -1]
    descent, newton, damped, free = (
        how_many(words, int(count), ends.shape[1]) for count in result.at_saddle.sum(axis=1)
    )
    return Presentation(
        title=words("saddle_free title"),
        result=result,
        trajectories=trajectories_of(names, result.steps, result.losses[:, 0]),
        names=names,
        panels=(
            ({"loss": {"scale": "log"}}, {"escape": {"of": "gradient", "scale": "log"}}),
            ({"escape": {"of": "ratio"}}, {"escape": {"of": "negatives"}}),
            ("finding",),
        ),
        finding=words(
            "saddle_free finding",
            seeds=ends.shape[1],
            steps=int(result.steps[-1]),
            damping=result.damping,
            newton=newton,
            newton_loss=words.between(ends[1], 3),
            damped=damped,
            damped_loss=words.between(ends[2]).replace(" ", "\N{NO-BREAK SPACE}"),
            free=free,
            free_loss=words.number(float(ends[3].max()), 2).replace(" ", "\N{NO-BREAK SPACE}"),
            lower=in_how_many(words, int((ends[3] < ends[2]).sum()), ends.shape[1]),
            descent=descent,
            descent_loss=words.between(ends[0]),
        ),
    )
