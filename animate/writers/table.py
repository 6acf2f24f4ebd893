"""The trajectories as numbers: .csv, .json and .npz, in full float64 precision."""

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from animate.simulate.trajectories import Trajectories
from animate.writers import Written, write_by, writer_of


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


def write_csv(paths: Trajectories, target: Path, beside: Beside = _NOTHING) -> None:
    """CSV: a row for every recorded step of every run."""
    with target.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(paths.columns(beside.columns))
        writer.writerows(paths.rows(beside.columns))


def write_json(paths: Trajectories, target: Path, beside: Beside = _NOTHING) -> None:
    """JSON: an object for every recorded step of every run."""
    names = paths.columns(beside.columns)
    rows = [dict(zip(names, row, strict=True)) for row in paths.rows(beside.columns)]
    target.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")


def write_npz(paths: Trajectories, target: Path, beside: Beside = _NOTHING) -> None:
    """NPZ: arrays of positions, losses and gradient norms; of a signal gradients and steps. Where a
    number of the surface is swept, one with its key's name has the value for each optimizer. Of a
    network also all that stands beside."""
    arrays = {"losses": paths.losses, "grad_norms": paths.gradient_norms}
    if paths.prescribed and paths.inside is not None:
        arrays = {"gradients": paths.gradients, "updates": paths.inside.steps}
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
