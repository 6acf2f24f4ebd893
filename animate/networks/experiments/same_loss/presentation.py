"""How the experiment same_loss is shown."""

import numpy as np

from animate.networks.experiments.presentation import Presentation, trajectories_of
from animate.networks.experiments.same_loss.compute import SameLoss
from animate.text import Words

_ALIKE = 0.02
"""Held-out accuracies that differ by less are as good as each other."""


def present(result: SameLoss, words: Words) -> Presentation:
    """Losses that end alike, and how far apart the networks are that have them."""
    runs = len(result.losses)
    pairs = np.triu_indices(runs, 1)
    names = tuple(words("run number", number=k + 1) for k in range(runs))
    return Presentation(
        title=words("same_loss claim") if _alike_and_apart(result) else words("same_loss title"),
        result=result,
        trajectories=trajectories_of(names, result.steps, result.losses, result.paths),
        panels=(("dandelion", "distances"), ({"finding": {"shown": "end"}},)),
        finding=words(
            "same_loss finding",
            runs=runs,
            accuracy=words.between(result.accuracies[:, -1], 3, padded=True),
            apart=words.between(result.distances[pairs], 3),
            aligned=words.between(result.aligned_distances[pairs], 3),
            starts=words.between(result.start_distances[pairs], 3),
            lengths=words.between(result.lengths, 3),
            share=words.between(result.path_share, 3, padded=True),
            walk=words.number(result.walk_share, 2),
        ),
    )


def _alike_and_apart(result: SameLoss) -> bool:
    """Whether all runs end nearly as accurate, and, with hidden units aligned, farther from each
    other than each is from its start."""
    apart = result.aligned_distances[np.triu_indices(len(result.losses), 1)]
    alike = np.ptp(result.accuracies[:, -1]) < _ALIKE
    return bool(alike and (apart > result.lengths.max()).all())
