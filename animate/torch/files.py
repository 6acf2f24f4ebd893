"""The files of a landscape: its planes, its paths and its directions, whole or not at all."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from animate.networks import planes
from animate.networks.cloud import Seen, placed
from animate.networks.plane_files import PlaneFacts, write_directions, write_plane
from animate.networks.planes import Plane
from animate.surfaces.recording import BESIDE, COLUMNS
from animate.torch.paths import Paths


@dataclass(frozen=True)
class Surveyed:
    """What was computed of `paths`, which have not diverged where they are `finite` [path, kept].

    On the plane `cut`, of that `kind`, over `x` [nx] and `y` [ny] the values `z` [ny, nx, measure];
    the values on the paths, `true`, and at the plane's nearest points to them, `below`
    [path, kept, measure]; and where the finite points are `seen` from it.
    """

    paths: Paths
    finite: np.ndarray
    kind: str
    cut: Plane
    x: np.ndarray
    y: np.ndarray
    z: np.ndarray
    true: np.ndarray
    below: np.ndarray
    seen: Seen

    def write(
        self,
        folder: Path,
        names: Sequence[str],
        shapes: Mapping[str, tuple[int, ...]],
        statistics: str,
    ) -> None:
        """Write the planes of the measures `names`, the paths and the directions into `folder`."""
        paths = self.paths
        facts = PlaneFacts(
            plane=self.kind,
            share=self.seen.share,
            walk_share=planes.random_walk_share(
                len(paths.steps), paths.weights.shape[-1], len(paths.labels)
            ),
            parameters=paths.weights.shape[-1],
            length=self.seen.length,
            eigenvalues=np.empty(0),
            statistics=statistics,
        )
        for k, name in enumerate(names):
            with _whole(folder / ("plane.npz" if k == 0 else f"plane_{name}.npz")) as file:
                write_plane(file, self.x, self.y, self.z[..., k], replace(facts, quantity=name))
        with _whole(folder / "directions.npz") as file:
            write_directions(file, self.cut, shapes)
        with _whole(folder / "paths.csv") as file:
            self._write_paths(file, names)

    def _write_paths(self, target: Path, names: Sequence[str]) -> None:
        with target.open("w", newline="", encoding="utf-8") as file:
            table = csv.writer(file, lineterminator="\n")
            table.writerow((*COLUMNS, *BESIDE, *names[1:]))
            table.writerows(self._rows())

    def _rows(self) -> Iterator[tuple[object, ...]]:
        """A row for each point; one that has diverged has no numbers."""
        seen = self.seen.where, self.seen.distances
        where, distances = (placed(each, self.finite) for each in seen)
        for k, n in self.paths.places:
            if n and not self.finite[k, n - 1]:
                continue
            loss, *others = self.true[k, n].tolist()
            numbers = [*where[k, n].tolist(), loss, self.below[k, n, 0], distances[k, n]]
            if not self.finite[k, n]:
                numbers = [np.nan] * len(numbers)
            step = int(self.paths.steps[n])
            yield (self.paths.labels[k], step, *(float(each) for each in numbers), *others)


@contextmanager
def _whole(target: Path) -> Iterator[Path]:
    """A file beside `target`, which takes its place once it is written."""
    part = target.with_name(f"part-{target.name}")
    yield part
    part.replace(target)
