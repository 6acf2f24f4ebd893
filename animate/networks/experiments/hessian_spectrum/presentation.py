"""How the experiment hessian_spectrum is shown."""

import numpy as np

from animate.networks.experiments.escape_directions.compute import spearman
from animate.networks.experiments.hessian_spectrum.compute import HessianSpectrum
from animate.networks.experiments.presentation import (
    Presentation,
    found_or_too_few,
    trajectories_of,
)
from animate.text import Words


def present(result: HessianSpectrum, words: Words) -> Presentation:
    """The first seed's eigenvalues, and the shares of those near zero and below it."""
    near, relative = result.near, result.relatively_near
    clear, negative = result.clearly_negative, result.negative
    names = (words("eigenvalues near zero"), words("negative eigenvalues"))
    falls = [spearman(*each) for each in zip(result.losses, negative, strict=True)]
    depth, largest = -result.eigenvalues[..., 0], result.largest
    return Presentation(
        title=words("hessian_spectrum title"),
        result=result,
        trajectories=trajectories_of(names, result.steps, np.stack([near[0], clear[0]])),
        names=names,
        panels=(("spectrum",), ("spectrum_loss", "eigenvalue_shares"), ("finding",)),
        finding=found_or_too_few(
            result.steps,
            words,
            lambda: words(
                "hessian_spectrum finding",
                parameters=result.positions.shape[-1],
                seeds=len(result.losses),
                zero=words.between(result.zero[:, 0]),
                near=words.percents(near[:, 0]),
                near_end=words.percents(near[:, -1]),
                relative=words.percents(relative[:, 0]),
                relative_end=words.percents(relative[:, -1]),
                negative=words.percents(negative[:, 0]),
                negative_end=words.percents(negative[:, -1]),
                correlation=words.between(np.array(falls)),
                clear=words.percents(clear[:, 0]),
                clear_end=words.percents(clear[:, -1]),
                depth=words.between(depth[:, 0]),
                depth_end=words.between(depth[:, -1]),
                largest=words.between(largest[:, 0]),
                largest_end=words.between(largest[:, -1]),
                grows=int((largest[:, -1] > largest[:, 0]).sum()),
            ),
        ),
    )
