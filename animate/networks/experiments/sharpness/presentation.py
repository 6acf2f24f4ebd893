"""How the experiment sharpness is shown."""

from animate.networks.experiments.presentation import Presentation, counter
from animate.networks.experiments.sharpness.compute import Sharpness
from animate.text import Words


def present(result: Sharpness, words: Words) -> Presentation:
    """Two valleys, one of which a rescaling narrows, and the outputs, which it leaves alone."""
    few, many = (int(size) for size in result.batches)
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
            better=int((result.accuracies[0] > result.accuracies[1]).sum()),
            seeds=result.losses.shape[1],
            rate=result.rate,
            other=result.other_rate,
            other_small=words.between(result.other_eigenvalues[0]),
            other_large=words.between(result.other_eigenvalues[1]),
            before=words.number(float(result.scaled_eigenvalues[0]), 2),
            after=words.number(float(result.scaled_eigenvalues[-1]), 2),
            factor=words.number(float(result.alphas[-1])),
        ),
        clock=words("rescaling"),
    )
