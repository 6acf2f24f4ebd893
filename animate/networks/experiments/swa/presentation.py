"""How the experiment swa is shown."""

import numpy as np

from animate.networks.experiments.presentation import Presentation, trajectories_of
from animate.networks.experiments.swa.compute import Swa
from animate.networks.terrain import terrain_of
from animate.optimizers import OPTIMIZERS
from animate.text import Words


def present(result: Swa, words: Words) -> Presentation:
    """SGD's path and the mean of it, on the plane of largest variance, and the same run with its
    rate annealed instead."""
    error, mean_error, annealed_error = (
        every[:, -1] for every in (result.errors, result.mean_errors, result.annealed_errors)
    )
    losses = np.stack([result.losses[0], result.mean_losses[0], result.annealed_losses[0]])
    paths = np.stack([result.path, result.means, result.annealed_path])
    names = (
        str(OPTIMIZERS["sgd"].facts["title"]),
        words("running mean"),
        words("annealed rate"),
    )
    return Presentation(
        title=words("swa title"),
        result=result,
        trajectories=trajectories_of(names, result.steps, losses, paths),
        names=names,
        panels=(("contour", "loss", "held_out_error"), ({"finding": {"shown": "end"}},)),
        finding=words(
            "swa finding",
            seeds=len(error),
            mean=words.between(mean_error),
            last=words.between(error),
            lower=int((mean_error < error).sum()),
            equal=int((mean_error == error).sum()),
            annealed=words.between(annealed_error),
            above=int((annealed_error > mean_error).sum()),
            same=int((annealed_error == mean_error).sum()),
            mean_loss=words.between(result.mean_losses[:, -1]),
            loss=words.between(result.losses[:, -1]),
            annealed_loss=words.between(result.annealed_losses[:, -1]),
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
