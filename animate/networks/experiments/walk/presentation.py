"""How the experiment walk is shown."""

from animate.networks.experiments.presentation import Presentation, trajectories_of
from animate.networks.experiments.walk.compute import EARLY, LATE, Walk
from animate.text import Words

_BACK = 90.0
"""Degrees between neighbouring gradients beyond which a step leads back."""


def present(result: Walk, words: Words) -> Presentation:
    """The first seed's three walks: their angles, their losses, and the loss between steps."""
    names = tuple(
        words("walk", rate=float(rate), batch=int(batch))
        for rate, batch in zip(result.rates, result.batches, strict=True)
    )
    early, late = result.angles[..., :EARLY].mean(axis=-1), result.angles[..., -LATE:].mean(axis=-1)
    valleys = result.valleys[..., -LATE:].mean(axis=-1)
    bounces = bool(late[0].min() > _BACK and late[1].max() < _BACK)
    return Presentation(
        title=words("walk claim") if bounces else words("walk title"),
        result=result,
        trajectories=trajectories_of(names, result.steps, result.losses[:, 0]),
        names=names,
        panels=(
            ("walk_angle", "loss"),
            ({"between_steps": {"of": "first"}}, {"between_steps": {"of": "last"}}),
            ("finding",),
        ),
        finding=words(
            "walk finding",
            seeds=words.counted("over seeds", result.losses.shape[1]),
            late=LATE,
            rate=float(result.rates[0]),
            large=words.between(late[0], 3),
            small_rate=float(result.rates[1]),
            small=words.between(late[1]),
            batch=int(result.batches[2]),
            noisy=words.between(late[2]),
            valleys=words.percents(valleys[0]),
            small_valleys=words.percents(valleys[1]),
            noisy_valleys=words.percents(valleys[2]),
            early=EARLY,
            first=words.between(early[0]),
        ),
    )
