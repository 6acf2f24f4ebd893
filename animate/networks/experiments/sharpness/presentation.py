"""How the experiment sharpness is shown."""

import numpy as np

from animate.networks.experiments.presentation import Presentation, trajectories_of
from animate.networks.experiments.sharpness.compute import Sharpness
from animate.text import Words


def present(result: Sharpness, words: Words) -> Presentation:
    """Largest eigenvalues after small and large batches, and what a rescaling does to them."""
    few, many = (int(size) for size in result.batches)
    steps = np.arange(len(result.alphas))
    names = (words("eigenvalue"), words("filter normalised"))
    return Presentation(
        title=words("sharpness title"),
        result=result,
        trajectories=trajectories_of(
            names, steps, np.stack([result.scaled_eigenvalues, result.filtered])
        ),
        names=names,
        panels=(("batches", "rescaling"), ("finding",)),
        finding=words(
            "sharpness finding",
            few=few,
            many=many,
            small=words.between(result.eigenvalues[0]),
            large=words.between(result.eigenvalues[1]),
            flatter=int((result.eigenvalues[0] < result.eigenvalues[1]).sum()),
            better=int((result.accuracies[0] > result.accuracies[1]).sum()),
            seeds=result.losses.shape[1],
            rate=result.rate,
            other=result.other_rate,
            other_small=words.between(result.other_eigenvalues[0]),
            other_large=words.between(result.other_eigenvalues[1]),
            before=words.number(float(result.scaled_eigenvalues[0]), 2),
            after=words.number(float(result.scaled_eigenvalues[-1]), 2),
            change=words.number(result.output_change, 1),
        ),
        clock=words("rescaling"),
    )
