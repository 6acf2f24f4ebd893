"""How the experiment bad_minima is shown."""

import numpy as np

from animate.networks.experiments.bad_minima.compute import MIDDLE, BadMinima
from animate.networks.experiments.presentation import Presentation, trajectories_of
from animate.text import Words


def present(result: BadMinima, words: Words) -> Presentation:
    """The losses at which many starts end, for each width."""
    medians = np.median(result.losses, axis=1)
    names = tuple(words("units", number=int(width)) for width in result.widths)
    return Presentation(
        title=words("bad_minima claim") if _small_are_worst(result) else words("bad_minima title"),
        result=result,
        trajectories=trajectories_of(names, result.steps, medians),
        panels=(("end_points",), ({"finding": {"shown": "end"}},)),
        finding=words(
            "bad_minima finding",
            starts=result.losses.shape[1],
            draws=words.counted("over seeds", len(result.ends)),
            middle=words.percent(MIDDLE),
            small=words.between(result.spread[:, 0]),
            fewest=int(result.widths[0]),
            large=words.between(result.spread[:, -1]),
            most=int(result.widths[-1]),
            steps=int(result.steps[-1]),
            gradient=words.between(np.median(result.gradient_norms, axis=(0, 2)), 1),
        ),
    )


def _small_are_worst(result: BadMinima) -> bool:
    """Whether in every draw the fewest units have the highest final loss, and more spread out ones
    than the most units."""
    highest = result.ends.max(axis=-1)
    spread = result.spread
    return bool((highest.argmax(axis=1) == 0).all() and (spread[:, 0] > spread[:, -1]).all())
