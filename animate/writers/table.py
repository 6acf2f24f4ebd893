"""The trajectories as numbers: .csv, .json and .npz, in full float64 precision."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from animate.simulate.trajectories import Trajectories
from animate.writers import Written, write_by, writer_of

COLUMNS = ("optimizer", "run", "step", "x", "y", "loss", "grad_norm")


def write_table(paths: Trajectories, target: Path) -> Written:
    """Write every recorded step to `target`, whole or not at all. Raises UsageError.

    A diverged run's rows end where it left the finite numbers.
    """
    save = writer_of(target, "paths")
    return write_by(lambda place: save(paths, place), target)


def _rows(paths: Trajectories) -> Iterator[tuple[str, int, int, float, float, float, float]]:
    norms = paths.gradient_norms
    for k, label in enumerate(paths.labels):
        for run, end in enumerate(paths.ends[k]):
            for n, step in enumerate(paths.steps[paths.steps <= end]):
                x, y = paths.positions[k, run, n].tolist()
                loss, norm = float(paths.losses[k, run, n]), float(norms[k, run, n])
                yield label, run, int(step), x, y, loss, norm


def write_csv(paths: Trajectories, target: Path) -> None:
    """CSV: a row for every recorded step of every run."""
    with target.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(_rows(paths))


def write_json(paths: Trajectories, target: Path) -> None:
    """JSON: an object for every recorded step of every run."""
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in _rows(paths)]
    target.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")


def write_npz(paths: Trajectories, target: Path) -> None:
    """NPZ: arrays of positions, losses and gradient norms."""
    np.savez_compressed(
        target,
        optimizers=np.array(paths.labels),
        steps=paths.steps,
        positions=paths.positions,
        losses=paths.losses,
        grad_norms=paths.gradient_norms,
    )
