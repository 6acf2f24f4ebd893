"""How the experiment trainability is shown."""

from animate.networks.experiments.presentation import Presentation, counter
from animate.networks.experiments.trainability.compute import Trainability
from animate.text import Words


def present(result: Trainability, words: Words) -> Presentation:
    """The boundary of training, level by level into it."""
    return Presentation(
        title=words("trainability title"),
        result=result,
        trajectories=counter(len(result.measure), words("level"), first=1),
        panels=(("zoom", "finding"),),
        finding=words(
            "trainability finding",
            trainings=result.measure.size,
            dimension=words.between(result.dimensions[:, 1:].round(2), 3),
            seeds=words.counted("over seeds", len(result.dimensions)),
            control=words.between(result.control_dimensions[1:].round(2), 3),
        ),
        clock=words("level"),
    )
