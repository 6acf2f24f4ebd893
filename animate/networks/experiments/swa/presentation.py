"""How the experiment swa is shown."""

import numpy as np

from animate.networks.experiments.presentation import Presentation, trajectories_of
from animate.networks.experiments.swa.compute import Swa
from animate.networks.terrain import terrain_of
from animate.optimizers import OPTIMIZERS
from animate.text import Words


def present(result: Swa, words: Words) -> Presentation:
    """SGD's path and the mean of it, on the plane of largest variance."""
    error, mean_error = result.errors[:, -1], result.mean_errors[:, -1]
    losses = np.stack([result.losses[0], result.mean_losses[0]])
    names = (str(OPTIMIZERS["sgd"].facts["title"]), words("running mean"))
    return Presentation(
        title=words("swa title"),
        result=result,
        trajectories=trajectories_of(
            names, result.steps - result.steps[0], losses, np.stack([result.path, result.means])
        ),
        names=names,
        panels=(("contour", "loss"), ("finding",)),
        finding=words(
            "swa finding",
            seeds=len(error),
            mean=words.between(mean_error),
            last=words.between(error),
            lower=int((mean_error < error).sum()),
            equal=int((mean_error == error).sum()),
            mean_loss=words.between(result.mean_losses[:, -1]),
            loss=words.between(result.losses[:, -1]),
            share=words.percent(result.share.sum()),
        ),
        terrain=terrain_of(result.x, result.y, result.z),
        axes=tuple(  # pyright: ignore[reportArgumentType]  # two of them
            words(
                "axis of variance",
                axis=words("principal component", number=k + 1),
                share=words.percent(share),
            )
            for k, share in enumerate(result.share)
        ),
    )
