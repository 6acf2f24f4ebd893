"""How the experiment mode_connectivity is shown."""

from animate.networks.experiments.mode_connectivity.compute import ModeConnectivity
from animate.networks.experiments.presentation import Presentation, trajectories_of
from animate.networks.terrain import terrain_of
from animate.text import Words

_FAR_LESS = 0.1
"""Of the height of a barrier: a path around it rises by less."""


def present(result: ModeConnectivity, words: Words) -> Presentation:
    """The curve bends out of the line on the plane, its profile beside it."""
    walls, accuracies = result.losses.max(axis=-1), result.accuracies.min(axis=-1)
    return Presentation(
        title=words("mode_connectivity claim")
        if _around(result)
        else words("mode_connectivity title"),
        result=result,
        trajectories=trajectories_of(
            [words("highest loss along the curve")],
            result.steps,
            walls[:1],
            result.controls[None],
        ),
        panels=(("connection", "profile"), ({"finding": {"shown": "end"}},)),
        finding=words(
            "mode_connectivity finding",
            barrier=words.between(walls[:, 0]),
            accuracy=words.between(accuracies[:, 0]),
            aligned=words.between(result.aligned_losses.max(axis=-1)),
            aligned_accuracy=words.between(result.aligned_accuracies.min(axis=-1)),
            pairs=words.counted("pair", len(result.losses)),
            curve=words.between(walls[:, -1]),
            kept=words.between(accuracies[:, -1], 3),
            distance=words.number(float(result.control_distance.max()), 2),
        ),
        terrain=terrain_of(result.x, result.y, result.z),
        axes=(words("along the line"), words("across the line")),
    )


def _around(result: ModeConnectivity) -> bool:
    """Whether between every two networks the curve rises by far less than the straight line."""
    ends = result.losses[:, 0, [0, -1]].max(axis=-1)
    walls = result.losses.max(axis=-1)
    return bool((walls[:, -1] - ends < _FAR_LESS * (walls[:, 0] - ends)).all())
