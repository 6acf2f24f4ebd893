"""The trajectories as numbers: .csv, .json and .npz, in full float64 precision."""

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from jaxtyping import Float

from animate.simulate.trajectories import Inside, Trajectories
from animate.writers import Written, write_by, writer_of

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


_NOTHING = Beside()


def write_table(paths: Trajectories, target: Path, beside: Beside = _NOTHING) -> Written:
    """Write every recorded step to `target`, whole or not at all. Raises UsageError.

    A diverged run's rows end where it left the finite numbers.
    """
    save = writer_of(target, "paths")
    return write_by(lambda place: save(paths, place, beside), target)


def _columns(paths: Trajectories, beside: Beside) -> tuple[str, ...]:
    """Their names; after that of the optimizer the key of a number of the surface that is swept."""
    optimizer, *run = RUN
    place = PLACE[: paths.positions.shape[-1]]
    last = SIGNAL_COLUMNS if paths.prescribed else COLUMNS
    swept = [paths.swept[0]] if paths.swept else []
    return (optimizer, *swept, *run, *place, *last, *beside.columns)


def _rows(paths: Trajectories, beside: Beside) -> Iterator[tuple[str | float, ...]]:
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
        return np.concatenate([paths.gradients, _steps(paths.inside)], axis=-1)
    return np.stack([paths.losses, paths.gradient_norms], axis=-1)


def _steps(inside: Inside) -> Float[np.ndarray, "optimizer run step 2"]:
    """The steps; those that are none are 0, and not −0, as −η · 0 is."""
    return inside.updates + 0.0


def write_csv(paths: Trajectories, target: Path, beside: Beside = _NOTHING) -> None:
    """CSV: a row for every recorded step of every run."""
    with target.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_columns(paths, beside))
        writer.writerows(_rows(paths, beside))


def write_json(paths: Trajectories, target: Path, beside: Beside = _NOTHING) -> None:
    """JSON: an object for every recorded step of every run."""
    names = _columns(paths, beside)
    rows = [dict(zip(names, row, strict=True)) for row in _rows(paths, beside)]
    target.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")


def write_npz(paths: Trajectories, target: Path, beside: Beside = _NOTHING) -> None:
    """NPZ: arrays of positions, losses and gradient norms; of a signal gradients and steps. Where a
    number of the surface is swept, one with its key's name has the value for each optimizer. Of a
    network also all that stands beside."""
    arrays = {"losses": paths.losses, "grad_norms": paths.gradient_norms}
    if paths.prescribed and paths.inside is not None:
        arrays = {"gradients": paths.gradients, "updates": _steps(paths.inside)}
    if paths.swept:
        arrays[paths.swept[0]] = np.array(paths.swept[1])
    np.savez_compressed(
        target,
        allow_pickle=False,
        optimizers=np.array(paths.labels),
        steps=paths.steps,
        positions=paths.positions,
        **(arrays | dict(beside.columns) | dict(beside.arrays)),
    )
