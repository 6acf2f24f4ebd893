"""How the experiment hessian_spectrum is shown."""

import numpy as np

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
    clear = result.clearly_negative
    names = (words("eigenvalues near zero"), words("negative eigenvalues"))
    gathered = bool((near[:, -1] > near[:, 0]).all() and (relative[:, -1] > relative[:, 0]).all())
    return Presentation(
        title=words("hessian_spectrum claim") if gathered else words("hessian_spectrum title"),
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
                seeds=words.counted("over seeds", len(result.losses)),
                near=words.percents(near[:, 0]),
                near_end=words.percents(near[:, -1]),
                relative_end=words.percents(relative[:, -1]),
                clear=words.percents(clear[:, 0]),
                clear_end=words.percents(clear[:, -1]),
            ),
        ),
    )
