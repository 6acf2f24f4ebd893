"""What is said of networks and of what lies between them."""

from collections.abc import Sequence

import numpy as np

from animate.networks.comparison import Comparison
from animate.networks.curves import Joined
from animate.networks.lines import Lines, wall_of
from animate.networks.quantity import LOSS
from animate.text import Words


def lines_finding(made: Comparison, names: Sequence[str], words: Words) -> str:
    """How far the networks are apart and how high the walls between them are, a sentence for each
    pair; where hidden units were aligned, also what it was before; of which examples a plane is."""
    told = [_pair(made, k, names, words) for k in range(len(made.pairs))]
    facts = made.plane.facts if made.plane else {}
    if "samples" in facts:
        told.append(samples_told(facts, words))
    return " ".join(told)


def samples_told(facts: dict[str, float], words: Words) -> str:
    """That the plane is of some of the examples, with its standard error."""
    return words(
        "plane of samples",
        samples=int(facts["samples"]),
        examples=int(facts["examples"]),
        error=words.number(facts["standard_error"], 2),
    )


def _pair(made: Comparison, k: int, names: Sequence[str], words: Words) -> str:
    lines = made.lines
    wall = wall_of(lines.values[LOSS][k], lines.shares)
    first, second = (names[each] for each in made.pairs[k])
    distance = words.number(float(made.distances[k]), 3)
    if wall is None:
        told = words("no wall", first=first, second=second, distance=distance)
    else:
        told = words(
            "wall",
            first=first,
            second=second,
            distance=distance,
            highest=words.number(wall.highest, 3),
            at=words.number(wall.at, 2),
            height=words.number(wall.height, 3),
        )
    if lines.unaligned is None:
        return told
    before = words.number(float(made.before[k]), 3)
    earlier = wall_of(lines.unaligned[k], lines.shares)
    if earlier is None:
        return words("before alignment without a wall", told=told, before=before)
    height = words.number(earlier.height, 3)
    return words("before alignment", told=told, before=before, height=height)


def runs_told(lines: Lines, names: Sequence[str], words: Words) -> str:
    """How high the walls are on the straight lines from the starts of runs to their ends."""
    walls = [wall_of(losses, lines.shares) for losses in lines.values[LOSS]]
    each = [
        words("each", name=name, value=words.number(wall.height, 3))
        for name, wall in zip(names, walls, strict=True)
        if wall is not None
    ]
    return words("walls of runs", each="; ".join(each)) if each else words("no walls of runs")


def curve_finding(made: Joined, models: np.ndarray, names: Sequence[str], words: Words) -> str:
    """The highest loss on the line and on the curve, and the lowest accuracy where there is one."""
    walls, accuracies = made.losses[0].max(axis=-1), made.accuracies[0]
    told = words(
        "curve finding",
        first=names[0],
        second=names[1],
        distance=words.number(float(np.linalg.norm(models[1] - models[0])), 3),
        barrier=words.number(float(walls[0]), 3),
        steps=words.counted("step", int(made.steps[-1])),
        curve=words.number(float(walls[-1]), 3),
        off=words.number(float(made.control_distance.max()), 2),
    )
    if not accuracies.size:
        return told
    line, curve = (words.number(float(each.min()), 3) for each in accuracies[[0, -1]])
    return words("accuracy of the curve", told=told, line=line, curve=curve)
