"""What is told of the answers to a signal."""

from collections.abc import Sequence

import numpy as np

from animate.simulate.trajectories import Trajectories
from animate.text import Words

MOST = 8
"""Names in a list; more are counted."""


def longest_steps(paths: Trajectories, names: Sequence[str], words: Words) -> str:
    """For each optimizer, called by its name, its longest step in units of the learning rate, and
    when it is made."""
    assert paths.inside is not None
    sizes = np.nan_to_num(np.hypot(*np.moveaxis(paths.inside.in_rates()[:, 0], -1, 0)))
    parts: list[str] = []
    for name, size in [*zip(names, sizes, strict=True)][:MOST]:
        value, step = words.number(float(size.max()), 3), int(paths.steps[size.argmax()])
        parts.append(words("longest step", name=name, value=value, step=step))
    if len(names) > MOST:
        parts.append(words("and others", count=len(names) - MOST))
    return words("longest steps", each="; ".join(parts))
