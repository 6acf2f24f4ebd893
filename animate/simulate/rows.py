"""The trajectories as a table: a row for every recorded step of every run."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

import numpy as np
from jaxtyping import Float

from animate.errors import UsageError
from animate.simulate.trajectories import Inside, Trajectories

RUN, PLACE = ("optimizer", "run", "step"), ("x", "y")
"""Of one variable y is left out."""
COLUMNS = ("loss", "grad_norm")
SIGNAL_COLUMNS = ("gradient_x", "gradient_y", "step_x", "step_y")
"""Of paths whose gradients were prescribed: there is no loss, and the answer is the step."""


@dataclass(frozen=True)
class Beside:
    """What else is known of paths: by name `columns` [optimizer, run, step] of a table, and
    `arrays` of any shape, which only an .npz has."""

    columns: Mapping[str, np.ndarray] = field(default_factory=dict[str, np.ndarray])
    arrays: Mapping[str, np.ndarray] = field(default_factory=dict[str, np.ndarray])


NOTHING = Beside()


def columns_of(paths: Trajectories, beside: Beside) -> tuple[str, ...]:
    """Their names; after that of the optimizer the key of a number of the surface that is swept."""
    optimizer, *run = RUN
    place = PLACE[: paths.positions.shape[-1]]
    last = SIGNAL_COLUMNS if paths.prescribed else COLUMNS
    swept = [paths.swept[0]] if paths.swept else []
    return (optimizer, *swept, *run, *place, *last, *beside.columns)


def rows_of(paths: Trajectories, beside: Beside) -> Iterator[tuple[str | float, ...]]:
    """A row for every recorded step of every run, in the order of the columns."""
    more = [each[..., None] for each in beside.columns.values()]
    last = np.concatenate([_last(paths), *more], axis=-1)
    for k, label in enumerate(paths.labels):
        value = (paths.swept[1][k],) if paths.swept else ()
        for run, end in enumerate(paths.ends[k]):
            for n, step in enumerate(paths.steps[paths.steps <= end]):
                place, rest = paths.positions[k, run, n].tolist(), last[k, run, n].tolist()
                yield label, *value, run, int(step), *place, *rest


def _last(paths: Trajectories) -> Float[np.ndarray, "optimizer run step column"]:
    """The columns after the position: loss and gradient norm, or gradient and step."""
    if paths.prescribed and paths.inside is not None:
        return np.concatenate([paths.gradients, steps_of(paths.inside)], axis=-1)
    return np.stack([paths.losses, paths.gradient_norms], axis=-1)


def steps_of(inside: Inside) -> Float[np.ndarray, "optimizer run step 2"]:
    """The steps; those that are none are 0, and not −0, as −η · 0 is."""
    return inside.updates + 0.0


def data_frame(paths: Trajectories) -> Any:
    """The table as a frame of pandas, or of polars where there is no pandas. Raises UsageError."""
    rows = [*rows_of(paths, NOTHING)]
    names = enumerate(columns_of(paths, NOTHING))
    columns = {name: [row[k] for row in rows] for k, name in names}
    for library in ("pandas", "polars"):
        try:
            return import_module(library).DataFrame(columns)
        except ModuleNotFoundError:
            continue
    raise UsageError(
        "a data frame takes pandas or polars: pip install 'animate-optimization[notebook]'"
    )
