"""How the experiment sharpness is shown."""

from animate.networks.experiments.presentation import Presentation, counter, in_how_many
from animate.networks.experiments.sharpness.compute import Sharpness
from animate.text import Words


def present(result: Sharpness, words: Words) -> Presentation:
    """Two valleys, one of which a rescaling narrows, and the outputs, which it leaves alone."""
    few, many = (int(size) for size in result.batches)
    seeds = result.losses.shape[1]
    better = int((result.accuracies[0] > result.accuracies[1]).sum())
    return Presentation(
        title=words("sharpness title"),
        result=result,
        trajectories=counter(len(result.alphas), words("rescaling"), first=1),
        panels=(
            ({"valley": {"of": "trained"}}, {"valley": {"of": "rescaled"}}),
            ("outputs",),
            ({"finding": {"shown": "end"}},),
        ),
        finding=words(
            "sharpness finding",
            few=few,
            many=many,
            small=words.between(result.eigenvalues[0]),
            large=words.between(result.eigenvalues[1]),
            flatter=int((result.eigenvalues[0] < result.eigenvalues[1]).sum()),
            better=in_how_many(words, better, seeds),
            seeds=seeds,
            rate=result.rate,
            before=words.number(float(result.scaled_eigenvalues[0]), 2),
            after=words.number(float(result.scaled_eigenvalues[-1]), 2),
            factor=words.number(float(result.alphas[-1])),
        ),
        clock=words("rescaling"),
    )
