"""The table of exhibits: one function for each experiment, from its result to what is shown."""

from collections.abc import Callable, Mapping
from typing import Any

from animate.exhibits.exhibit import Exhibit
from animate.exhibits.planes import mode_connectivity, same_loss, swa
from animate.exhibits.points import bad_minima, escape_directions, saddles, sharpness
from animate.exhibits.slices import skip_connections, trainability, width
from animate.experiments import run_experiment
from animate.words import Words

EXHIBITS: Mapping[str, Callable[[Any, Words], Exhibit]] = {
    show.__name__: show
    for show in (
        saddles,
        same_loss,
        escape_directions,
        bad_minima,
        mode_connectivity,
        sharpness,
        skip_connections,
        width,
        trainability,
        swa,
    )
}


def exhibit(name: str, options: Mapping[str, Any], words: Words) -> Exhibit:
    """The experiment `name`, run or read from disk, as it is shown. Raises as it does."""
    return EXHIBITS[name](run_experiment(name, options), words)
