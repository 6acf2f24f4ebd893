"""How the experiment width_generalises is shown."""

import numpy as np

from animate.networks.experiments.presentation import Presentation, trajectories_of
from animate.networks.experiments.width_generalises.compute import HELD_OUT, WidthGeneralises
from animate.text import Words


def present(result: WidthGeneralises, words: Words) -> Presentation:
    """Held-out accuracy and training loss against the width while the networks learn."""
    false = words.percent(float((result.targets[0] != result.targets[1]).mean()))
    names = words("false labels", share=false), words("true labels")
    losses, accuracies = result.losses[0, ..., -1], result.accuracies[0, ..., -1]
    true, harm = result.accuracies[1, -1, :, -1], _harms(accuracies)
    claim = not harm and bool(true.mean() > accuracies[-1].mean())
    best = int(accuracies[:-1].mean(axis=1).argmax())
    return Presentation(
        title=words("width_generalises claim") if claim else words("width_generalises title"),
        result=result,
        trajectories=trajectories_of(names, result.steps, result.losses[:, -1, 0]),
        names=names,
        panels=(({"by_width": {"of": "accuracy"}}, {"by_width": {"of": "loss"}}), ("finding",)),
        finding=words(
            "width_generalises finding",
            examples=result.targets.shape[-1],
            false=false,
            seeds=words.counted("over seeds", len(result.seeds)),
            fewest=int(result.widths[0]),
            most=int(result.widths[-1]),
            wide_loss=words.number(float(losses[-1].max()), 2).replace(" ", "\N{NO-BREAK SPACE}"),
            learned=words.percents(result.learned[-1]),
            held_out=HELD_OUT,
            narrow=words.percents(accuracies[0]),
            wide=words.percents(accuracies[-1]),
            best=words.percents(accuracies[best]),
            best_units=int(result.widths[best]),
            verdict=words("width harms") if harm else words("width does no harm"),
            control=words.percents(true),
        ),
    )


def _harms(accuracies: np.ndarray) -> bool:
    """Whether the widest network's mean of `accuracies` [width, seed] is below the best narrower
    one's by more than the standard error of one of them over HELD_OUT examples."""
    means = accuracies.mean(axis=1)
    wide, best = float(means[-1]), float(means[:-1].max())
    return best - wide > (best * (1 - best) / HELD_OUT) ** 0.5
